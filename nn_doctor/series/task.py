"""What kind of training a run looks like: GAN and reinforcement-learning losses are not to be judged."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.series import words
from nn_doctor.series.roles import tokens_of

if TYPE_CHECKING:
    from nn_doctor.series.model import Run

UNJUDGED = {
    "gan": "the losses of generator and discriminator hover by design",
    "rl": "reinforcement-learning losses chase a moving target",
}
"""Tasks whose losses are not supervised training curves, with the reason given."""
_GENERATOR = frozenset({"g", "gen", "generator"})
_DISCRIMINATOR = frozenset({"d", "dis", "disc", "discriminator", "critic"})
_OF_DIFFUSION = frozenset({"step_loss", "avr_loss"})
"""What the trainers of diffusers and of kohya call the loss in their bars."""
_BOOSTING_PARTS = re.compile(r"training's |valid_\d+'s |learn/|validation_0|eval-")


def guess_task(run: Run) -> str:
    """Guess "gan", "rl", "boosting" or "auto" (nothing special) from the names of the run's series."""
    parts = [frozenset(tokens_of(s.name)) for s in run.series]
    losses = [p for p, s in zip(parts, run.series, strict=True) if s.metric == "loss"]
    if any(p & _GENERATOR for p in losses) and any(p & _DISCRIMINATOR for p in losses):
        return "gan"
    rewards = any(
        s.metric == "reward" and not {"margins", "chosen", "rejected"} & p
        for p, s in zip(parts, run.series, strict=True)
    )
    learner = any(p & words.RL_ONLY for p in parts)
    held = any("kl" in p for p in parts)  # near a reference, as GRPO does, validation loss or not
    if learner or (rewards and (held or not _has_supervised_pair(run))):
        return "rl"
    if run.parser == "catboost" or any(_BOOSTING_PARTS.match(s.name) for s in run.series):
        return "boosting"
    return "auto"


def is_diffusion(run: Run) -> bool:
    """Whether names of diffusers' or kohya's trainers tell that pictures are denoised.

    How much noise is drawn with each batch makes most of such a loss: it hops, and is hardly lower after training.
    """
    losses = any(s.name.lower() in _OF_DIFFUSION for s in run.series)
    return losses or any(s.role == "schedule" and "unet" in tokens_of(s.name) for s in run.series)


def _has_supervised_pair(run: Run) -> bool:
    return run.objective.train is not None and run.objective.val is not None
