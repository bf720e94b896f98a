"""Charts of the reports, one question each; all finished by :func:`analysis.presentation.charts.chart.finish`."""
