"""Words and tables on donations per resident: every figure from the prospect, chances rounded to 5 % and called assumed scenarios."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.chances import load_chance_words
from analysis.assessment.prospects.donation_chances import CLASSES, FLOOR_CLASSES, SCENARIO
from analysis.presentation import wording
from analysis.presentation.assumption_document import assumption_cells
from analysis.presentation.claims import Claim, Passage, passage
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.donations import DonationProspect

_FRACTIONS = ("1/10", "1/5", "1/4", "1/3", "2/5", "1/2", "3/5", "2/3", "3/4", "4/5", "9/10")
_EVEN = 0.5
COUNTS_HAN = wording.HAN_DIGITS.replace("二", "两")


def rounded_chance(chance: float) -> str:
    """Write a chance as reports do, without 约: to the nearest 5 %, the ends as bounds.

    Example:
        >>> rounded_chance(0.342), rounded_chance(0.01), rounded_chance(0.99)
        ('35%', '不足5%', '95%以上')
    """
    return load_chance_words().percent(chance).removeprefix("约")


def simple_fraction(chance: float) -> str:
    """Return the plain fraction that is nearest to a chance.

    Example:
        >>> simple_fraction(0.342), simple_fraction(0.585), simple_fraction(0.01)
        ('1/3', '3/5', '1/10')
    """
    return min(_FRACTIONS, key=lambda words: abs(int(words.partition("/")[0]) / int(words.partition("/")[2]) - chance))


def outlook_words(low: float, high: float) -> str:
    """Say how a range of chances lies to an even one.

    Example:
        >>> outlook_words(0.34, 0.58), outlook_words(0.05, 0.3), outlook_words(0.41, 0.44), outlook_words(0.56, 0.8)
        ('约1/3至3/5，基本不可判断', '约1/10至1/3，多半达不到', '约2/5，多半达不到', '约3/5至4/5，多半可达到')
    """
    ends = list(dict.fromkeys((simple_fraction(low), simple_fraction(high))))
    verdict = "基本不可判断" if low < _EVEN < high else "多半达不到" if high <= _EVEN else "多半可达到"
    return f"约{'至'.join(ends)}，{verdict}"


def finding(prospect: DonationProspect) -> Passage:
    """State the growth required and how open the outcome is."""
    low, high = prospect.chance_range
    counted = len(CLASSES) - len(FLOOR_CLASSES)
    drifts = prospect.chances.loc[prospect.chances["counts"], "drift"].nunique()
    widest = "～".join(rounded_chance(chance) for chance in prospect.widest_range)
    claims = _required_claims(prospect)
    heading = outlook_words(low, high)
    if len(prospect.trend):
        chance = rounded_chance(float(prospect.trend["chance"].iloc[-1]))
        heading = f"趋势模型：达到的机会约{chance}"
        years = f"{prospect.base_year}—{prospect.data_year}年"
        claims.append(Claim(f"{years}已有{len(prospect.levels)}个年度数据，趋势模型给出的机会约{chance}；以下假设情景只供对照。"))
    claims += [
        Claim(
            f"假设{COUNTS_HAN[counted]}类年际起伏、{COUNTS_HAN[drifts]}种年漂移，{prospect.final_year}年达到{_level(prospect.target)}的机会为"
            f"{rounded_chance(low)}～{rounded_chance(high)}；连同只作下限参照的全国总额一类、各类的低值和高值，为{widest}。",
            tuple(prospect.assumptions["id"]),
        ),
        Claim(f"这些机会是{SCENARIO}，不是预测：数值由假设定出，没有区间，只用于研究，不写入报告。"),
        Claim("人均捐赠额同时受大额捐赠和常住人口修订影响，达到与否不说明慈善工作努力与否。"),
    ]
    return passage(heading, claims, bulleted=True)


def _required_claims(prospect: DonationProspect) -> list[Claim]:
    rows = {row.stretch: row for row in prospect.required.itertuples()}
    whole = rows["基期至末期"]
    sentence = (
        f"从{prospect.base_year}年的{_level(whole.start)}到{prospect.final_year}年的{_level(whole.end)}，"
        f"每年须增长{_rate(whole.growth)}（计基期舍入为{_rate(whole.growth_low)}～{_rate(whole.growth_high)}）"
    )
    if "中期至末期" in rows:
        first, second = rows["基期至中期"], rows["中期至末期"]
        slope = "后段更陡" if second.growth > first.growth else "前段更陡" if second.growth < first.growth else "前后相同"
        sentence += (
            f"；按规划的中期目标{_level(prospect.milestone)}，前{first.years}年每年{_rate(first.growth)}，"
            f"后{second.years}年每年{_rate(second.growth)}，{slope}"
        )
    claims = [Claim(f"{sentence}。", ("目标表人均捐赠额",))]
    if "现值至末期" in rows:
        now = rows["现值至末期"]
        need = f"每年须增长{_rate(now.growth)}" if now.growth > 0 else "已达到末期目标，须守住现值"
        claims.append(Claim(f"{prospect.data_year}年为{_level(now.start)}，余{now.years}年，{need}。"))
    return claims


def changes(prospect: DonationProspect) -> Passage:
    """State what moved donations per resident, or the period totals, with what can't be computed and why."""
    claims = []
    if len(prospect.decomposition):
        table = prospect.decomposition
        first, last = table.iloc[0], table.iloc[-1]
        whole, donations, residents = (_signed(100 * table[name].sum()) for name in ("per_resident", "donations", "residents"))
        claims.append(
            Claim(
                f"{first['first_year']:.0f}—{last['last_year']:.0f}年人均捐赠额由{_level(first['per_resident_first'])}变为"
                f"{_level(last['per_resident_last'])}，对数变动×100为{whole}，其中捐赠总额{donations}，常住人口{residents}，相加没有余数。"
            )
        )
        claims.append(Claim("捐赠总额由人均额乘年末常住人口反推，不是另外的数据。"))
    for row in prospect.periods.itertuples():
        claims.append(
            Claim(
                f"慈善募集款物{row.first_period}年合计{wording.number(row.first_total, 2)}万元，{row.last_period}年合计"
                f"{wording.number(row.last_total, 2)}万元，后一期年均额比前一期{wording.change(100 * row.growth)}；"
                f"两期中点相隔{wording.number(row.years_between)}年，折合每年{wording.percent(row.yearly_growth)}。",
                ("专栏2慈善募集款物",),
            )
        )
        claims.append(Claim("两个期间合计看不出逐年走势，也看不出是否含一次性大额捐赠，不外推。"))
    claims += [Claim(f"{gap}。") for gap in prospect.gaps]
    return passage("", claims, bulleted=True)


