"""Glyphs drawn on a canvas, a small convolutional detector: terms for box, class and objectness, mean average precision.

SEEN holds what the pictures showed where that is not only what was expected. Of 85 configurations tried one is dropped (the
same log as another's); 4 have their second settings, as the first left no trace of the fault or only NaN. 38 have another
set of first labels than expected; in 5 of them the first is none of the expected (a decay that makes the loss rise, inputs
0…255 that only seem to be learnt by heart, a validation meant to be easy that is not, wrong classes learnt by heart, a
plateau for half the run that was thought harmless).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR, V, VM = ("loss",), ("loss", "lr"), ("loss", "val_loss"), ("loss", "val_loss", "val_map")
T, TM = ("loss", "box", "cls", "obj"), ("loss", "box", "cls", "obj", "val_map")
YOLO = (
    "box",
    "cls",
    "obj",
    "val_precision",
    "val_recall",
    "val_map",
    "val_map95",
    "val_box",
    "val_cls",
    "val_obj",
    "lr",
)
TV = (*T, "val_loss", "val_map")
N = ("loss", "norm")
NORM, AFTER = {"norm": "grad_norm"}, {"norm_after": "grad_norm"}
REG = {"reg": "loss_reg"}
PLAIN = {"norm": False}
FEW = {"rows": 64, "batch": 16}
MANY = {"rows": 640, "epochs": 14}

SEEN: dict[str, str | None] = {
    "box_high_adam": "learning-rate-too-high small-validation-set | noisy-loss loss-spikes overfitting wrong-initial-loss",
    "box_high_cut": "learning-rate-too-high loss-spikes | noisy-loss still-improving underfitting loss-jump",
    "box_ratio_large": "learning-rate-too-high update-ratio | small-validation-set overfitting loss-spikes noisy-loss wrong-initial-loss loss-jump",
    "box_stopped": "still-improving slow-start healthy",
    "box_high_steps": "loss-spikes learning-rate-too-high healthy | noisy-loss wrong-initial-loss still-improving",
    "box_high_few": "learning-rate-too-high not-learning wrong-initial-loss underfitting | frozen-metric saturated-early",
    "box_low_sgd": "learning-rate-too-low still-improving | underfitting",
    "box_low_adam": "not-learning learning-rate-too-low | noisy-loss still-improving",
    "box_low_val": "learning-rate-too-low still-improving | | overfitting",
    "box_no_step": "not-learning frozen-metric | | overfitting severe-overfitting diverging",
    "box_copy": "not-learning | noisy-loss",
    "box_apart": "loss-metric-disagreement frozen-metric underfitting | small-validation-set saturated-early noisy-loss | not-learning",
    "box_narrow": "underfitting healthy | still-improving overfitting saturated-early",
    "box_drop": "underfitting validation-better-than-training still-improving | frozen-metric loss-metric-disagreement wrong-initial-loss | learning-rate-too-low",
    "box_decay": "diverging not-learning | underfitting frozen-metric regularisation-dominates loss-term-imbalance | learning-rate-too-high",
    "box_batch_one": "noisy-loss slow-start | still-improving loss-spikes",
    "box_batch_two": "noisy-loss not-learning learning-rate-too-low | underfitting still-improving",
    "box_noisy_wrong": "noisy-loss slow-start | still-improving loss-spikes",
    "box_head_large": "wrong-initial-loss | overfitting still-improving | severe-overfitting",
    "box_pixels": "wrong-initial-loss loss-term-imbalance loss-spikes | learning-rate-too-high saturated-early exploding-gradients",
    "box_inputs": "overfitting healthy | still-improving wrong-initial-loss",
    "box_stale": "frozen-metric | | overfitting",
    "box_least": "frozen-metric loss-metric-disagreement | overfitting",
    "box_xyxy": "frozen-metric loss-metric-disagreement | overfitting",
    "box_heart_terms": "overfitting severe-overfitting | saturated-early underfitting loss-metric-disagreement",
    "box_heart_much": "severe-overfitting overfitting | saturated-early",
    "box_obj_summed": "loss-term-imbalance not-learning underfitting | frozen-metric saturated-early",
    "box_box_forgotten": "loss-term-imbalance loss-metric-disagreement | frozen-metric saturated-early",
    "box_box_pixels": "not-learning learning-rate-too-low loss-term-imbalance underfitting | noisy-loss still-improving",
    "box_l2": "regularisation-dominates | still-improving loss-term-imbalance",
    "box_l1": "not-learning regularisation-dominates underfitting | saturated-early loss-term-imbalance overfitting",
    "box_slow_init": "slow-start not-learning | still-improving frozen-metric | learning-rate-too-low",
    "box_slow_sigmoid": "slow-start | still-improving",
    "box_by_kind": "unshuffled-data | noisy-loss loss-spikes still-improving slow-start",
    "box_by_crowd": "unshuffled-data | loss-spikes noisy-loss still-improving",
    "box_diverges": "learning-rate-too-high diverging wrong-initial-loss loss-spikes | learning-rate-schedule not-learning noisy-loss exploding-gradients loss-jump underfitting",
    "box_broken": "loss-spikes | slow-start noisy-loss",
    "box_inverted": "loss-jump | loss-spikes diverging saturated-early",
    "box_resumed_bare": "loss-jump loss-spikes | diverging",
    "box_long": "saturated-early overfitting healthy",
    "box_tiny_held": "small-validation-set | overfitting saturated-early",
    "box_easy_held": "overfitting severe-overfitting",
    "box_stairs": "noisy-loss healthy | still-improving slow-start loss-spikes",
    "box_explode": "wrong-initial-loss exploding-gradients | still-improving noisy-loss",
    "box_ratio_small": "update-ratio learning-rate-too-low not-learning | noisy-loss still-improving",
    "box_ratio_log": "update-ratio learning-rate-too-low not-learning | still-improving | overfitting severe-overfitting",
    "box_dead": "dead-units | underfitting learning-rate-too-low not-learning still-improving frozen-metric",
    "box_dead_rate": "dead-units not-learning | learning-rate-too-high underfitting noisy-loss saturated-early",
    "box_collapse": "activation-collapse not-learning vanishing-gradients underfitting | saturated-early",
    "box_vanish": "vanishing-gradients not-learning | underfitting saturated-early still-improving",
    "box_clip": "clipping-saturated | still-improving learning-rate-too-low",
    "box_clip_adam": "clipping-saturated | slow-start still-improving noisy-loss",
    "box_gamma_batch": "learning-rate-schedule | saturated-early underfitting overfitting",
    "box_zero_rate": "learning-rate-schedule saturated-early | underfitting",
    "box_fine": "healthy | still-improving | learning-rate-too-low",
    "box_clip_sometimes": "healthy | slow-start still-improving noisy-loss | clipping-saturated",
    "box_noise_floor": "overfitting",
    "box_steps": "healthy | overfitting small-validation-set | learning-rate-too-high",
    "box_summed": "healthy overfitting",
    "box_big_batch": "healthy | overfitting saturated-early",
    "box_late_map": "slow-start | underfitting frozen-metric",
}

CONFIGURATIONS = (
    # rates
    ill("box_high_adam", "Adam at 0.5", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", lr=0.5, rows=640, epochs=16, show=VM, dialect="terms_prints"),
    ill("box_high_cut", "momentum at 1, cut at two thirds", "learning-rate-too-high", "noisy-loss loss-spikes", opt="sgd", lr=1.0, plan=("steps", 0.05, 0.66), epochs=30, show=(*TM, "lr"), dialect="mmdet_log"),
    ill("box_high_steps", "RMSprop at 0.05, constant", "learning-rate-too-high", "noisy-loss loss-spikes", opt="rmsprop", lr=0.05, epochs=30, every=2, show=LR, dialect="running_prints"),
    ill("box_high_few", "Adam at 0.15 without norms", "learning-rate-too-high not-learning", "underfitting loss-spikes", lr=0.15, net=PLAIN, epochs=24, show=TM, dialect="ultralytics_results_csv"),
    ill("box_low_sgd", "SGD at 2e-3 without momentum", "learning-rate-too-low", "still-improving not-learning", opt="sgd", momentum=0.0, lr=2e-3, epochs=24, show=TV, dialect="mmdet_old_json_lines"),
    ill("box_low_adam", "Adam at 2e-5", "learning-rate-too-low", "still-improving", lr=2e-5, net=PLAIN, epochs=30, every=4, show=(*T, "lr"), dialect="detectron_console"),
    ill("box_low_val", "AdamW at 3e-5, validation beside", "learning-rate-too-low", "still-improving", opt="adamw", lr=3e-5, epochs=24, show=V, dialect="tsv"),
    # nothing is learnt
    ill("box_no_step", "scaler.step() forgotten", "not-learning", "frozen-metric", flaw="no_step", epochs=16, show=VM, dialect="running_prints"),
    ill("box_copy", "the optimiser got the weights of the model before .to(device)", "not-learning", "noisy-loss", flaw="copy", epochs=20, every=2, show=T, dialect="detectron_boxes_json_lines"),
    ill("box_zero_late", "zero_grad() between backward() and step()", "not-learning", "vanishing-gradients noisy-loss", flaw="zero_late", epochs=16, show=(*T, "lr"), dialect="paddle_detection_log"),
    ill("box_apart", "boxes, classes and objectness are each shuffled on their own", "not-learning underfitting", "noisy-loss frozen-metric", flaw="apart", epochs=24, net={"prior": -3.4}, show=("cls", "box", "val_map"), dialect="terms_prints"),
    # too small, too regular
    ill("box_narrow", "two channels", "underfitting", "saturated-early", net={"width": 2, "deep": 0}, epochs=40, lr=5e-3, rows=480, show=VM, dialect="running_prints"),
    ill("box_drop", "dropout of 0.9 before the head", "underfitting", "noisy-loss validation-better-than-training", net={"drop": 0.9}, epochs=30, show=VM, dialect="keras_csv"),
    ill("box_decay", "weight decay 20", "underfitting", "saturated-early", opt="adamw", decay=20.0, lr=5e-3, net=PLAIN, epochs=30, show=TV, dialect="ultralytics_results_csv"),
    # noise
    ill("box_batch_one", "one picture a batch", "noisy-loss", "", rows=240, batch=1, lr=4e-4, net=PLAIN, epochs=3, every=4, show=T, dialect="efficientdet_prints"),
    ill("box_batch_two", "two pictures a batch, SGD", "noisy-loss", "still-improving", rows=320, batch=2, opt="sgd", lr=2e-3, net=PLAIN, epochs=5, every=4, show=L, dialect="ssd_prints"),
    ill("box_noisy_wrong", "two pictures a batch and a third of the classes wrong", "noisy-loss", "", rows=240, batch=2, wrong=0.3, lr=5e-4, net=PLAIN, epochs=5, every=3, show=("loss", "cls"), dialect="tensorflow_od_log"),
    # the first loss
    ill("box_head_large", "the head drawn ten times too large", "wrong-initial-loss", "", net={"head": 25.0}, epochs=20, lr=4e-3, show=TV, dialect="terms_prints"),
    ill("box_pixels", "box errors in squared pixels", "wrong-initial-loss loss-term-imbalance", "", box="pixels", net={"head": 6.0}, epochs=24, every=2, show=T, dialect="detectron_console"),
    ill("box_inputs", "pictures 0…255 instead of 0…1, no norm", "wrong-initial-loss", "learning-rate-too-high loss-spikes", inputs=255.0, net=PLAIN, lr=2e-3, epochs=24, show=V, dialect="tsv"),
    # what does not move
    ill("box_stale", "the evaluation loads the first checkpoint", "frozen-metric", "overfitting", flaw="stale", epochs=24, warm=1, show=YOLO, dialect="ultralytics_results_csv"),
    ill("box_least", "score threshold of 1.01 in the evaluation: nothing is ever found", "frozen-metric loss-metric-disagreement", "", least=1.01, epochs=24, show=VM, dialect="terms_prints"),
    ill("box_xyxy", "the evaluation takes x, y, w, h for two corners", "frozen-metric loss-metric-disagreement", "", flaw="xyxy", epochs=20, show=TV, dialect="paddle_detection_log"),
    # by heart
    ill("box_heart", "96 pictures for 60 epochs", "overfitting", "saturated-early small-validation-set", rows=96, epochs=60, lr=2e-3, show=VM, dialect="mmdet_old_json_lines"),
    ill("box_heart_terms", "160 pictures with noise", "overfitting", "saturated-early", rows=160, batch=16, noise=0.4, epochs=40, lr=2e-3, show=YOLO, dialect="yolov5_results_csv"),
    ill("box_heart_much", "40 pictures without norms, far too long", "severe-overfitting", "overfitting saturated-early epoch-steps", rows=40, batch=8, net=PLAIN | {"width": 24}, noise=0.3, wrong=0.1, epochs=80, lr=3e-3, show=V, dialect="keras_csv"),
    ill("box_heart_wrong", "a fifth of the classes wrong", "severe-overfitting overfitting", "loss-metric-disagreement", rows=160, wrong=0.2, epochs=50, lr=3e-3, show=("cls", "val_cls", "val_map"), names={"cls": "train_cls_loss", "val_cls": "val_cls_loss"}),
    # terms
    ill("box_obj_summed", "objectness summed over the cells", "loss-term-imbalance", "", w={"obj": 600.0}, epochs=20, opt="sgd", lr=2e-4, net=PLAIN, show=TM, dialect="mmdet_log"),
    ill("box_box_forgotten", "weight 1e-4 of the boxes", "loss-term-imbalance", "frozen-metric loss-metric-disagreement", w={"obj": 4.0, "box": 1e-4}, epochs=24, opt="sgd", lr=0.05, show=(*T, "val_map"), dialect="terms_prints"),
    ill("box_box_pixels", "boxes in squared pixels swamp the classes", "loss-term-imbalance", "still-improving", box="pixels", opt="sgd", lr=1e-3, clip=5.0, net=PLAIN, epochs=30, every=3, show=("loss", "cls", "box"), dialect="efficientdet_prints"),
    ill("box_l2", "the decay is added to the loss, 0.1 times the sum of squares", "regularisation-dominates", "underfitting", reg=("l2", 0.1), epochs=24, lr=1e-3, show=("loss", "cls", "box", "reg"), dialect="tensorflow_od_log"),
    ill("box_l1", "0.02 times the sum of sizes", "regularisation-dominates", "underfitting", reg=("l1", 0.02), epochs=24, lr=1e-3, net=PLAIN, show=("loss", "cls", "obj", "reg", "val_loss"), names=REG | {"cls": "loss_cls", "obj": "loss_obj"}, dialect="step_or_epoch_csv"),
    # late
    ill("box_slow_init", "weights drawn with a tenth of the spread, no norm", "slow-start", "", net=PLAIN | {"gain": 0.45, "deep": 2}, opt="sgd", lr=0.05, epochs=40, show=VM, dialect="mmdet_log"),
    ill("box_slow_sigmoid", "sigmoids in four layers", "slow-start", "", net={"unit": "sigmoid", "deep": 2, "norm": False}, lr=3e-3, epochs=40, show=V, dialect="tsv"),
    ill("box_slow_ramp", "a rate that grows by 1.2 % an update, not logged", "slow-start", "still-improving", opt="sgd", lr=0.002, plan=("power", 1.012), net=PLAIN, epochs=40, every=4, show=L, dialect="ssd_prints"),
    # order
    ill("box_by_kind", "sorted by kind, shuffle=False", "unshuffled-data", "noisy-loss", order="kind", most=1, rows=480, batch=16, lr=1e-3, epochs=10, every=2, net=PLAIN, show=T, dialect="detectron_boxes_json_lines"),
    ill("box_by_crowd", "sorted by how many there are", "unshuffled-data", "", order="crowd", most=6, rows=480, batch=16, opt="sgd", lr=0.01, epochs=10, every=2, show=("loss", "obj"), dialect="running_prints"),
    ill("box_by_kind_two", "two kinds one after the other, SGD", "unshuffled-data", "noisy-loss", order="kind", kinds=(0, 2, 4), most=1, rows=320, batch=16, opt="sgd", lr=0.02, epochs=12, every=2, net=PLAIN, show=L, dialect="effdet_timm_log"),
    # breaks
    ill("box_ascent", "the sign of the loss from half-time on", "diverging", "loss-jump", flaw="ascent", when=0.4, opt="sgd", lr=2e-3, epochs=30, show=VM, dialect="mmdet_log"),
    ill("box_diverges", "boxes in pixels, clipped at 50, a rate that grows", "diverging non-finite-loss learning-rate-too-high", "loss-spikes", opt="sgd", lr=0.4, plan=("power", 1.01), net=PLAIN, box="pixels", clip=50.0, epochs=24, every=2, show=LR, dialect="ssd_prints"),
    ill("box_flat", "a box without height: log(0)", "non-finite-loss", "", flaw="flat_box", when=0.55, epochs=20, show=TV, dialect="ultralytics_results_csv"),
    ill("box_broken", "one shard of broken pictures", "loss-spikes", "", flaw="broken", size=8.0, when=0.2, period=37, rows=640, net=PLAIN, lr=2e-3, epochs=10, show=T, every=1, dialect="detectron_console"),
    ill("box_inverted", "from half-time on the pictures come inverted", "loss-jump", "", flaw="inverted", when=0.5, epochs=30, every=3, net=PLAIN, lr=2e-3, show=("loss", "cls", "box"), dialect="efficientdet_prints"),
    ill("box_resumed_bare", "resumed at thirty times the rate", "loss-jump", "", flaw="raise", size=30.0, when=0.6, lr=2e-3, epochs=30, show=VM, dialect="terms_prints"),
    ill("box_resumed", "died at 60 %, resumed from 45 %", "resumed-log healthy", "", back=(0.6, 0.45, False), epochs=30, every=5, show=T, dialect="step_csv"),
    ill("box_five", "four epochs", "too-short still-improving healthy", "", epochs=4, show=YOLO, dialect="ultralytics_results_csv"),
    ill("box_stopped", "stopped at a third of what was planned", "still-improving", "", epochs=12, lr=8e-4, rows=480, net=PLAIN, show=VM, dialect="terms_prints"),
    ill("box_long", "ten times as long as it needs", "saturated-early healthy", "", lr=6e-3, epochs=90, rows=160, plan=("until", 0.3), show=V, dialect="tsv"),
    ill("box_tiny_held", "six pictures to validate with", "small-validation-set", "overfitting", held=6, rows=480, batch=16, most=1, lr=3e-3, epochs=40, noise=0.3, show=("loss", "val_map", "val_precision"), dialect="terms_prints"),
    ill("box_easy_held", "the noise is added to the training pictures only", "validation-better-than-training healthy", "", held_noise=0.02, noise=0.9, rows=640, most=1, epochs=16, show=V, dialect="running_prints"),
    ill("box_stairs", "half of the classes wrong, learnt by heart", "epoch-steps overfitting healthy", "", rows=480, batch=8, opt="adam", lr=4e-3, wrong=0.5, epochs=8, every=2, net=PLAIN | {"width": 32}, show=("loss", "cls"), dialect="running_prints"),
    # inside
    ill("box_explode", "gain 4.5 in six layers, no norm", "exploding-gradients wrong-initial-loss", "loss-spikes noisy-loss", net=PLAIN | {"gain": 4.5, "deep": 4, "unit": "relu"}, opt="adam", lr=2e-3, epochs=20, every=2, show=("loss",), wanted={"grad": "grad_norm/convs.{}"}, dialect="step_csv"),
    ill("box_explode_late", "the rate doubles again and again", "exploding-gradients diverging non-finite-loss learning-rate-too-high", "loss-spikes", net=PLAIN, opt="sgd", lr=0.003, plan=("power", 1.03), epochs=26, every=2, show=(*N, "lr"), names=NORM, dialect="running_prints"),
    ill("box_vanish", "six sigmoid layers", "vanishing-gradients not-learning", "underfitting", net=PLAIN | {"unit": "sigmoid", "deep": 5}, opt="sgd", lr=0.02, epochs=20, show=V, wanted={"grad": "gradients/conv{}"}, dialect="step_or_epoch_csv"),
    ill("box_ratio_large", "Adam at 0.4", "update-ratio learning-rate-too-high", "underfitting loss-spikes", lr=0.4, epochs=24, show=VM, wanted={"ratio": "update_ratio/conv{}"}, dialect="step_or_epoch_csv"),
    ill("box_ratio_small", "SGD at 1e-4", "update-ratio learning-rate-too-low not-learning", "still-improving", opt="sgd", momentum=0.0, lr=1e-4, epochs=20, every=4, show=L, wanted={"ratio": "update_to_weight/{}"}, dialect="running_prints"),
    ill("box_ratio_log", "AdamW at 2e-6", "update-ratio learning-rate-too-low", "not-learning still-improving", opt="adamw", lr=3e-6, epochs=20, show=V, wanted={"ratio_log": "log10_update_ratio/conv{}"}, dialect="step_or_epoch_csv"),
    ill("box_dead", "biases at -3", "dead-units", "underfitting", net=PLAIN | {"unit": "relu", "bias": -0.6}, lr=1e-3, epochs=24, show=VM, wanted={"dead": "dead_frac/conv{}"}, dialect="step_or_epoch_csv"),
    ill("box_dead_rate", "Adam at 0.06 kills the ReLUs", "dead-units learning-rate-too-high not-learning", "underfitting wrong-initial-loss", net=PLAIN | {"unit": "relu", "deep": 3}, lr=0.06, epochs=24, every=4, show=L, wanted={"zero": "zero_fraction/relu{}"}, dialect="step_csv"),
    ill("box_collapse", "weights drawn too small, deep, no norm", "activation-collapse not-learning vanishing-gradients", "underfitting", net=PLAIN | {"unit": "tanh", "gain": 0.15, "deep": 4}, opt="sgd", lr=0.01, epochs=20, show=V, wanted={"std": "act_std/conv{}"}, dialect="step_or_epoch_csv"),
    ill("box_clip", "clipped at 0.02, SGD", "clipping-saturated learning-rate-too-low", "still-improving", clip=0.02, opt="sgd", lr=0.2, epochs=24, every=3, show=("loss", "norm_after"), names=AFTER, dialect="running_prints"),
    ill("box_clip_adam", "the norm after clipping at 0.1", "clipping-saturated", "still-improving", clip=0.1, lr=1e-3, net=PLAIN, epochs=20, every=2, show=("loss", "norm_after", "lr"), names=AFTER, dialect="mmdet_old_json_lines"),
    ill("box_gamma_batch", "the scheduler of epochs is stepped by updates", "learning-rate-schedule", "saturated-early underfitting", plan=("power", 0.95), lr=3e-3, epochs=24, show=(*VM, "lr"), dialect="terms_prints"),
    ill("box_zero_rate", "milestones of the long schedule in the short one", "learning-rate-schedule", "saturated-early", plan=("until", 0.2), opt="sgd", lr=0.05, epochs=30, show=YOLO, dialect="ultralytics_results_csv"),
    # healthy, and frightening
    well("box_yolo", "all series of a good run", **MANY, plan=("cosine", 0.15), show=YOLO, dialect="ultralytics_results_csv"),
    well("box_close_mosaic", "augmentation ends at four fifths: the training loss drops", rows=480, epochs=25, augment=0.5, cover=0.4, close=0.8, plan=("cosine", 0.1), show=YOLO, also="validation-better-than-training", dialect="ultralytics_console"),
    well("box_restarts", "warm restarts", plan=("restart", 80), lr=5e-3, rows=640, epochs=20, every=4, show=(*T, "lr"), dialect="detectron_console"),
    well("box_cyclic", "a cyclical rate", plan=("saw", 60, 0.05), opt="sgd", lr=0.15, rows=640, epochs=20, every=4, show=LR, dialect="running_prints"),
    well("box_batch_six", "small batches, jitter", batch=6, rows=480, lr=1e-3, epochs=6, every=5, plan=("until", 1.0), show=T, excused="noisy-loss", dialect="efficientdet_prints"),
    well("box_dropout", "dropout of a half: validation below training", net={"drop": 0.4}, **MANY, show=V, also="validation-better-than-training", dialect="keras_csv"),
    well("box_smoothing", "label smoothing: a high floor of the class term", smooth=0.2, **MANY, show=("cls", "val_map"), names={"cls": "cls_loss"}, dialect="terms_prints"),
    well("box_fine", "fine-tuned: starts low, falls a little", warm=10, rows=480, opt="adamw", lr=3e-4, epochs=15, show=VM, dialect="mmdet_log"),
    well("box_one_class", "one kind only: quick, then a long tail", kinds=(1,), rows=480, epochs=24, lr=4e-3, plan=("cosine", 0.05), show=("loss", "box", "obj", "val_map"), also="saturated-early", dialect="terms_prints"),
    well("box_clip_sometimes", "clipped now and then", clip=2.0, opt="adamw", lr=2e-3, net=PLAIN, rows=480, epochs=20, every=3, show=("loss", "norm_after"), names=AFTER, dialect="mmdet_old_json_lines"),
    well("box_noise_floor", "an eighth of the classes is wrong in both halves: a high floor", wrong=0.12, rows=960, epochs=10, lr=3e-3, plan=("cosine", 0.1), show=("cls", "val_cls"), names={"cls": "train_loss", "val_cls": "val_loss"}, dialect="step_or_epoch_csv"),
    well("box_steps", "the rate falls at two thirds and nine tenths", opt="sgd", lr=0.1, plan=("steps", 0.1, 0.67, 0.9), **MANY, show=(*VM, "lr"), dialect="mmdet_log"),
    well("box_nll", "a likelihood of boxes: negative losses", box="nll", w={"box": 4.0, "obj": 4.0, "cls": 0.2}, rows=640, epochs=20, lr=4e-3, plan=("cosine", 0.1), show=V, dialect="running_prints"),
    well("box_summed", "a loss summed over everything: thousands", scale=4000.0, rows=640, epochs=16, lr=3e-3, show=V, dialect="tsv"),
    well("box_tiny_scale", "a loss of 1e-6", scale=1e-6, opt="rmsprop", lr=1e-3, rows=640, epochs=16, every=5, show=L, dialect="effdet_timm_log"),
    well("box_rare_evals", "evaluated every fourth epoch", rows=640, epochs=24, evals=4, plan=("cosine", 0.1), every=5, show=(*TM, "lr"), dialect="mmdet_log"),
    well("box_warm", "one seventh of warm-up, rate logged", opt="sgd", lr=0.15, plan=("cosine", 0.14), rows=480, epochs=20, every=3, show=(*T, "lr"), dialect="detectron_boxes_json_lines"),
    well("box_big_batch", "big batches, few steps", rows=640, batch=160, epochs=40, lr=8e-3, plan=("cosine", 0.1), show=TV, also="still-improving", dialect="yolo_csv"),
    well("box_late_map", "average precision stays at 0 while the terms fall, then rises", opt="sgd", lr=0.02, net=PLAIN, rows=640, epochs=26, plan=("cosine", 0.05), show=VM, dialect="running_prints"),
    well("box_easy_metric", "precision jumps in the first epochs", rows=640, epochs=20, lr=2e-3, plan=("cosine", 0.1), show=("loss", "val_map", "val_precision", "val_recall"), dialect="terms_prints"),
)  # fmt: skip

FAMILY = Family(
    name="glyph_boxes",
    script="glyph_boxes",
    data="glyphs drawn on a canvas",
    model="convolutional detector on a grid",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
