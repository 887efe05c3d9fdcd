"""The words logs use: splits, schedules, internals, system quantities; losses and metrics are in ``metric_words``.

Data only; ``roles.py`` says how names are taken apart and matched. Every entry is a token or a run of tokens
joined by a space; tokens are lower case with trailing digits removed where the bare word is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nn_doctor.series.model import Split

TRAIN_WORDS = frozenset({"train", "training", "tr", "trn", "learn", "fit", "trainer", "trainset"})
VAL_WORDS = frozenset(
    """
    val va valid validation validate validating dev eval evaluation evaluate evaluating holdout vld vali cv crossval
    heldout devel oob oos
    """.split()
)
TEST_WORDS = frozenset({"test", "testing", "tst", "te"})
SPLIT_PHRASES = {
    "out of sample": "val",
    "in sample": "train",
    "held out": "val",
    "hold out": "val",
    "unseen": "val",
}
"""Words that name a split only together (or, like "unseen", that would be a part of the loss otherwise)."""
SPLIT_PHRASE_ENDS = frozenset({"sample", "out", "unseen"})
IN_FULL = {"train": "training", "val": "validation", "test": "test"}

WHOLE_NAMES: dict[str, tuple[str, Split]] = {
    # name in lower case → (metric, split): abbreviations too short to be found by parts
    "trl": ("loss", "train"),
    "tel": ("loss", "val"),
    "tl": ("loss", "train"),
    "vl": ("loss", "val"),
    "loss_t": ("loss", "train"),
    "loss_v": ("loss", "val"),
    "vloss": ("loss", "val"),
    "tloss": ("loss", "train"),
    "vacc": ("accuracy", "val"),
    "tacc": ("accuracy", "train"),
    "trainloss": ("loss", "train"),
    "valloss": ("loss", "val"),
    "testloss": ("loss", "test"),
    "trainacc": ("accuracy", "train"),
    "valacc": ("accuracy", "val"),
    "testacc": ("accuracy", "test"),
    "trainaccuracy": ("accuracy", "train"),
    "valaccuracy": ("accuracy", "val"),
    "testaccuracy": ("accuracy", "test"),
}

SYSTEM = frozenset(
    """
    time sec secs second seconds ms minutes min hours hour elapsed eta duration runtime wall timestamp date
    datetime memory mem gpu cpu ram disk gpumem cpumem maxmem vram power temperature_gpu fan speed
    throughput samples sample fps images image imgs img examples sentences words tokens token tok toks wps
    ups flops flos mfu percentage percent progress remaining seed pid rank size count total_flos version
    vnum num bytes overflow skipped params parameters n_parameters maintenance ema_decay dt tps scale
    instances batch_size bsz network process system hostname node port id uuid bad_epochs patience counter
    len length lengths sps smpl updt epch episodes episodes_total worker workers queue load latency wait
    interval clock gb mb data ntokens nsentences
    """.split()
)
"""A name holding one of these (and no loss or metric word) is a system quantity."""

SYSTEM_PHRASES = (
    "loss scale", "loss scaler", "grad scale", "scaler scale", "batch size", "data time", "iter time",
    "time per", "step time", "train time", "training time", "per second", "per sec", "sec per", "step avg",
    "num tokens", "num samples", "num examples", "number of", "steps per", "it s", "s it", "max mem", "gpu mem",
    "num updates", "n params", "loss time", "eval time", "val time", "time loss", "best epoch", "peak",
    "num train", "num eval", "loss num", "batch cost", "reader cost", "data cost", "timing",
    "updt s", "data s", "early stop", "should", "epochs since", "ckpt", "checkpoint",
)  # fmt: skip
"""Phrases that make a name a system quantity even though it holds a loss or metric word."""

SCHEDULE: dict[str, str] = {
    "learning rate": "learning_rate",
    "learn rate": "learning_rate",
    "learningrate": "learning_rate",
    "lrate": "learning_rate",
    "lr": "learning_rate",
    "l r": "learning_rate",
    "momentum": "momentum",
    "weight decay": "weight_decay",
    "wd": "weight_decay",
    "epsilon": "epsilon",
    "eps": "epsilon",
    "beta": "beta",
    "temperature": "temperature",
    "clip range": "clip_range",
    "kl coeff": "kl_coefficient",
    "kl coef": "kl_coefficient",
    "dropout": "dropout",
    "teacher forcing": "teacher_forcing",
    "augment": "augmentation",
}

INTERNAL: dict[str, str] = {
    "update ratio": "update_ratio",
    "update to weight": "update_ratio",
    "update weight": "update_ratio",
    "update data": "update_ratio",
    "weight update": "update_ratio",
    "uw ratio": "update_ratio",
    "ud": "update_ratio",
    "dead": "dead_units",
    "zero fraction": "zero_share",
    "zero frac": "zero_share",
    "fraction zero": "zero_share",
    "frac zero": "zero_share",
    "zeros": "zero_share",
    "zero share": "zero_share",
    "activation sparsity": "zero_share",
    "activations sparsity": "zero_share",
    "act sparsity": "zero_share",
    "relu sparsity": "zero_share",
    "saturated": "saturation",
    "saturation": "saturation",
    "activation std": "activation_std",
    "activations std": "activation_std",
    "act std": "activation_std",
    "acts std": "activation_std",
    "activation mean": "activation",
    "act mean": "activation",
    "updates": "update_norm",
    "grad norm": "grad_norm",
    "grdn": "grad_norm",
    "gradient norm": "grad_norm",
    "gradnorm": "grad_norm",
    "g norm": "grad_norm",
    "gnorm": "grad_norm",
    "gradients": "grad_norm",
    "gradient": "grad_norm",
    "grads": "grad_norm",
    "grad": "grad_norm",
    "weight norm": "weight_norm",
    "param norm": "weight_norm",
    "params norm": "weight_norm",
    "activations": "activation",
    "activation": "activation",
    "sparsity": "sparsity",
    "x norm": "feature_norm",
    "norm": "grad_norm",
    "weights": "weight_norm",
    "biases": "weight_norm",
    "kernel": "weight_norm",
    "bias": "weight_norm",
    "entropy coeff": "entropy_coefficient",
    "entropy coef": "entropy_coefficient",
    "ent coef": "entropy_coefficient",
    "approx kl": "kl",
    "ppo kl": "kl",
    "clip fraction": "clip_fraction",
    "clip frac": "clip_fraction",
    "clipfrac": "clip_fraction",
    "approxkl": "kl",
    "logits": "logits",
    "act": "activation",
}

TIME_ENDS = frozenset({"time", "sec", "ms", "seconds", "count"})
COUNTED = frozenset("steps timesteps iter iters iteration iterations updates update samples episodes epochs".split())
BENCHMARKS = frozenset(
    "hella hellaswag swag mmlu arc piqa winogrande lambada gsm8k humaneval mbpp boolq truthfulqa squad triviaqa".split()
)
"""Sets that models are only ever evaluated on."""
RATE_SETTINGS = frozenset("decay gamma patience factor warmup scheduler power mult restarts".split())
"""What follows "lr" in the names of a schedule's settings."""
FACTORS = frozenset("weight weights coef coeff coefficient lambda".split())
WEIGHED = frozenset("kl kld vf gp reg recon adv commit percep perceptual".split())
"""Parts of losses that are named without the word "loss" where it is said how much they weigh ("kl_weight")."""
WHOLE_SCHEDULE = {"rate": "learning_rate"}
"""Schedules only where this is the whole name: a hit rate is none."""
WHOLE_INTERNAL = {"kl": "kl", "kld": "kl", "clip": "clip_share", "clipped": "clip_share", "clip percent": "clip_share"}
"""Inner quantities only where these words are the whole name (a split aside): "clip" beside others means much else."""

NEUTRAL = frozenset(
    """
    epoch epochs step steps batch iter iteration iterations main total avg avr average mean running metrics
    metric overall current curr cur the of per all sum final log logs scalar scalars vs s model global mini
    at in on for and full fn function raw set phase info stats summary performance lm reduced score percent pct
    ema smoothed curve curves learning opt optim optimizer
    """.split()
)
"""Words that say nothing about which part of the loss it is."""

SMOOTHED = frozenset({"ema", "smooth", "smoothed", "moving"})
BESTS = frozenset({"best", "min", "max"})
SPREADS = frozenset({"std", "stdev", "stddev", "sd"})
REWARDS = frozenset({"reward", "rewards", "score", "scores"})
REJECTED = frozenset({"rejected", "reject"})
"""Beside a reward that of the answers to be avoided: neither high nor low is better by itself."""
GAN_TERMS = frozenset(
    """
    g d gen dis disc generator discriminator critic gan adv adversarial dloss gloss d_real d_fake fake real
    """.split()
)
RL_ONLY = frozenset(
    "episode episodes ep rollout actor dqn ppo sac returns timesteps qf td epsilon explained kl_coeff ret".split()
)
"""Words that only logs of reinforcement learning use among their names."""
