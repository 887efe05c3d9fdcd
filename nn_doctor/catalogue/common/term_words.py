"""The words of the terms of a loss: penalties, data, heads of detectors, divergences."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.series.inside import PENALTY
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.series.model import Series

PENALTIES = PENALTY | {"decay", "wd"}
MAYBE = frozenset({"l1", "l2"})
"""As often as not the loss on the data: a penalty only where it does not know the noise of the batches, or where the
same distance of predictions is logged beside it under its other name."""
ON_NETWORK = frozenset("weight weights param params kernel act activation activations ortho orthogonal group".split())
"""What "reg" is a penalty on, whatever stands beside it."""
SAME = {"l2": frozenset({"mse"}), "l1": frozenset({"mae"})}
BOXES = frozenset(
    {"box", "bbox", "rpn", "roi", "loc", "offset", "landmark", "keypoint", "kpt", "pose", "wh", "size", "dfl"}
)
HEADS = frozenset(
    {"cls", "class", "classifier", "conf", "obj", "kobj", "objectness", "heatmap", "hm", "centerness", "rpn"}
)
"""Terms beside which "reg" is the regression of boxes, not a penalty."""
DATA = frozenset(
    {
        "data",
        "fit",
        "misfit",
        "bce",
        "ce",
        "cls",
        "task",
        "main",
        "mse",
        "recon",
        "reconstruction",
        "pred",
        "nll",
        "cross",
        "sup",
    }
)
DIVERGENCE = frozenset({"kl", "kld", "kldiv", "divergence"})
BY_DESIGN = PENALTIES | MAYBE | DIVERGENCE | {
    "sparse", "sparsity", "entropy", "commit", "commitment", "balance", "balancing", "router", "moe", "expert", "gate",
    "z", "ema", "vb", "vlb", "tv", "smooth", "smoothness", "eikonal", "distortion", "ortho", "orthogonal", "diversity",
    "center", "centre", "centering", "inv", "invariance", "cov", "covariance", "variance",
}  # fmt: skip
"""Words of terms that are small, or rise, by design: penalties under other names."""
KINDS = frozenset({"bce", "ce", "nll", "mse", "focal", "dice", "iou", "giou", "lovasz", "huber", "ssim", "edge"})
"""Words for what is measured on an output: two of these share it; tasks have their own."""
OF_LANGUAGE = frozenset({"lm", "router", "moe", "expert", "experts", "z"})
"""Beside these "aux" balances experts: it has a floor of its own; beside others it is a second head."""
OF_DATA = (DATA | HEADS | BOXES | KINDS | {
    "ic", "bc", "pde", "ode", "residual", "physics", "boundary", "initial", "seg", "mask", "depth", "rgb", "flow",
}) - PENALTIES  # fmt: skip
"""Words of terms that are no penalty, be they ever so smooth."""


def is_regression(words: set[str], losses: list[Series]) -> bool:
    """Whether "reg" is a detector's regression of boxes: beside such a word, or beside the loss of the classes."""
    terms = {word for s in losses for word in tokens_of(s.name)}
    return PENALTIES & words == {"reg"} and not words & ON_NETWORK and bool(words & BOXES or terms & HEADS)
