"""The monitoring form of a plan, put together from its targets, context series and commitments."""

from __future__ import annotations

import math

from analysis.archive.commitments import Commitment, load_commitments
from analysis.archive.forms import CONTEXT_CATEGORY, FormRow, MonitoringForm
from analysis.archive.plans import load_plan
from analysis.observations.targets import load_targets


def monitoring_form(plan_id: str) -> MonitoringForm:
    """Return the form that officials fill in for a plan: indicators, the context series its rules need, commitments.

    Raises:
        InputError: the plan has no targets, or its table and definitions differ.

    Example:
        >>> form = monitoring_form("yuexiu-14")
        >>> [len(form.rows_of(kind)) for kind in ("indicator", "context", "commitment")], form.years
        ([27, 8, 11], (2021, 2022, 2023, 2024, 2025))
    """
    plan, targets = load_plan(plan_id), load_targets(plan_id)
    header, table = plan.header, plan.header.targets
    assert table is not None  # load_targets refuses a plan without one
    rows = [
        FormRow(
            kind="indicator",
            series=row["indicator_id"],
            part=row["part"],
            name=row["name"],
            category=row["category"],
            unit=row["unit"],
            attribute=row["attribute"],
            base_value=None if math.isnan(row["base"]) else row["base"],
            is_share=row["bounded"],
            may_be_negative=plan.indicators[int(row["indicator_id"])].measure == "growth",
            counted_unit=row["counted_unit"],
            counted_total=None if math.isnan(row["counted_total"]) else int(row["counted_total"]),
            dated=plan.indicators[int(row["indicator_id"])].measure == "standard",
            definition=row["rule_words"] or (f"分母：{row['denominator']}" if row["denominator"] else ""),
            data_owner=row["data_owner"],
        )
        for row in targets.to_dict("records")
    ]
    rows += [
        FormRow(
            kind="context",
            series=series.id,
            part=part,
            name=series.title,
            category=CONTEXT_CATEGORY,
            unit=series.unit,
            attribute="",
            base_value=None,
            is_share=False,
            may_be_negative=series.may_be_negative,
            counted_unit="",
            counted_total=None,
            dated=series.validity == "in_force",
            definition=series.definition,
            data_owner=series.data_owner,
        )
        for series in plan.context.values()
        for part in (series.parts or [""])
    ]
    commitments = load_commitments(plan_id)
    rows += [_commitment_row(commitment) for commitment in commitments]
    return MonitoringForm(
        plan=plan_id,
        title=header.title,
        place=header.place,
        demonstration=header.demonstration,
        base_year=table.base_year,
        years=tuple(range(header.first_year, header.last_year + 1)),
        rows=tuple(rows),
        commitments=commitments,
    )


def _commitment_row(commitment: Commitment) -> FormRow:
    """Return a commitment as a row of the form: what is promised, until when and where it stands become its definition."""
    promised = f"{'不少于' if commitment.comparison == 'at_least' else ''}{commitment.quantity:g}{commitment.unit}"
    same = f"；与指标{commitment.indicator}为同一事项" if commitment.indicator else ""
    return FormRow(
        kind="commitment",
        series=commitment.id,
        part="",
        name=commitment.task,
        category=commitment.category,
        unit=commitment.unit,
        attribute="",
        base_value=None,
        is_share=commitment.unit == "%",
        may_be_negative=False,
        counted_unit="",
        counted_total=None,
        dated=False,
        definition=f"承诺{promised}，{commitment.deadline_year}年底前；{commitment.reference}{same}",
        data_owner="",
    )
