"""Models of what lies ahead: pure functions, tables and parameters in, tables out; no files, no drawing."""
