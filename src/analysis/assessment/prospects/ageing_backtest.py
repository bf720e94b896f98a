"""The methods of projection tried on all countries and areas of the reference population's deposit."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from analysis.models.ageing.backtest import entry_error_widths, error_summary, forecast_errors
from analysis.observations.reference_population import load_areas

if TYPE_CHECKING:
    import pandas as pd


@cache
def _errors() -> pd.DataFrame:
    return forecast_errors(load_areas())


def ageing_backtest() -> pd.DataFrame:
    """Return how far each method was off, five, ten and fifteen years ahead.

    Countries and areas against their subregions, in five-year steps of a model-based source: the ranking is usable, the errors of
    a Chinese district may be larger or smaller.

    Returns:
        See :func:`analysis.models.ageing.backtest.error_summary`.

    Example:
        >>> table = ageing_backtest().query("horizon == 5").set_index("method")["mean_percent"].round(1)
        >>> table.to_dict()
        {'补入推算': 3.9, '队列单比': 3.1, '参照增速': 5.2, '恒定增速': 4.7}
    """
    return error_summary(_errors())


def measured_entry_errors() -> dict[int, float]:
    """Return the 80 % half-widths of the entry scale by horizon in years, which the ledger's entry errors state.

    Example:
        >>> {horizon: round(width, 3) for horizon, width in measured_entry_errors().items()}
        {5: 0.169, 10: 0.265, 15: 0.331}
    """
    return {int(horizon): float(width) for horizon, width in entry_error_widths(_errors()).items()}
