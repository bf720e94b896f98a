"""Floor 2: raw files to tidy rows; refuses bad input with its address."""
