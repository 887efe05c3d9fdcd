"""Drawn cells and a tiny encoder-decoder: terms of cross-entropy and Dice, IoU, logs in the manner of those who segment.

SEEN holds what the pictures showed where that is not only what was expected. Of 74 configurations tried one is dropped (Adam at a
rate that did no visible harm in one seed and killed another). 17 were relabelled: in one the first diagnosis is none of the expected (a
slow start that was none), in 16 it is fewer or more of them (a penalty that ends beside the data's loss, a NaN that was only a jump).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, VI, VD = ("loss",), ("loss", "val_loss"), ("loss", "val_loss", "val_iou"), ("loss", "val_loss", "val_dice_score")
LR, N = ("loss", "lr"), ("loss", "norm")
CE, DICE = {"ce": 1.0}, {"dice": 1.0}
TERMS = ("loss", "ce", "dice")
SUM, PARTS = (
    {"norm": "grad_norm"},
    {"ce": "ce_loss", "dice": "dice_loss", "l2": "reg_loss", "edge": "edge_loss", "tv": "tv_reg"},
)
GRADS = {
    f"grad{i}": f"grad_norm/{name}"
    for i, name in enumerate(("enc1", "enc2", "mid1", "mid2", "mid3", "mid4", "mid5", "dec"))
}

SEEN: dict[str, str | None] = {
    "cm_blank": "underfitting frozen-metric loss-metric-disagreement | saturated-early still-improving | not-learning learning-rate-too-low",
    "cm_low_sgd": "learning-rate-too-low | still-improving underfitting",
    "cm_low_steps": "learning-rate-too-low still-improving",
    "cm_high_cut": "learning-rate-too-high | loss-spikes noisy-loss underfitting diverging loss-jump saturated-early",
    "cm_high_adam": None,
    "cm_high_rms": "learning-rate-too-high small-validation-set loss-spikes | overfitting saturated-early slow-start noisy-loss",
    "cm_narrow": "underfitting | saturated-early | learning-rate-too-low",
    "cm_decay": "underfitting diverging | saturated-early loss-metric-disagreement | not-learning small-validation-set learning-rate-too-high",
    "cm_drop_most": "underfitting validation-better-than-training | still-improving noisy-loss",
    "cm_noisy": "noisy-loss healthy | still-improving loss-spikes",
    "cm_head_huge": "wrong-initial-loss | still-improving saturated-early",
    "cm_bias": "wrong-initial-loss | | slow-start",
    "cm_bytes": "wrong-initial-loss underfitting loss-metric-disagreement | still-improving slow-start frozen-metric",
    "cm_first_weights": "frozen-metric | | overfitting",
    "cm_threshold": "frozen-metric loss-metric-disagreement | saturated-early | overfitting underfitting",
    "cm_old_scores": "frozen-metric loss-metric-disagreement | saturated-early | overfitting underfitting",
    "cm_over_sure": "severe-overfitting overfitting | loss-metric-disagreement saturated-early",
    "cm_over_mild": "overfitting | saturated-early | severe-overfitting",
    "cm_over_dice": "overfitting | saturated-early loss-metric-disagreement | severe-overfitting",
    "cm_two_held": "small-validation-set | saturated-early overfitting",
    "cm_three_held": "small-validation-set | saturated-early overfitting",
    "cm_clean_held": "validation-better-than-training healthy | overfitting small-validation-set still-improving",
    "cm_sorted": "unshuffled-data | loss-spikes noisy-loss still-improving",
    "cm_sorted_ce": "unshuffled-data | loss-spikes noisy-loss",
    "cm_sorted_dice": "unshuffled-data | loss-spikes noisy-loss still-improving",
    "cm_late_light": "loss-jump loss-spikes | still-improving | diverging",
    "cm_late_masks": "loss-jump diverging | underfitting saturated-early frozen-metric",
    "cm_resumed": "resumed-log healthy | saturated-early overfitting",
    "cm_ratio_tiny": "update-ratio learning-rate-too-low not-learning | still-improving noisy-loss",
    "cm_ratio_huge": "healthy update-ratio learning-rate-too-high noisy-loss | still-improving loss-spikes",
    "cm_slow": "healthy small-validation-set | slow-start loss-spikes saturated-early | learning-rate-too-high",
    "cm_slow_sigmoid": "slow-start | still-improving | underfitting learning-rate-too-low",
    "cm_l2_small": "regularisation-dominates healthy | loss-term-imbalance still-improving",
    "cm_vanish": "vanishing-gradients | not-learning learning-rate-too-low still-improving underfitting",
    "cm_dead": "dead-units learning-rate-too-low | still-improving slow-start underfitting | not-learning",
    "cm_collapse": "activation-collapse | underfitting saturated-early vanishing-gradients | not-learning",
    "cm_unscaled": "exploding-gradients loss-jump diverging loss-spikes non-finite-loss | noisy-loss",
    "cm_nan": "loss-jump diverging | loss-spikes learning-rate-too-high exploding-gradients underfitting | non-finite-loss",
    "cm_ascent": "diverging | learning-rate-too-high | loss-jump",
    "cm_nnunet": "healthy | saturated-early | overfitting",
    "cm_triangles": "healthy | saturated-early overfitting loss-spikes",
    "cm_one_cycle": "healthy | saturated-early overfitting",
    "cm_summed": "healthy | saturated-early | wrong-initial-loss overfitting",
    "cm_early_bn": "healthy | saturated-early small-validation-set | overfitting",
    "cm_curriculum": "loss-jump healthy | saturated-early",
    "cm_clip_sometimes": "healthy | still-improving saturated-early | clipping-saturated noisy-loss",
    "cm_averaged": "healthy | saturated-early | overfitting",
    "cm_fast": "healthy | saturated-early overfitting | wrong-initial-loss",
    "cm_wrong_masks": "healthy | validation-better-than-training saturated-early | underfitting",
    "cm_rare": "healthy | saturated-early | overfitting",
    "cm_l2_tenth": "healthy | saturated-early | overfitting",
    "cm_terms": "healthy | still-improving | loss-term-imbalance noisy-loss",
}

CONFIGURATIONS = (
    # nothing is learnt, or badly
    ill("cm_no_step", "optimizer.step() behind a condition that is never true", "not-learning", "noisy-loss", fault="no_step", every=2, log=TERMS, names=PARTS, dialect="monai_engine_log"),
    ill("cm_other_model", "the optimiser got the parameters of the model before .to(device)", "not-learning", "frozen-metric", fault="other_model", norm="instance", log=VD, dialect="monai_prints"),
    ill("cm_blank", "intensities are scaled to zero by a wrong window", "not-learning underfitting", "saturated-early frozen-metric", fault="blank", log=VI, dialect="lightning_cells_csv"),
    ill("cm_low_sgd", "SGD at 1e-3, copied from a recipe with thousands of epochs", "learning-rate-too-low", "still-improving", opt="sgd", lr=2e-3, log=(*VD, "lr"), epochs=30, dialect="nnunet_v2_log"),
    ill("cm_low_adam", "Adam at 4e-5", "learning-rate-too-low", "still-improving underfitting", lr=4e-5, log=V, epochs=25, dialect="stardist_bars"),
    ill("cm_low_steps", "SGD at 3e-3, a loss every other step", "learning-rate-too-low", "still-improving noisy-loss", opt="sgd", lr=3e-3, terms=CE, every=2, log=L, epochs=25, dialect="loss_item_prints"),
    ill("cm_high_cut", "Nesterov momentum at 1.5, cut at two thirds", "learning-rate-too-high", "loss-spikes noisy-loss underfitting", opt="nesterov", lr=1.5, rate=("cut", 0.66, 0.03), every=2, log=LR, epochs=30, dialect="tensorboard_wide_csv"),
    ill("cm_high_adam", "Adam at 0.15", "learning-rate-too-high", "loss-spikes noisy-loss underfitting small-validation-set", lr=0.15, norm="none", log=VI, epochs=30, dialect="lightning_cells_csv"),
    ill("cm_high_rms", "RMSprop at 0.08, cut in the last quarter", "learning-rate-too-high", "loss-spikes noisy-loss small-validation-set underfitting", opt="rmsprop", lr=0.08, rate=("cut", 0.75, 0.05), log=(*VD, "lr"), epochs=32, dialect="cellpose_log"),
    ill("cm_narrow", "two channels, loud noise: neither set gets anywhere", "underfitting", "saturated-early learning-rate-too-low", width=1, noise=0.6, skip=False, lr=0.02, epochs=40, log=VI, dialect="unet_repository_log"),
    ill("cm_decay", "weight decay 0.3 in the gradient", "underfitting", "saturated-early not-learning", decay=0.3, norm="none", epochs=25, log=VD, dialect="monai_prints"),
    ill("cm_drop_most", "0.85 of the channels dropped", "underfitting", "noisy-loss validation-better-than-training saturated-early", dropout=0.85, epochs=25, log=("loss", "iou", "val_loss", "val_iou"), dialect="stardist_bars"),
    ill("cm_noisy", "batches of one picture", "noisy-loss", "still-improving", batch=1, noise=0.5, lr=3e-3, norm="instance", every=1, epochs=3, log=L, dialect="loss_item_prints"),
    ill("cm_noisy_dice", "Dice of one picture at a time, a third of the masks of other pictures", "noisy-loss", "underfitting still-improving", batch=1, wrong=0.5, terms=DICE, lr=2e-3, norm="instance", few=1, every=2, epochs=5, log=L, dialect="tensorboard_wide_csv"),
    ill("cm_head_huge", "the last layer's weights forty times too large", "wrong-initial-loss", "still-improving", head_gain=40.0, terms=CE, log=V, epochs=20, dialect="cellpose_log", options={"classes": 3}),
    ill("cm_bias", "the head's bias favours the nuclei by 9", "wrong-initial-loss", "", head_bias=(0.0, 0.0, 9.0), terms=CE, every=2, log=("loss", "acc"), epochs=14, dialect="monai_engine_log", options={"classes": 3}),
    ill("cm_bytes", "grey values 0…255, no norm", "wrong-initial-loss", "loss-spikes still-improving", fault="bytes", norm="none", terms=CE, lr=1e-3, log=VI, epochs=25, dialect="lightning_cells_csv", options={"classes": 3}),
    # metrics
    ill("cm_first_weights", "validation loads the checkpoint of the start again and again", "frozen-metric", "", fault="first_weights", log=VD, epochs=18, dialect="nnunet_v2_log"),
    ill("cm_threshold", "a threshold on the wrong scale: no cell is ever found", "frozen-metric loss-metric-disagreement", "", fault="threshold", log=VI, epochs=24, dialect="unet_repository_log"),
    ill("cm_old_scores", "the metric's state holds the first predictions", "frozen-metric loss-metric-disagreement", "", fault="old_scores", log=(*V, "val_acc"), epochs=20, dialect="stardist_bars"),
    ill("cm_over_sure", "40 pictures, far too long: the loss turns, the IoU does not", "severe-overfitting loss-metric-disagreement overfitting", "saturated-early", rows=40, batch=8, noise=0.3, terms=CE, epochs=60, lr=1e-2, log=VI, dialect="lightning_cells_csv"),
    # generalisation
    ill("cm_over_mild", "64 pictures", "overfitting", "saturated-early", rows=64, noise=0.3, batch=8, lr=8e-3, epochs=35, log=V, dialect="cellpose_log"),
    ill("cm_over_dice", "32 pictures, the Dice of both sets", "overfitting", "saturated-early", rows=32, noise=0.3, batch=8, lr=8e-3, epochs=40, log=("loss", "dice_score", "val_loss", "val_dice_score"), dialect="stardist_bars"),
    ill("cm_severe", "12 pictures by heart, a third of them with other masks", "severe-overfitting overfitting", "saturated-early", rows=24, batch=4, wrong=0.3, noise=0.3, width=10, terms=CE, lr=8e-3, epochs=60, log=V, dialect="loss_item_prints"),
    ill("cm_two_held", "two pictures drawn anew for each validation", "small-validation-set", "", held=2, fixed=False, noise=0.25, epochs=30, log=VD, dialect="monai_prints"),
    ill("cm_three_held", "three pictures drawn anew, cross-entropy", "small-validation-set", "", held=3, fixed=False, terms=CE, noise=0.3, epochs=36, log=(*VI, "lr"), rate=("poly", 0, 0), dialect="cellpose_log"),
    ill("cm_clean_held", "validation pictures have no noise", "validation-better-than-training healthy", "", noise=0.5, held_noise=0.0, epochs=25, log=V, dialect="nnunet_v1_log"),
    # data
    ill("cm_sorted", "files in the order of cell area", "unshuffled-data", "noisy-loss", fault="sorted", batch=8, lr=2e-3, every=1, epochs=14, log=L, dialect="tensorboard_wide_csv"),
    ill("cm_sorted_ce", "files in the order of cell area, cross-entropy, every other step", "unshuffled-data", "noisy-loss still-improving", fault="sorted", batch=4, terms=CE, opt="nesterov", lr=0.02, every=2, epochs=14, log=LR, norm="instance", dialect="monai_engine_log"),
    ill("cm_sorted_dice", "files in the order of cell area, Dice", "unshuffled-data", "noisy-loss still-improving", fault="sorted", batch=8, terms=DICE, lr=2e-3, every=1, epochs=16, norm="instance", log=L, dialect="json_lines"),
    ill("cm_late_light", "from 60 % on pictures come inverted", "loss-jump", "loss-spikes", fault="late_light", amount=1.0, at=0.6, every=2, epochs=24, lr=4e-3, log=L, dialect="loss_item_prints"),
    ill("cm_late_masks", "a rewritten loader mixes the masks up from half-time on", "loss-jump diverging", "underfitting", fault="late_masks", at=0.5, epochs=30, log=VD, dialect="nnunet_v2_log"),
    ill("cm_bad_file", "one corrupt file, 30 times too bright, comes again and again", "loss-spikes", "", fault="bad_batch", at=0.2, amount=43, norm="none", lr=3e-3, every=1, epochs=26, log=L, dialect="tensorboard_wide_csv"),
    ill("cm_resumed", "gone back to the checkpoint of three epochs before", "resumed-log healthy", "", back=14, epochs=24, log=VI, dialect="unet_repository_log"),
    # inside
    ill("cm_ratio_tiny", "Adam at 1e-5, update ratios logged", "update-ratio learning-rate-too-low not-learning", "still-improving", lr=1e-5, every=2, log=("loss", "ratio"), names={"ratio": "update_ratio"}, epochs=20, dialect="tensorboard_wide_csv"),
    ill("cm_ratio_huge", "Adam at 0.3: a third of the weights at a time", "update-ratio learning-rate-too-high", "underfitting loss-spikes noisy-loss", lr=0.3, every=2, log=("loss", "ratio"), names={"ratio": "update_to_weight_ratio"}, epochs=20, dialect="json_lines"),
    ill("cm_slow", "small weights, no norm, plain SGD: everything is background for long", "slow-start", "still-improving", gain=0.35, norm="none", deep=2, opt="sgd", lr=0.15, terms=CE, epochs=40, log=VI, dialect="lightning_cells_csv"),
    ill("cm_slow_sigmoid", "sigmoids without norm", "slow-start", "still-improving", act="sigmoid", norm="none", lr=4e-3, deep=2, epochs=40, log=V, dialect="nnunet_v1_log"),
    ill("cm_edge_heavy", "the edge term weighs 200", "loss-term-imbalance", "still-improving", terms={"ce": 1.0, "dice": 1.0, "edge": 400.0}, log=("loss", "ce", "dice", "edge", "val_iou"), names=PARTS, epochs=20, dialect="monai_engine_log"),
    ill("cm_ce_summed", "cross-entropy summed over pixels beside the Dice", "loss-term-imbalance", "still-improving", terms={"ce_sum": 4.0, "dice": 0.01}, every=2, log=("loss", "ce_sum", "dice"), names={"ce_sum": "loss_ce", "dice": "loss_dice"}, lr=4e-3, dialect="tensorboard_wide_csv"),
    ill("cm_l2", "the sum of squares with 0.1", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", terms={"ce": 1.0, "l2": 0.1}, lr=2e-3, log=("loss", "ce", "l2", "val_iou"), names={"ce": "seg_loss", "l2": "reg_loss"}, epochs=24, dialect="stardist_bars"),
    ill("cm_l2_small", "the sum of squares with 0.02, by steps", "regularisation-dominates", "loss-term-imbalance underfitting still-improving", terms={"ce": 1.0, "l2": 0.02}, lr=4e-3, every=2, log=("loss", "ce", "l2"), names={"ce": "data_loss", "l2": "l2_penalty"}, epochs=20, dialect="json_lines"),
    ill("cm_clip", "clipped at 0.02, momentum SGD", "clipping-saturated", "learning-rate-too-low still-improving", opt="nesterov", lr=0.05, clip=0.02, every=2, log=("loss", "clipped"), names={"clipped": "grad_norm"}, epochs=20, dialect="monai_engine_log"),
    ill("cm_vanish", "five sigmoid layers without norm or skip", "vanishing-gradients not-learning", "underfitting saturated-early", act="sigmoid", norm="none", skip=False, deep=5, lr=1e-3, opt="sgd", log=("loss", *GRADS), names=GRADS, epochs=20, dialect="tensorboard_wide_csv"),
    ill("cm_dead", "biases of -4 before every ReLU", "dead-units", "underfitting not-learning learning-rate-too-low", hidden_bias=-1.5, norm="none", lr=1e-3, log=("loss", "dead", "val_loss"), names={"dead": "dead_relu_fraction"}, epochs=24, dialect="lightning_cells_csv"),
    ill("cm_collapse", "tanh, weights a fifth of what they should be", "activation-collapse", "vanishing-gradients not-learning slow-start", act="tanh", norm="none", skip=False, gain=0.2, deep=4, opt="sgd", lr=0.05, log=("loss", *(f"std{i}" for i in range(7))), names={f"std{i}": f"act_std/layer{i}" for i in range(7)}, epochs=20, dialect="json_lines"),
    ill("cm_unscaled", "from 60 % on gradients are not divided by the loss scale", "exploding-gradients diverging loss-jump", "loss-spikes non-finite-loss", fault="unscaled", amount=300.0, at=0.6, norm="none", opt="nesterov", lr=0.03, every=2, log=N, names=SUM, epochs=24, dialect="tensorboard_wide_csv"),
    ill("cm_nan", "half-time restart with a hundredfold rate", "non-finite-loss diverging", "loss-jump exploding-gradients", fault="rate_up", amount=400.0, at=0.5, norm="none", opt="nesterov", lr=0.03, log=V, epochs=20, dialect="monai_prints"),
    ill("cm_ascent", "sign of the gradient turned by a refactoring after a third", "diverging", "", fault="ascent", at=0.35, amount=0.2, opt="sgd", lr=0.05, terms=CE, log=V, epochs=24, dialect="nnunet_v1_log"),
    ill("cm_spent", "poly decay counted for a tenth of the run", "learning-rate-schedule", "saturated-early underfitting", rate=("spent", 0.12, 0), lr=4e-3, log=(*VD, "lr"), epochs=30, dialect="nnunet_v2_log"),
    ill("cm_stopped", "stopped after six epochs", "still-improving healthy", "", lr=3e-3, epochs=7, log=VI, dialect="unet_repository_log"),
    # healthy, and frightening
    well("cm_nnunet", "cross-entropy plus negative Dice crosses zero", terms={"ce": 1.0, "negative": 1.0}, rate=("poly", 0, 0), opt="nesterov", lr=0.1, epochs=40, log=(*VD, "lr"), rows=240, dialect="nnunet_v2_log"),
    well("cm_restarts", "warm restarts", rate=("restarts", 4, 0), lr=1.5e-2, every=2, epochs=30, log=LR, dialect="tensorboard_wide_csv"),
    well("cm_triangles", "cyclical rate", rate=("triangles", 5, 0.05), opt="nesterov", lr=0.3, epochs=40, log=("loss", "lr", "val_loss"), dialect="cellpose_log"),
    well("cm_one_cycle", "one cycle with warm-up", rate=("warm", 0.3, 0), lr=2e-2, epochs=30, log=(*VI, "lr"), rows=240, dialect="lightning_cells_csv"),
    well("cm_dropout", "dropout and strong augmentation: validation below training", dropout=0.3, augment=0.3, epochs=30, log=VD, rate=("cosine", 0, 0), rows=240, also="validation-better-than-training", dialect="monai_prints"),
    well("cm_summed", "cross-entropy summed over pixels: hundreds", terms={"ce_sum": 1.0}, lr=6e-3, rate=("cosine", 0, 0), epochs=20, log=V, rows=240, dialect="nnunet_v1_log"),
    well("cm_tiny_scale", "a loss of 1e-6", scale=1e-6, opt="adam", lr=8e-3, rate=("cosine", 0, 0), rows=240, epochs=25, log=V, dialect="json_lines"),
    well("cm_smoothing", "label smoothing: a high floor", smoothing=0.25, terms=CE, lr=8e-3, rows=240, rate=("cosine", 0, 0), epochs=30, log=("loss", "val_iou"), dialect="unet_repository_log"),
    well("cm_stairs", "the rate falls by ten twice", rate=("steps", 0.34, 0.1), opt="nesterov", lr=0.2, every=2, rows=240, epochs=24, log=LR, dialect="monai_engine_log"),
    well("cm_fine_tune", "weights from brighter pictures: starts low", warm_start=200, lr=1e-3, rate=("cosine", 0, 0), rows=240, epochs=20, log=VI, dialect="lightning_cells_csv"),
    well("cm_early_bn", "batches of four: early validation jumps", batch=4, rows=240, lr=1.5e-2, rate=("cosine", 0, 0), epochs=20, log=VD, excused="small-validation-set", dialect="monai_prints"),
    well("cm_curriculum", "sparse pictures in the first half, all in the second", curriculum=True, rows=240, epochs=30, lr=6e-3, rate=("cosine", 0, 0), log=L, excused="loss-jump", dialect="loss_item_prints"),
    well("cm_clip_sometimes", "clipped in the first epochs", clip=1.0, opt="nesterov", lr=0.08, rate=("poly", 0, 0), every=2, rows=240, log=("loss", "clipped"), names={"clipped": "grad_norm"}, epochs=20, dialect="tensorboard_wide_csv"),
    well("cm_averaged", "averaged weights are validated: validation lags", averaged=True, rows=240, lr=8e-3, epochs=36, log=V, rate=("cosine", 0, 0), dialect="stardist_bars"),
    well("cm_fast", "nearly all of the fall in two epochs, then flat", lr=2e-2, batch=4, noise=0.05, rows=320, rate=("cosine", 0, 0), epochs=18, log=V, excused="wrong-initial-loss", also="saturated-early", dialect="nnunet_v1_log"),
    well("cm_wrong_masks", "a quarter of the masks is wrong: a high floor", wrong=0.25, rows=320, terms=CE, epochs=20, lr=6e-3, rate=("cosine", 0, 0), log=VI, dialect="unet_repository_log"),
    well("cm_terms", "terms of different sizes, all fall", terms={"ce": 1.0, "dice": 0.5, "edge": 8.0}, names=PARTS, rows=240, log=("loss", "ce", "dice", "edge"), every=3, epochs=24, rate=("cosine", 0, 0), dialect="monai_engine_log"),
    well("cm_ragged", "batches of four, every step, a clear trend", batch=4, every=1, epochs=8, lr=4e-3, rows=240, rate=("cosine", 0, 0), log=L, excused="noisy-loss", dialect="loss_item_prints"),
    well("cm_rare", "a loss every five steps, validation every fifth epoch", every=5, evals=5, rows=240, epochs=40, rate=("cosine", 0, 0), log=VD, dialect="tensorboard_wide_csv"),
    well("cm_eight", "eight epochs", epochs=8, lr=1.5e-2, rows=400, rate=("cosine", 0, 0), log=(*VD, "lr"), dialect="nnunet_v2_log"),
    well("cm_l2_tenth", "a penalty that is small beside the data's loss", terms={"ce": 1.0, "dice": 1.0, "l2": 5e-4}, rows=240, lr=8e-3, log=("loss", "ce", "dice", "l2", "val_loss"), names=PARTS, epochs=20, rate=("cosine", 0, 0), dialect="lightning_cells_csv"),
    well("cm_norm_rises", "the gradient's norm is restless while the loss falls", terms=DICE, lr=8e-3, rows=240, every=3, log=N, names=SUM, epochs=25, rate=("cosine", 0, 0), dialect="json_lines"),
    well("cm_long", "3,000 points", batch=4, rows=160, every=1, epochs=75, lr=4e-3, rate=("cosine", 0, 0), log=L, width=4, seeds=1, excused="noisy-loss", dialect="tensorboard_wide_csv"),
)  # fmt: skip

FAMILY = Family(
    name="cell_masks",
    script="cell_masks",
    data="drawn cells",
    model="convolutional encoder-decoder",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
