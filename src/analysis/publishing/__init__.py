"""Floor 7: checks parameters, runs notebooks, exports and records; computes nothing."""
