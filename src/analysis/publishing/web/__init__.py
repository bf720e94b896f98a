"""The report as web page."""

from __future__ import annotations

from analysis.publishing.web.page import web_page

__all__ = ["web_page"]
