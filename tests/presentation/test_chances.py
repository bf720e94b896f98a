"""What a reader is told of chances: numbers and words from the table, red assumptions first, nothing without data."""

from __future__ import annotations

import dataclasses
import re
from importlib import import_module

import pandas as pd
import pytest

from analysis.archive import assumptions
from analysis.archive.chances import load_chance_words
from analysis.assessment.evaluation import PlanEvaluation, evaluate_plan
from analysis.assessment.prospects.attainment import TREND
from analysis.assessment.prospects.forecast_check import ForecastCheck, check_forecasts
from analysis.presentation import evaluation_tables as tables
from analysis.presentation import evaluation_text as text
from analysis.presentation.charts.attainment import attainment_chart
from analysis.publishing.inputs import check_inputs
from analysis.publishing.requests import read_request
from analysis.vocabulary.errors import InputError


def replaced(evaluation: PlanEvaluation, attainment: pd.DataFrame) -> PlanEvaluation:
    """The evaluation with other prospects."""
    changed = dataclasses.replace(evaluation)
    changed.__dict__["attainment"] = attainment
    return changed


def test_every_modelled_row_has_its_sentence_least_likely_first(midterm: PlanEvaluation) -> None:
    words = load_chance_words()
    sentences = [claim.sentence for claim in text.chances(midterm).claims]
    rows = midterm.attainment[midterm.attainment["approach"] == TREND].sort_values("chance", kind="stable")
    told = [sentence for sentence in sentences if sentence.startswith("**")]
    assert [re.match(r"\*\*(.+?)\*\*", sentence).group(1) for sentence in told] == rows["name"].tolist()  # type: ignore[union-attr]
    for sentence, row in zip(told, rows.to_dict("records"), strict=True):
        assert f"把握{words.percent(row['chance'])}，{words.word(row['chance'])}" in sentence
        assert f"判定{row['status']}" in sentence and "80%区间" in sentence and "2025年推算" in sentence
        assert ("（约束性）" in sentence) is (row["attribute"] == "约束性")


