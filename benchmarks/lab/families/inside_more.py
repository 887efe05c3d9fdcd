"""Nets that log their inside under many names: clipping, activations, penalties, gradients; labelled from pictures.

Of 36 trainings tried, two were dropped (spreads that shrink by half under a penalty; small gradients that are as small
in all layers but the last) and one was relabelled (a low clip value that acts in the first quarter only: healthy).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well

SEEDS = 2
LOSS = ("loss", "loss")
CLIP, COLLAPSE, PENALTY, VANISH = (
    "clipping-saturated",
    "activation-collapse",
    "regularisation-dominates",
    "vanishing-gradients",
)
SLOW = "not-learning slow-start learning-rate-too-low underfitting frozen-metric noisy-loss still-improving"

FAMILY = Family("inside_more", "inside_more", "spirals", "deep plain nets, by step", "tuning", (
    ill("more_clip_before", "clip value 0.05, norm before clipping, value in the settings", CLIP, SLOW, seeds=SEEDS, clip=0.05, opt="momentum", lr=0.1,
        params={"max_grad_norm": 0.05}, log=(LOSS, ("before", "grad_norm"), ("lr", "lr"))),
    ill("more_clip_after", "clip value 0.1, norm after clipping", CLIP, SLOW, seeds=SEEDS, clip=0.1, opt="momentum", lr=0.05,
        log=(LOSS, ("after", "train/grad_norm"))),
    well("more_clip_means", "a low clip value that acts in the first quarter only", seeds=SEEDS, clip=0.25, steps=1600, every=20, means=True,
        opt="momentum", lr=0.05, log=(LOSS, ("after", "grad_norm"), ("lr", "lr"))),
    ill("more_clip_epochs", "summed loss; norm after clipping, a mean an epoch", CLIP, SLOW, seeds=SEEDS, clip=1.0, summed=True, steps=1128, every=47, means=True, lr=1e-3,
        log=(LOSS, ("after", "grad_norm_clipped"))),
    ill("more_clip_share", "share of clipped steps logged", CLIP, SLOW, seeds=SEEDS, clip=0.1, steps=1200, every=20, means=True, opt="momentum", lr=0.1,
        log=(LOSS, ("before", "grad_norm"), ("clipped", "grad_clip_frac"))),
    ill("more_clip_factor", "factor by which gradients are scaled", CLIP, SLOW, seeds=SEEDS, clip=0.05, opt="momentum", lr=0.1,
        log=(LOSS, ("factor", "clip_coef"))),
    ill("more_clip_both", "norms before and after", CLIP, SLOW, seeds=SEEDS, clip=0.05, opt="momentum", lr=0.1,
        log=(LOSS, ("before", "grad_norm/before_clip"), ("after", "grad_norm/after_clip"))),
    ill("more_clip_fraction", "fraction of clipped steps, an epoch a line", CLIP, SLOW, seeds=SEEDS, clip=0.05, steps=1128, every=47, means=True, opt="sgd", lr=0.2,
        log=(LOSS, ("clipped", "clipped_fraction"))),
    well("more_well_clip_early", "clipped in the first steps only", seeds=SEEDS, clip=1.0, opt="momentum", lr=0.1, gain=2.0,
         log=(LOSS, ("after", "grad_norm"))),
    well("more_well_clip_rare", "clipped at rare wild batches", seeds=SEEDS, clip=1.5, wild=0.02, steps=900, lr=3e-3, also="loss-spikes",
         log=(LOSS, ("before", "grad_norm"), ("clipped", "clip_frac"))),
    well("more_well_clip_means", "a few of the first steps are clipped", seeds=SEEDS, clip=1.5, steps=1200, every=20, means=True, lr=3e-3,
         log=(LOSS, ("after", "grad_norm"), ("clipped", "grad_clip_frac"), ("factor", "clip_coef"))),
    ill("more_act_std", "tanh, small weights: shrinks layer by layer", COLLAPSE, f"{SLOW} {VANISH}", seeds=SEEDS, depth=6, unit="tanh", gain=0.2, opt="sgd", lr=0.02,
        log=(LOSS, ("std", "act_std/layer{i}"))),
    ill("more_act_rms", "ReLU, small weights: rms shrinks", COLLAPSE, f"{SLOW} {VANISH}", seeds=SEEDS, depth=7, gain=0.4, opt="sgd", lr=0.02,
        log=(LOSS, ("rms", "activations/layers.{i}/rms"))),
    ill("more_act_absmean", "ReLU, small weights: mean size shrinks", COLLAPSE, f"{SLOW} {VANISH}", seeds=SEEDS, depth=7, gain=0.35, opt="sgd", lr=0.02,
        log=(LOSS, ("absmean", "act_abs_mean_{i}"))),
    ill("more_act_var", "variances shrink", COLLAPSE, f"{SLOW} {VANISH}", seeds=SEEDS, depth=6, unit="tanh", gain=0.25, opt="momentum", lr=0.002,
        log=(LOSS, ("var", "layer{i}_act_var"))),
    ill("more_act_named", "standard deviations as hooks name them", COLLAPSE, f"{SLOW} {VANISH}", seeds=SEEDS, depth=6, unit="tanh", gain=0.2, opt="sgd", lr=0.02,
        log=(LOSS, ("std", "layer{i}.output_std"))),
    ill("more_act_hidden", "standard deviations of hidden layers", COLLAPSE, f"{SLOW} {VANISH}", seeds=SEEDS, depth=6, unit="tanh", gain=0.2, opt="sgd", lr=0.02,
        log=(LOSS, ("std", "hidden_{i}/std"))),
    ill("more_act_explode", "ReLU, large weights: grows layer by layer", COLLAPSE, f"{SLOW} wrong-initial-loss exploding-gradients learning-rate-too-high diverging loss-spikes", seeds=SEEDS, depth=6, gain=3.0, opt="sgd", lr=1e-9,
        log=(LOSS, ("std", "activation_std.{i}"))),
    ill("more_act_saturated", "tanh, large weights: saturated", COLLAPSE, f"{SLOW} wrong-initial-loss", seeds=SEEDS, depth=4, unit="tanh", gain=12.0, width=64, opt="sgd", lr=1e-4,
        log=(LOSS, ("sat", "saturated_frac/layer{i}"))),
    well("more_well_act_norm", "LayerNorm: steady spreads", seeds=SEEDS, depth=5, norm=True, log=(LOSS, ("std", "act_std/layer{i}"), ("mean", "act_mean/layer{i}"))),
    well("more_well_act_drift", "spreads grow with learning", seeds=SEEDS, depth=3, log=(LOSS, ("std", "layer{i}_act_std"))),
    well("more_well_act_small", "small but steady, and learns", seeds=SEEDS, depth=3, gain=0.5, lr=5e-3, log=(LOSS, ("rms", "activations/layers.{i}/rms"), ("absmean", "act_abs_mean_{i}"))),
    ill("more_reg_const", "L2 weight too large", PENALTY, f"{SLOW} {COLLAPSE}", seeds=SEEDS, penalty="l2", weight=0.05, width=48, depth=3, lr=1e-4, opt="sgd",
        log=(LOSS, ("data", "ce_loss"), ("penalty", "l2_reg"))),
    ill("more_reg_total", "total and weight decay term only", PENALTY, SLOW, seeds=SEEDS, penalty="l2", weight=0.1, width=48, depth=3, lr=2e-4, opt="sgd",
        log=(("loss", "total_loss"), ("penalty", "wd_loss"))),
    ill("more_reg_l1", "L1 term, the data loss is `loss`", PENALTY, SLOW, seeds=SEEDS, penalty="l1", weight=0.02, width=48, lr=2e-4,
        log=(("data", "loss"), ("penalty", "l1_penalty"))),
    ill("more_reg_grows", "the weight of the penalty grows", PENALTY, f"{SLOW} loss-jump diverging", seeds=SEEDS, penalty="norm", weight=0.03, weight_grows=40, lr=1e-3,
        log=(LOSS, ("data", "train/nll"), ("penalty", "train/regularizer"))),
    ill("more_reg_names", "loss/data and loss/reg", PENALTY, SLOW, seeds=SEEDS, penalty="l2", weight=0.08, width=48, lr=3e-4, opt="sgd",
        log=(("loss", "loss/total"), ("data", "loss/data"), ("penalty", "loss/l2"))),
    ill("more_reg_plain", "columns reg and data without the word loss", PENALTY, SLOW, seeds=SEEDS, penalty="l2", weight=0.08, width=48, lr=3e-4, opt="sgd",
        log=(LOSS, ("penalty", "weight_penalty"), ("data", "data_term"))),
    ill("more_reg_only", "loss and l2 without more words", PENALTY, SLOW, seeds=SEEDS, penalty="l2", weight=0.08, width=48, lr=3e-4, opt="sgd",
        log=(LOSS, ("penalty", "l2"))),
    well("more_well_reg_fifth", "a penalty of a fifth", seeds=SEEDS, penalty="l2", weight=5e-4, width=32, log=(LOSS, ("data", "ce_loss"), ("penalty", "reg_loss"))),
    well("more_well_reg_falls", "a small penalty that ends higher than it began", seeds=SEEDS, penalty="l1", weight=3e-4, width=24, log=(("loss", "total_loss"), ("penalty", "l1_reg"))),
    ill("more_grad_layers", "sigmoids: gradients vanish on their way", VANISH, SLOW, seeds=SEEDS, depth=6, unit="sigmoid", gain=1.0, opt="sgd", lr=0.05,
        log=(LOSS, ("grad", "grad_norm/layer{i}"))),
    ill("more_grad_word", "sigmoids under another naming", VANISH, SLOW, seeds=SEEDS, depth=7, unit="sigmoid", opt="sgd", lr=0.1,
        log=(LOSS, ("grad", "layer{i}_grad_mean_abs"))),
    well("more_well_grad", "differences of a factor between layers", seeds=SEEDS, depth=4, norm=True, log=(LOSS, ("grad", "grad_norm/layer{i}"))),
))  # fmt: skip
