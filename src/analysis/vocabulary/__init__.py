"""Floor 0: words and rules that every floor shares (units, rounding, errors, paths)."""
