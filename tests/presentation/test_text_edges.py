"""Sentences where the data are other than they are today: missing figures, other rules, an original that was seen."""

from __future__ import annotations

import dataclasses
import math
import shutil
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from analysis.assessment.completion import final_verdicts
from analysis.assessment.final import FinalEvaluation, evaluate_final
from analysis.assessment.thresholds import load_thresholds
from analysis.audit.source_audit import audit_summary, figure_checks
from analysis.observations.door import load_observations
from analysis.presentation import final_text, tables
from analysis.presentation.charts.verdicts import completion_dots, verdict_matrix
from analysis.presentation.claims import Passage
from analysis.vocabulary import paths

PLACE, PERIOD = "广州市越秀区", "2016—2020年"
PASSAGES = ["method", "overall", "self_count", "missed", "exceeded", "progress", "density", "audit", "limits"]
TABLES = ["self_count_table", "category_table", "missed_table", "verdict_table", "periods_table", "differing_table", "slips_table"]


def evidence(found: Passage, words: str) -> tuple[str, ...]:
    """Evidence of the one claim that holds these words."""
    (claim,) = [claim for claim in found.claims if words in claim.sentence]
    return claim.evidence


@pytest.mark.parametrize(
    ("name", "words", "places"),
    [
        ("overall", "未完成的是", ("专栏1第1行", "专栏1第14行", "专栏1第13行")),
        ("missed", "**每千名长者", ("专栏1第1行",)),
        ("missed", "**3A级以上社会组织**", ("专栏1第14行",)),
        ("missed", "去向", ("专栏3第17行", "专栏3全表")),
        ("exceeded", "属占比类指标", ("专栏1第5行", "专栏1第2行", "专栏1第16行")),
        ("progress", "**慈善帮扶**", ("专栏1第8行", "专栏2（期间合计÷5年）")),
        ("density", "五年间养老床位", ("专栏2第13行", "专栏2第11行", "专栏1第1行")),
        ("audit", "印制160%", ("核对r05",)),
    ],
)
def test_claims_lead_to_their_rows(evaluation: FinalEvaluation, name: str, words: str, places: tuple[str, ...]) -> None:
    assert evidence(getattr(final_text, name)(evaluation), words) == places


def test_evidence_of_the_periods(evaluation: FinalEvaluation) -> None:
    flows = final_text.periods(evaluation, "flow")
    assert evidence(flows, "下降的是") == ("专栏2第41行", "专栏2第39行")
    assert evidence(flows, "升幅居前的是") == ("专栏2第8行", "专栏2第35行", "专栏2第36行")
    assert evidence(flows, "不作比较的3项") == ("专栏2第16行", "专栏2第37行", "专栏2第40行")


def with_changes(evaluation: FinalEvaluation, *changes: float) -> FinalEvaluation:
    """As many comparable yearly amounts as changes, in percent, named 甲, 乙, …"""
    rows = [
        {"number": number, "name": name, "unit": "宗", "measure": "flow", "earlier": 10.0, "later": 10 + change / 10, "comparable": True,
         "change_percent": change, "definition_break": "", "ratio": 1 + change / 100}
        for number, (name, change) in enumerate(zip("甲乙丙丁戊", changes, strict=False), start=1)
    ]  # fmt: skip
    return dataclasses.replace(evaluation, periods=pd.DataFrame(rows))


@pytest.mark.parametrize(
    ("changes", "heading", "risers", "fallers"),
    [
        (
            (10.0, 40.0, -20.0, 30.0, 20.0),
            "可比的5项年均量4升1降",
            "乙（10→14宗，+40.0%）、丁（10→13宗，+30.0%）和戊（10→12宗，+20.0%）",
            "丙（10→8宗，−20.0%）",
        ),
        ((10.0, -10.0, 0.0, -30.0), "可比的4项年均量1升2降1平", "甲（10→11宗，+10.0%）", "丁（10→7宗，−30.0%）和乙（10→9宗，−10.0%）"),
        ((10.0, 30.0), "可比的2项年均量2升0降", "乙（10→13宗，+30.0%）和甲（10→11宗，+10.0%）", None),
        ((-10.0,), "可比的1项年均量0升1降", None, "甲（10→9宗，−10.0%）"),
    ],
)
def test_risers_and_fallers(
    evaluation: FinalEvaluation, changes: tuple[float, ...], heading: str, risers: str | None, fallers: str | None
) -> None:
    found = final_text.periods(with_changes(evaluation, *changes), "flow")
    assert found.heading == f"（一）{heading}"
    sentences = [claim.sentence for claim in found.claims]
    assert [s for s in sentences if s.startswith("升幅居前的是")] == ([f"升幅居前的是{risers}。"] if risers else [])
    assert [s for s in sentences if s.startswith("下降的是")] == ([f"下降的是{fallers}。"] if fallers else [])


@pytest.fixture(scope="module", params=[1, 7])
def gap(request: Any, evaluation: FinalEvaluation) -> FinalEvaluation:
    """The result of one indicator is not printed."""
    observations = load_observations(plan="yuexiu-13", table="专栏1")
    row = (observations["number"] == request.param) & (observations["kind"] != "目标")
    verdicts = final_verdicts(observations.assign(value=observations["value"].mask(row)), evaluation.plan, 2020)
    return dataclasses.replace(evaluation, verdicts=verdicts)


