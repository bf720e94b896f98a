"""Floor 3: the built tables, and the one door to them."""
