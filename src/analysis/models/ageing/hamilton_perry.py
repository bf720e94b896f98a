"""Hamilton–Perry: cohorts carried on by the ratios at which they changed, survival and migration together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from analysis.models.ageing.ages import STEP, AgedTotal, aged, by_age
from analysis.vocabulary.errors import InputError

if TYPE_CHECKING:
    import pandas as pd

AGE = 60


def cohort_change_ratios(ages: pd.DataFrame, start: int) -> pd.Series:
    """Return at which ratio each cohort changed over five years.

    CCR(a) = P(a+5, t+5) ÷ P(a, t); the last two groups together, for the open group takes in both: P(ω+, t+5) ÷ P(ω−5+, t).

    Args:
        ages: ``age_start``, ``year``, ``population``, with ``start`` and five years later; the last group is open.
        start: year at the start.

    Returns:
        Ratios, index: age at the start, without the open group.

    Raises:
        InputError: a year that the table lacks, or a cohort without persons.

    Source:
        Hamilton & Perry (1962), Social Forces 41, 163–170.

    Example:
        >>> import pandas as pd
        >>> rows = [(55, 0, 10.0), (60, 0, 8.0), (65, 0, 12.0), (55, 5, 9.0), (60, 5, 9.5), (65, 5, 16.0)]
        >>> cohort_change_ratios(pd.DataFrame(rows, columns=["age_start", "year", "population"]), 0).tolist()
        [0.95, 0.8]
    """
    import pandas as pd

    wide = by_age(ages)
    groups = list(wide.index)
    ratios = {}
    for age in groups[:-1]:
        is_last = age == groups[-2]
        before = aged(wide, start, age, None if is_last else age + STEP)
        after = aged(wide, start + STEP, age + STEP, None if is_last else age + 2 * STEP)
        ratios[int(age)] = after / _positive(before, f"{start}年 {age}岁组")
    return pd.Series(ratios, name="ratio").rename_axis("age_start")


def mean_ratios(local: pd.Series, reference: pd.Series, weight: float = 0.5) -> pd.Series:
    """Return ratios between a place's own and those of a reference population (the synthetic variant).

    Args:
        local, reference: see :func:`cohort_change_ratios`, same ages; weight: of the reference, 0 to 1.

    Raises:
        InputError: ages that differ, or a weight outside 0 to 1.

    Source:
        Tayman & Swanson (2017), Journal of Population Research 34, 209–231.

    Example:
        >>> import pandas as pd
        >>> mean_ratios(pd.Series({55: 1.0}), pd.Series({55: 0.5})).tolist()
        [0.75]
    """
    if list(local.index) != list(reference.index) or not 0 <= weight <= 1:
        raise InputError.single("队列变动比", f"年龄组不同，或权重{weight:g}", "年龄组相同，权重在0与1之间", "用同一年龄分组计算两地的比")
    return (1 - weight) * local + weight * reference


def carried_on(ages: pd.DataFrame, base: int, ratios: pd.Series) -> pd.DataFrame:
    """Carry the age groups of a year five years on.

    Args:
        ages: table with the year ``base``; ratios: see :func:`cohort_change_ratios`.

    Returns:
        ``age_start``, ``year`` (base + 5), ``population``, from the second age group on: births are not known here.

    Raises:
        InputError: a year that the table lacks, or ratios of other ages.

    Example:
        >>> import pandas as pd
        >>> rows = [(55, 0, 10.0), (60, 0, 8.0), (65, 0, 12.0)]
        >>> ages = pd.DataFrame(rows, columns=["age_start", "year", "population"])
        >>> carried_on(ages, 0, pd.Series({55: 0.9, 60: 0.8}))["population"].tolist()
        [9.0, 16.0]
    """
    import pandas as pd

    wide = by_age(ages)
    groups = list(wide.index)
    if list(ratios.index) != groups[:-1]:
        raise InputError.single("队列变动比", "年龄组与人口表不同", "、".join(str(age) for age in groups[:-1]), "用同一年龄分组计算")
    rows = [
        (age + STEP, base + STEP, ratio * aged(wide, base, age, None if age == groups[-2] else age + STEP)) for age, ratio in ratios.items()
    ]
    return pd.DataFrame(rows, columns=["age_start", "year", "population"])


def two_ratios(ages: pd.DataFrame, base: int, reference: pd.DataFrame | None = None) -> AgedTotal:
    """Project persons 60+ by two ratios: of those who reach 60, and of those who are there already.

    P60(t+5) = CCR55 · P55–59(t) + CCR60 · P60(t), with CCR55 = P60–64(t) ÷ P55–59(t−5) and CCR60 = P65(t) ÷ P60(t−5). With a reference
    population the ratios are the means of both (synthetic variant), which steadies those of a small place.

    Args:
        ages: groups 55–59, 60–64 and 65+ (or finer above) at ``base`` and five years before; base: year of departure.
        reference: the same of a reference population; None for the place's own ratios.

    Returns:
        Survivors and entrants five years after ``base``, unit of ``ages``.

    Raises:
        InputError: a year or group that a table lacks, or a group without persons.

    Example:
        >>> import pandas as pd
        >>> rows = [(55, 0, 10.0), (60, 0, 8.0), (65, 0, 12.0), (55, 5, 12.0), (60, 5, 9.5), (65, 5, 16.0)]
        >>> round(two_ratios(pd.DataFrame(rows, columns=["age_start", "year", "population"]), 5).total, 6)
        31.8
    """
    groups = _three_groups(ages)
    ratios = cohort_change_ratios(groups, base - STEP)
    if reference is not None:
        ratios = mean_ratios(ratios, cohort_change_ratios(_three_groups(reference), base - STEP))
    after = carried_on(groups, base, ratios).set_index("age_start")["population"]
    return AgedTotal(survivors=float(after[AGE + STEP]), entrants=float(after[AGE]))


def _three_groups(ages: pd.DataFrame) -> pd.DataFrame:
    """Add the groups up to 55–59, 60–64 and 65+."""
    import pandas as pd

    wide = by_age(ages)
    bounds = ((AGE - STEP, AGE), (AGE, AGE + STEP), (AGE + STEP, None))
    rows = [(first, year, aged(wide, year, first, end)) for year in wide.columns for first, end in bounds]
    return pd.DataFrame(rows, columns=["age_start", "year", "population"])


def one_ratio(ages: pd.DataFrame, base: int) -> float:
    """Project persons 60+ by one ratio, of those 60+ to those who were 55+ five years before.

    P60(t+5) = P60(t) ÷ P55+(t−5) · P55+(t); it needs two groups at two dates: 55–59 and 60+.

    Args:
        ages: groups 55–59 and 60+ (or finer above) at ``base`` and five years before; base: year of departure.

    Returns:
        Persons 60+ five years after ``base``, unit of the table.

    Raises:
        InputError: a year or group that the table lacks, or nobody 55+ five years before.

    Example:
        >>> import pandas as pd
        >>> rows = [(55, 0, 10.0), (60, 0, 20.0), (55, 5, 12.0), (60, 5, 24.0)]
        >>> round(one_ratio(pd.DataFrame(rows, columns=["age_start", "year", "population"]), 5), 6)
        28.8
    """
    wide, before = by_age(ages), base - STEP
    ratio = aged(wide, base, AGE) / _positive(aged(wide, before, AGE - STEP), f"{before}年 55岁以上")
    return ratio * aged(wide, base, AGE - STEP)


def cohort_projections(ages: pd.DataFrame, base: int, reference: pd.DataFrame | None = None) -> pd.DataFrame:
    """Project persons 60+ five years on by every variant that the ages allow.

    Args:
        ages: 55–59, 60–64 and 65+ (or finer) at ``base`` and five years before; base: year of departure.
        reference: the same of a reference population, for the synthetic variant; None leaves it out.

    Returns:
        ``method`` (全部年龄, 双比, 单比, 综合), ``survivors`` (65+ at the end), ``entrants`` (60–64), ``total``; unit of ``ages``. 单比
        does not tell its parts apart.

    Raises:
        InputError: a year or group that a table lacks, or a group without persons.

    Example:
        >>> import pandas as pd
        >>> rows = [(age, year, 10.0) for age in (55, 60, 65) for year in (2015, 2020)]
        >>> table = cohort_projections(pd.DataFrame(rows, columns=["age_start", "year", "population"]), 2020)
        >>> table["total"].tolist()
        [20.0, 20.0, 20.0]
    """
    import pandas as pd

    full = carried_on(ages, base, cohort_change_ratios(ages, base - STEP)).set_index("age_start")["population"]
    whole = AgedTotal(float(full[full.index >= AGE + STEP].sum()), float(full[AGE]))
    pair = two_ratios(ages, base)
    rows = [("全部年龄", whole.survivors, whole.entrants, whole.total), ("双比", pair.survivors, pair.entrants, pair.total)]
    rows.append(("单比", float("nan"), float("nan"), one_ratio(ages, base)))
    if reference is not None:
        mixed = two_ratios(ages, base, reference)
        rows.append(("综合", mixed.survivors, mixed.entrants, mixed.total))
    return pd.DataFrame(rows, columns=["method", "survivors", "entrants", "total"])


def _positive(value: float, where: str) -> float:
    if not value > 0:
        raise InputError.single(where, f"{value:g}", "大于0", "核对人口表；没有人的年龄组与相邻组合并")
    return value
