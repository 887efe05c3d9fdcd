"""What logs call the inside of a training: clipping, norms, spreads of activations, penalties.

Rules over sets of words rather than lists of names; ``roles.py`` asks here before it looks for single words.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.series import metric_words, words

if TYPE_CHECKING:
    from nn_doctor.series.model import Goal, Role

    Found = tuple[str, Goal, Role, str | None, str]
    """Metric, direction, role, term and the reason."""

CLIP = frozenset({"clip", "clipped", "clipping", "clips", "gradclip", "clipgrad"})
GRADIENT = frozenset(
    """
    grad grads gradient gradients gnorm update updates step steps global gradclip clipgrad
    """.split()
)
SHARE = frozenset("frac fraction share pct percent percentage rate prob prop proportion freq frequency ratio".split())
FLAG = frozenset("active applied flag hit hits on trigger triggered".split())
"""Beside "clip" whether, or how often, it acted."""
SCALE = frozenset("coef coeff coefficient factor scale scaling multiplier".split())
LIMIT = frozenset("value val threshold thresh limit range max".split())
OF_CLIPPED = "a share of what was clipped"
"""Begins the reason given for what is a policy's beside others of its curves, else the gradients' (``neighbours``)."""
POLICY = frozenset("pg ppo policy actor vf pi surrogate advantage".split())
"""Beside these it is a policy's ratio of probabilities that is clipped, or its value function."""

SPREAD = frozenset("spread spreads stds std stddev stdev sd sigma rms absmean meanabs".split())
SIZES = frozenset("norm scale magnitude spread".split())
"""Sizes where activations are named."""
VARIANCE = frozenset({"var", "variance"})
ACTIVATIONS = frozenset(
    """
    act acts activation activations preact preacts preactivation preactivations postact forward fwd output outputs
    out hidden hiddens feature features feat resid stream
    """.split()
)
CODES = frozenset("embedding embeddings emb z latent latents representation representations repr".split())
"""Words for what a network makes of a sample, whose spread over the samples shows whether they are told apart."""
_LAYER = re.compile(
    r"(?:layers?|l|h|hid|hidden|blocks?|fc|lin|linear|dense|conv|relu|tanh|lstm|gru|rnn|enc|encoder|dec|decoder|mid|stage"
    r"|res|resblock|net|z|a|mlp|attn|attention|bottleneck|unit)(\d*)"
)
OTHERS = frozenset(
    """
    grad grads gradient gradients weight weights param params parameter parameters kernel bias biases update updates
    momentum moment running reward rewards action actions adv advantage value values noise loss target targets label
    labels return returns lr batch time score scores
    """.split()
)
"""Words that say that it is something else whose spread was logged."""

PENALTY = frozenset(
    """
    penalty penalties l1reg l2reg ridge tikhonov shrinkage reg regs regul regularizer
    regulariser regularization regularisation regularizers
    """.split()
)
BESIDE_PENALTY = frozenset(
    """
    l1 l2 l weight weights wd decay term kernel lasso ridge norm param params tv sparsity sparse ortho orthogonal
    orthogonality elastic net frobenius smooth smoothness group activity bias activation layer
    """.split()
)
"""What a penalty may be on; beside other words ("length_penalty") it is a setting, a reward or something else."""
WEIGHED = frozenset({"l1", "l2", "wd", "decay"})
SETTINGS = frozenset("weight coef coeff coefficient lambda lam alpha strength factor scale rate param gamma".split())
DATA = frozenset(
    """
    data fit fidelity misfit recon reconstruction likelihood nll physics pde bc ic boundary residual kl prior smoothness
    sup supervised main task ce mse mae tv consistency
    """.split()
)
"""What "term" says to be a part of a loss after one of these ("data_term")."""
UPDATES = frozenset({"update", "updates", "upd"})
WEIGHTS = frozenset({"weight", "weights", "param", "params", "parameter", "parameters", "data"})
UNITS = frozenset("unit units neuron neurons relu relus node nodes channel channels filter filters".split())
DEAD = frozenset({"dead", "dying", "inactive", "dormant", "silent"})
SATURATED = frozenset({"sat", "saturated", "saturation", "saturating"})
SLOPES = frozenset({"grad", "grads", "gradient", "gradients"})
ASIDE = frozenset(
    """
    accum accumulation accumulate accumulated scaler overflow noise snr sim similarity steps sparsity conflict finite
    """.split()
)
"""What else is logged of gradients, none of it their size."""
PLAIN = SLOPES | frozenset(
    """
    norm norms gnorm g d dw total global l2 l1 inf max rms raw pre post before after clip clipped clipping unclipped
    preclip postclip unscaled effective used
    """.split()
)
"""What may stand beside "norm" where it is that of the gradients; beside other words it is a norm of something else."""
_WEIGHTS_OF_LAYER = re.compile(r"d?w\d*")
NORMS = (
    (SLOPES, "grad_norm"),
    (frozenset({"moment", "moments", "exp"}), "optimizer_state"),
    (frozenset({"param", "params", "parameter", "parameters"}), "weight_norm"),
    (frozenset({"update", "updates"}), "update_norm"),
)
"""Whose norm it is, the first that fits: Composer's "l2_norm/moment/…", Levanter's "params/norm/total"."""


