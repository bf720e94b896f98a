"""Floor 1: what sources say of themselves, and the definitions behind printed rows (schema-checked YAML)."""
