"""What nbval leaves out when it compares notebooks: outputs that are not stored, since only reports are made from them."""

from __future__ import annotations

import pytest

from analysis.presentation.charts.chart import CHART_MIME
from analysis.presentation.claims import PASSAGES_MIME
from analysis.presentation.record import RECORD_MIME
from analysis.presentation.tables import TABLE_MIME
from analysis.presentation.written import NARRATIVE_MIME


def pytest_collectstart(collector: pytest.Collector) -> None:
    """Extend nbval's own list, as its documentation says."""
    if getattr(collector, "skip_compare", None):
        collector.skip_compare += (CHART_MIME, PASSAGES_MIME, RECORD_MIME, TABLE_MIME, NARRATIVE_MIME)