def inside(rest: tuple[str, ...]) -> Found | None:
    """What a name without its split words, ``rest``, says of the inside of a training; None for all other names."""
    said = frozenset(rest)
    if said & CLIP:
        return _clipping(rest, said)
    return _update(rest, said) or _norm(rest, said) or _units(rest, said) or _spread(rest, said) or _penalty(rest, said)


def _clipping(rest: tuple[str, ...], said: frozenset[str]) -> Found | None:
    """How many updates were clipped, by what factor, or at what value; a clipped norm is a norm of gradients."""
    if said & {"num", "n", "count", "no", "loss", "range"} or (said & {"norm", "gnorm"} and not said & (SHARE | SCALE)):
        return None
    if said & (SHARE | FLAG) or said == {"clipping"}:
        policys = said & (POLICY | {"region", "low", "high", "value"})  # as TRL names the sides of the clipped region
        metric = "clip_share" if said & GRADIENT and not policys else "clip_fraction"
        if "ratio" in said and not policys:
            metric = "clip_ratio"
        return metric, "none", "internal", None, f"{OF_CLIPPED}, by its name"
    if said & SCALE:
        return "clip_coefficient", "none", "internal", None, "the factor that clipping scales by, by its name"
    if said & LIMIT or ("clip" in said and said <= SLOPES | {"clip"} and len(said) > 1):
        return "clip_value", "none", "schedule", None, "the value to clip at, by its name"
    if said <= CLIP | GRADIENT | {"is", "was", "were", "been"} and len(said) > 1:
        return "clip_share", "none", "internal", None, "whether it was clipped, by its name"
    return None


def _update(rest: tuple[str, ...], said: frozenset[str]) -> Found | None:
    """Updates as shares of the weights; a gradient as a share of them is no such thing, for it lacks the rate."""
    compared = said & {"ratio", "frac", "fraction", "rel", "relative"} or (
        said & {"to", "over", "per"} and said & (WEIGHTS | {"w"})
    )
    of_weights = bool(said & (WEIGHTS | {"step", "w"})) or _names_layer(rest)
    moved = said & UPDATES or (compared and said & {"change", "delta", "step", "dw"} and of_weights)
    if rest[:2] == ("gradient", "update") or (compared and moved and not said & {"time", "num", "sec"}):  # AllenNLP
        own = (
            UPDATES | WEIGHTS | {"gradient", "ratio", "rel", "relative", "to", "over", "per", "change", "delta", "step"}
        )
        return "update_ratio", "none", "internal", _left(rest, own - {"weight"}), "an update per weight by its name"
    if compared and said & SLOPES and "norm" not in said:
        return "grad_ratio", "none", "internal", None, "a ratio of gradients by its name"
    return None


def _units(rest: tuple[str, ...], said: frozenset[str]) -> Found | None:
    """Shares of units that are dead or saturated and of activations that are zero; of weights it is their sparsity."""
    share = said & SHARE
    if ("alive" in said and (share or said & UNITS)) or ("active" in said and share and _names_layer(rest)):
        term = _left(rest, SHARE | UNITS | ACTIVATIONS | {"alive", "active"})
        return "alive_units", "none", "internal", term, "'alive' or 'active' says what share it is"
    where = share or said & UNITS or _names_layer(rest) or any(token.isdigit() for token in rest)
    zero = said & {"zero", "zeros"} and (share or said & ACTIVATIONS or said & {"relu", "relus"})
    if zero and said & OTHERS:
        return "sparsity", "none", "internal", None, "zeros of something else than activations by its name"
    for beside, metric in (
        (DEAD, "dead_units"),
        (SATURATED, "saturation"),
        (frozenset({"zero", "zeros"}), "zero_share"),
    ):
        if (
            said & beside
            and (zero if metric == "zero_share" else where)
            and not said & (OTHERS | {"num", "n", "count"})
        ):
            term = _left(rest, SHARE | UNITS | ACTIVATIONS | beside)
            return metric, "none", "internal", term, f"'{min(said & beside)}' says what share it is"
    return None


