"""Monitoring files: the workbook or CSV that officials fill in, read whole or refused with every problem told."""

from analysis.intake.monitoring.file import declared_plan, read_monitoring
from analysis.intake.monitoring.reading import MonitoringFile, Reading

__all__ = ["MonitoringFile", "Reading", "declared_plan", "read_monitoring"]
