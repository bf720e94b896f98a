"""What ``trace.json`` is called, which version of it this is, and the words it is written in."""

from __future__ import annotations

TRACE, VERSION = "trace.json", 1
# What a number is.
QUANTITY, TABLED, CHARTED, NARRATED = "数量", "表中数字", "图中数字", "文稿中的数字"
NAMED, DATED, GIVEN, LABELLED, POINTED, UNEXPLAINED = "名称", "年份日期", "运行参数", "编号", "依据脚注", "来源不明"
FIGURES = (QUANTITY, TABLED, CHARTED, NARRATED, UNEXPLAINED)  # the others only name or point to something
