"""How large a monitoring table may be: far more than any form asks for, little enough to be read within seconds."""

from __future__ import annotations

MAXIMUM_ROWS, MAXIMUM_COLUMNS = 5_000, 100
MAXIMUM_FILLED = 100_000
# Formatted empty cells count here too, and so do the empty ones between the first cell of a sheet and the last.
MAXIMUM_CELLS = 300_000
SHRINK = "选中表下方和右侧的空行空列，整行整列删除后保存"