def test_red_assumptions_stand_on_the_first_page(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    first_page = "".join(claim.sentence for claim in text.cover(midterm, "征求意见稿").claims)
    for name in midterm.assumptions.query("red_red")["name"]:
        assert name in first_page
    assert "证据评为红（弱），对结果的影响评为红（大）" in first_page and "本报告取1倍，可能在0.85～1.15之间；" in first_page
    assert "证据评为" not in "".join(claim.sentence for claim in text.cover(final, "征求意见稿").claims)


def test_a_good_verdict_beside_a_low_chance_is_reconciled_with_numbers(midterm: PlanEvaluation) -> None:
    (told,) = [claim.sentence for claim in text.chances(midterm).claims if "看的不是同一段" in claim.sentence]
    assert "获得3A及以上等级的社会组织（符合预期，很不可能）此前每年增加1.33个，此后每年须增加2.5个，为此前的1.9倍" in told
    assert "社会工作专业人才（基本符合，很不可能）" in told and "略滞后" not in told and "倒退" not in told
    sure = midterm.attainment.assign(chance=midterm.attainment["chance"].where(midterm.attainment["chance"].isna(), 0.9))
    for other in (replaced(midterm, sure), replaced(midterm, midterm.attainment.assign(status="略滞后"))):
        assert not any("看的不是同一段" in claim.sentence for claim in text.chances(other).claims)


def test_ranges_of_assumptions_have_the_sign_of_all_numbers(midterm: PlanEvaluation) -> None:
    table = tables.assumptions_table(midterm)
    assert table is not None
    cells = table.cells["低～高（中）"]
    assert cells.str.startswith("−4.4～9.9").any() and not cells.str.contains("-", regex=False).any()


def test_without_points_there_is_no_chance_and_the_report_says_so(unfilled: PlanEvaluation) -> None:
    passage = text.chances(unfilled)
    assert passage.heading == "（二）数据不足，不给达标把握" and "%" not in passage.claims[0].sentence
    assert attainment_chart(unfilled) is None and tables.attainment_table(unfilled) is None


def test_odds_stand_in_the_technical_annex_in_the_wording_of_the_law(midterm: PlanEvaluation) -> None:
    annex = [claim.sentence for claim in text.chance_method(midterm).claims]
    odds = [sentence for sentence in annex if "同等进度者" in sentence]
    assert len(odds) == 6
    assert all(re.search(r"国外公开年度序列中同等进度者约\d+%如期达标.*，非中国区县，仅供参考。$", sentence) for sentence in odds)
    body = "".join(claim.sentence for claim in (*text.chances(midterm).claims, *text.prospects(midterm).claims))
    assert "同等进度者" not in body


def test_the_table_sets_verdict_and_chance_side_by_side(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    table = tables.attainment_table(midterm)
    assert table is not None and tables.attainment_table(final) is None
    columns = list(table.cells.columns)
    assert "判定" in columns and "达到的把握" in columns
    chances = [cell for cell in table.cells["达到的把握"] if cell != "—"]
    assert len(chances) == 5 and all(
        re.fullmatch(r"很?(不)?可能（(约\d+%|不足5%|95%以上)）|较(不)?可能（约\d+%）|难以判断（约\d+%）", cell) for cell in chances
    )
    assert not table.cells["依据"].str.contains("nan").any()


def test_the_chart_shows_the_figures_of_the_table(midterm: PlanEvaluation) -> None:
    chart = attainment_chart(midterm)
    assert chart is not None
    drawn = chart.data
    assert drawn["chance"].is_monotonic_increasing and len(drawn) == 5
    assert ((drawn["low_95_share"] < drawn["low_80_share"]) & (drawn["low_80_share"] < drawn["point_share"])).all()
    assert drawn["point_share"].tolist() == pytest.approx((drawn["point"] / drawn["target"]).tolist())


def test_what_decides_stands_where_there_is_no_chance(midterm: PlanEvaluation) -> None:
    """Rules by years met and margin, counts by what is left a year, kept levels by the shortfall, shares by the pace."""
    table = tables.attainment_table(midterm)
    assert table is not None
    grounds = {(row["序号"], row["指标"]): row["依据"] for row in table.cells.to_dict("records")}
    told = {number: words for (number, _), words in grounds.items() if number != "3"}
    assert told["1"] == "规则，3年中2年达标，2023年余量+3.1百分点"  # 5.2 % against 2.1 % the year before
    assert told["10"] == "规则，3年中2年达标，2023年相差−70"
    assert told["8"] == "逐年守住，现差3.2百分点" and told["7"] == "逐年守住"
    assert told["21"] == "逐年守住"  # within rounding counts as kept
    assert told["11"] == "还差7个街道，每年3.5个" and told["6"] == "还差27个社区，每年13.5个" and told["5"] == "已全部达到"
    assert told["4"] == "占比，看所需年步"
    assert told["12"].startswith("2020—2023年4点，比率（常住）；年增快于上四分位")
    assert "18" not in told and "23" not in told  # 口径变更 and 无法评估


def test_a_binding_target_with_a_low_chance_is_never_talked_down(midterm: PlanEvaluation) -> None:
    sentence = "约束性指标常住人口拥有社区工作者把握低，说明须加快，不是下调目标的理由。"
    assert sentence in [claim.sentence for claim in text.chances(midterm).claims]
    expected = midterm.attainment.assign(attribute="预期性")
    assert "下调" not in "".join(claim.sentence for claim in text.chances(replaced(midterm, expected)).claims)


def test_headings_count_by_the_rounded_chance(midterm: PlanEvaluation) -> None:
    rows = midterm.attainment
    modelled = rows["approach"] == TREND
    likelihoods = rows["chance"].copy()
    likelihoods[modelled] = [0.9, 0.58, 0.57, 0.38, 0.37]
    mixed = replaced(midterm, rows.assign(chance=likelihoods))
    assert text.chances(mixed).heading == "（二）可推算5项，1项较不可能达到"
    likelihoods[modelled] = [0.9, 0.01, 0.57, 0.38, 0.3]
    both = replaced(midterm, rows.assign(chance=likelihoods, attribute="预期性"))
    assert text.chances(both).heading == "（二）可推算5项，2项较不可能或很不可能达到"
    likelihoods[modelled] = 0.5
    assert text.chances(replaced(midterm, rows.assign(chance=likelihoods))).heading == "（二）可推算5项，没有较不可能或很不可能的"
    open_ones = attainment_chart(replaced(midterm, rows.assign(chance=likelihoods)))
    assert open_ones is not None and open_ones.finding == "可推算的5项没有较可能达到的"
    chart = attainment_chart(mixed)
    assert chart is not None and chart.finding == "可推算的5项中2项较可能达到"


def test_without_a_model_the_annex_lists_no_odds(unfilled: PlanEvaluation) -> None:
    passage = text.chance_method(unfilled)
    assert passage.heading == "（一）没有可推算的指标，不列参照类"
    assert "同等进度者" not in "".join(claim.sentence for claim in passage.claims)
    assert not unfilled.assumptions["id"].str.startswith("odds_").any()


def test_the_midterms_forecasts_are_checked_at_the_end(midterm: PlanEvaluation, final: PlanEvaluation, unfilled: PlanEvaluation) -> None:
    passage = text.forecast_check(midterm, final)
    table = tables.forecast_check_table(midterm, final)
    assert table is not None
    inside = int((table.cells["在80%区间"] == "是").sum())
    assert passage.heading == f"（二）中期预测5项，{inside}项落在80%区间内"
    sentences = [claim.sentence for claim in passage.claims]
    assert f"实际达到目标{int((table.cells['是否达到'] == '是').sum())}项" in sentences[1]
    assert "中期所说把握平均约5%" in sentences[1]  # four of about 5 % and one of about 10 %
    assert sentences[-1] == "结果与把握方向相反的：常住人口人均捐赠额和获得3A及以上等级的社会组织。"
    scores = pd.to_numeric(table.cells["布里尔分"])
    assert f"平均{scores.mean():.2f}；" in sentences[2]
    assert text.forecast_check(unfilled, final).heading == "（二）中期没有可检验的预测"
    assert tables.forecast_check_table(unfilled, final) is None


def test_the_check_says_whether_the_ledger_or_todays_model_speaks(
    midterm: PlanEvaluation, final: PlanEvaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    spoken = import_module("analysis.presentation.evaluation_text.chances")
    tabled = import_module("analysis.presentation.evaluation_tables.attainment")
    again = check_forecasts(midterm, final).scores
    for runs, sentence, title in (
        ((), "按现行模型重算", "2023年数据，重算"),
        (("demo-14-midterm-2023",), "预测取自推算台账，由报告demo-14-midterm-2023公布", "2023年数据，推算台账"),
    ):
        found = ForecastCheck(again, runs)
        monkeypatch.setattr(spoken, "check_forecasts", lambda *_, found=found: found)
        monkeypatch.setattr(tabled, "check_forecasts", lambda *_, found=found: found)
        table = tables.forecast_check_table(midterm, final)
        assert sentence in text.forecast_check(midterm, final).claims[0].sentence
        assert table is not None and title in table.title


def test_an_outcome_that_is_missing_is_named_and_not_counted(midterm: PlanEvaluation, final: PlanEvaluation) -> None:
    readings = final.monitoring.readings
    gone = readings[~((readings["series"] == "12") & (readings["year"] == 2025))]
    without = dataclasses.replace(final, monitoring=dataclasses.replace(final.monitoring, readings=gone))
    passage, table = text.forecast_check(midterm, without), tables.forecast_check_table(midterm, without)
    assert passage.heading.startswith("（二）中期预测4项")
    assert "不能检验的：常住人口人均捐赠额（缺少当年数值）。" in [claim.sentence for claim in passage.claims]
    assert table is not None
    row = table.cells.set_index("序号").loc["12"]
    assert list(row[["实际", "在80%区间", "在95%区间", "是否达到", "布里尔分"]]) == ["…"] * 5


def test_an_uncited_assumption_stops_a_report_before_its_kernel_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    group, title, entry = assumptions._ledger()["odds_close"]
    bare = {**assumptions._ledger(), "odds_close": (group, title, entry.model_copy(update={"citation": None}))}
    monkeypatch.setattr(assumptions, "_ledger", lambda: bare)
    request = read_request("demo-14-midterm-2023", {})
    with pytest.raises(InputError, match="示意参数"):
        check_inputs(request.notebook.stem, request.parameters)


def test_the_aged_and_the_beds_that_norms_ask_for(
    midterm: PlanEvaluation, unfilled: PlanEvaluation, monkeypatch: pytest.MonkeyPatch
) -> None:
    told = [claim.sentence for claim in text.ageing(unfilled).claims]
    assert unfilled.care_beds is not None and midterm.care_beds is None
    assert "2025年末广州市越秀区户籍60周岁以上人口推算为37.1万人" in told[0]
    assert any("需14,800张" in sentence for sentence in told) and not any("示意参数" in sentence for sentence in told)
    assert len(text.ageing(midterm).claims) == 3
    assert set(unfilled.assumptions["id"]) >= {"bed_norm_national_level", "ageing_cohort_scale"}
    assert (unfilled.assumptions["citation"] != "").all()
    monkeypatch.setitem(midterm.__dict__, "ageing", None)
    assert text.ageing(midterm).heading == "（二）没有老年人口的基期数，不推算"


def test_what_is_known_later_does_not_enter_an_earlier_report(unfilled: PlanEvaluation) -> None:
    earlier = evaluate_plan("yuexiu-14", 2022, data_year=2022)
    assert earlier.ageing is not None and unfilled.ageing is not None
    assert 2023 not in set(earlier.ageing.observations.query("used")["year"])
    assert earlier.ageing.at(2025).mid > unfilled.ageing.at(2025).mid
