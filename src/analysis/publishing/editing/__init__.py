"""Reports that people have worked on: how they are recognised, kept, and compared with a new report."""
