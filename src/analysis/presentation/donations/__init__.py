"""Words and tables on donations per resident."""

from analysis.presentation.donations.figures import outlook_words, rounded_chance, simple_fraction
from analysis.presentation.donations.tables import assumptions_table, decomposition_table, required_table, updates_table
from analysis.presentation.donations.text import changes, finding

__all__ = [
    "assumptions_table", "changes", "decomposition_table", "finding", "outlook_words", "required_table", "rounded_chance",
    "simple_fraction", "updates_table",
]  # fmt: skip
