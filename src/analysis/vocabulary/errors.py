"""Errors that a user can act on: each names the place, what was found, what was expected, what to do."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True)
class Problem:
    """One defect of an input, with its address.

    Every field is Chinese text for the reader; empty where it does not apply.
    """

    where: str
    found: str
    expected: str
    action: str

    def __str__(self) -> str:
        parts = [self.where]
        if self.found:
            parts.append(f"实际：{self.found}")
        if self.expected:
            parts.append(f"应为：{self.expected}")
        if self.action:
            parts.append(f"处理：{self.action}")
        return "；".join(parts)


class InputError(ValueError):
    """Input that can't be used, with the complete list of its problems.

    The command line prints the list and leaves with exit code 2; nothing has been written by then.

    Example:
        >>> error = InputError([Problem("表.csv 第3行", "约30", "数字", "改为30")])
        >>> print(error)
        发现1处问题：
        1. 表.csv 第3行；实际：约30；应为：数字；处理：改为30
    """

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        lines = [f"发现{len(self.problems)}处问题："]
        lines += [f"{n}. {problem}" for n, problem in enumerate(self.problems, start=1)]
        super().__init__("\n".join(lines))

    @classmethod
    def single(cls, where: str, found: str = "", expected: str = "", action: str = "") -> InputError:
        """Return an error that holds one problem."""
        return cls([Problem(where, found, expected, action)])


class ReportFailedError(RuntimeError):
    """A report notebook stopped at a cell; the message says which, why, and where the broken notebook lies."""
