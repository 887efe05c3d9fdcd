"""ND106 slow-start (warning): the loss lies on a plateau for a good part of the run before it begins to fall.

What it looks for
-----------------
A flat stretch at the starting level that takes an eighth of the run or more and ends in a kink: half of the whole
fall takes less than half the time of the plateau. A late turn counts in noise too, and in a run that ended in mid fall,
if it is sharp against the time before. Gentle S-curves are the healthy fall of many nets.

Why it matters
--------------
The epochs on the plateau are lost, and a slightly worse seed may never leave it.

When it is not this
-------------------
A logged warm-up of the learning rate explains a slow beginning. A loss that never falls is not learning (ND101). A
fall that validation does not share is memorising (ND202), one that waits for the border of an epoch a staircase
(ND302).

Fixes
-----
A larger initial scale (He or Glorot), normalisation or residual connections, non-saturating units, a higher first
learning rate.

References
----------
Glorot and Bengio (2010), He et al. (2015), on initial scales. A. Karpathy, "A Recipe for Training Neural Networks".
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.analyzers.plateau import plateau
from nn_doctor.analyzers.shape import shape
from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.advice import try_rate
from nn_doctor.catalogue.common.phrases import at, demand_whole_run, schedule_of, span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.analyzers.plateau import Plateau
    from nn_doctor.analyzers.shape import Shape
    from nn_doctor.catalogue.base import Context

BRIEF = Threshold("nd106.brief", 0.11, "of the run", 0.05, 0.9, "enough where the fall is sharp")
BRIEFEST = Threshold("nd106.briefest", 0.07, "of the run", 0.05, 0.9, "enough where the plateau is level to the eye")
LONG = Threshold("nd106.long", 0.2, "of the run", 0.05, 0.9, "a plateau this long leaves no doubt")
WARMUP = Threshold("nd106.warmup", 100, "steps", 0, 1e6, "warm-ups of a hundred updates are usual and seldom logged")
SEEN = Threshold(
    "nd106.seen",
    4,
    "points",
    2,
    100,
    "three are chance, or a warm-up: of five on families of new authors two were right",
)
KINK = Threshold(
    "nd106.kink", 0.4, "of the plateau", 0.05, 1.0, "half the fall within this time after it: no gentle S-curve"
)
PLATEAU = Threshold("nd106.plateau", 0.245, "of the run", 0.05, 0.9, "gentle S-curves of healthy nets reach 0.24")
GENTLE = Threshold("nd106.gentle", 0.75, "of the plateau", 0.05, 1.0, "kink enough for so long a plateau; S-curves 0.9")
FLATTEST = Threshold("nd106.flattest", 0.036, "of the fall", 0.0, 0.5, "spread of such a plateau: level to the eye")
FALL = Threshold("nd106.fall", 0.12, "of the start", 0.02, 1.0, "without a real fall afterwards there was no start")
TURN = Threshold(
    "nd106.turn", 0.39, "of the time before", 0.05, 1.0, "from a fifth of the fall to half: gentle curves 0.43"
)
TURN_AT = Threshold("nd106.turn_at", 0.35, "of the run", 0.05, 0.9, "so late a turn marks a plateau, if it is sharp")
STILL = Threshold(
    "nd106.still", 0.075, "of the fall", 0.0, 0.5, "wobble before a turn; where there is more, it is sharper"
)
SHARPEST = Threshold("nd106.sharpest", 0.2, "of the time before", 0.01, 1.0, "a turn this sharp stands out of noise")
NOISIEST = Threshold("nd106.noisiest", 0.4, "of the fall", 0.0, 1.0, "more noise might draw a turn by itself")
POINTS = Threshold("nd106.points", 16, "points", 8, 1000, "an eighth of a shorter run is one point")

SURE, LIKELY, UNSURE = 0.85, 0.7, 0.6
HALF = 0.5
MOST_OF = 0.7
"""Share of a plateau that a logged warm-up must cover to explain it."""


def check(ctx: Context) -> Finding | Clear:
    """A plateau, then a steep fall."""
    demand_whole_run(ctx, ctx.train)
    found = ctx.of(shape, ctx.train)
    if found.points < ctx.limit(POINTS):
        raise InsufficientData(
            f"{found.points} points; a slow start needs {ctx.limit(POINTS):g}", int(ctx.limit(POINTS))
        )
    flat = ctx.of(plateau, ctx.train)
    measured = {
        "plateau": flat.leaves_at,
        "kink": flat.kink,
        "spread": flat.spread,
        "turns_at": min(flat.turns_at, 1.0),
    }
    measured |= {"turn": flat.turn, "wobble": flat.wobble}
    seen = flat.leaves_at * (found.points - 1) > ctx.limit(SEEN) - HALF
    if seen and _has_a_kink(ctx, flat):
        return _unless_warming_up(ctx, flat.leaves_at, flat.leaves_x, found, measured)
    if _turns_late(ctx, flat):
        x = ctx.train.finite[0]
        where = float(x[min(int(flat.turns_at * x.size), x.size - 1)])
        return _unless_warming_up(ctx, flat.turns_at, where, found, measured)
    return Clear("no flat start that ends in a sharp turn", measured)


def _has_a_kink(ctx: Context, flat: Plateau) -> bool:
    """Whether a plateau ends in a kink: half of the whole fall takes far less time; after a long level one, less."""
    quiet = flat.for_good and flat.spread < ctx.limit(NOISIEST)
    brief = ctx.limit(BRIEFEST if flat.spread < ctx.limit(FLATTEST) else BRIEF)
    if flat.leaves_at < brief or flat.fall < ctx.limit(FALL) or not quiet:
        return False
    level = flat.leaves_at > ctx.limit(PLATEAU) and flat.spread < ctx.limit(FLATTEST)
    return flat.kink < ctx.limit(GENTLE if level else KINK)


def _turns_late(ctx: Context, flat: Plateau) -> bool:
    """Whether a late turn ends a level stretch, in a run that may have only begun to fall, or in noise."""
    late = flat.turns_at < 1 and flat.turns_at > ctx.limit(TURN_AT) and flat.fall > ctx.limit(FALL)
    still = flat.wobble < ctx.limit(STILL) and flat.turn < ctx.limit(TURN)
    return late and (still or (flat.wobble < ctx.limit(NOISIEST) and flat.turn < ctx.limit(SHARPEST)))


def _unless_warming_up(
    ctx: Context, share: float, where: float, found: Shape, measured: dict[str, float]
) -> Finding | Clear:
    schedule = schedule_of(ctx)
    first = float(ctx.train.finite[0][0])  # the steps of a resumed log do not begin at zero
    if schedule is not None and schedule.warmup_end - first >= MOST_OF * (where - first) > 0:
        return Clear("the learning rate was warming up", measured)
    return _finding(ctx, found, share, where, measured)


def _is_warming_up(ctx: Context, departs_x: float) -> bool:
    """Whether the plateau is so short in updates that a warm-up that nobody logged may explain it."""
    x = ctx.train.finite[0]
    return ctx.train.axis == "step" and schedule_of(ctx) is None and departs_x - float(x[0]) < ctx.limit(WARMUP)


def _finding(ctx: Context, found: Shape, share: float, departs_x: float, measured: dict[str, float]) -> Finding:
    train = ctx.train
    where = at(train, departs_x)
    sure = SURE if share > ctx.limit(LONG) else LIKELY
    stay = f"{train.name} stays near {found.start:.4g} until {where}, {share:.0%} of the run"
    text = f"{stay}, then falls to {found.end:.4g}"
    return Finding(
        score=UNSURE if _is_warming_up(ctx, departs_x) else sure,
        summary=f"the loss stays at its starting level until {where}",
        evidence=(Evidence(text, train.name, span_of(train, None, departs_x), share, ctx.limit(BRIEF)),),
        causes=(
            "weights initialised too small",
            "saturated units",
            "learning rate too low at first",
            "a plateau of the loss by symmetry",
        ),
        fixes=(
            "scale the initial weights by He or Glorot; add normalisation or residual connections",
            try_rate(ctx, 3.0, "a higher learning rate at first"),
            "Adam leaves such plateaus faster than plain SGD",
        ),
        series=(train,),
        span=span_of(train, None, departs_x),
        measured=measured,
    )


RULE = Rule(
    code="ND106",
    slug="slow-start",
    severities=("warning",),
    needs="a train loss of 16 points or more",
    check=check,
    thresholds=(
        PLATEAU,
        GENTLE,
        FLATTEST,
        BRIEF,
        BRIEFEST,
        POINTS,
        LONG,
        WARMUP,
        SEEN,
        KINK,
        FALL,
        TURN,
        TURN_AT,
        STILL,
        SHARPEST,
        NOISIEST,
    ),
    yields_to=("ND101", "ND102", "ND103", "ND104", "ND202", "ND301", "ND302"),
    explained_by=("ND402", "ND407", "ND409"),
)
