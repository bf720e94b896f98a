"""Scores that can't hide a failure: capped, with minimum, veto, range over weights and bounds for what is missing."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

import numpy as np
import pydantic
from numpy.typing import NDArray

from analysis.archive.schema import Strict, read_yaml
from analysis.assessment import statuses
from analysis.vocabulary import paths

if TYPE_CHECKING:
    import pandas as pd

Figures = NDArray[np.float64]
BINDING = "约束性"


class ScoreRules(Strict):
    """Numbers of the scores."""

    floor: float = pydantic.Field(gt=0, lt=0.5)
    draws: int = pydantic.Field(ge=1000)
    seed: int
    claimed_share: float = pydantic.Field(gt=0.5, le=1)
    reference: str


@cache
def load_score_rules() -> ScoreRules:
    """Read ``parameters/scores.yml``."""
    return read_yaml(paths.parameters() / "scores.yml", ScoreRules)


def indicator_scores(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Return one score in [0, 1] an indicator: what was reached, never more than all of it.

    Level targets: 完成率 capped at 1, or 1 and 0 where it is undefined. Keep targets: 1 or 0. Rules: share of the judged years
    that were met. An indicator of several parts has its worst part's; one with a part that is not judged has none.

    Args:
        verdicts: one district's rows of :func:`analysis.assessment.assess.assess`.

    Returns:
        Columns ``indicator_id``, ``category``, ``name``, ``attribute``, ``status`` (the worst part's), ``score`` (NaN where
        not judged).
    """
    on_course = verdicts["status"].isin(statuses.ON_COURSE).astype(float)
    # Where 完成率 has no divisor (a target of zero, or a value of zero where lower is better) the verdict decides.
    score = verdicts["completion"].clip(0, 1).fillna(on_course)
    score = score.where(verdicts["kind"] != "keep", on_course)
    score = score.where(verdicts["kind"] != "rule", verdicts["rule_years_met"] / verdicts["rule_years_known"])
    score = score.mask(verdicts["status"].isin(statuses.UNJUDGED))
    frame = verdicts.assign(score=score.astype(float))
    grouped = frame.groupby("indicator_id", sort=False)
    table = grouped[["category", "name", "attribute", "indicator_status"]].first().rename(columns={"indicator_status": "status"})
    table["score"] = grouped["score"].agg(lambda parts: parts.min(skipna=False))
    return table.reset_index()


def category_scores(scores: pd.DataFrame, rules: ScoreRules | None = None) -> pd.DataFrame:
    """Score each category: partial compensation inside it, never beyond what its worst indicator and 约束性 allow.

    Args:
        scores: see :func:`indicator_scores`.

    Returns:
        One row a category in printed order: ``category``, ``indicators``, ``judged``, ``arithmetic`` (mean of the judged),
        ``geometric`` (floor 0.01), ``minimum``, ``weakest`` (name of the lowest), ``veto`` (names of the 约束性 indicators
        behind or missed), ``if_missing_failed`` and ``if_missing_met`` (arithmetic mean with missing as 0 and as 1). Scores
        are ratios; NaN where nothing is judged.
    """
    import pandas as pd

    used = rules or load_score_rules()
    rows = []
    for category, group in scores.groupby("category", sort=False):
        judged = group.dropna(subset="score")
        failing = group[(group["attribute"] == BINDING) & group["status"].isin(statuses.BEHIND_STATUSES)]
        rows.append(
            {
                "category": category,
                "indicators": len(group),
                "judged": len(judged),
                "arithmetic": judged["score"].mean(),
                "geometric": float(np.exp(np.log(judged["score"].clip(lower=used.floor)).mean())) if len(judged) else float("nan"),
                "minimum": judged["score"].min(),
                "weakest": judged.loc[judged["score"].idxmin(), "name"] if len(judged) and judged["score"].min() < 1 else "",
                "veto": "、".join(failing["name"]),
                "if_missing_failed": group["score"].fillna(0).mean(),
                "if_missing_met": group["score"].fillna(1).mean(),
            }
        )
    return pd.DataFrame(rows)


def weight_ranges(scores: pd.DataFrame, rules: ScoreRules | None = None) -> pd.DataFrame:
    """Return how far the overall score depends on weights that nobody has set: 5, 50 and 95 % of random weightings.

    Args:
        scores: see :func:`indicator_scores`; what is not judged is left out.

    Returns:
        Rows ``categories`` (weights over categories, equal inside) and ``indicators``; columns ``equal_weights``,
        ``low_5``, ``median``, ``high_95`` (ratios).

    Source: OECD/JRC Handbook (2008); flat Dirichlet weights.
    """
    import pandas as pd

    used = rules or load_score_rules()
    judged = scores.dropna(subset="score")
    levels = {
        "categories": judged.groupby("category", sort=False)["score"].mean().to_numpy(float),
        "indicators": judged["score"].to_numpy(float),
    }
    return pd.DataFrame([{"weights": name, **_range(level, used)} for name, level in levels.items()])


def _range(levels: Figures, rules: ScoreRules) -> dict[str, float]:
    if not len(levels):
        return dict.fromkeys(("equal_weights", "low_5", "median", "high_95"), float("nan"))
    weights = np.random.default_rng(rules.seed).dirichlet(np.ones(len(levels)), size=rules.draws)
    low, median, high = np.quantile(weights @ levels, (0.05, 0.5, 0.95))
    return {"equal_weights": float(levels.mean()), "low_5": float(low), "median": float(median), "high_95": float(high)}


def weakest_category_share(scores: pd.DataFrame, rules: ScoreRules | None = None) -> tuple[str, float]:
    """Return the category whose geometric mean is lowest most often over random weights inside categories, and how often."""
    used = rules or load_score_rules()
    generator = np.random.default_rng(used.seed)
    names, draws = [], []
    for category, group in scores.dropna(subset="score").groupby("category", sort=False):
        logs = np.log(group["score"].clip(lower=used.floor).to_numpy(float))
        names.append(str(category))
        draws.append(generator.dirichlet(np.ones(len(logs)), size=used.draws) @ logs)
    if not names:
        return "", float("nan")
    weakest = np.argmin(np.array(draws), axis=0)
    shares = np.bincount(weakest, minlength=len(names)) / used.draws
    return names[int(shares.argmax())], float(shares.max())
