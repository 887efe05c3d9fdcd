"""ND205 validation-better-than-training (note, warning): the validation loss lies clearly and lastingly below train.

What it looks for
-----------------
Over the second half of the run nearly every validation point lies below train, by a tenth of train or more, after the
half-epoch shift of averaged train losses has been taken out.

Why it matters
--------------
Mostly harmless, but a leak or an easier validation set looks the same, and then the result says too much.

When it is not this
-------------------
Dropout, augmentation, mixup and label smoothing act in training only and raise its loss. A train loss averaged over
the epoch lags half an epoch behind. Early in a run this is usual.

Fixes
-----
Evaluate the training set in evaluation mode; look for duplicates between the sets; check how the split was drawn.

References
----------
A. Karpathy, "A Recipe for Training Neural Networks" (2019).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.catalogue.base import Clear, Finding, Rule, Threshold
from nn_doctor.catalogue.common.generalisation import pair_of
from nn_doctor.catalogue.common.phrases import span_of
from nn_doctor.errors import InsufficientData
from nn_doctor.report.model import Evidence

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Context

BETTER = Threshold("nd205.better", 0.9, "of the points", 0.5, 1.0, "lasting means nearly always")
GAP = Threshold("nd205.gap", 0.1, "of train's level", 0.01, 1.0, "dropout of one half makes about a third")
LARGE = Threshold("nd205.large", 0.75, "of train's level", 0.1, 1.0, "more than regularisation usually explains")
NOISE = Threshold("nd205.noise", 2.0, "times validation's noise", 0.0, 20.0, "the gap must stand out of the noise")
POINTS = Threshold("nd205.points", 8, "pairs", 4, 100, "a lasting gap cannot be told on less")
SCORE, LARGE_SCORE = 0.75, 0.6
OF_PROGRESS = 0.02
"""A smaller gap is nothing beside what training has won."""


def check(ctx: Context) -> Finding | Clear:
    """A lasting negative gap."""
    pair = pair_of(ctx)
    found = pair.gap
    if pair.maximise:
        raise InsufficientData("no validation loss in the log (--map 'NAME=loss/val' names one)")
    if found.pairs < ctx.limit(POINTS):
        raise InsufficientData(f"{found.pairs} common points, {ctx.limit(POINTS):g} are needed", int(ctx.limit(POINTS)))
    share = -found.end / abs(found.train_end) if found.train_end else 0.0
    measured = {"better": found.val_better, "gap": found.end, "share": share}
    lasting = found.val_better >= ctx.limit(BETTER) and share >= ctx.limit(GAP)
    noise = max(found.val_noise, found.train_noise)
    if not lasting or -found.end < max(ctx.limit(NOISE) * noise, OF_PROGRESS * found.progress):
        return Clear("validation is not clearly and lastingly below train", measured)
    large = share >= ctx.limit(LARGE)
    text = f"{pair.val.name} ends at {found.val_end:.4g}, {share:.0%} below {pair.train.name} ({found.train_end:.4g})"
    often = f"it lies below train at {found.val_better:.0%} of the points of the second half"
    return Finding(
        score=LARGE_SCORE if large else SCORE,
        summary=f"validation is better than training, by {share:.0%}",
        evidence=(
            Evidence(text, pair.val.name, span_of(pair.val), share, ctx.limit(GAP)),
            Evidence(often, pair.val.name, None, found.val_better, ctx.limit(BETTER)),
        ),
        causes=(
            "dropout, augmentation, mixup or label smoothing in training only (harmless)",
            "train averaged over the epoch while the model improved (harmless)",
            "an easier validation set, or duplicates of training samples in it",
        ),
        fixes=(
            "evaluate the training set in evaluation mode and compare again",
            "look for duplicates between the two sets; check how the split was drawn",
        ),
        series=(pair.val, pair.train),
        span=span_of(pair.val),
        severity="warning" if large else "note",
        measured=measured,
    )


RULE = Rule(
    code="ND205",
    slug="validation-better-than-training",
    severities=("note", "warning"),
    needs="a train and a validation loss with 8 common points or more",
    check=check,
    thresholds=(BETTER, GAP, LARGE, NOISE, POINTS),
    yields_to=("ND101", "ND102", "ND103"),
)
