"""The sentences of the final evaluation: every verb, sign and figure comes from the tables they are handed."""

from analysis.presentation.final_text.findings import audit, periods, slips_heading
from analysis.presentation.final_text.indicators import density, exceeded, missed, overall, progress, self_count
from analysis.presentation.final_text.opening import cover, limits, method

__all__ = [
    "audit", "cover", "density", "exceeded", "limits", "method", "missed", "overall", "periods", "progress", "self_count", "slips_heading",
]  # fmt: skip
