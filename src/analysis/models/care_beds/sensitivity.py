"""Which input an answer hangs on: one at a time (tornado), all together (Sobol), and what knowing one would leave open."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from analysis.models.care_beds.needs import draw_inputs
from analysis.vocabulary.errors import InputError
from analysis.vocabulary.ranges import Range

if TYPE_CHECKING:
    import pandas as pd

Floats = NDArray[np.float64]
Model = Callable[[Mapping[str, Any]], Any]
QUANTILES = (0.05, 0.5, 0.95)
_OUTER, _INNER = 64, 2000


def tornado(model: Model, ranges: Mapping[str, Range]) -> pd.DataFrame:
    """Move one input at a time from its low to its high value, the others at their middle ones.

    Args:
        model: inputs by name to one result.
        ranges: low, middle and high value of each input.

    Returns:
        Widest first: ``input``, ``low``, ``mid``, ``high`` (of the input), ``at_low``, ``at_high``, ``centre`` (results),
        ``swing`` (|at_high − at_low|).

    Raises:
        InputError: no input.

    Example:
        >>> table = tornado(lambda v: v["a"] + 3 * v["b"], {"a": Range(0, 1, 2), "b": Range(0, 1, 2)})
        >>> table[["input", "at_low", "at_high", "swing"]].values.tolist()
        [['b', 1, 7, 6], ['a', 3, 5, 2]]
    """
    import pandas as pd

    _require_inputs(ranges)
    middle = {name: item.mid for name, item in ranges.items()}
    centre = model(middle)
    rows = []
    for name, item in ranges.items():
        at_low, at_high = (model(middle | {name: value}) for value in (item.low, item.high))
        rows.append((name, *item, at_low, at_high, centre, abs(at_high - at_low)))
    table = pd.DataFrame(rows, columns=["input", "low", "mid", "high", "at_low", "at_high", "centre", "swing"])
    return table.sort_values("swing", ascending=False, kind="stable").reset_index(drop=True)


def sobol_indices(model: Model, ranges: Mapping[str, Range], n: int, seed: int) -> pd.DataFrame:
    """Return Sobol' indices of a model whose inputs are even and independent over their ranges.

    The first-order index is the share of the variance that goes if the input becomes known; the total index also counts what it
    does together with others.

    Args:
        model: inputs by name (arrays) to an array.
        ranges: low and high value of each input; the middle one plays no part.
        n: base samples, a power of two; the model runs n × (inputs + 2) times.
        seed: of the scrambled sequence; equal seeds give equal indices.

    Returns:
        Largest total first: ``input``, ``first_order``, ``total``, ``total_error`` (95 % half-width of the estimate).

    Raises:
        InputError: no input, a range without width, n not a power of two, or a model whose result does not vary.

    Source:
        Saltelli et al. 2010 as implemented by SALib.

    Example:
        >>> table = sobol_indices(lambda v: v["a"] + 2 * v["b"], {"a": Range(0, 1, 2), "b": Range(0, 1, 2)}, 1024, 1)
        >>> [(row.input, round(row.total, 1)) for row in table.itertuples()]
        [('b', 0.8), ('a', 0.2)]
    """
    import pandas as pd
    from SALib.analyze import sobol as analysis
    from SALib.sample import sobol as sampling

    _require_inputs(ranges)
    fixed = [name for name, item in ranges.items() if not item.low < item.high]
    if fixed:
        raise InputError.single("索博尔分析", f"{'、'.join(fixed)}的低值等于高值", "每项有范围", "去掉固定的项")
    if n < 2 or n & (n - 1):
        raise InputError.single("索博尔分析的基础样本数", str(n), "2的整数次幂", "例如1024")
    names = list(ranges)
    problem = {"num_vars": len(names), "names": names, "bounds": [[ranges[name].low, ranges[name].high] for name in names]}
    sample = sampling.sample(problem, n, calc_second_order=False, seed=seed)
    results = np.asarray(model(dict(zip(names, sample.T, strict=True))), dtype=float)
    if results.shape != (len(sample),) or not results.std() > 0:
        raise InputError.single("索博尔分析", "模型结果不随输入变化", "每组输入一个结果", "核对模型")
    found = analysis.analyze(problem, results, calc_second_order=False, seed=seed)
    table = pd.DataFrame({"input": names, "first_order": found["S1"], "total": found["ST"], "total_error": found["ST_conf"]})
    return table.sort_values("total", ascending=False, kind="stable").reset_index(drop=True)


def spread(results: Floats) -> Range:
    """Return the 5 %, 50 % and 95 % points of draws: the middle nine tenths of what the ranges allow.

    Example:
        >>> spread(np.arange(101.0))
        Range(low=5.0, mid=50.0, high=95.0)
    """
    low, mid, high = np.quantile(results, QUANTILES)
    return Range(float(low), float(mid), float(high))


def width_when_known(model: Model, ranges: Mapping[str, Range], known: Iterable[str], seed: int) -> float:
    """Return how wide the middle nine tenths would be, on average, once some inputs were known exactly.

    The known ones are fixed at values drawn from their ranges, the others drawn anew around them; the width is averaged. It is an
    upper bound of what data can do: real data leave an error.

    Args:
        model: inputs by name (arrays) to an array.
        ranges: low and high value of each input.
        known: names of the inputs that become known; none gives the width now.
        seed: equal seeds give equal widths.

    Returns:
        95 % point − 5 % point, in the unit of the result; 0 where everything is known.

    Raises:
        InputError: a name that is no input, or no input at all.

    Source:
        Expected value of partial perfect information, with width in place of loss.

    Example:
        >>> ranges = {"a": Range(0, 1, 2), "b": Range(0, 5, 10)}
        >>> [round(width_when_known(lambda v: v["a"] + v["b"], ranges, known, 1), 1) for known in ([], ["b"], ["a", "b"])]
        [9.2, 1.8, 0.0]
    """
    _require_inputs(ranges)
    chosen = list(dict.fromkeys(known))
    strange = [name for name in chosen if name not in ranges]
    if strange:
        raise InputError.single("已知的输入", "、".join(strange), "、".join(ranges), "改用其中的名称")
    if not chosen:
        low, _, high = spread(model(draw_inputs(ranges, _OUTER * _INNER, seed)))
        return high - low
    outer = draw_inputs({name: ranges[name] for name in chosen}, _OUTER, seed)
    inner = draw_inputs(ranges, _OUTER * _INNER, seed + 1)
    fixed = {name: np.repeat(values, _INNER) for name, values in outer.items()}
    results = np.asarray(model(inner | fixed), dtype=float).reshape(_OUTER, _INNER)
    low, _, high = np.quantile(results, QUANTILES, axis=1)
    return float(np.mean(high - low))


def _require_inputs(ranges: Mapping[str, Range]) -> None:
    if not ranges:
        raise InputError.single("敏感性分析", "没有输入", "至少一项有范围的输入", "补上输入")