def required_table(prospect: DonationProspect) -> Table:
    """Growth a year that each stretch of the plan asks for."""
    import pandas as pd

    rows = prospect.required
    cells = pd.DataFrame(
        {
            "路段": rows["stretch"],
            "起止年份": [f"{row.first_year}—{row.last_year}" for row in rows.itertuples()],
            "起（元/人/年）": [wording.number(value, 2) for value in rows["start"]],
            "止（元/人/年）": [wording.number(value, 2) for value in rows["end"]],
            "所需年增速": [wording.percent(value, keep_zeros=True) for value in rows["growth"]],
            "计起点舍入": [
                wording.NOT_APPLICABLE
                if row.growth_low == row.growth_high
                else f"{wording.percent(row.growth_low, keep_zeros=True)}～{wording.percent(row.growth_high, keep_zeros=True)}"
                for row in rows.itertuples()
            ],
        }
    )
    return _table(prospect, "donation_required", "所需年增速：常住人口人均捐赠额", cells, tuple(cells.columns[2:]))


def decomposition_table(prospect: DonationProspect) -> Table | None:
    """Change of donations per resident by year, split without a remainder; None where there are not two years."""
    import pandas as pd

    rows = prospect.decomposition
    if rows.empty:
        return None
    names = {
        "per_resident": "人均捐赠额",
        "donations": "捐赠总额",
        "residents": "常住人口",
        "prices": "价格",
        "real_per_resident": "实际人均",
    }
    shown = {f"{title}（对数变动×100）": [_signed(100 * value) for value in rows[name]] for name, title in names.items() if name in rows}
    years = [f"{row.first_year}—{row.last_year}" for row in rows.itertuples()]
    title = "人均捐赠额变动的分解（常住口径；捐赠总额由人均额×常住人口反推）"
    return _table(prospect, "donation_changes", title, pd.DataFrame({"年份": years, **shown}), tuple(shown))


def updates_table(prospect: DonationProspect) -> Table:
    """Chance after each further year of data, and for supposed figures of the milestone year."""
    import pandas as pd

    records = []
    for (year, level, assumed), rows in prospect.updates.groupby(["year", "level", "assumed"], sort=False):
        listed = [f"{rounded_chance(row.chance)}（{row.class_name.removeprefix('起伏：')}）" for row in rows.itertuples()]
        words = f"若{year}年为" if assumed else f"{year}年"
        records.append((words, wording.number(level, 2), str(rows["years_left"].iloc[0]), "、".join(listed), rows["label"].iloc[0]))
    cells = pd.DataFrame(records, columns=["数据", "人均捐赠额（元/人/年）", "剩余年数", "达到末期目标的机会", "性质"])
    title = f"有新数据后的机会：{prospect.final_year}年达到{_level(prospect.target)}（假设情景按零漂移、各类中值）"
    return _table(prospect, "donation_updates", title, cells, tuple(cells.columns[1:3]))


def assumptions_table(prospect: DonationProspect) -> Table:
    """The ledger's entries behind the chances, most doubtful first."""
    cells = assumption_cells(prospect.assumptions)
    return _table(prospect, "donation_assumptions", "所用假设（台账）", cells, ("低、中、高",))


def _table(prospect: DonationProspect, name: str, title: str, cells: pd.DataFrame, numeric: tuple[str, ...]) -> Table:
    return Table(name, title, cells, numeric, prospect.plan.header.demonstration)


def _level(value: float) -> str:
    return f"{wording.number(value, 2)}元"


def _rate(growth: float) -> str:
    return wording.percent(growth, keep_zeros=True)


def _signed(value: float) -> str:
    text = wording.number(value, 1, keep_zeros=True)
    return f"+{text}" if value > 0 and text.strip("0.") else text
