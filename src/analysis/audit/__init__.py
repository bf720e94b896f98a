"""Floor 4: recomputes what the plan prints, one row a check, with the arithmetic."""
