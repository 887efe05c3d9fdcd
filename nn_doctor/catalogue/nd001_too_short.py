"""ND001 too-short (note): the log has too few points to say anything about its curves.

What it looks for
-----------------
The number of points of the longest curve that judges the run. Triage asks this rule last and keeps its answer
only where no other rule could judge.

Why it matters
--------------
Silence about a log of three points is not a clean bill of health.

When it is not this
-------------------
A short run can still be diagnosed where values are not finite (ND103) or the log was resumed (ND002).

Fixes
-----
Log more often, or train for longer before asking.

References
----------
Moore, McCabe, Craig: Introduction to the Practice of Statistics (how few points carry a trend).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

ENOUGH = Threshold(
    "nd001.points", 8, "points", 3, 100, "the curve analyses begin at 8 points; fewer make no noise estimate"
)
SCORE = 0.9  # counting points leaves nothing to doubt


def check(ctx: Context) -> Finding | Clear:
    """Fires on few points alone; whether other rules could judge nevertheless is for triage to see."""
    curves = [s for s in (ctx.objective.train, ctx.objective.val) if s is not None]
    if not curves:
        raise InsufficientData("no curve that judges the run")
    longest = max(curves, key=len)
    points, enough = len(longest), ctx.limit(ENOUGH)
    if points >= enough:
        return Clear(f"{points} points", {"points": points})
    text = f"{longest.name} has {points} point{'s' * (points != 1)}; the curve rules need {enough:.0f} or more"
    return Finding(
        score=SCORE,
        summary=f"too short to judge: {points} point{'s' * (points != 1)}",
        evidence=(Evidence(text, longest.name, measured=points, threshold=enough),),
        causes=("the run was stopped early, or logs rarely",),
        fixes=(f"log at least {enough:.0f} points, for instance every few steps instead of every epoch",),
        series=(longest,),
        measured={"points": points},
    )


RULE = Rule(
    code="ND001",
    slug="too-short",
    severities=("note",),
    needs="a loss, or a metric with a direction",
    check=check,
    thresholds=(ENOUGH,),
    judges="log",
)
