"""The source audit: every check, in one order, as a table."""

from __future__ import annotations

import dataclasses
from itertools import chain
from typing import TYPE_CHECKING

from analysis.archive.sources import load_deposit
from analysis.audit import declared_checks, table_checks
from analysis.audit.arithmetic import VERDICTS
from analysis.audit.check import Check
from analysis.audit.declared_checks import SLIPS
from analysis.audit.definitions import load_audit_definition
from analysis.audit.places import all_figures

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = [field.name for field in dataclasses.fields(Check)]


def audit_checks(source: str = "yuexiu-plan-14") -> list[Check]:
    """Recompute what a source prints; one check a row.

    Args:
        source: the deposit whose declared checks to use.

    Returns:
        Checks in order: printed rates, growth and figures of the prose, derivations, counts, statements, slips.
        Nothing is corrected; a check states what is printed, what is recomputed, and the arithmetic.

    Example:
        >>> [check.recomputed for check in audit_checks() if check.id == "r05"]
        ['176%']
    """
    load_deposit(source)  # a deposit that differs from its sidecar must not be audited as if it were the source
    figures = all_figures()
    definition = load_audit_definition(source)
    checks = list(
        chain(
            table_checks.rate_checks(figures),
            table_checks.prose_checks(figures),
            declared_checks.derived_checks(definition, figures),
            declared_checks.implied_checks(definition, figures),
            declared_checks.bound_checks(definition, figures),
            declared_checks.coverage_checks(definition, figures),
            declared_checks.count_checks(definition, figures),
            declared_checks.statement_checks(definition, figures),
        )
    )
    return [*checks, *table_checks.unmatched_prose(figures, checks), *declared_checks.slip_checks()]


def source_audit(source: str = "yuexiu-plan-14") -> pd.DataFrame:
    """Return the audit as a table, one row a check; columns as in :class:`analysis.audit.check.Check`."""
    import pandas as pd

    return pd.DataFrame([vars(check) for check in audit_checks(source)], columns=COLUMNS)


def figure_checks(audit: pd.DataFrame) -> pd.DataFrame:
    """Return the checks on figures, without those on words and names."""
    return audit[audit["group"] != SLIPS]


def audit_summary(audit: pd.DataFrame) -> pd.DataFrame:
    """Count checks by group (rows, in order of appearance) and verdict (columns), with the total."""
    import pandas as pd

    counts = pd.crosstab(audit["group"], audit["verdict"]).reindex(
        index=list(dict.fromkeys(audit["group"])), columns=list(VERDICTS), fill_value=0
    )
    counts.loc["合计"] = counts.sum()
    counts["合计"] = counts.sum(axis=1)
    return counts.rename_axis(index="类别", columns=None)
