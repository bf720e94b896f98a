"""The report as workbook."""

from analysis.publishing.workbook.report import workbook_report

__all__ = ["workbook_report"]