def _norm(rest: tuple[str, ...], said: frozenset[str]) -> Found | None:
    """Norms of gradients, updates, weights and of the optimiser's memory."""
    if "cosine" in said and said & SLOPES:
        return "cosine", "none", "internal", None, "an angle between gradients by its name"
    if said & SLOPES and said & ASIDE and "norm" not in said:
        return "gradient", "none", "internal", None, "something about gradients, but not their size, by its name"
    things = [token for token in rest if token not in {"norm", "norms"} and not token.isdigit()]
    if "norm" in said and len(things) == 1 and _is_of_something_else(things[0]):
        return "norm", "none", "internal", things[0], "a norm, but not that of gradients, by its name"
    if "norm" not in said or not said & {"l2", "2", "param", "params", "parameter", "updates", "exp"}:
        return None  # the plain names are in the table of words
    for beside, metric in NORMS:
        if said & beside:
            term = _left(_without_order(rest), {"norm", "l2", *beside})
            return metric, "none", "internal", term, f"the norm of the {min(said & beside)} by its name"
    return None


def _is_of_something_else(word: str) -> bool:
    """Whether what has a norm is neither the gradient nor a layer nor the weights."""
    known = PLAIN | words.NEUTRAL | WEIGHTS | UPDATES | ACTIVATIONS | {"kernel", "bias", "biases", "momentum", "exp"}
    return word not in known and not _LAYER.fullmatch(word) and not _WEIGHTS_OF_LAYER.match(word)


def _without_order(rest: tuple[str, ...]) -> tuple[str, ...]:
    """The words without the order of the norm: Lightning's "grad_2.0_norm/fc1.weight"."""
    if rest[0] in SLOPES and "norm" in rest and all(t.isdigit() for t in rest[1 : rest.index("norm")]):
        return rest[rest.index("norm") :]
    return rest


def _spread(rest: tuple[str, ...], said: frozenset[str]) -> Found | None:
    """The spread or size of activations: such a word beside one for activations, or for a layer with its number."""
    if said & CODES and said & SPREAD and said <= CODES | SPREAD | words.NEUTRAL:
        return "code_std", "none", "internal", None, "a spread of embeddings by its name"
    of_activations = bool(said & ACTIVATIONS)
    size = said & SPREAD or {"abs", "mean"} <= said or {"abs", "avg"} <= said or {"mean", "magnitude"} <= said
    size = size or (of_activations and said & SIZES)
    if not (size or said & VARIANCE) or said & OTHERS or _is_scored(rest):
        return None
    if not of_activations and not _names_layer(rest):
        return None
    metric = "activation_std" if size else "activation_var"
    term = _left(rest, SPREAD | VARIANCE | SIZES | ACTIVATIONS | {"abs", "mean", "avg", "l2"})
    return metric, "none", "internal", term, "a spread of activations by its name"


def _is_scored(rest: tuple[str, ...]) -> bool:
    """Whether a word of a metric is there that is not the number of a layer ("l2_std")."""
    return any(
        (t in metric_words.SCORES or t in metric_words.ERRORS or t in metric_words.LOSS) and not _LAYER.fullmatch(t)
        for t in rest
    )


def _names_layer(rest: tuple[str, ...]) -> bool:
    found = [_LAYER.fullmatch(token) for token in rest]
    return any(m is not None and (m.group(1) or any(t.isdigit() for t in rest)) for m in found)


def _penalty(rest: tuple[str, ...], said: frozenset[str]) -> Found | None:
    """A penalty on the weights, which is a part of the loss without saying so; its weight is a setting."""
    if not rest or said & metric_words.LOSS.keys():
        return None
    named = said & PENALTY or {"elastic", "net"} <= said or (rest[-1] == "term" and said & WEIGHED)
    if named and said <= PENALTY | BESIDE_PENALTY | SETTINGS | words.NEUTRAL:
        if "lambda" in said or (len(rest) > 1 and rest[-1] in SETTINGS):
            return "loss_weight", "none", "schedule", None, "how much a penalty weighs, by its name"
        return "penalty", "min", "term", "_".join(rest), "a penalty by its name"
    if len(rest) > 1 and rest[-1] in {"term", "terms"} and rest[-2] in DATA:
        return "loss", "min", "term", "_".join(rest[:-1]), "a term of a loss by its name"
    return None


def _left(rest: tuple[str, ...], own: frozenset[str] | set[str]) -> str | None:
    """The words that name the layer; numbers stay."""
    return "_".join(t for t in rest if t not in own and (t.isdigit() or t not in words.NEUTRAL)) or None
