"""Heat, Burgers' front and an oscillator solved by nets: residual, edge, start and readings as terms; Adam, L-BFGS, weights that adapt.

SEEN holds what the pictures showed where that is not what was expected. Of 75 configurations 4 are dropped (one diverged with some
seeds only, a wild one in millimetres, a sum that rises with its weights, an order that did not show); a full batch forgives high
rates, so three rates, a wide start and stray points show nothing and are healthy; 14 have second settings.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V = ("loss",), ("loss", "val_loss")
E = ("loss", "val_l2")
VE = ("loss", "val_loss", "val_l2")
T = ("loss", "pde", "ic", "bc")
TV = ("pde", "ic", "bc", "loss", "val_pde", "val_ic", "val_bc", "val_loss", "val_l2")
LR = ("loss", "lr")
EASY = {"of": {"modes": (1,)}}
FRONT = {"problem": "burgers"}
SWING = {"problem": "swing"}
PN = {"pde": "loss_pde", "ic": "loss_ic", "bc": "loss_bc", "data": "loss_data", "val_l2": "val_rel_l2"}
RN = {"pde": "residual", "ic": "initial", "bc": "boundary", "val_l2": "val_l2_error"}
READ = {"readings": 24, "noise": 0.15, "weights": {"pde": 1e-3, "data": 1.0, "ic": 1e-3, "bc": 1e-3}}
COS = ("cos",)

SEEN: dict[str, str | None] = {
    "pinn_low_sgd": "learning-rate-too-low | still-improving underfitting | wrong-initial-loss saturated-early",
    "pinn_low_modulus": "learning-rate-too-low | still-improving underfitting | wrong-initial-loss",
    "pinn_over_sensors": "overfitting | severe-overfitting saturated-early",
    "pinn_under_thin": "underfitting healthy | saturated-early | wrong-initial-loss overfitting",
    "pinn_under_modes": "underfitting | saturated-early overfitting loss-term-imbalance",
    "pinn_under_relu": "loss-metric-disagreement | overfitting underfitting saturated-early",
    "pinn_focus": "healthy | still-improving validation-better-than-training | small-validation-set",
    "pinn_no_start": "loss-metric-disagreement | frozen-metric saturated-early | underfitting",
    "pinn_no_start_table": "loss-metric-disagreement frozen-metric | saturated-early | underfitting",
    "pinn_millimetres": None,
    "pinn_rise": None,
    "pinn_jump_law": "loss-jump | loss-spikes overfitting severe-overfitting",
    "pinn_noisy_two": "healthy | saturated-early | noisy-loss",
    "pinn_ordered_swing": "unshuffled-data loss-spikes | wrong-initial-loss saturated-early",
    "pinn_kelvin": "wrong-initial-loss | saturated-early underfitting",
    "pinn_start_wide": "wrong-initial-loss | overfitting saturated-early | underfitting",
    "pinn_vanish": "vanishing-gradients underfitting | saturated-early not-learning wrong-initial-loss",
    "pinn_ratio_high": "learning-rate-too-high update-ratio | loss-spikes noisy-loss underfitting saturated-early wrong-initial-loss",
    "pinn_saturated": "activation-collapse wrong-initial-loss overfitting dead-units | underfitting saturated-early loss-spikes",
    "pinn_clip": "clipping-saturated | learning-rate-too-low still-improving saturated-early",
    "pinn_ok_lbfgs_table": "healthy | slow-start overfitting saturated-early still-improving",
    "pinn_ok_one": "healthy | saturated-early | slow-start loss-spikes",
    "pinn_ok_julia": "healthy | still-improving | loss-spikes slow-start",
    "pinn_high_cut": "healthy | saturated-early | noisy-loss learning-rate-too-high",
    "pinn_high_table": "learning-rate-too-high loss-spikes | noisy-loss",
    "pinn_high_never": "learning-rate-too-high underfitting | not-learning loss-spikes noisy-loss saturated-early wrong-initial-loss",
    "pinn_high_momentum": None,
    "pinn_slow_tiny": "healthy | still-improving | slow-start underfitting",
    "pinn_slow_swing": "slow-start healthy | still-improving",
    "pinn_over_points": "overfitting | severe-overfitting saturated-early",
    "pinn_ascent": "diverging non-finite-loss | loss-jump exploding-gradients learning-rate-too-high",
    "pinn_far": "healthy | saturated-early still-improving | noisy-loss loss-spikes",
    "pinn_ordered_front": None,
}

CONFIGURATIONS = (
    # rates
    ill("pinn_high_cut", "Adam at 0.05, cut at 70 %: a drop", "learning-rate-too-high", "noisy-loss loss-spikes", **FRONT, lr=0.06, batch=32, pace=("milestones", 0.02, 0.7), steps=540, every=9, show=(*VE, "lr"), dialect="wandb_export_csv"),
    ill("pinn_high_table", "Adam at 0.04 on the oscillator, cut late, no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes", **SWING, lr=0.06, batch=32, pace=("milestones", 0.02, 0.75), steps=540, every=9, show=("loss", "pde", "ic", "val_pde", "val_ic", "val_l2"), dialect="deepxde_metric_table"),
    ill("pinn_high_never", "Adam at 0.06, never cut", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", **FRONT, net={"depth": 4}, lr=0.15, batch=32, steps=480, every=6, show=LR, dialect="modulus_log"),
    ill("pinn_high_momentum", "momentum at its edge, cut at two thirds", "learning-rate-too-high", "noisy-loss loss-spikes", **EASY, opt="momentum", lr=0.05, batch=16, pace=("milestones", 0.05, 0.66), steps=420, every=6, show=(*V, "lr"), dialect="pinn_prints"),
    ill("pinn_low_adam", "Adam at 3e-5", "learning-rate-too-low", "still-improving underfitting", **FRONT, lr=3e-5, steps=360, every=9, show=VE, dialect="raissi_prints"),
    ill("pinn_low_sgd", "SGD at 1e-3", "learning-rate-too-low", "still-improving underfitting", **EASY, opt="sgd", lr=1e-3, steps=350, every=7, show=V, names=PN, dialect="pinn_prints"),
    ill("pinn_low_modulus", "a zero too many in the configuration", "learning-rate-too-low", "still-improving underfitting", **SWING, lr=3e-5, steps=420, every=6, show=L, dialect="modulus_log"),
    # slow
    ill("pinn_slow_tiny", "weights a twentieth as large", "slow-start", "still-improving", **FRONT, net={"init": 0.3, "depth": 5}, lr=1.5e-3, steps=400, every=8, show=VE, dialect="deepxde_loss_dat"),
    ill("pinn_slow_sigmoid", "a deep net of sigmoids", "slow-start", "still-improving", **FRONT, net={"act": "sigmoid", "depth": 4}, lr=2e-3, steps=500, every=10, show=T, names=RN, dialect="solver_rows"),
    ill("pinn_slow_swing", "a long swing stays at rest for long", "slow-start", "still-improving", **SWING, of={"until": 2.2}, lr=2e-3, net={"width": 24}, steps=600, every=12, show=("loss", "pde", "ic", "val_l2"), dialect="neuralpde_prints"),
    # generalisation
    ill("pinn_over_sensors", "24 noisy sensors, the equation hardly weighs", "severe-overfitting overfitting", "", **EASY, **READ, net={"width": 40}, lr=5e-3, steps=540, every=12, show=("loss", "val_data", "val_l2"), names={"val_data": "val_loss"}, dialect="wandb_export_csv"),
    ill("pinn_over_mild", "60 noisy sensors, a weak equation", "overfitting", "severe-overfitting", **EASY, **(READ | {"readings": 36, "noise": 0.12, "weights": {"pde": 2e-3, "ic": 1e-2, "bc": 1e-2}}), net={"width": 32}, lr=4e-3, steps=400, every=8, show=("loss", "val_data"), names={"val_data": "val_loss"}, dialect="pinn_prints"),
    ill("pinn_over_points", "twelve points inside for a steep front", "overfitting", "severe-overfitting", **FRONT, points=8, rim=8, net={"width": 32}, lr=5e-3, steps=400, every=8, show=VE, dialect="deepxde_loss_dat"),
    ill("pinn_over_few", "ten points inside, eight on the rim", "severe-overfitting overfitting", "", of={"modes": (1, 3), "coef": 0.05}, points=10, rim=8, net={"width": 40}, lr=8e-3, steps=550, every=11, show=TV, dialect="deepxde_metric_table"),
    ill("pinn_under_thin", "three units a layer for a steep front", "underfitting", "saturated-early", **FRONT, of={"coef": 0.02}, net={"width": 2, "depth": 2}, lr=1e-2, pace=COS, steps=350, every=7, show=VE, dialect="pinn_prints"),
    ill("pinn_under_modes", "a high sine no small net finds", "underfitting", "saturated-early", of={"modes": (6,), "coef": 0.005}, net={"width": 8, "depth": 2}, lr=3e-3, pace=COS, steps=350, every=7, show=TV, dialect="deepxde_metric_table"),
    ill("pinn_under_relu", "ReLU has no second derivative", "underfitting", "saturated-early loss-term-imbalance", net={"act": "relu", "width": 24}, lr=3e-3, pace=COS, steps=350, every=7, show=VE, dialect="modulus_log"),
    ill("pinn_small_test", "four test points, drawn anew each time", "small-validation-set", "", **FRONT, test=5, fresh_test=True, lr=3e-3, steps=400, every=8, show=V, dialect="wandb_export_csv"),
    ill("pinn_focus", "points follow the residual: training is harder than the test", "validation-better-than-training", "still-improving", **FRONT, of={"coef": 0.02}, resample=15, focus=2, points=64, lr=4e-3, steps=480, every=12, mean=True, show=VE, dialect="pinn_prints"),
    ill("pinn_no_start", "the start is forgotten: the flat solution", "loss-metric-disagreement", "saturated-early", **EASY, mishap="no_start", lr=3e-3, steps=300, every=6, show=E, names={"val_l2": "val_l2_error"}, dialect="pinn_prints"),
    ill("pinn_no_start_table", "the start is forgotten, in the table of terms", "loss-metric-disagreement", "saturated-early", of={"modes": (1, 3)}, mishap="no_start", lr=2e-3, pace=COS, steps=300, every=6, show=("loss", "pde", "bc", "val_pde", "val_bc", "val_l2"), dialect="deepxde_metric_table"),
    # nothing happens
    ill("pinn_other_net", "the optimiser holds the first net, a second one is trained", "not-learning", "frozen-metric", **EASY, points=256, batch=16, mishap="other_net", steps=250, every=5, show=("loss", "pde", "ic", "bc"), dialect="modulus_log"),
    ill("pinn_millimetres", "coordinates in mm go in raw: saturated", "not-learning underfitting", "noisy-loss saturated-early", of={"length": 1000.0}, net={"raw": True}, batch=32, lr=1e-4, steps=300, every=6, show=VE, dialect="solver_rows"),
    ill("pinn_stale", "errors are computed with the net before training", "frozen-metric", "", **FRONT, mishap="stale", lr=3e-3, steps=350, every=7, show=E, names={"val_l2": "val_l2_error"}, dialect="pinn_prints"),
    ill("pinn_stale_table", "the test model is a copy from before", "frozen-metric", "overfitting", **SWING, mishap="stale", lr=3e-3, steps=350, every=7, show=("loss", "pde", "ic", "val_pde", "val_ic", "val_l2"), dialect="deepxde_metric_table"),
    # the end, jumps, spikes
    ill("pinn_rise", "weights that only rise: self-adaptive without a bound", "diverging loss-term-imbalance", "loss-jump", of={"modes": (1, 4), "coef": 0.02}, adaptive="rise", amount=0.6, net={"width": 10, "depth": 2}, lr=1e-3, steps=350, every=7, show=T, names=PN, dialect="json_lines"),
    ill("pinn_ascent", "the sign of the gradient is wrong after a restart at 60 %", "diverging", "loss-jump non-finite-loss", **FRONT, mishap="ascent", since=0.6, amount=0.5, opt="sgd", lr=0.05, steps=360, every=6, show=V, dialect="pinn_prints"),
    ill("pinn_ramp", "momentum, and the rate times six at half", "diverging non-finite-loss loss-jump", "learning-rate-too-high exploding-gradients", **EASY, opt="momentum", lr=0.015, mishap="rate", since=0.5, amount=8.0, steps=360, every=6, show=LR, dialect="modulus_log"),
    ill("pinn_overflow", "SGD far over the edge", "non-finite-loss", "diverging learning-rate-too-high exploding-gradients", **FRONT, opt="momentum", lr=0.02, mishap="rate", since=0.4, amount=400.0, net={"act": "sin"}, steps=250, every=5, show=L, dialect="raissi_prints"),
    ill("pinn_jump_gauge", "the gauge is read in other units from 55 % on", "loss-jump", "underfitting", **EASY, readings=48, mishap="gauge", since=0.55, amount=3.0, lr=4e-3, steps=420, every=6, show=("loss", "pde", "data"), names=PN, dialect="json_lines"),
    ill("pinn_jump_law", "viscosity in other units from half on", "loss-jump", "", **FRONT, mishap="units", since=0.5, amount=8.0, lr=3e-3, steps=420, every=6, show=V, dialect="pinn_prints"),
    ill("pinn_jump_resumed", "resumed from a rounded checkpoint, without the optimiser's state", "loss-jump", "loss-spikes", **SWING, mishap="resumed", since=0.6, amount=0.6, lr=2e-3, pace=COS, steps=480, every=6, show=LR, dialect="modulus_log"),
    ill("pinn_far", "one batch in forty lies outside of the domain", "loss-spikes", "noisy-loss", **FRONT, batch=64, mishap="far", since=0.02, amount=12.0, mean=True, lr=2e-3, steps=250, every=2, show=L, dialect="modulus_log"),
    # noise and order
    ill("pinn_noisy_two", "two points a step", "noisy-loss", "still-improving", **FRONT, points=512, batch=2, lr=6e-4, steps=600, every=5, show=L, dialect="raissi_prints"),
    ill("pinn_noisy_four", "three readings a step, with noise", "noisy-loss", "still-improving", **EASY, points=512, batch=3, readings=256, noise=0.3, lr=8e-4, steps=600, every=5, show=("loss", "pde", "data"), names=PN, dialect="json_lines"),
    ill("pinn_ordered_swing", "points in the order of time", "unshuffled-data", "noisy-loss", **SWING, points=240, batch=8, ordered=True, opt="sgd", lr=4e-3, weights={"pde": 1.0, "ic": 0.05}, steps=330, every=2, show=L, dialect="step_csv"),
    ill("pinn_ordered_sensors", "sensors sorted from left to right", "unshuffled-data", "noisy-loss", **EASY, points=240, batch=8, readings=240, ordered=True, weights={"pde": 0.1, "ic": 0.05, "bc": 0.05}, lr=8e-4, steps=330, every=2, show=("loss", "data"), names=PN, dialect="json_lines"),
    ill("pinn_ordered_front", "sorted by place: the front comes once an epoch", "unshuffled-data", "noisy-loss", **FRONT, of={"coef": 0.02}, points=320, batch=16, ordered=True, weights={"ic": 0.1, "bc": 0.1}, lr=1.5e-3, steps=360, every=2, show=L, dialect="raissi_prints"),
    # terms and penalties
    ill("pinn_terms_edge", "edge and start weigh 1e-4: the flat solution", "loss-term-imbalance", "underfitting loss-metric-disagreement", **EASY, weights={"ic": 1e-4, "bc": 1e-4}, lr=3e-3, steps=350, every=7, show=(*T, "val_l2"), names=RN, dialect="wandb_export_csv"),
    ill("pinn_terms_residual", "the residual in raw units swamps the start", "loss-term-imbalance", "underfitting", of={"modes": (1, 3)}, weights={"pde": 1e4}, lr=2e-3, steps=350, every=7, show=T, names=PN, dialect="json_lines"),
    ill("pinn_l2", "a penalty of 0.02 on all weights", "regularisation-dominates", "underfitting", **FRONT, penalty="l2", strength=0.01, lr=3e-3, steps=350, every=7, show=("loss", "pde", "ic", "reg"), names={"pde": "loss_pde", "ic": "loss_ic", "reg": "reg_loss"}, dialect="json_lines"),
    ill("pinn_l1", "a penalty on sizes of weights", "regularisation-dominates", "underfitting", **EASY, penalty="l1", strength=0.003, lr=3e-3, steps=350, every=7, show=("loss", "pde", "reg", "val_l2"), names={"pde": "residual_loss", "reg": "l1_loss"}, dialect="solver_rows"),
    # the start
    ill("pinn_kelvin", "temperatures of 300 K, the head starts at zero", "wrong-initial-loss", "slow-start loss-term-imbalance learning-rate-too-low still-improving", of={"modes": (1,), "offset": 300.0, "size": 20.0}, net={"out": 10.0}, lr=2e-2, steps=400, every=8, show=VE, dialect="deepxde_loss_dat"),
    ill("pinn_start_head", "the last layer is drawn 25 times too wide", "wrong-initial-loss", "", **FRONT, net={"head": 12.0}, lr=8e-3, pace=COS, steps=350, every=7, show=T, names=PN, dialect="json_lines"),
    ill("pinn_start_wide", "all layers twice too wide: a wild residual", "wrong-initial-loss", "", of={"modes": (1, 2)}, net={"init": 3.5}, lr=5e-3, pace=COS, steps=350, every=7, show=TV, dialect="deepxde_metric_table"),
    # inside
    ill("pinn_explode", "accumulated gradients are not divided from 60 % on", "exploding-gradients diverging loss-jump", "learning-rate-too-high loss-spikes", **FRONT, opt="momentum", lr=0.02, mishap="summed", since=0.6, amount=60.0, steps=375, every=5, show=("loss", "norm"), names={"norm": "grad_norm"}, dialect="json_lines"),
    ill("pinn_vanish", "eight sigmoid layers drawn small", "vanishing-gradients not-learning", "underfitting saturated-early", **FRONT, net={"act": "sigmoid", "depth": 7, "width": 12, "init": 0.6}, opt="sgd", lr=0.02, steps=240, every=6, show=L, inside={"slope": "grad/layer{}"}, dialect="wandb_export_csv"),
    ill("pinn_ratio_high", "Adam at 0.2", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting", **EASY, lr=0.2, steps=300, every=6, show=L, inside={"ratio": "update_ratio/layer{}"}, dialect="wandb_export_csv"),
    ill("pinn_saturated", "places in cm go in raw: flat units", "activation-collapse dead-units underfitting", "not-learning", of={"length": 60.0, "modes": (1,)}, net={"raw": True, "init": 1.5}, lr=2e-3, steps=300, every=6, show=V, inside={"flat": "saturated/{}", "spread": "act_std/{}"}, dialect="json_lines"),
    ill("pinn_clip", "clipped at 0.005", "clipping-saturated", "learning-rate-too-low still-improving", **FRONT, opt="sgd", lr=0.3, clip=0.01, steps=360, every=6, show=("loss", "norm_clipped", "lr"), names={"norm_clipped": "grad_norm"}, dialect="wandb_export_csv"),
    ill("pinn_decay_step", "0.96 a step instead of an epoch", "learning-rate-schedule", "saturated-early underfitting", **FRONT, lr=3e-3, pace=("exp", 0.96), steps=500, every=10, show=(*V, "lr"), dialect="pinn_prints"),
    ill("pinn_never_warm", "a warm-up of 40,000 steps", "learning-rate-schedule learning-rate-too-low", "slow-start still-improving", **FRONT, lr=5e-3, pace=("up", 40000.0), steps=360, every=6, show=LR, dialect="modulus_log"),
    # healthy
    well("pinn_ok_plain", "", **FRONT, lr=0.0015, steps=540, every=12, show=VE, also="still-improving", dialect="pinn_prints"),
    well("pinn_ok_table", "", **EASY, lr=0.003, steps=480, every=12, show=TV, also="still-improving", dialect="deepxde_metric_table"),
    well("pinn_ok_swing", "", **SWING, lr=0.0045, pace=COS, steps=500, every=10, show=("loss", "pde", "ic", "val_pde", "val_ic", "val_l2"), dialect="deepxde_metric_table"),
    well("pinn_ok_cos", "cosine with a little warm-up", **FRONT, lr=0.0075, pace=("warm", 0.05), steps=480, every=6, show=LR, dialect="modulus_log"),
    well("pinn_ok_stairs", "milestones: stairs on a log scale", **FRONT, batch=64, lr=0.009, pace=("milestones", 0.2, 0.5, 0.75), steps=500, every=10, mean=True, show=(*V, "lr"), dialect="solver_rows"),
    well("pinn_ok_lbfgs", "L-BFGS after Adam: a sudden drop, then flat at 1e-6", **FRONT, lr=0.0045, lbfgs=0.75, steps=350, every=7, show=VE, also="saturated-early", dialect="raissi_prints"),
    well("pinn_ok_lbfgs_table", "L-BFGS finds the third sine that Adam did not", of={"modes": (1, 3)}, lr=0.0075, lbfgs=0.7, steps=300, every=6, show=TV, also="slow-start overfitting saturated-early", dialect="deepxde_metric_table"),
    well("pinn_ok_tiny", "losses of 1e-7", **SWING, scale=1e-4, lr=0.006, pace=COS, steps=400, every=8, show=V, dialect="pinn_prints"),
    well("pinn_ok_celsius", "temperatures of 80 degrees, the head knows it", of={"modes": (1,), "offset": 20.0, "size": 60.0}, net={"out": 60.0, "base": 20.0}, lr=0.0045, pace=COS, weights={"pde": 0.1}, steps=400, every=8, show=VE, dialect="modulus_log"),
    well("pinn_ok_gradnorm", "weights follow the gradients: the sum rises while the error falls", of={"modes": (1, 2)}, adaptive="grad", lr=0.0045, pace=COS, steps=500, every=10, show=("loss", "pde", "ic", "bc", "w_ic", "val_l2"), excused="diverging loss-jump loss-term-imbalance loss-metric-disagreement", dialect="jaxpi_json_lines"),
    well("pinn_ok_window", "the window of time grows: little steps up", **SWING, of={"until": 0.8}, window=True, lr=0.007, pace=COS, steps=550, every=11, show=("loss", "pde", "ic", "val_l2"), excused="loss-jump loss-spikes", dialect="pinn_prints"),
    well("pinn_ok_resample", "new points every 50 steps", **FRONT, resample=30, points=64, lr=0.0045, pace=COS, steps=500, every=5, show=L, excused="noisy-loss", dialect="modulus_log"),
    well("pinn_ok_restarts", "warm restarts", **FRONT, lr=0.012, pace=("restarts", 4), steps=480, every=6, show=LR, excused="loss-spikes loss-jump", dialect="wandb_export_csv"),
    well("pinn_ok_one", "one cycle", **SWING, lr=0.015, pace=("one", 0.3), steps=400, every=8, show=(*VE, "lr"), excused="slow-start", dialect="wandb_export_csv"),
    well("pinn_ok_batches", "batches of 16: honest noise", **FRONT, points=512, batch=16, lr=0.0045, pace=COS, steps=500, every=5, show=L, excused="noisy-loss", also="still-improving", dialect="raissi_prints"),
    well("pinn_ok_sensors", "noisy sensors: an honest floor", **EASY, readings=200, noise=0.1, lr=0.0045, pace=COS, steps=400, every=8, show=("loss", "pde", "data", "val_l2"), names=PN, also="saturated-early", excused="underfitting loss-term-imbalance", dialect="json_lines"),
    well("pinn_ok_inverse", "the unknown of the equation is learnt along", **FRONT, of={"coef": 0.06}, readings=100, noise=0.01, unknown=0.2, lr=0.006, pace=COS, steps=500, every=10, show=("loss", "data", "coef"), names={"coef": "nu", "data": "loss_data"}, dialect="raissi_prints"),
    well("pinn_ok_short", "twelve lines", **FRONT, lr=0.0075, pace=COS, steps=360, every=30, show=T, names=RN, also="still-improving too-short", dialect="solver_rows"),
    well("pinn_ok_patience", "stopped early by patience", **FRONT, resample=24, lr=0.012, steps=720, every=9, patience=6, show=V, also="still-improving", excused="noisy-loss loss-spikes", dialect="pinn_prints"),
    well("pinn_ok_sparse", "tested five times", **EASY, lr=0.0045, pace=COS, steps=480, every=6, test_every=96, show=VE, dialect="wandb_export_csv"),
    well("pinn_ok_julia", "", **SWING, lr=0.006, pace=("exp", 0.997), steps=400, every=4, show=L, dialect="neuralpde_prints"),
    well("pinn_ok_norm", "gradient norms fall by decades", **EASY, lr=0.0045, pace=COS, steps=420, every=6, show=("loss", "norm", "lr"), names={"norm": "grad_norm"}, excused="vanishing-gradients", dialect="json_lines"),
    well("pinn_ok_long", "5,000 steps", **FRONT, points=64, lr=2e-3, pace=("exp", 0.9994), steps=5000, every=40, show=(*V, "lr"), also="saturated-early", seeds=1, dialect="wandb_export_csv"),
)  # fmt: skip

FAMILY = Family(
    name="heat_pinn",
    script="heat_pinn",
    data="heat, Burgers' front and a damped oscillator",
    model="small nets of coordinates with a residual loss",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
