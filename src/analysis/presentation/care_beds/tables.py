"""Tables on care beds: need, supply, density, nursing beds, patterns, data to ask for, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.assumptions import assumption_table, load_assumption
from analysis.presentation import wording
from analysis.presentation.assumption_document import assumption_cells
from analysis.presentation.care_beds.figures import TAG, beds, beds_range
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.care_beds import CareBedProspect


def need_table(prospect: CareBedProspect) -> Table:
    """Beds that each norm asks for, at the low, middle and high number of elders."""
    import pandas as pd

    wide = prospect.norm_need.pivot(index="norm", columns="elders_level", values="need")
    rows = prospect.norm_need.query("elders_level == '中'")
    cells = pd.DataFrame(
        {
            "标准": rows["norm"],
            "每千名长者（张）": [wording.number(value) for value in rows["per_1000"]],
            **{f"长者{level}（张）": [beds(wide.at[norm, level]) for norm in rows["norm"]] for level in ("低", "中", "高")},
            f"自{prospect.base_year}年须年增": [wording.percent(value, keep_zeros=True) for value in rows["yearly_growth"]],
            "出处": rows["source"],
        }
    )
    title = f"{prospect.year}年末按标准所需床位（户籍60周岁以上；长者低、中、高为80%误差带）"
    return _table(prospect, "care_bed_need", title, cells, tuple(cells.columns[1:6]))


def supply_table(prospect: CareBedProspect) -> Table:
    """Beds by supply scenario and year, the list of projects first where there is one."""
    wide = prospect.supply.pivot(index="scenario", columns="year", values="beds").loc[list(dict.fromkeys(prospect.supply["scenario"]))]
    cells = wide.map(beds)
    cells[prospect.base_year] = [wording.number(value, 0) for value in wide[prospect.base_year]]
    cells = cells.rename(columns={year: f"{year}年" for year in wide.columns}).rename_axis("情景").reset_index()
    first, last = prospect.base.years
    listed = f"，项目{len(prospect.base.projects)}个" if prospect.base.projects else "，没有已知的床位项目"
    title = f"养老床位供给情景（张；由{first}、{last}年末两数外推{listed}）"
    return _table(prospect, "care_bed_supply", title, cells, tuple(cells.columns[1:]))


def density_table(prospect: CareBedProspect) -> Table:
    """Beds per 1,000 elders with the log change split into beds and elders."""
    import pandas as pd

    rows = prospect.density
    cells = pd.DataFrame(
        {
            "时段": [f"{row.first_year}—{row.last_year}" for row in rows.itertuples()],
            "情景": rows["scenario"],
            "期初（张/千名）": [wording.number(value, 2, keep_zeros=True) for value in rows["density_first"]],
            "期末（张/千名）": [wording.number(value, 2, keep_zeros=True) for value in rows["density_last"]],
            "对数变动": [_signed(value) for value in rows["ln_density"]],
            "其中床位": [_signed(value) for value in rows["ln_beds"]],
            "其中长者": [_signed(value) for value in rows["ln_elders"]],
        }
    )
    title = "每千名长者床位的变动及分解（对数变动相加没有余数；过去用规划所印长者数，以后用推算起点的同一序列）"
    return _table(prospect, "care_bed_density", title, cells, tuple(cells.columns[2:]))


def nursing_table(prospect: CareBedProspect) -> Table | None:
    """Nursing beds that the target share asks for; None where the plan has no such target."""
    import pandas as pd

    share, rows = prospect.base.nursing, prospect.nursing
    if share is None:
        return None
    cells = pd.DataFrame(
        {
            "供给情景": rows["scenario"],
            "床位（张）": [beds(value) for value in rows["beds"]],
            "护理型应有（张）": [beds(value) for value in rows["needed"]],
            "须增护理型（张）": [beds(value) for value in rows["added"]],
            "一张不增时的占比": [wording.percent(value) for value in rows["share_if_none_added"]],
        }
    )
    title = (
        f"护理型床位：占比由{wording.percent(share.base)}到{wording.percent(share.target)}（{prospect.base_year}年约"
        f"{beds(float(rows['base'].iloc[0]))}张，按占比的分母就是全部养老床位算，待核实）"
    )
    return _table(prospect, "nursing_beds", title, cells, tuple(cells.columns[1:]))


def patterns_table(prospect: CareBedProspect) -> Table:
    """Shares of elders in institutions, observed and as slogans, with the beds that each comes to."""
    import pandas as pd

    rows = prospect.patterns
    occupancy = load_assumption("institution_occupancy")
    cells = pd.DataFrame(
        {
            "口径": rows["name"],
            "机构长者占比": [_share_range(row.share_low, row.share_high) for row in rows.itertuples()],
            "折合床位（张）": [beds_range(row.beds_low, row.beds_high) for row in rows.itertuples()],
            "标记": rows["mark"].replace("", wording.NOT_APPLICABLE),
        }
    )
    ends = f"{wording.number(occupancy.low)}%～{wording.number(occupancy.high)}%"
    return _table(
        prospect,
        "care_bed_patterns",
        f"机构养老占比折合的床位（使用率{ends}；只作对照，不是需求）",
        cells,
        ("机构长者占比", "折合床位（张）"),
    )


def requests_table(prospect: CareBedProspect) -> Table:
    """What each request for data would narrow, alone and added to those before it."""
    import pandas as pd

    rows = prospect.requests.iloc[1:]
    now = float(prospect.requests["width_alone"].iloc[0])
    cells = pd.DataFrame(
        {
            "次序": rows["order"].astype(str),
            "向数据负责单位索取": rows["request"],
            "可查清": ["、".join(_input_names(prospect, row.inputs)) for row in rows.itertuples()],
            "单独收窄": [wording.percent(value, 0) for value in rows["narrowed_alone"]],
            "依次取得后余宽（张）": [beds(value) for value in rows["width_after"]],
        }
    )
    title = f"哪项数据最能收窄按失能推算的范围（现宽{beds(now)}张；至多，假定查清即无误差）{TAG}"
    return _table(prospect, "care_bed_requests", title, cells, ("次序", "单独收窄", "依次取得后余宽（张）"))


def sobol_table(prospect: CareBedProspect) -> Table:
    """Shares of the variance that each input accounts for."""
    import pandas as pd

    rows = prospect.sobol
    cells = pd.DataFrame(
        {
            "输入": [f"{row.name_}{f'〔{row.mark}〕' if row.mark else ''}" for row in rows.rename(columns={"name": "name_"}).itertuples()],
            "一阶指数": [wording.number(max(value, 0.0), 2, keep_zeros=True) for value in rows["first_order"]],
            "总指数": [wording.number(value, 2, keep_zeros=True) for value in rows["total"]],
            "总指数误差（±）": [wording.number(value, 2, keep_zeros=True) for value in rows["total_error"]],
        }
    )
    return _table(prospect, "care_bed_sobol", f"方差由哪些输入而来（索博尔指数）{TAG}", cells, tuple(cells.columns[1:]))


def assumptions_table(prospect: CareBedProspect) -> Table:
    """The ledger's entries behind the prospect, most doubtful first."""
    cells = assumption_cells(assumption_table(prospect.assumptions))
    return _table(prospect, "care_bed_assumptions", "所用假设（台账）", cells, ("低、中、高",))


def _input_names(prospect: CareBedProspect, inputs: tuple[str, ...]) -> list[str]:
    names = dict(zip(prospect.tornado["input"], prospect.tornado["name"], strict=True))
    return [names[name] for name in inputs]


def _share_range(low: float, high: float) -> str:
    return "～".join(dict.fromkeys(wording.percent(value) for value in (low, high)))


def _signed(value: float) -> str:
    text = wording.number(value, 3, keep_zeros=True)
    return f"+{text}" if value > 0 and text.strip("0.") else text


def _table(prospect: CareBedProspect, name: str, title: str, cells: pd.DataFrame, numeric: tuple[str, ...]) -> Table:
    return Table(name, title, cells.reset_index(drop=True), numeric, prospect.base.plan.header.demonstration)
