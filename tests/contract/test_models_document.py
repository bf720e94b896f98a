"""What docs/models.md says in figures is what the code gives."""

from __future__ import annotations

import re
from statistics import NormalDist

import numpy as np
import pandas as pd
import pytest

from analysis.archive.calibration import HORIZONS, MOST, load_calibration
from analysis.archive.chances import load_chance_words
from analysis.assessment.prospects.ageing import project_ageing
from analysis.models.trend import forecast
from analysis.models.trend.candidates import FEWEST_POINTS, TOLERANCE
from analysis.models.trend.panel import FEWEST_SERIES
from analysis.models.trend.points import FARTHEST
from analysis.vocabulary import paths

TEXT = (paths.docs() / "models.md").read_text(encoding="utf-8")


def test_limits_stand_as_in_the_code() -> None:
    constants = load_calibration().parameters
    for words in (
        f"多于{MOST}点的只用近{MOST}点",
        f"不超过末个数据年份之后{FARTHEST}年",
        f"超过{HORIZONS}年的",
        f"| {FEWEST_POINTS}点及以上 |",
        f"各差不超过{TOLERANCE * 100:.0f}个百分点",
        f"有{FEWEST_SERIES}个以上区县",
        f"同类序列通常年变动（水平{constants.prior_change['level'] * 100:.0f}%）",
        f"{constants.damping:g}的逐年累计",
        f"（1－g）×{constants.usual_drift['level']:g}×尺度",
        f"w 由3点的{constants.drift_weight[3]:g}升到8点的{constants.drift_weight[8]:g}；人口类平滑存量取{constants.smooth_drift_weight:g}",
        f"不超过{constants.fastest_drift:g}（对数）",
        f"近两年不低于{constants.hold_from_percent:.0f}%的守住现值",
        f"年变动至少按{constants.unchanged_floor * 100:.0f}%计",
    ):
        assert words in TEXT, words


def test_words_of_chances() -> None:
    words = load_chance_words()
    told = "，".join(f"{item.start * 100:.0f}%及以上{item.word}" for item in words.words[:-1]) + f"，以下{words.words[-1].word}"
    assert told in TEXT
    assert f"取整到{words.step * 100:.0f}%，不写低于{words.floor * 100:.0f}%或高于{words.ceiling * 100:.0f}%" in TEXT


def test_worked_example_of_the_trend() -> None:
    found = forecast(pd.DataFrame({"series": "s", "year": [2018, 2019, 2020], "value": [100, 110, 121]}), 2022)["point"].iloc[-1]
    assert f"即{found:.1f}。" in TEXT


def test_worked_example_of_ageing() -> None:
    before, after = project_ageing("yuexiu-14", (2025,), use_later=False), project_ageing("yuexiu-14", (2025,))
    low, mid, high = after.at(2025)
    assert f"＝{before.at(2025).mid:.1f}万。" in TEXT
    assert f"后为{mid:.1f}万人，80%误差带{low:.1f}～{high:.1f}万人。" in TEXT


def test_worked_examples_of_beds_and_donations() -> None:
    assert [round(norm * 38.9 * 10) for norm in (16, 40)] == [6224, 15560]
    assert "16张→6,224张，40张→15,560张；对4,983张缺1,241张、10,577张" in TEXT
    growth = [100 * ((need / 4983) ** 0.2 - 1) for need in (6224, 15560)]
    assert f"须年增{growth[0]:.1f}%、{growth[1]:.1f}%" in TEXT
    z = np.log(23 / 28) / (0.216 * 5**0.5)
    assert f"＝－{abs(z):.3f}，P＝{NormalDist().cdf(z):.2f}" in TEXT


def test_the_measures_are_within_their_bounds() -> None:
    """The table is copied from a run of make backtest; it must at least not contradict its own standards."""
    rows = dict(re.findall(r"^\| ([^|]+?) \| ([^|]+?) \| [^|]+ \|$", TEXT, re.M))
    cover_80 = [float(number) for number in re.findall(r"[\d.]+", rows["80%区间覆盖（写明类别／不写明）"])]
    cover_95 = [float(number) for number in re.findall(r"[\d.]+", rows["95%区间覆盖（写明类别／不写明）"])]
    assert all(75 <= number <= 85 for number in cover_80) and all(92 <= number <= 98 for number in cover_95)
    assert float(rows["加权区间得分（对数），与 statsmodels 自带区间最好者之比"]) <= 0.8
    assert all(float(number) <= 1.03 for number in rows["MASE，与固定阻尼 Holt 之比（平均／中位）"].split("／"))


@pytest.mark.parametrize("name", ["method.md", "assumptions.md"])
def test_documents_that_it_points_to_exist(name: str) -> None:
    assert f"({name})" in TEXT and (paths.docs() / name).is_file()
