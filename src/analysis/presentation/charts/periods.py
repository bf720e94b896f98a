"""Charts of two plan periods: change of every statistic, and why bed density rose less than beds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.archive.sources import Deposit
from analysis.assessment.density import DensityChange
from analysis.presentation import style, wording
from analysis.presentation.charts.chart import Chart, canvas, finish

if TYPE_CHECKING:
    import pandas as pd

_KINDS = {
    "flow": ("period_flows", "年均量", "各期合计÷5"),
    "stock": ("period_stocks", "期末量", "2020年末对2015年末，判读"),
}


def period_changes(periods: pd.DataFrame, measure: str, source: Deposit, place: str) -> Chart:
    """Draw the ratio of the later to the earlier period of every flow (or stock), on a logarithmic scale.

    Statistics whose definition may have changed are hollow.
    """
    name, noun, basis = _KINDS[measure]
    rows = periods[(periods["measure"] == measure) & periods["change_percent"].notna()]
    rows = rows.sort_values("ratio", kind="stable").reset_index(drop=True)
    figure, axis = canvas(height_inches=0.29 * len(rows) + 0.2, left_inches=2.55, right_inches=0.95)
    for position, row in enumerate(rows.itertuples()):
        ratio, change = float(str(row.ratio)), float(str(row.change_percent))
        colour = style.MUTED if row.definition_break else style.EXCEEDED_COLOUR
        axis.plot([1, ratio], [position, position], color=style.RULE, lw=1.6)
        axis.plot(ratio, position, marker="o", ms=7.5, mfc="white" if row.definition_break else colour, mec=colour, mew=1.6)
        mark = "*" if row.definition_break else ""
        axis.text(1.03, position, f"{wording.signed_percent(change)}{mark}", transform=axis.get_yaxis_transform(), va="center", fontsize=9)
    ticks = [0.25, 0.5, 1, 2, 4, 8, 16]
    axis.set_xscale("log", base=2)
    axis.axvline(1, color=style.INK, lw=1)
    low, high = float(rows["ratio"].min()), float(rows["ratio"].max())
    shown = [tick for tick in ticks if low / 1.6 <= tick <= high * 1.6]
    axis.set_xticks(shown, [f"{wording.number(tick, 2)}倍" if tick != 1 else "不变" for tick in shown])
    axis.minorticks_off()
    axis.set(xlim=(min(low / 1.25, 0.8), high * 1.25), ylim=(-0.7, len(rows) - 0.3))
    axis.set_yticks(range(len(rows)), [_label(str(text)) for text in rows["name"]], fontsize=8.5)
    axis.spines["left"].set_visible(False)
    comparable = rows[rows["definition_break"] == ""]
    up, down = int((comparable["ratio"] > 1).sum()), int((comparable["ratio"] < 1).sum())
    same = len(comparable) - up - down
    finding = f"可比的{len(comparable)}项{noun}{up}升{down}降" + (f"{same}平" if same else "")
    top, bottom = comparable.iloc[-1], comparable.iloc[0]
    return finish(
        figure,
        name=name,
        data=rows[["number", "name", "unit", "earlier", "later", "ratio", "change_percent", "definition_break"]],
        finding=finding,
        measure=f"“十三五”对“十二五”（{basis}）·{place}·对数尺度·空心*为可能不可比",
        sources=[source],
        alt=f"{finding}；升幅最大的是{top['name']}{wording.signed_percent(top['change_percent'])}，降幅最大的是{bottom['name']}{wording.signed_percent(bottom['change_percent'])}",
    )


def _label(name: str) -> str:
    """Shorten a label to what fits one line beside the chart."""
    text = name.replace("转制社区集体经济组织", "转制社区组织").replace("开展居民", "居民").replace("呼援服务平台", "")
    return text if len(text) <= 17 else f"{text[:16]}…"


def density_decomposition(change: DensityChange, source: Deposit, place: str) -> Chart:
    """Draw how much beds, elders and beds per 1,000 elders grew, and how far the target is."""
    import pandas as pd

    rows = [
        ("养老床位（张）", change.beds_growth_percent, change.care_beds, 0),
        ("60周岁以上户籍长者（人）", change.elders_growth_percent, change.aged60_persons, 0),
        ("每千名长者床位（张）", change.density_growth_percent, change.care_beds_per_1000_aged60, 1),
    ]
    required = change.required_growth_percent
    figure, axis = canvas(height_inches=1.7, left_inches=1.95, right_inches=0.5)
    for position, (_, growth, levels, decimals) in enumerate(reversed(rows)):
        axis.barh(position, growth, color=style.EXCEEDED_COLOUR if position == 0 else style.RULE, height=0.52)
        before, after = (wording.number(level, decimals) for level in levels)
        axis.text(max(growth, 0) + 3, position, f"{wording.signed_percent(growth)}（{before}→{after}）", va="center", fontsize=9)
    axis.plot(required, 0, marker="D", mfc="white", mec=style.INK, ms=8, mew=1.4, clip_on=False)
    words = f"目标{wording.number(change.target)}张，需{wording.signed_percent(required, 0)}"
    axis.text(required, 0.42, words, ha="right", va="bottom", fontsize=9)
    axis.set_yticks(range(len(rows)), [label for label, *_ in reversed(rows)], fontsize=9)
    ticks = [tick for tick in (0, 50, 100, 150, 200) if tick <= required]
    axis.set(xlim=(0, required * 1.03), ylim=(-0.55, 2.55), xticks=ticks, xticklabels=[f"{tick}%" if tick else "0" for tick in ticks])
    axis.spines["left"].set_visible(False)
    years = f"{change.first_year}—{change.last_year}年末"
    beds, elders, ratio = (growth for _, growth, _, _ in rows)
    data = pd.DataFrame(
        [(label, growth, *levels) for label, growth, levels, _ in rows], columns=["quantity", "change_percent", "first", "last"]
    )
    data.loc[len(data)] = ["达到目标所需", required, change.care_beds_per_1000_aged60[0], change.target]
    return finish(
        figure,
        name="bed_density",
        data=data,
        finding=f"床位{wording.change(beds, 0)}，密度{wording.change(ratio, 0)}",
        measure=f"{years}增幅·户籍60周岁以上·{place}·由专栏2复算",
        sources=[source],
        alt=f"{years}养老床位{wording.change(beds)}，户籍长者{wording.change(elders)}，每千名长者床位{wording.change(ratio)}；"
        f"达到{wording.number(change.target)}张需{wording.change(required)}",
    )
