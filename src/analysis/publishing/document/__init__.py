"""The content of a report, apart from any format: read once from the executed notebook, rendered four times."""
