"""Random graphs, sums for a small transformer, a heat equation."""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

V, VA, L = ("loss", "val_loss"), ("loss", "val_loss", "val_acc"), ("loss", "lr")
NODES = {"rows": 60, "held": 80, "batch": 60, "lr": 1e-2}
LINKS = {"task": "links", "weights": {"bce": 1.0}, "rows": 256, "held": 200, "batch": 64, "lr": 5e-3}
COUNTS = {"task": "counts", "weights": {"mse": 1.0}}
SUMS = {"task": "sums", "width": 24}
MOD = {"task": "mod", "rows": 80, "held": 40, "batch": 40, "width": 24}
HEAT = {
    "task": "heat",
    "weights": {"pde": 1.0, "bc": 1.0, "ic": 1.0},
    "rows": 64,
    "held": 100,
    "batch": 64,
    "unit": "tanh",
    "lr": 5e-3,
}
PARTS = ("loss", "pde", "bc", "ic")
NAMED = {"pde": "loss_residual", "bc": "loss_boundary", "ic": "loss_initial", "data": "loss_data"}

SEEN: dict[str, str | None] = {}

CONFIGURATIONS = (
    ill("nodes_other_model", "the optimiser holds a copy's parameters", "not-learning frozen-metric", fault="other_model", epochs=60, log=("loss", "acc", "val_acc"), dialect="geometric_prints", **NODES),
    ill("links_random", "labels and pairs shuffled apart in every batch", "not-learning", fault="random_labels", every=1, mean=False, epochs=50, log=("loss",), dialect="estimator_log", **LINKS),
    ill("counts_diverging", "raw counts, SGD 20 times too fast", "diverging non-finite-loss", raw=True, opt="sgd", lr=0.015, deep=2, every=2, epochs=20, log=("loss",), dialect="step_csv", **COUNTS),
    ill("sums_ascent", "the sign of the loss turns at 50 %", "diverging", fault="ascent", when=0.5, opt="sgd", lr=0.1, every=4, epochs=25, log=L, dialect="build_nanogpt", **SUMS),
    ill("sums_rate_high", "Adam at 0.1", "learning-rate-too-high", lr=0.1, every=4, epochs=30, mean=False, log=L, dialect="clu_log", **SUMS),
    ill("heat_rate_high", "Adam at 0.1, cut at 60 %", "learning-rate-too-high", schedule="steps", at=0.6, epochs=300, log=(*PARTS, "lr"), names=NAMED, dialect="history_lines", **HEAT | {"lr": 0.15}),
    ill("mod_rate_low", "SGD at 3e-3", "learning-rate-too-low still-improving not-learning", opt="sgd", lr=3e-3, epochs=60, log=("loss", "acc", "val_loss", "val_acc"), dialect="hydra_log", **MOD),
    ill("nodes_rate_low", "Adam at 1e-4", "learning-rate-too-low still-improving", epochs=100, log=("loss", "acc", "val_acc"), dialect="geometric_prints", **NODES | {"lr": 1e-4}),
    ill("counts_batch_two", "two graphs a batch, a third of the counts wrong", "noisy-loss", batch=2, rows=400, epochs=3, every=1, mean=False, wrong=0.3, opt="sgd", lr=0.01, log=("loss",), dialect="tsv", **COUNTS),
    ill("sums_bad_batches", "every 53rd batch has permuted targets", "loss-spikes", fault="bad_batch", period=53, every=1, epochs=40, lr=3e-3, log=L, dialect="megatron_log", **SUMS),
    ill("counts_gain", "from 55 % on edges count double", "loss-jump", fault="gain", when=0.55, size=1.5, epochs=40, opt="sgd", lr=0.02, log=V, dialect="hydra_log", **COUNTS),
    ill("heat_slow_start", "small weights, five layers", "slow-start", gain=0.5, deep=4, epochs=300, log=(*PARTS, "val_l2_error"), dialect="deepxde_table", **HEAT | {"lr": 1e-3}),
    ill("mod_last_layer", "the last layer is 60 times too large", "wrong-initial-loss", head_gain=60.0, epochs=60, lr=1e-2, log=("loss", "acc"), options={"classes": 11}, dialect="hydra_log", **MOD),
    ill("counts_bias", "the last bias is 40", "wrong-initial-loss", head_bias=40.0, epochs=30, lr=0.02, every=3, log=("loss",), dialect="json_lines", **COUNTS),
    ill("nodes_mute", "features of pure noise, links at random", "underfitting overfitting severe-overfitting", inside_odds=0.05, outside_odds=0.05, noise=6.0, width=2, dropout=0.5, epochs=80, log=VA, dialect="geometric_prints", **NODES),
    ill("sums_no_attention", "one unit wide", "underfitting", task="sums", width=2, deep=0, epochs=30, lr=1e-2, log=("loss", "acc", "val_loss", "val_acc"), dialect="dict_prints"),
    ill("nodes_severe", "40 noisy nodes, dense foreign links, too long", "severe-overfitting overfitting", noise=2.5, outside_odds=0.1, width=32, epochs=150, log=VA, dialect="geometric_prints", **NODES),
    ill("mod_by_heart", "the table learnt by heart: validation climbs", "severe-overfitting", lr=3e-3, epochs=80, log=("loss", "acc", "val_loss", "val_acc"), dialect="clu_log", **MOD),
    ill("links_overfit", "few links, too long", "overfitting severe-overfitting", width=32, epochs=60, log=("loss", "val_loss", "val_auc"), dialect="history_lines", **LINKS),
    ill("links_eight_held", "eight pairs drawn anew", "small-validation-set", redraw=8, epochs=40, weights={"bce": 1.0}, task="links", rows=256, held=200, batch=64, lr=2e-3, log=("loss", "val_loss", "val_auc"), dialect="hydra_log"),
    ill("counts_sorted", "sorted by the count", "unshuffled-data", order="sorted", every=1, epochs=15, opt="sgd", lr=0.02, log=L, dialect="mmengine_log", **COUNTS),
    ill("mod_epoch_steps", "80 lines of a table, learnt by heart", "epoch-steps healthy", every=1, epochs=30, lr=2e-2, task="mod", rows=110, held=11, batch=5, width=24, log=("loss",), dialect="step_csv"),
    ill("sums_stale", "validation looks at the first weights", "frozen-metric", fault="stale", epochs=25, lr=3e-3, log=("loss", "val_loss", "val_ppl"), dialect="hydra_log", **SUMS),
    ill("links_naive_log", "the log of a rounded probability", "non-finite-loss", task="links", weights={"naive_bce": 1.0}, rows=256, held=200, batch=64, lr=0.02, width=32, loud=2.0, epochs=40, log=("loss", "val_loss", "val_auc"), dialect="dict_prints"),
    ill("counts_log_negative", "log(1 + x) of an output below -1", "non-finite-loss", task="counts", weights={"msle": 1.0}, raw=True, opt="momentum", lr=0.3, epochs=30, every=2, log=("loss",), dialect="long_csv"),
    ill("heat_start_heavy", "the term of the beginning weighs 10,000", "loss-term-imbalance", epochs=200, log=(*PARTS, "val_l2_error"), names=NAMED, dialect="deepxde_table", **HEAT | {"weights": {"pde": 1.0, "bc": 1.0, "ic": 1e4}}),
    ill("heat_residual_lost", "the residual weighs 1e-6", "loss-term-imbalance", epochs=200, log=(*PARTS, "val_l2_error"), names=NAMED, dialect="history_lines", **HEAT | {"weights": {"pde": 1e-6, "bc": 1.0, "ic": 1.0}}),
    ill("nodes_l2", "L2 of 0.5 in the loss", "regularisation-dominates underfitting", weights={"ce": 1.0, "l2": 0.2}, names={"ce": "nll_loss", "l2": "reg_loss"}, epochs=80, log=("loss", "ce", "l2", "val_acc"), dialect="hydra_log", **NODES),
    ill("counts_vanish", "six sigmoid layers", "vanishing-gradients not-learning", unit="sigmoid", deep=6, opt="sgd", lr=0.05, inside=("grad",), form="gradients/{layer}.weight", log=("loss",), every=4, epochs=30, dialect="history_lines", **COUNTS),
    ill("sums_explode", "SGD, the rate grows e^9-fold", "exploding-gradients diverging non-finite-loss", schedule="ramp", much=9.0, opt="momentum", lr=1e-2, every=4, epochs=30, mean=False, log=("loss", "grad_norm", "lr"), dialect="build_nanogpt", **SUMS),
    ill("mod_update_tiny", "AdamW at 1e-6", "update-ratio learning-rate-too-low not-learning", opt="adamw", lr=1e-6, inside=("update",), names={"update": "update_ratio"}, log=("loss", "acc"), epochs=60, dialect="slashes_csv", **MOD),
    ill("counts_dead", "biases of -1.5", "dead-units not-learning", bias=-1.5, inside=("dead",), names={"dead": "dead_neurons"}, log=V, epochs=30, lr=3e-3, dialect="slashes_csv", **COUNTS),
    ill("heat_saturated", "tanh with weights × 25", "activation-collapse", gain=25.0, inside=("std", "saturated"), names={"std": "act_std", "saturated": "saturated_frac"}, log=("loss",), epochs=150, dialect="slashes_csv", **HEAT),
    ill("sums_rate_gone", "the decay ends at a tenth of the run", "learning-rate-schedule", schedule="too_soon", at=0.12, lr=2e-3, every=4, epochs=30, log=L, dialect="build_nanogpt", **SUMS),
    ill("nodes_rate_rises", "the rate rises 100-fold by mistake at 60 %", "learning-rate-schedule loss-jump", schedule="raised", at=0.6, much=100.0, epochs=100, log=("loss", "lr", "val_acc"), dialect="geometric_prints", **NODES),
    ill("sums_clipped", "clipped at 0.001, SGD", "clipping-saturated learning-rate-too-low", clip=0.01, log_clipped=True, opt="sgd", lr=1.0, every=4, mean=False, epochs=30, log=("loss", "grad_norm", "lr"), dialect="build_nanogpt", **SUMS),
    ill("sums_resumed", "killed at epoch 18, again from 10, optimiser forgotten", "resumed-log", resume=(18, 10), forget=True, epochs=28, lr=3e-3, log=("loss", "val_loss", "val_ppl"), dialect="hydra_log", **SUMS),
    ill("counts_five_lines", "five lines", "too-short", epochs=5, lr=3e-3, log=("loss", "val_loss", "val_mae"), dialect="geometric_prints", **COUNTS),
    ill("sums_stopped", "stopped in full descent", "still-improving", epochs=10, lr=1e-3, every=4, log=L, dialect="megatron_log", **SUMS),
    well("nodes_plain", "100 % on training nodes, validation a little below", epochs=80, log=("loss", "acc", "val_acc"), decay=5e-3, dialect="geometric_prints", **NODES),
    well("nodes_dropout", "dropout of 0.6: a noisy training loss above validation", dropout=0.6, decay=5e-3, epochs=120, log=VA, dialect="hydra_log", also="validation-better-than-training", **NODES),
    well("nodes_smoothing", "label smoothing: a floor", smoothing=0.2, epochs=80, decay=1e-3, log=("loss", "val_acc"), dialect="dgl_prints", **NODES),
    well("links_plain", "links half known: a floor of 0.55, AUC settles", epochs=40, width=8, dropout=0.2, decay=1e-2, log=("loss", "val_auc"), dialect="geometric_prints", **LINKS),
    well("counts_plain", "cosine", schedule="cosine", lr=1e-2, rows=480, epochs=30, log=("loss", "val_loss", "val_r2"), dialect="skorch_table", **COUNTS),
    well("counts_raw", "raw counts: from 160 down to 2", raw=True, schedule="cosine", lr=1e-2, rows=480, epochs=40, log=("loss", "val_loss", "val_mae"), dialect="geometric_prints", excused="wrong-initial-loss", **COUNTS),
    well("counts_poisson", "Poisson's loss: below zero", task="counts", weights={"poisson": 1.0}, raw=True, schedule="cosine", lr=1e-2, rows=480, epochs=40, log=("loss", "val_loss", "val_mae"), dialect="hydra_log"),
    well("counts_hundred_million", "a loss of 1e8", scale=1e8, schedule="cosine", lr=5e-3, rows=480, epochs=30, log=V, dialect="long_csv", **COUNTS),
    well("counts_memorised", "near zero, jitter of a factor", lr=1e-2, rows=480, width=24, epochs=80, log=V, dialect="keras_csv", also="saturated-early", **COUNTS),
    well("sums_floor", "next characters: a floor of 1.4 nats", schedule="cosine", lr=5e-3, rows=800, epochs=20, log=("loss", "val_loss", "val_ppl"), dialect="hydra_log", also="saturated-early", **SUMS),
    well("sums_warmup", "warm-up and cosine", schedule="warmup", at=0.1, lr=1e-2, rows=640, every=4, epochs=20, log=("loss", "lr", "grad_norm"), dialect="build_nanogpt", **SUMS),
    well("sums_restarts", "warm restarts", schedule="restarts", cycles=3, lr=2e-2, rows=640, every=4, epochs=24, log=L, dialect="clu_log", **SUMS),
    well("sums_one_pass", "one pass over fresh sums", rows=9600, epochs=1, every=4, schedule="linear", lr=5e-3, log=L, dialect="megatron_log", also="still-improving", **SUMS),
    well("sums_fine_tuned", "pre-trained: flat from the start", pretrain=300, lr=3e-4, schedule="linear", rows=640, every=4, epochs=12, log=L, dialect="build_nanogpt", **SUMS),
    well("sums_clip_rare", "clipping that acts at first", clip=0.8, log_clipped=True, schedule="cosine", lr=5e-3, rows=640, every=4, mean=False, epochs=20, log=("loss", "grad_norm", "lr"), dialect="build_nanogpt", **SUMS),
    well("sums_perplexity", "only perplexity", schedule="cosine", lr=5e-3, rows=640, epochs=20, log=("ppl", "val_ppl"), dialect="keras_csv", **SUMS),
    well("heat_terms", "terms of different size, all fall, log scale", schedule="cosine", epochs=300, log=(*PARTS, "val_l2_error"), names=NAMED, dialect="deepxde_table", **HEAT),
    well("heat_data", "four terms", schedule="cosine", epochs=250, log=(*PARTS, "data", "val_mae"), names=NAMED, dialect="hydra_log", **HEAT | {"weights": {"pde": 1.0, "bc": 1.0, "ic": 1.0, "data": 1.0}}),
    well("heat_long", "6,000 points with Adam's bumps", rows=32, batch=8, epochs=1500, every=1, mean=False, digits=3, width=8, log=("loss",), schedule="linear", held=100, evaluate=10000, seeds=1, dialect="step_csv", **{n: v for n, v in HEAT.items() if n not in {"rows", "batch", "held"}}),
    well("heat_inside", "healthy inside", inside=("grad", "update", "std"), names={"grad": "grad_norm", "update": "update_ratio", "std": "act_std"}, schedule="cosine", epochs=120, log=("loss",), dialect="slashes_csv", **HEAT),
    well("nodes_label_noise", "a fifth of the labels wrong", wrong=0.2, width=6, decay=3e-2, epochs=80, log=VA, dialect="geometric_prints", also="validation-better-than-training", **NODES),
    well("counts_steps", "cuts of the rate", schedule="steps", at=0.5, opt="momentum", lr=0.05, rows=480, epochs=40, log=("loss", "val_loss", "lr"), dialect="clu_log", **COUNTS),
    well("counts_absolute", "an absolute error", task="counts", weights={"mae": 1.0}, schedule="cosine", lr=1e-2, rows=480, epochs=40, log=("loss", "val_loss"), dialect="fastai_table"),
    well("counts_ema", "averaged weights", ema=0.98, lr=1e-2, schedule="cosine", epochs=40, rows=480, log=("loss", "val_loss", "val_r2"), dialect="skorch_table", also="validation-better-than-training", **COUNTS),
    well("counts_triangles", "a triangular rate", schedule="triangles", cycles=4, lr=3e-2, rows=480, epochs=40, every=5, log=L, dialect="mmengine_log", **COUNTS),
)  # fmt: skip
FAMILY = Family("graph_sums", "graph_sums", "random graphs, sums, a heat equation", "graph convolutions, a transformer, a PINN", "unlabelled",
                looked_at(CONFIGURATIONS, SEEN))  # fmt: skip
