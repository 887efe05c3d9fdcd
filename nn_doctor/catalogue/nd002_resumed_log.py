"""ND002 resumed-log (note): the step or epoch goes back, so the log holds a resumed run or several runs.

What it looks for
-----------------
Places where the step or epoch returns to an earlier value, as found when the log was read.

Why it matters
--------------
Overlapping records and several runs in one file draw curves that no training produced.

When it is not this
-------------------
A step counter that restarts in each epoch is put together with its epoch before this rule looks.

Fixes
-----
One file a run; on resuming, cut the log back to the step of the checkpoint. --restarts split|join decides
otherwise than the guess.

References
----------
TensorBoard, "purge_step" of SummaryWriter: the same repair for event files.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.catalogue.base import Clear, Finding, Rule
from nn_doctor.report.model import Evidence, Span

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

SCORE = 0.9  # a return of the counter is a fact; only its reading is a guess
SHOWN = 5  # returns named one by one


def check(ctx: Context) -> Finding | Clear:
    """Fires where reading the log met a return of its step or epoch."""
    found = ctx.run.restarts
    if not found:
        return Clear("steps and epochs only go forward", {"restarts": 0})
    evidence = []
    for restart in found[:SHOWN]:
        where = f" (line {restart.line})" if restart.line is not None else ""
        text = f"{restart.axis} goes from {restart.x_before:g} back to {restart.x_after:g}{where}: {restart.kind}"
        if restart.overlap:
            text += f", {restart.overlap} points written twice, the newer kept"
        low, high = sorted((restart.x_before, restart.x_after))
        evidence.append(Evidence(text, span=Span(restart.axis, low, high), measured=restart.x_after))
    times = f"{len(found)} times" if len(found) > 1 else "once"
    return Finding(
        score=SCORE,
        summary=f"the {found[0].axis} goes back {times}: {found[0].kind}",
        evidence=tuple(evidence),
        causes=("training resumed from a checkpoint", "several runs appended to one file"),
        fixes=("give each run its own file, or say --restarts split or --restarts join",),
        series=(),
        measured={"restarts": len(found)},
    )


RULE = Rule(
    code="ND002",
    slug="resumed-log",
    severities=("note",),
    needs="a step or an epoch",
    check=check,
    judges="log",
)
