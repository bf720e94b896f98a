"""Tables on donations per resident: growth required, changes, chances as data come in, assumptions."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.presentation import wording
from analysis.presentation.assumption_document import assumption_cells
from analysis.presentation.donations.figures import rounded_chance, signed
from analysis.presentation.tables import Table

if TYPE_CHECKING:
    import pandas as pd

    from analysis.assessment.prospects.donations import DonationProspect


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
    shown = {f"{title}（对数变动×100）": [signed(100 * value) for value in rows[name]] for name, title in names.items() if name in rows}
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
    title = f"有新数据后的机会：{prospect.final_year}年达到{wording.number(prospect.target, 2)}元（假设情景按零漂移、各类中值）"
    return _table(prospect, "donation_updates", title, cells, tuple(cells.columns[1:3]))


def assumptions_table(prospect: DonationProspect) -> Table:
    """The ledger's entries behind the chances, most doubtful first."""
    cells = assumption_cells(prospect.assumptions)
    return _table(prospect, "donation_assumptions", "所用假设（台账）", cells, ("低、中、高",))


def _table(prospect: DonationProspect, name: str, title: str, cells: pd.DataFrame, numeric: tuple[str, ...]) -> Table:
    return Table(name, title, cells, numeric, prospect.plan.header.demonstration)
