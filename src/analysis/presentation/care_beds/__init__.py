"""Words and tables on care beds: every figure from the prospect, uncited parameters tagged."""

from analysis.presentation.care_beds.tables import (
    assumptions_table,
    density_table,
    need_table,
    nursing_table,
    patterns_table,
    requests_table,
    sobol_table,
    supply_table,
)
from analysis.presentation.care_beds.text import finding, needs_words, norm_words

__all__ = [
    "assumptions_table", "density_table", "finding", "need_table", "needs_words", "norm_words", "nursing_table", "patterns_table",
    "requests_table", "sobol_table", "supply_table",
]  # fmt: skip
