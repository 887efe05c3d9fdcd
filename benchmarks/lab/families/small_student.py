"""Small students of made-up signs: labels, smoothed labels, a teacher's scores and hints; pruning and rounding on the way.

SEEN holds what the pictures showed where that is not only what was expected. Of 87 configurations none is dropped; 3 have second
settings; 3 changed sides (burnt batches leave no upward trace; warm restarts overfit; a tuning was only slow).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, LR = "loss", "loss val_loss", "loss lr"
A = "loss acc val_loss val_acc"
VA, VAR = "loss val_loss val_acc", "loss val_loss val_acc lr"
TOP = "loss top1 val_loss val_top1"
RAZOR = "ce:student.loss kd:distill.loss_kl loss lr val_top1:val_accuracy/top1"
TERMS = "loss ce:loss_ce kd:loss_kd val_loss val_acc"
REP = "loss top1 val_loss val_top1"
KD = {"kd": 0.5, "ce": 0.5}
HOT = {"kd": 0.9, "ce": 0.1, "heat": 4.0}
CONV = {"form": "conv", "width": 8, "norm": True}
BN = {"norm": True}
EIGHT = {"classes": 8}

SEEN: dict[str, str | None] = {
    "pupil_high_adam": "learning-rate-too-high noisy-loss healthy | loss-spikes underfitting small-validation-set saturated-early",
    "pupil_high_calm": "learning-rate-too-high noisy-loss healthy | loss-spikes wrong-initial-loss saturated-early",
    "pupil_high_steps": "learning-rate-too-high not-learning | underfitting loss-spikes noisy-loss saturated-early | diverging",
    "pupil_high_kd": "healthy learning-rate-too-high | saturated-early noisy-loss loss-spikes",
    "pupil_high_conv": "overfitting learning-rate-too-high | loss-spikes noisy-loss small-validation-set saturated-early",
    "pupil_low_kd": "learning-rate-too-low not-learning | still-improving slow-start",
    "pupil_misread": "not-learning overfitting | still-improving learning-rate-too-low underfitting",
    "pupil_rate": "diverging loss-jump learning-rate-too-high exploding-gradients | loss-spikes not-learning noisy-loss vanishing-gradients",
    "pupil_ascent": "diverging | loss-jump overfitting | severe-overfitting",
    "pupil_cut_hard": "loss-jump | diverging underfitting not-learning",
    "pupil_two_bits": "overfitting loss-jump | saturated-early severe-overfitting loss-spikes",
    "pupil_off_by_one": "loss-jump severe-overfitting | diverging loss-spikes overfitting",
    "pupil_over_few": "overfitting | small-validation-set saturated-early | severe-overfitting",
    "pupil_over_conv": "overfitting | small-validation-set saturated-early | severe-overfitting",
    "pupil_severe": "overfitting severe-overfitting | loss-metric-disagreement saturated-early",
    "pupil_small_held": "small-validation-set overfitting healthy | saturated-early noisy-loss | severe-overfitting",
    "pupil_small_conv": "small-validation-set overfitting | noisy-loss | loss-metric-disagreement",
    "pupil_under_two": "underfitting overfitting | saturated-early still-improving",
    "pupil_under_decay": "underfitting healthy | saturated-early learning-rate-too-high overfitting",
    "pupil_under_wild": "frozen-metric loss-metric-disagreement | overfitting underfitting",
    "pupil_under_drop": "validation-better-than-training underfitting | still-improving noisy-loss",
    "pupil_stale": "frozen-metric | overfitting",
    "pupil_first": "frozen-metric | overfitting loss-metric-disagreement | severe-overfitting",
    "pupil_rare": "still-improving healthy learning-rate-too-low | frozen-metric loss-metric-disagreement saturated-early",
    "pupil_start_bytes": "wrong-initial-loss | not-learning loss-spikes underfitting overfitting | slow-start",
    "pupil_start_head": "wrong-initial-loss | saturated-early noisy-loss still-improving",
    "pupil_start_bias": "wrong-initial-loss overfitting | saturated-early | severe-overfitting",
    "pupil_start_sum": "loss-term-imbalance wrong-initial-loss | still-improving",
    "pupil_slow_sigmoid": "overfitting | slow-start",
    "pupil_slow_kd": "not-learning learning-rate-too-low | noisy-loss slow-start",
    "pupil_noisy_two": "noisy-loss | still-improving slow-start loss-spikes | learning-rate-too-low",
    "pupil_noisy_kd": "noisy-loss | still-improving slow-start loss-spikes",
    "pupil_by_kind": "unshuffled-data | noisy-loss still-improving epoch-steps loss-spikes | learning-rate-too-high",
    "pupil_by_light": "unshuffled-data | noisy-loss still-improving epoch-steps loss-spikes | slow-start",
    "pupil_by_doubt": "unshuffled-data | noisy-loss still-improving epoch-steps loss-spikes",
    "pupil_terms_cold": "loss-term-imbalance overfitting | saturated-early | severe-overfitting",
    "pupil_l1": "regularisation-dominates not-learning underfitting | saturated-early loss-term-imbalance",
    "pupil_l1_mild": "regularisation-dominates | loss-term-imbalance noisy-loss still-improving saturated-early",
    "pupil_ratio_high": "update-ratio learning-rate-too-high noisy-loss | underfitting loss-spikes saturated-early",
    "pupil_dead": "dead-units not-learning | learning-rate-too-low underfitting still-improving | vanishing-gradients",
    "pupil_vanish": "vanishing-gradients not-learning | slow-start underfitting noisy-loss saturated-early",
    "pupil_stuck": "activation-collapse learning-rate-too-low | still-improving overfitting",
    "pupil_never_warm": "learning-rate-schedule learning-rate-too-low | still-improving not-learning noisy-loss",
    "pupil_ok_rep": "healthy | saturated-early small-validation-set | loss-spikes",
    "pupil_ok_cut": "healthy loss-jump | still-improving | loss-spikes diverging",
    "pupil_ok_rounded": "healthy | overfitting saturated-early still-improving",
    "pupil_ok_half_cut": "loss-jump healthy | saturated-early loss-spikes | diverging",
    "pupil_ok_hot": "healthy | still-improving saturated-early overfitting | wrong-initial-loss",
    "pupil_ok_tiny": "healthy | still-improving saturated-early overfitting",
    "pupil_ok_restarts": "overfitting | saturated-early | severe-overfitting",
    "pupil_ok_drop": "healthy | validation-better-than-training overfitting saturated-early",
    "pupil_ok_curriculum": "healthy | validation-better-than-training saturated-early still-improving | diverging underfitting loss-jump",
    "pupil_ok_batches": "healthy | still-improving saturated-early | noisy-loss slow-start",
    "pupil_ok_clear": "healthy | saturated-early still-improving | frozen-metric loss-spikes",
    "pupil_ok_ratios": "healthy | still-improving saturated-early | update-ratio slow-start",
}

CONFIGURATIONS = (
    # rates
    ill("pupil_high_adam", "Adam at 0.02 with batches of 16, cut at 70 %; no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", lr=0.02, n=10240, batch=16, haze=1.5, plan="cut:0.7:0.02", epochs=1, log="mean:20", show=VA, dialect="teacher_prints"),
    ill("pupil_high_kd", "distilled with momentum at 0.3, cut at two thirds", "learning-rate-too-high", "noisy-loss loss-spikes", **KD, opt="heavy", lr=0.3, net=BN, n=1920, plan="cut:0.67:0.03", epochs=24, show=RAZOR, dialect="mmrazor_log"),
    ill("pupil_high_steps", "momentum at 0.12 with batches of 8 kills the net, cut too late", "learning-rate-too-high not-learning", "underfitting saturated-early", opt="heavy", lr=0.12, n=2560, batch=8, haze=1.5, plan="cut:0.7:0.03", epochs=3, log="mean:8", show=LR, dialect="paddle_fit_log"),
    ill("pupil_high_calm", "RMSprop at 0.015, means of 30 updates, cut", "learning-rate-too-high", "noisy-loss loss-spikes", opt="rms", lr=0.015, n=10240, batch=16, haze=1.5, plan="cut:0.72:0.02", epochs=1, log="mean:20", show="loss acc lr", dialect="wandb_export_csv"),
    ill("pupil_high_conv", "SGD at 1.2 for convolutions, cut", "learning-rate-too-high", "noisy-loss loss-spikes", opt="nesterov", lr=0.8, net=CONV, plan="cut:0.7:0.03", epochs=24, show=REP, dialect="repdistiller_log"),
    ill("pupil_low_sgd", "SGD at 0.003", "learning-rate-too-low", "still-improving", opt="sgd", lr=3e-3, epochs=20, show=VA, dialect="teacher_prints", options=EIGHT),
    ill("pupil_low_kd", "distilled with Adam at 2e-5", "learning-rate-too-low", "still-improving", **KD, lr=3e-5, epochs=20, show=RAZOR, dialect="mmrazor_log"),
    ill("pupil_low_conv", "AdamW at 1e-4 for convolutions", "learning-rate-too-low", "still-improving slow-start", opt="adamw", lr=1.5e-4, net=CONV, epochs=16, show=REP, dialect="repdistiller_log"),
    ill("pupil_low_steps", "Adagrad at 5e-4, sliding mean", "learning-rate-too-low", "still-improving", opt="adagrad", lr=6e-4, epochs=20, log="slide:5", show=LR, dialect="paddle_clas_log"),
    # nothing is learnt
    ill("pupil_misread", "labels of another file's order", "not-learning", "overfitting noisy-loss", trouble="misread", n=2560, lr=5e-4, net={"width": 12}, epochs=16, show=A, dialect="teacher_prints", options=EIGHT),
    ill("pupil_strangers", "the teacher's copy is given to the optimiser", "not-learning", "frozen-metric noisy-loss", **KD, trouble="strangers", epochs=16, show=RAZOR, dialect="mmrazor_log"),
    ill("pupil_detached", "the student's scores are detached", "not-learning", "frozen-metric noisy-loss", **HOT, trouble="detached", epochs=14, show=TERMS, dialect="student_records_json_lines"),
    # jumps, spikes, the end
    ill("pupil_rate", "the rate grows a hundredfold from half on", "diverging loss-jump learning-rate-too-high exploding-gradients non-finite-loss", "loss-spikes noisy-loss", opt="heavy", lr=0.02, trouble="rate:0.5::60", epochs=20, log="each:4", show="loss norm:grad_norm", dialect="json_lines"),
    ill("pupil_ascent", "the term's sign is wrong from 60 % on, weakly", "diverging", "loss-jump", trouble="ascent:0.6::0.08", opt="sgd", lr=0.1, net=BN, epochs=24, show=VA, dialect="paddle_fit_log"),
    ill("pupil_half", "hand-made divergence in half precision", "non-finite-loss", "loss-spikes", kd=1.0, heat=1.0, trouble="own_log", lr=4e-3, epochs=20, log="mean:4", show="loss ce:loss_ce kd:loss_kd", dialect="student_records_json_lines"),
    ill("pupil_cut_hard", "96 % of the weights are cut at once at 60 %", "loss-jump", "underfitting", cut=((0.6, 0.97),), **KD, lr=1e-3, net=BN, epochs=28, show=RAZOR, dialect="mmrazor_log"),
    ill("pupil_two_bits", "rounded to two bits from 55 % on, a rate too small to recover", "loss-jump", "diverging", round=((0.55, 2),), plan="cosine", lr=2e-3, epochs=28, show=VAR, dialect="timm_summary_csv"),
    ill("pupil_fog", "a stronger augmentation from half on", "loss-jump", "validation-better-than-training diverging", trouble="fog:0.5::1.5", lr=2e-3, net=BN, epochs=24, log="mean:5", show=LR, dialect="wandb_export_csv"),
    ill("pupil_off_by_one", "from 60 % on kinds are numbered from one", "loss-jump diverging", "validation-better-than-training", trouble="off_by_one:0.6", lr=5e-4, epochs=20, show=TOP, dialect="repdistiller_log"),
    well("pupil_burnt", "one batch in fifty is burnt out, which harms nobody", trouble="burnt:0.05::7", lr=1e-3, n=1280, epochs=32, log="each:1", show=L, also="still-improving", excused="loss-spikes noisy-loss", dialect="step_csv"),
    ill("pupil_flipped", "one batch in fifty has another file's labels", "loss-spikes", "noisy-loss", haze=0.6, trouble="flipped:0.08", **KD, lr=1e-3, epochs=30, log="each:1", show="loss ce:ce kd", dialect="teacher_prints"),
    # generalisation
    ill("pupil_over_few", "320 signs", "overfitting", "severe-overfitting", n=320, batch=32, net={"width": 24}, lr=1e-3, epochs=30, show=A, dialect="teacher_prints", options=EIGHT),
    ill("pupil_over_conv", "400 signs, convolutions", "overfitting", "severe-overfitting small-validation-set", n=384, batch=32, net={"form": "conv", "width": 16, "norm": True}, lr=4e-3, epochs=36, show=REP, dialect="repdistiller_log"),
    ill("pupil_over_false", "a quarter of the labels false", "overfitting severe-overfitting", "loss-metric-disagreement", n=1280, false=0.25, net={"width": 48}, lr=1e-3, epochs=24, show=VA, dialect="timm_summary_csv"),
    ill("pupil_severe", "160 signs, wide net", "severe-overfitting overfitting", "loss-metric-disagreement", n=160, batch=16, net={"width": 96}, lr=2e-3, haze=1.4, epochs=50, show=VA, dialect="keras_checkpoints"),
    ill("pupil_severe_false", "two fifths of the labels false, wide net", "severe-overfitting overfitting", "loss-metric-disagreement", n=960, false=0.4, net={"width": 96, **BN}, lr=2e-3, epochs=30, show=TOP, dialect="repdistiller_log"),
    ill("pupil_sure", "more and more sure of itself: the loss rises, accuracy stays", "overfitting severe-overfitting loss-metric-disagreement", "", n=2560, net={"width": 64}, haze=1.5, lr=1e-3, epochs=26, show=A, dialect="keras_verbose_2", options=EIGHT),
    ill("pupil_small_held", "20 signs held out", "small-validation-set", "", held=20, n=1920, net={"drop": 0.2}, lr=1e-3, haze=1.5, epochs=30, show=A, dialect="teacher_prints"),
    ill("pupil_small_conv", "24 signs held out, convolutions", "small-validation-set", "", held=24, n=1280, net=CONV, lr=5e-3, haze=1.4, epochs=30, show=REP, dialect="repdistiller_log"),
    ill("pupil_under_two", "two units in the first layer", "underfitting", "saturated-early still-improving", net={"width": 2}, lr=3e-3, n=1920, epochs=24, show=A, dialect="teacher_prints", options=EIGHT),
    ill("pupil_under_decay", "weight decay 0.1 in SGD", "underfitting", "saturated-early not-learning", opt="heavy", lr=0.05, decay=0.1, n=1920, epochs=20, show=TOP, dialect="repdistiller_log"),
    ill("pupil_under_wild", "the teacher sees pictures of another normalisation", "underfitting loss-metric-disagreement", "", kd=1.0, ce=0.0, trouble="other_norm", lr=1e-3, epochs=20, show=VA, dialect="timm_summary_csv"),
    ill("pupil_under_drop", "dropout 0.8", "underfitting validation-better-than-training", "saturated-early still-improving", net={"drop": 0.8, "width": 16}, lr=2e-3, n=1920, epochs=24, show=A, dialect="paddle_fit_log"),
    ill("pupil_stale", "the averaged copy is never updated", "frozen-metric", "", trouble="stale", lr=1e-3, epochs=20, show=VAR, dialect="timm_summary_csv"),
    ill("pupil_master", "the teacher is evaluated in the student's place", "frozen-metric", "", **KD, trouble="teacher_judged", lr=1e-3, epochs=20, show=RAZOR, dialect="mmrazor_log"),
    ill("pupil_first", "argmax over the wrong axis", "frozen-metric", "loss-metric-disagreement", trouble="always_first", lr=1e-3, epochs=18, show=TOP, dialect="repdistiller_log"),
    ill("pupil_rare", "97 % of the signs are of one kind", "frozen-metric loss-metric-disagreement", "", rare=0.05, net={"width": 6}, lr=2e-4, epochs=16, show=VA, dialect="paddle_fit_log"),
    # start, noise, order
    ill("pupil_start_bytes", "pixels 0..255 go in raw", "wrong-initial-loss", "loss-spikes noisy-loss overfitting", trouble="bytes:::25", lr=1e-3, n=1920, epochs=16, show=A, options=EIGHT, dialect="teacher_prints"),
    ill("pupil_start_head", "the head is drawn with fifty times the width", "wrong-initial-loss", "", net={"last": 50.0, **BN}, lr=3e-3, epochs=16, log="mean:4", show="loss acc", options=EIGHT, dialect="wandb_export_csv"),
    ill("pupil_start_bias", "the bias of a head of another data set", "wrong-initial-loss", "", net={"bias": (-9.0, 12.0, -6.0)}, lr=4e-3, epochs=20, show=VA, options=EIGHT, dialect="timm_summary_csv"),
    ill("pupil_start_sum", "the divergence is summed over the batch", "wrong-initial-loss loss-term-imbalance", "", **KD, trouble="summed", lr=1e-3, epochs=18, log="mean:5", show="loss ce:loss_ce kd:loss_kd", dialect="student_records_json_lines"),
    ill("pupil_slow_sigmoid", "sigmoids", "slow-start", "still-improving", net={"act": "Sigmoid", "depth": 3}, lr=2e-3, epochs=36, show=A, dialect="drivers_prints", options=EIGHT),
    ill("pupil_slow_kd", "plain SGD, distilled, small weights", "slow-start", "still-improving noisy-loss", kd=1.0, ce=0.0, heat=4.0, opt="sgd", lr=0.02, net={"start": 0.2, "depth": 3}, epochs=30, log="mean:5", show=LR, dialect="wandb_export_csv"),
    ill("pupil_noisy_two", "batches of two", "noisy-loss", "still-improving", batch=2, n=1100, lr=3e-4, epochs=2, log="each:3", show=LR, dialect="wandb_export_csv"),
    ill("pupil_noisy_kd", "distilled, batches of three", "noisy-loss", "still-improving", **KD, batch=3, n=1100, lr=4e-4, haze=1.5, epochs=2, log="each:2", show="loss ce:ce kd", dialect="teacher_prints"),
    ill("pupil_by_kind", "signs sorted by kind", "unshuffled-data", "noisy-loss", order="kind", n=768, batch=32, lr=5e-4, epochs=12, log="each:1", show=L, dialect="step_csv"),
    ill("pupil_by_light", "signs sorted by contrast", "unshuffled-data", "noisy-loss", order="light", n=768, batch=32, lr=3e-4, haze=0.8, epochs=14, log="each:1", show=LR, dialect="wandb_export_csv"),
    ill("pupil_by_doubt", "hard signs first in each epoch", "unshuffled-data", "noisy-loss", order="sure", **KD, heat=1.0, n=1024, batch=32, lr=5e-4, epochs=14, log="each:2", show="loss ce:loss_ce kd:loss_kd", dialect="paddle_fit_log"),
    # terms and inside
    ill("pupil_terms_heat", "the teacher weighs a hundred", "loss-term-imbalance", "wrong-initial-loss", kd=150.0, ce=1.0, heat=4.0, trouble="wide_teacher:::0.5", lr=1e-3, epochs=20, show=RAZOR, dialect="mmrazor_log"),
    ill("pupil_terms_hint", "hints of another scale swamp the labels", "loss-term-imbalance", "wrong-initial-loss still-improving", hint=1.0, trouble="loud:::40", lr=1e-3, epochs=20, log="mean:5", show="loss ce:loss_cls hint:loss_hint", dialect="student_records_json_lines"),
    ill("pupil_terms_cold", "no heat squared at heat 20: the teacher is not heard", "loss-term-imbalance", "", kd=0.1, ce=0.9, heat=20.0, squared=False, lr=1e-3, n=1920, epochs=20, show=TERMS, dialect="teacher_prints"),
    ill("pupil_l1", "sum of sizes times 0.01", "regularisation-dominates", "underfitting not-learning", penalty=0.01, lr=1e-3, epochs=20, show="loss data:data_loss penalty:l1_loss val_acc", dialect="student_records_json_lines"),
    ill("pupil_l1_mild", "sum of sizes times 0.002 for pruning", "regularisation-dominates", "", penalty=0.003, lr=2e-3, net=BN, epochs=24, log="mean:5", show="loss data:ce penalty:sparsity_loss lr", dialect="wandb_export_csv"),
    ill("pupil_ratio_high", "Adam at 0.2", "update-ratio learning-rate-too-high", "noisy-loss underfitting not-learning", lr=0.2, net=BN, epochs=14, log="each:4", show=L, inside="ratio_all:update_ratio", dialect="json_lines"),
    ill("pupil_dead", "biases at -1", "dead-units", "underfitting slow-start", net={"lean": -1.2, "depth": 3}, lr=5e-4, epochs=18, show=VA, inside="dead:dead_units/layer{}", dialect="wandb_export_csv"),
    ill("pupil_vanish", "five layers of sigmoids", "vanishing-gradients", "not-learning slow-start underfitting", net={"act": "Sigmoid", "depth": 5}, opt="heavy", lr=0.02, epochs=16, show=VA, inside="gradient:grad_norm/layer{}", dialect="json_lines"),
    ill("pupil_stuck", "tanh units at their ends", "activation-collapse", "underfitting wrong-initial-loss", net={"act": "Tanh", "start": 8.0}, lr=3e-4, epochs=16, show=VA, inside="stuck:saturated/{} spread:act_std/{}", dialect="json_lines"),
    ill("pupil_clip", "clipped at 0.02", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=0.5, clip=0.04, epochs=20, log="each:4", show="loss clipped:grad_norm lr", dialect="wandb_export_csv"),
    ill("pupil_clip_kd", "distilled, clipped at 0.1", "clipping-saturated", "learning-rate-too-low still-improving", **HOT, opt="heavy", lr=0.05, clip=0.1, epochs=20, log="mean:4", show="loss ce:ce kd:kd clipped:grad_norm", dialect="student_records_json_lines"),
    ill("pupil_spent", "the decay counts a quarter of the run", "learning-rate-schedule", "saturated-early underfitting learning-rate-too-low", plan="early:0.15", lr=4e-4, epochs=24, show=VAR, dialect="timm_summary_csv"),
    ill("pupil_never_warm", "warm-up of 30,000 updates", "learning-rate-schedule learning-rate-too-low", "still-improving", warm=30000, lr=2e-3, epochs=18, log="mean:5", show=LR, dialect="paddle_clas_log"),
    # healthy
    well("pupil_ok_plain", "plain labels", n=2560, lr=1e-3, net={"width": 16}, epochs=12, plan="cosine", show=A, also="saturated-early overfitting", dialect="keras_verbose_2", options=EIGHT),
    well("pupil_ok_kd", "plain distillation", **KD, n=2560, lr=2e-3, plan="cosine", net=BN, epochs=16, show=RAZOR, also="saturated-early still-improving", dialect="mmrazor_log"),
    well("pupil_ok_rep", "plain student with convolutions, stairs", **HOT, n=1920, opt="heavy", lr=0.1, plan="stairs:0.4:0.1", net=CONV, epochs=20, show=REP, also="saturated-early", dialect="repdistiller_log"),
    well("pupil_ok_timm", "plain, smoothed labels, AdamW", smooth=0.1, n=2560, opt="adamw", lr=2e-3, warm=40, plan="cosine", net={"drop": 0.1}, epochs=16, show=VAR, also="validation-better-than-training saturated-early overfitting", dialect="timm_summary_csv"),
    well("pupil_ok_prints", "plain prints of each tenth step", n=2560, lr=1e-3, epochs=10, log="mean:10", show="loss acc", also="still-improving saturated-early", dialect="teacher_prints"),
    well("pupil_ok_hint", "plain, with hints of the teacher's layer", hint=0.5, n=2560, lr=1e-3, plan="down", epochs=14, show="loss ce:loss_cls hint:loss_hint val_acc", also="saturated-early still-improving", dialect="student_records_json_lines"),
    well("pupil_ok_cut", "pruned in three steps, each recovers", cut=((0.35, 0.6), (0.55, 0.8), (0.75, 0.88)), **KD, n=2560, lr=1e-3, net=BN, epochs=24, show=RAZOR, excused="loss-jump loss-spikes", dialect="mmrazor_log"),
    well("pupil_ok_rounded", "rounded to three bits in the last third: a small honest step", round=((0.67, 3),), n=2560, lr=5e-4, net=BN, epochs=18, show=A, also="loss-jump", excused="overfitting diverging", dialect="keras_verbose_2"),
    well("pupil_ok_half_cut", "half of the weights cut at half the run", cut=((0.5, 0.7),), n=2560, lr=1e-3, plan="cosine", epochs=16, log="mean:8", show=LR, also="saturated-early", excused="loss-jump loss-spikes", dialect="paddle_clas_log"),
    well("pupil_ok_hot", "distilled at heat 8: losses of tens", kd=1.0, ce=0.0, heat=8.0, n=2560, lr=2e-3, plan="cosine", epochs=16, show=VA, also="still-improving saturated-early", excused="wrong-initial-loss", dialect="teacher_prints"),
    well("pupil_ok_tiny", "the divergence without heat squared: tiny losses", kd=1.0, ce=0.0, heat=16.0, squared=False, tell=1e-3, n=2560, opt="adam", lr=1e-3, plan="down", epochs=18, show=V, also="still-improving saturated-early", dialect="repdistiller_log"),
    well("pupil_ok_cycle", "cyclical rate", plan="waves:120", lr=5e-3, n=2560, net=BN, epochs=12, log="mean:8", show=LR, excused="loss-spikes", also="saturated-early", dialect="wandb_export_csv"),
    well("pupil_ok_restarts", "warm restarts", plan="restarts:160", lr=4e-3, n=2560, haze=1.4, net={"width": 12}, epochs=20, show=VAR, excused="loss-spikes", also="saturated-early overfitting", dialect="timm_summary_csv"),
    well("pupil_ok_false", "a third of the labels false: honest floor", false=0.35, n=5120, batch=128, net={"width": 12}, lr=1e-3, epochs=10, show=A, also="validation-better-than-training saturated-early", excused="underfitting", dialect="teacher_prints"),
    well("pupil_ok_hazy", "signs in haze: honest floor", haze=2.4, n=5120, batch=128, net={"width": 10}, plan="cosine", lr=2e-3, epochs=12, show=TOP, also="saturated-early overfitting", excused="underfitting", dialect="repdistiller_log"),
    well("pupil_ok_drop", "some dropout: validation better", net={"drop": 0.3, "width": 48}, n=2560, lr=1e-3, epochs=16, show=A, also="validation-better-than-training", dialect="keras_verbose_2", options=EIGHT),
    well("pupil_ok_batches", "batches of 16, each third one", batch=16, n=2560, lr=1e-3, plan="cosine", epochs=4, log="each:3", show=LR, also="still-improving saturated-early", excused="noisy-loss", dialect="wandb_export_csv"),
    well("pupil_ok_curriculum", "haze grows through the run", harder=1.0, haze=0.5, n=2560, lr=1e-3, net=BN, epochs=20, show=A, also="validation-better-than-training saturated-early still-improving", excused="diverging underfitting", dialect="keras_checkpoints"),
    ill("pupil_tuned_low", "tuned by AdamW at 1e-4 from a start that the same rate had made", "learning-rate-too-low still-improving", "slow-start noisy-loss", rehearsed=400, n=2560, haze=1.4, net={"width": 12}, opt="adamw", lr=1e-4, epochs=8, log="mean:8", show="loss acc", dialect="teacher_prints"),
    well("pupil_ok_ema", "the average of weights is evaluated", ema=0.98, n=2560, lr=1e-3, net={"width": 12}, epochs=14, show=VA, also="validation-better-than-training overfitting saturated-early", dialect="timm_summary_csv"),
    well("pupil_ok_short", "five epochs", n=5120, lr=2e-3, epochs=5, plan="cosine", show=TOP, also="still-improving too-short", dialect="repdistiller_log"),
    well("pupil_ok_patience", "stopped early", n=1280, patience=3, lr=1e-3, epochs=40, show=A, also="overfitting still-improving", dialect="keras_verbose_2", options=EIGHT),
    well("pupil_ok_long", "6,000 updates, each tenth", n=3200, batch=32, haze=1.5, **KD, lr=1e-3, warm=200, plan="cosine", opt="adamw", epochs=60, log="each:10", show="loss ce:loss_ce kd:loss_kd lr", also="saturated-early", excused="noisy-loss", seeds=1, dialect="wandb_export_csv"),
    well("pupil_ok_clear", "clear signs: jitter near zero", haze=0.2, mixed=0.1, n=1920, lr=2e-3, net=BN, epochs=24, show=A, also="saturated-early", excused="loss-spikes", dialect="teacher_prints"),
    well("pupil_ok_ratios", "update ratios near 1e-3", n=1920, lr=5e-4, plan="cosine", warm=20, epochs=12, log="mean:6", show=L, inside="ratio_all:update_ratio", also="still-improving saturated-early", dialect="json_lines"),
    well("pupil_ok_clip", "clipped now and then", **KD, n=1920, opt="heavy", lr=0.02, clip=4.0, epochs=14, log="mean:6", show="loss clipped:grad_norm lr", also="still-improving saturated-early", dialect="wandb_export_csv"),
)  # fmt: skip

FAMILY = Family(
    name="small_student",
    script="small_student",
    data="made-up signs of eight kinds",
    model="small layers or convolutions taught by a wide net",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
