"""Made-up heart beats with rare kinds: small 1-D convolutional nets, class weights, focal loss, F1 and AUC.

SEEN holds what the pictures showed where that is not only what was expected. Of 68 configurations none was dropped; 10 meant
to be ill have healthy or overfitting among their first labels instead, 3 meant to be healthy have overfitting; 6 have second
settings.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, A = ("loss",), ("loss", "val_loss"), ("loss", "acc", "val_loss", "val_acc")
F1, AUC = ("loss", "val_loss", "val_f1"), ("loss", "val_loss", "val_auc")
LR, LA, ALR = ("loss", "lr"), ("loss", "acc"), ("loss", "acc", "val_loss", "val_acc", "lr")
KERAS = {"acc": "accuracy", "val_acc": "val_accuracy"}
LONG = {"acc": "accuracy", "val_acc": "val_accuracy", "lr": "learning_rate"}
BN = {"batchnorm": True}
TWO = {"two": True}
FIVE = {"classes": 5}

SEEN: dict[str, str | None] = {
    "beat_high_sgd": "learning-rate-too-high | overfitting noisy-loss loss-spikes small-validation-set",
    "beat_high_steps": "healthy learning-rate-too-high | loss-spikes noisy-loss | wrong-initial-loss loss-jump",
    "beat_high_two": "overfitting severe-overfitting loss-metric-disagreement | loss-spikes saturated-early | learning-rate-too-high",
    "beat_low_adam": "learning-rate-too-low | still-improving | frozen-metric slow-start",
    "beat_low_sgd": "learning-rate-too-low | still-improving | frozen-metric loss-metric-disagreement",
    "beat_low_focal": "learning-rate-too-low | still-improving",
    "beat_shuffled": "not-learning underfitting | frozen-metric saturated-early | overfitting",
    "beat_other_net": "not-learning frozen-metric | validation-better-than-training saturated-early",
    "beat_blank": "not-learning underfitting frozen-metric | saturated-early | overfitting",
    "beat_diverges": "diverging non-finite-loss learning-rate-too-high loss-jump | exploding-gradients loss-spikes learning-rate-schedule",
    "beat_lead": "loss-jump | overfitting severe-overfitting diverging loss-spikes",
    "beat_scale": "loss-jump loss-spikes | still-improving noisy-loss",
    "beat_amplifier": "loss-spikes noisy-loss | still-improving | learning-rate-too-high",
    "beat_swapped": "loss-spikes | noisy-loss loss-jump",
    "beat_over_few": "overfitting severe-overfitting | noisy-loss loss-metric-disagreement",
    "beat_over_false": "overfitting severe-overfitting | validation-better-than-training small-validation-set",
    "beat_under_tail": "underfitting | saturated-early slow-start | overfitting",
    "beat_under_decay": "slow-start underfitting | still-improving",
    "beat_held_few": "small-validation-set | validation-better-than-training noisy-loss | overfitting severe-overfitting",
    "beat_sure": "overfitting severe-overfitting | loss-metric-disagreement saturated-early",
    "beat_extreme": "loss-metric-disagreement | underfitting overfitting severe-overfitting wrong-initial-loss noisy-loss | slow-start frozen-metric",
    "beat_rare": "frozen-metric | loss-metric-disagreement saturated-early slow-start | underfitting",
    "beat_slow_tiny": "slow-start healthy | still-improving",
    "beat_slow_sigmoid": "slow-start not-learning | still-improving underfitting saturated-early | frozen-metric",
    "beat_noisy_two": "noisy-loss | still-improving loss-spikes | slow-start",
    "beat_by_kind": "unshuffled-data | noisy-loss loss-spikes epoch-steps | learning-rate-too-high not-learning",
    "beat_by_person": "unshuffled-data | noisy-loss loss-spikes epoch-steps slow-start | learning-rate-too-high",
    "beat_terms_ms": "loss-term-imbalance | still-improving | wrong-initial-loss",
    "beat_l2": "regularisation-dominates healthy | loss-term-imbalance still-improving",
    "beat_l1": "healthy | still-improving | regularisation-dominates underfitting",
    "beat_explodes": "exploding-gradients loss-jump diverging | loss-spikes learning-rate-too-high not-learning",
    "beat_vanishing": "vanishing-gradients not-learning | underfitting saturated-early | overfitting",
    "beat_ratio_high": "healthy noisy-loss | loss-spikes | update-ratio learning-rate-too-high wrong-initial-loss",
    "beat_dead": "dead-units | learning-rate-too-low not-learning still-improving underfitting | slow-start",
    "beat_exp": "learning-rate-schedule | saturated-early underfitting learning-rate-too-low not-learning frozen-metric validation-better-than-training",
    "beat_gone": "learning-rate-schedule | saturated-early underfitting | overfitting",
    "beat_clip": "clipping-saturated | still-improving learning-rate-too-low",
    "beat_ok_plain": "healthy | still-improving | overfitting slow-start",
    "beat_ok_history": "healthy | still-improving | overfitting",
    "beat_ok_auc": "healthy | overfitting still-improving",
    "beat_ok_weights": "healthy | overfitting | small-validation-set",
    "beat_ok_focal": "healthy | validation-better-than-training still-improving",
    "beat_ok_floor": "healthy validation-better-than-training | still-improving",
    "beat_ok_stop": "healthy | overfitting",
    "beat_ok_cycle": "healthy | still-improving | loss-spikes slow-start",
    "beat_ok_sgdr": "healthy | still-improving saturated-early | loss-spikes",
    "beat_ok_stairs": "overfitting severe-overfitting | loss-metric-disagreement",
    "beat_ok_warm": "healthy | overfitting saturated-early validation-better-than-training",
    "beat_ok_steps": "healthy | noisy-loss still-improving",
    "beat_high_adam": "learning-rate-too-high healthy | underfitting validation-better-than-training saturated-early small-validation-set | overfitting",
    "beat_high_plain": "learning-rate-too-high overfitting | validation-better-than-training saturated-early small-validation-set",
    "beat_sign": "diverging non-finite-loss | loss-jump exploding-gradients loss-spikes | overfitting",
    "beat_nan": "overfitting healthy | still-improving severe-overfitting small-validation-set",
    "beat_start_adc": "healthy | noisy-loss saturated-early | wrong-initial-loss",
    "beat_start_head": "wrong-initial-loss | noisy-loss",
    "beat_ok_drop": "healthy | validation-better-than-training still-improving",
    "beat_ok_tuned": "healthy | still-improving | overfitting",
    "beat_ok_bn": "overfitting healthy | saturated-early | severe-overfitting",
    "beat_ok_zero": "healthy | overfitting saturated-early",
    "beat_ok_inside": "healthy overfitting | still-improving",
    "beat_ok_long": "healthy | saturated-early | overfitting",
    "beat_zeros": "frozen-metric | loss-metric-disagreement | overfitting",
}

CONFIGURATIONS = (
    # rates
    ill("beat_high_adam", "Adam at 0.08 under batch norm, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes", lr=0.08, n_train=2048, batch=128, hum=0.35, flip=0.1, net=BN, schedule="at 0.7 0.03", epochs=20, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_high_sgd", "SGD at 0.3, cut late, with the rate", "learning-rate-too-high", "noisy-loss loss-spikes", optimizer="sgd", lr=0.4, net=BN, schedule="at 0.75 0.03", epochs=28, columns=ALR, rename=KERAS, dialect="keras_reports_log"),
    ill("beat_high_steps", "RMSprop at 0.015, steps, cut", "learning-rate-too-high", "noisy-loss loss-spikes", optimizer="rmsprop", lr=0.015, net=BN, schedule="at 0.65 0.05", epochs=20, steps=4, columns=LR, dialect="auroc_log"),
    ill("beat_high_two", "normal or not, Adam at 0.03, no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes not-learning", **TWO, lr=0.025, net=BN, schedule="staircase 14", epochs=24, columns=F1, dialect="phases_prints"),
    ill("beat_high_plain", "Adam at 0.016 without batch norm, decays late", "learning-rate-too-high", "noisy-loss loss-spikes", lr=0.016, n_train=2048, batch=128, hum=0.3, flip=0.1, schedule="at 0.7 0.05", epochs=24, columns=A, rename=KERAS, dialect="history_frame_csv"),
    ill("beat_low_adam", "Adam at 3e-5", "learning-rate-too-low", "still-improving slow-start", lr=4e-5, net=BN, epochs=20, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    ill("beat_low_sgd", "SGD without momentum at 1e-3", "learning-rate-too-low", "still-improving", optimizer="sgd", momentum=0.0, lr=2e-3, net=BN, epochs=24, columns=F1, dialect="phases_prints"),
    ill("beat_low_focal", "focal loss, Adam at 2e-5", "learning-rate-too-low", "still-improving", loss="focal", lr=3e-5, net=BN, epochs=24, steps=6, columns=L, dialect="step_csv"),
    # nothing is learnt
    ill("beat_shuffled", "signals and labels shuffled apart", "not-learning", "underfitting", bug="labels_shuffled", n_train=3072, lr=5e-4, epochs=8, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    ill("beat_other_net", "the optimiser was made before the model was made anew", "not-learning", "frozen-metric", bug="other_net", epochs=16, columns=A, dialect="phases_prints"),
    ill("beat_blank", "the signals are zero after a wrong cast", "not-learning underfitting", "frozen-metric noisy-loss", bug="blank", epochs=16, columns=A, rename=KERAS, dialect="keras_csv"),
    # the end, jumps, spikes
    ill("beat_sign", "the sign of the loss turns from 60 % on", "diverging", "loss-jump", bug="sign", when=(0.6, 1.0), amount=0.5, optimizer="sgd", lr=0.03, n_train=1536, batch=96, hum=0.2, net=BN, epochs=24, columns=V, dialect="phases_prints"),
    ill("beat_diverges", "the rate times 60 at 40 %", "diverging non-finite-loss learning-rate-too-high loss-jump", "exploding-gradients loss-spikes", bug="rate_times", when=(0.45, 1.0), amount=60.0, optimizer="sgd", lr=0.05, epochs=20, steps=4, columns=LR, dialect="auroc_log"),
    ill("beat_nan", "log of a half-precision share, which never gets to zero", "non-finite-loss", "", loss="raw_log", amount=14.0, lr=4e-3, epochs=16, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_lead", "the lead is reversed from 55 % on", "loss-jump", "", bug="lead_reversed", when=(0.55, 1.0), lr=3e-3, epochs=30, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    ill("beat_scale", "another gain of the amplifier from 60 % on", "loss-jump", "", bug="new_scale", when=(0.6, 1.0), amount=5.0, lr=3e-3, n_train=1024, epochs=24, steps=4, columns=L, dialect="step_csv"),
    ill("beat_amplifier", "one batch in forty out of a saturated amplifier", "loss-spikes", "noisy-loss", bug="saturated", amount=8.0, lr=2e-3, epochs=30, steps=2, running=False, columns=L, dialect="step_csv"),
    ill("beat_swapped", "one batch in forty with its labels rolled by one", "loss-spikes", "noisy-loss", bug="swapped_batch", lr=2e-3, n_train=1024, net=BN, epochs=24, steps=2, running=False, columns=LR, dialect="auroc_log"),
    # generalisation
    ill("beat_over_few", "200 beats", "overfitting", "severe-overfitting", n_train=256, batch=32, net={"channels": (16, 24, 24), "hidden": 48}, hum=0.2, lr=2e-3, epochs=40, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_over_false", "15 % false labels", "overfitting severe-overfitting", "", flip=0.2, n_train=768, batch=32, lr=3e-3, net={"hidden": 48}, epochs=50, columns=A, rename=KERAS, dialect="history_frame_csv"),
    ill("beat_severe", "100 beats, wide", "severe-overfitting overfitting", "loss-metric-disagreement", n_train=128, batch=16, hum=0.25, net={"channels": (24, 32, 32), "hidden": 64}, lr=3e-3, epochs=50, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    ill("beat_under_tail", "the window ends before the QRS complex", "underfitting not-learning", "saturated-early", bug="tail_only", n_train=2048, lr=3e-3, epochs=16, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_under_decay", "weight decay of 0.3 in Adam's gradient", "underfitting", "saturated-early not-learning", wd=0.06, lr=3e-3, n_train=1024, epochs=20, columns=A, dialect="phases_prints"),
    ill("beat_held_few", "20 beats held out", "small-validation-set", "", n_val=20, n_train=1024, batch=32, net={"drop": 0.2}, lr=4e-3, epochs=36, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_sure", "over-confident on false labels: the loss rises, the accuracy holds", "loss-metric-disagreement overfitting severe-overfitting", "", flip=0.1, n_train=512, batch=32, net={**BN, "hidden": 64}, lr=4e-3, epochs=30, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_extreme", "the third power of the balanced weights", "loss-metric-disagreement", "noisy-loss", loss="weighted_mean", weights="extreme", lr=2e-3, epochs=24, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    ill("beat_rare", "97 % normal beats, a small rate: always normal", "frozen-metric", "loss-metric-disagreement underfitting", shares=(0.97, 0.01, 0.01, 0.005, 0.005), lr=4e-4, epochs=14, columns=("loss", "val_loss", "val_acc", "val_f1"), rename=KERAS, dialect="phases_prints"),
    ill("beat_zeros", "the metric compares with the wrong argmax", "frozen-metric", "loss-metric-disagreement", bug="metric_of_zeros", lr=3e-3, n_train=1024, epochs=20, columns=A, rename=KERAS, dialect="keras_csv"),
    ill("beat_stale", "best weights are restored before each evaluation, the first ones", "frozen-metric", "", bug="stale", lr=3e-3, epochs=20, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    # start, noise, order
    ill("beat_start_adc", "raw counts of the converter", "wrong-initial-loss", "loss-spikes noisy-loss", volts=400.0, lr=2e-3, epochs=12, steps=2, columns=LA, options=FIVE, dialect="auroc_log"),
    ill("beat_start_head", "the head is drawn 300 times too wide", "wrong-initial-loss", "", head=300.0, lr=3e-3, n_train=1024, epochs=14, steps=2, columns=LA, options=FIVE, dialect="auroc_log"),
    ill("beat_slow_tiny", "weights a third as large", "slow-start", "still-improving", net={"gain": 0.4}, lr=8e-4, n_train=1024, epochs=24, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    ill("beat_slow_sigmoid", "sigmoid between convolutions", "slow-start", "still-improving", net={"act": "sigmoid"}, lr=4e-3, n_train=1024, epochs=30, columns=F1, dialect="phases_prints"),
    ill("beat_noisy_two", "batches of two", "noisy-loss", "still-improving loss-spikes", batch=2, n_train=800, lr=5e-4, epochs=2, steps=4, running=False, columns=L, dialect="step_csv"),
    ill("beat_by_kind", "beats sorted by kind", "unshuffled-data", "noisy-loss loss-spikes", by="y", n_train=768, batch=32, lr=8e-4, net={"hidden": 16}, epochs=12, steps=1, columns=L, dialect="step_csv"),
    ill("beat_by_person", "beats in the order of people, two kinds", "unshuffled-data", "noisy-loss", **TWO, by="pause", n_train=768, batch=32, lr=8e-4, epochs=12, steps=1, columns=LR, dialect="wandb_export_csv"),
    # terms and the inside
    ill("beat_terms_ms", "the pause in ms beside the kinds", "loss-term-imbalance", "wrong-initial-loss", pause=1.0, pause_unit=10.0, lr=2e-3, epochs=24, columns=("loss", "kind", "pause", "val_loss"), rename={"kind": "class_loss", "pause": "pause_loss"}, dialect="keras_csv"),
    ill("beat_l2", "squared weights times 0.02", "regularisation-dominates", "underfitting", l2=0.02, net=BN, n_train=1024, epochs=24, columns=("loss", "kind", "reg", "val_acc"), rename={"kind": "ce_loss", "reg": "l2_loss"}, dialect="wandb_export_csv"),
    ill("beat_l1", "absolute weights times 0.004", "regularisation-dominates", "underfitting", l1=0.004, net={"hidden": 32}, n_train=1024, lr=1e-3, epochs=20, steps=8, columns=("loss", "kind", "reg"), rename={"kind": "data_loss", "reg": "reg_loss"}, dialect="json_lines"),
    ill("beat_explodes", "the scale of the loss is not taken back from half on", "exploding-gradients loss-jump diverging", "learning-rate-too-high loss-spikes", bug="scaler", when=(0.5, 1.0), amount=128.0, optimizer="sgd", lr=0.02, net=BN, epochs=20, steps=4, columns=("loss", "norm"), rename={"norm": "grad_norm"}, dialect="json_lines"),
    ill("beat_vanishing", "six layers of sigmoid", "vanishing-gradients not-learning", "slow-start frozen-metric", net={"act": "sigmoid", "channels": (8, 8, 8, 8, 8)}, lr=1e-3, epochs=14, columns=V, watch={"grad": "grad_norm/conv{}"}, dialect="wandb_export_csv"),
    ill("beat_ratio_high", "Adam at 0.1", "update-ratio learning-rate-too-high not-learning", "noisy-loss loss-spikes dead-units", lr=0.1, net=BN, epochs=16, steps=3, columns=("loss", "ratio"), rename={"ratio": "update_ratio"}, dialect="json_lines"),
    ill("beat_dead", "biases of minus one", "dead-units", "slow-start underfitting not-learning", net={"sink": 0.4}, lr=2e-3, epochs=20, columns=V, watch={"dead": "dead_units/layer{}"}, dialect="wandb_export_csv"),
    ill("beat_clip", "clipped at 0.02, SGD", "clipping-saturated", "learning-rate-too-low still-improving", clip=0.05, optimizer="sgd", lr=0.1, net=BN, epochs=20, steps=4, columns=("loss", "clipped"), rename={"clipped": "grad_norm"}, dialect="json_lines"),
    ill("beat_exp", "the rate times 0.5 an epoch", "learning-rate-schedule", "saturated-early underfitting", schedule="exp 0.5", lr=1e-3, n_train=1024, epochs=24, columns=ALR, rename=LONG, dialect="keras_csv"),
    ill("beat_gone", "the rate is zero from a fifth on", "learning-rate-schedule", "saturated-early underfitting", schedule="gone 0.25", lr=1.5e-3, net=BN, hum=0.2, epochs=28, columns=ALR, rename=KERAS, dialect="keras_reports_log"),
    # healthy
    well("beat_ok_plain", "plain, Keras", n_train=2048, batch=128, lr=3e-3, epochs=14, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    well("beat_ok_history", "plain, history as JSON", **TWO, n_train=1536, batch=96, lr=2e-3, epochs=14, columns=A, rename=KERAS, dialect="keras_history"),
    well("beat_ok_phases", "plain, F1", n_train=1536, batch=96, net={"skip": True, "drop": 0.2}, lr=2e-3, epochs=16, columns=F1, dialect="phases_prints"),
    well("beat_ok_auc", "plain, AUC", **TWO, n_train=1536, batch=96, weights="balanced", net={**BN, "drop": 0.2}, lr=1e-3, epochs=16, columns=AUC, dialect="auroc_log"),
    well("beat_ok_weights", "weights of rare kinds: a higher loss", weights="balanced", n_train=2048, batch=128, lr=3e-3, epochs=16, columns=A, rename=KERAS, dialect="history_frame_csv"),
    well("beat_ok_focal", "focal loss: tiny values", loss="focal", n_train=2048, net={"drop": 0.2}, lr=2e-3, epochs=16, columns=F1, dialect="phases_prints"),
    well("beat_ok_smooth", "label smoothing: a floor, validation below", smooth=0.1, n_train=2048, batch=128, lr=3e-3, epochs=16, columns=A, rename=KERAS, also="validation-better-than-training", dialect="keras_verbose_2"),
    well("beat_ok_floor", "a floor of false labels", flip=0.25, n_train=4096, batch=128, lr=2e-3, net={"hidden": 16}, epochs=10, columns=A, rename=KERAS, dialect="keras_csv", also="validation-better-than-training"),
    well("beat_ok_stop", "early stopping", stop=3, n_train=1024, lr=3e-3, hum=0.15, epochs=60, columns=ALR, rename=KERAS, dialect="keras_checkpoints"),
    well("beat_ok_cycle", "cyclical rates", schedule="cycle 3", lr=8e-3, net=BN, n_train=1024, epochs=24, steps=8, columns=LR, dialect="auroc_log"),
    well("beat_ok_sgdr", "warm restarts", schedule="sgdr 8", lr=5e-3, net=BN, n_train=1024, epochs=32, steps=8, columns=LR, dialect="wandb_export_csv"),
    well("beat_ok_stairs", "step decay", schedule="staircase 8", optimizer="sgd", lr=0.05, net=BN, n_train=1024, hum=0.2, epochs=24, columns=ALR, rename=LONG, dialect="keras_csv", also="overfitting"),
    well("beat_ok_warm", "warm-up and cosine", schedule="cosine 2", lr=4e-3, net={**BN, "drop": 0.2}, n_train=1536, batch=96, epochs=16, columns=ALR, rename=KERAS, dialect="keras_reports_log"),
    well("beat_ok_steps", "honest noise of batches of 32", batch=32, n_train=1536, net=BN, lr=1e-3, epochs=8, steps=2, running=False, columns=L, dialect="step_csv"),
    well("beat_ok_drop", "dropout: validation below training", net={"drop": 0.4}, n_train=2048, batch=128, lr=3e-3, epochs=16, columns=A, rename=KERAS, also="validation-better-than-training", dialect="keras_verbose_2"),
    well("beat_ok_tuned", "fine-tuning from a good start", pretrain=12, n_train=1536, batch=96, lr=1e-3, schedule="at 0.0 0.3", net=BN, epochs=10, columns=A, rename=KERAS, dialect="history_frame_csv"),
    well("beat_ok_bn", "restless validation of early batch norm", net=BN, batch=32, n_train=2048, lr=4e-3, schedule="cosine", epochs=16, columns=A, rename=KERAS, dialect="keras_csv"),
    well("beat_ok_short", "five epochs", n_train=3072, net=BN, lr=2e-3, epochs=5, columns=A, rename=KERAS, dialect="keras_verbose_2"),
    well("beat_ok_zero", "loss near zero", hum=0.02, n_train=1536, batch=96, net=BN, lr=3e-3, epochs=24, columns=A, rename=KERAS, dialect="keras_csv"),
    well("beat_ok_sparse", "validation every fourth epoch", val_every=4, n_train=1024, lr=2e-3, net={"drop": 0.2}, epochs=28, columns=A, dialect="phases_prints"),
    well("beat_ok_long", "5,100 steps", n_train=544, batch=16, net={"channels": (4, 8), "hidden": 12}, lr=3e-4, schedule="cosine", epochs=150, columns=V, seeds=1, dialect="phases_prints"),
    well("beat_ok_inside", "zeros of ReLU at a half", n_train=1536, batch=96, net=BN, lr=2e-3, epochs=12, columns=V, watch={"zeros": "zero_fraction/layer{}"}, dialect="wandb_export_csv"),
)  # fmt: skip

FAMILY = Family("heart_beats", "heart_beats", "made-up heart beats of five kinds, some rare", "1-D convolutional nets",
                "tuning", looked_at(CONFIGURATIONS, SEEN), unmet=True)  # fmt: skip
