"""Trend of a short yearly series: scenarios for one or two points, a calibrated forecast from three on."""

from analysis.models.trend.table import COLUMNS, forecast

__all__ = ["COLUMNS", "forecast"]
