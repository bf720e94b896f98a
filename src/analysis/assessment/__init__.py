"""Floor 5: what was reached, judged by stated rules."""
