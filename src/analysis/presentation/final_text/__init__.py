"""The sentences of the final evaluation: every verb, sign and figure comes from the tables they are handed."""

from analysis.presentation.final_text.density import density
from analysis.presentation.final_text.findings import audit, periods, slips_heading
from analysis.presentation.final_text.indicators import exceeded, missed, overall, progress
from analysis.presentation.final_text.opening import cover, limits, method
from analysis.presentation.final_text.self_count import self_count

__all__ = [
    "audit", "cover", "density", "exceeded", "limits", "method", "missed", "overall", "periods", "progress", "self_count", "slips_heading",
]  # fmt: skip