def test_a_missing_figure_is_worded_apart_from_the_missed(gap: FinalEvaluation) -> None:
    (name,) = gap.unknown()["name"]
    missed = len(gap.missed())
    met = 26 - 1 - missed
    found = final_text.overall(gap)
    assert found.heading == f"（一）26项指标完成{met}项，{missed}项未完成，1项无法评估"
    assert f"未完成{missed}项，无法评估1项" in found.claims[0].sentence
    assert evidence(found, "无法评估的是") == (f"专栏1第{gap.unknown()['indicator_id'].iloc[0]}行",)
    assert name in next(claim.sentence for claim in found.claims if "无法评估的是" in claim.sentence)
    assert name not in final_text.missed(gap).markdown()


@pytest.mark.parametrize("name", PASSAGES)
def test_no_sentence_shows_a_missing_figure_as_a_number(gap: FinalEvaluation, name: str) -> None:
    text = getattr(final_text, name)(gap).markdown()
    assert not any(word in text for word in ("nan", "NaN", "None"))


@pytest.mark.parametrize("name", TABLES)
def test_no_table_shows_a_missing_figure_as_a_number(gap: FinalEvaluation, name: str) -> None:
    html = getattr(tables, name)(gap).html()
    assert not any(word in html for word in ("nan", "NaN", "None"))


def test_a_missing_figure_stands_in_the_full_table(gap: FinalEvaluation) -> None:
    row = tables.verdict_table(gap).cells.set_index("序号").loc[gap.unknown()["indicator_id"].iloc[0]]
    assert row[["完成值", "完成率", "判定（规划口径）", "判定（本评估规则）"]].tolist() == ["…", "…", "… 无法评估", "… 无法评估"]
    assert tables.category_table(gap).cells.columns[1:3].tolist() == ["× 未完成（项）", "… 无法评估（项）"]


def test_charts_are_drawn_without_the_missing_figure(gap: FinalEvaluation) -> None:
    missed = len(gap.missed())
    matrix = verdict_matrix(gap.verdicts, gap.deposit, PLACE, PERIOD)
    assert matrix.finding == f"26项指标完成{25 - missed}项，{missed}项未完成，1项无法评估"
    dots = completion_dots(gap.verdicts, gap.deposit, PLACE, PERIOD)
    assert len(dots.data) == 11
    assert not dots.data["completion"].isna().any()
    assert not any(math.isnan(float(line.get_xdata()[-1])) for line in dots.figure.axes[0].lines)


@pytest.fixture
def seen(evaluation: FinalEvaluation) -> FinalEvaluation:
    side = evaluation.deposit.sidecar.model_copy(update={"reliability": "原件已核对"})
    return dataclasses.replace(evaluation, deposit=dataclasses.replace(evaluation.deposit, sidecar=side))


@pytest.mark.parametrize("name", ["cover", "limits", "overall", "audit"])
def test_nothing_is_in_doubt_once_the_original_was_seen(seen: FinalEvaluation, name: str) -> None:
    arguments = ("2026-11-23",) if name == "cover" else ()
    text = getattr(final_text, name)(seen, *arguments).markdown()
    assert "待核实" not in text
    assert "转载" not in text


def test_the_original_is_named_as_checked(seen: FinalEvaluation) -> None:
    assert final_text.limits(seen).claims[0].sentence == "**原件**：已核对。"


def test_the_method_states_the_thresholds_that_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = tmp_path / "parameters"
    shutil.copytree(paths.parameters(), folder)
    text = (folder / "verdicts.yml").read_text(encoding="utf-8")
    (folder / "verdicts.yml").write_text(text.replace("exceeded_ratio: 1.05", "exceeded_ratio: 1.15"), encoding="utf-8")
    monkeypatch.setattr(paths, "parameters", lambda: folder)
    load_thresholds.cache_clear()
    try:
        changed = evaluate_final("yuexiu-13", 2020)
        words = final_text.method(changed).markdown()
        by_method = changed.verdicts.set_index("indicator_id")["status_method"]
    finally:
        load_thresholds.cache_clear()
    assert by_method[["7", "18"]].tolist() == ["超额完成", "完成"]  # 162 % and 110 %
    assert "完成率达到115%为超额完成" in words
    assert "105%" not in words


def test_categories_where_nothing_exceeds_by_the_method(evaluation: FinalEvaluation) -> None:
    verdicts = evaluation.verdicts.assign(status_method=evaluation.verdicts["status_method"].replace("超额完成", "完成"))
    cells = tables.category_table(dataclasses.replace(evaluation, verdicts=verdicts)).cells
    assert cells["按本评估规则超额完成（项）"].tolist() == ["0"] * 6
    assert cells["▲ 超额完成（项）"].tolist()[-1] == "8"


def test_summary_of_the_audit_as_a_table(evaluation: FinalEvaluation) -> None:
    cells = tables.audit_summary_table(audit_summary(figure_checks(evaluation.audit))).cells.set_index("类别")
    assert cells.loc["印制完成率"].tolist() == ["25", "0", "1", "0", "26"]
    assert cells.index[-1] == "合计"
