"""Made-up lines of writing, read with CTC: hills of blanks, long plateaus, and what the errors of characters say.

SEEN holds what the pictures showed. CTC starts high and falls to the level of blanks within an epoch: excused everywhere as a
wrong initial loss. Of 83 configurations none is dropped; 4 have second settings (line_torn, line_ok_hard, line_ok_crnn,
line_ok_stairs; of the last two only two seeds are kept: with the third one the net stays with blanks). A few faults leave no
visible trace behind batch norms and are called healthy.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR, N = ("loss",), ("loss", "lr"), ("loss", "norm")
V, C = ("loss", "val_loss"), ("loss", "val_loss", "val_cer")
K = ("loss", "val_cer", "val_wer")
B = ("loss", "val_loss", "val_acc", "val_cer")
A = ("loss", "val_loss", "val_acc")
P = ("loss", "lr", "val_acc")
NORM, CUT = {"norm": "grad_norm"}, {"norm_cut": "grad_norm"}
TERMS = {"ctc": "loss_ctc", "side": "loss_bag", "reg": "reg_loss"}
GRU = {"gru": 12}
BARE = {"norm": False}
EASY = {"stain": 0.1, "slope": 0.0, "faded": 0.1}
HARD = {"stain": 0.5, "slope": 0.5, "faded": 0.5}
FIVE = {"letters": 5}

SEEN: dict[str, str | None] = {
    "line_slow_sigmoid": "slow-start | still-improving saturated-early | wrong-initial-loss",
    "line_old_net": "frozen-metric | saturated-early | wrong-initial-loss",
    "line_old_kraken": "frozen-metric | saturated-early | wrong-initial-loss",
    "line_high_adam": "healthy | saturated-early overfitting | learning-rate-too-high wrong-initial-loss",
    "line_high_momentum": "learning-rate-too-high slow-start not-learning noisy-loss underfitting | still-improving | wrong-initial-loss",
    "line_high_rms": "learning-rate-too-high healthy | noisy-loss loss-spikes small-validation-set saturated-early | wrong-initial-loss",
    "line_high_gru": "learning-rate-too-high not-learning underfitting frozen-metric | noisy-loss still-improving slow-start | wrong-initial-loss",
    "line_low_sgd": "not-learning underfitting frozen-metric learning-rate-too-low slow-start | saturated-early | wrong-initial-loss",
    "line_low_adam": "learning-rate-too-low still-improving | frozen-metric noisy-loss | wrong-initial-loss",
    "line_low_late": "learning-rate-too-low still-improving slow-start underfitting | saturated-early | wrong-initial-loss",
    "line_slow_gru": "slow-start | still-improving | wrong-initial-loss",
    "line_slow_bare": "slow-start | still-improving saturated-early | wrong-initial-loss",
    "line_slow_sgd": "healthy | saturated-early | slow-start wrong-initial-loss",
    "line_wrong_text": "not-learning underfitting frozen-metric | saturated-early | wrong-initial-loss",
    "line_other_net": "not-learning | noisy-loss frozen-metric | wrong-initial-loss",
    "line_blank_bias": "not-learning underfitting healthy | saturated-early | wrong-initial-loss",
    "line_backwards": "diverging | non-finite-loss loss-jump exploding-gradients severe-overfitting slow-start not-learning | wrong-initial-loss",
    "line_rising": "learning-rate-schedule healthy | noisy-loss loss-spikes slow-start learning-rate-too-high saturated-early | diverging loss-jump wrong-initial-loss",
    "line_few_frames": "non-finite-loss | still-improving frozen-metric | wrong-initial-loss",
    "line_negative": "loss-jump severe-overfitting overfitting | diverging loss-spikes loss-metric-disagreement | wrong-initial-loss",
    "line_rain": "loss-jump | validation-better-than-training diverging | wrong-initial-loss",
    "line_cut_short": "loss-jump | loss-spikes diverging | wrong-initial-loss",
    "line_new_letters": "loss-jump loss-spikes | still-improving slow-start | wrong-initial-loss",
    "line_rate_back": "learning-rate-schedule loss-jump loss-spikes | learning-rate-too-high saturated-early | wrong-initial-loss",
    "line_torn": "loss-spikes | slow-start still-improving noisy-loss | wrong-initial-loss",
    "line_torn_norm": "slow-start healthy | saturated-early | loss-spikes noisy-loss wrong-initial-loss",
    "line_too_much": "exploding-gradients loss-spikes loss-jump | diverging noisy-loss slow-start not-learning underfitting saturated-early | wrong-initial-loss",
    "line_over_few": "overfitting healthy | saturated-early severe-overfitting | wrong-initial-loss",
    "line_over_gru": "slow-start overfitting | severe-overfitting still-improving | wrong-initial-loss",
    "line_over_false": "overfitting | severe-overfitting loss-metric-disagreement small-validation-set slow-start validation-better-than-training | wrong-initial-loss",
    "line_over_hard": "overfitting severe-overfitting | slow-start loss-metric-disagreement | wrong-initial-loss",
    "line_severe": "severe-overfitting overfitting | loss-metric-disagreement | wrong-initial-loss",
    "line_severe_wrong": "severe-overfitting overfitting | not-learning saturated-early slow-start loss-metric-disagreement | wrong-initial-loss",
    "line_small_held": "overfitting small-validation-set | frozen-metric severe-overfitting slow-start | wrong-initial-loss",
    "line_small_grid": "small-validation-set frozen-metric overfitting healthy | still-improving slow-start | wrong-initial-loss",
    "line_under_thin": "underfitting slow-start | still-improving frozen-metric saturated-early not-learning learning-rate-too-low | wrong-initial-loss",
    "line_under_decay": "not-learning underfitting frozen-metric | saturated-early | wrong-initial-loss",
    "line_under_faint": "underfitting not-learning slow-start still-improving | frozen-metric saturated-early loss-metric-disagreement learning-rate-too-low | wrong-initial-loss",
    "line_drop": "validation-better-than-training healthy | still-improving saturated-early slow-start | wrong-initial-loss",
    "line_grain": "validation-better-than-training healthy | still-improving saturated-early slow-start | wrong-initial-loss",
    "line_words_zero": "healthy frozen-metric still-improving | slow-start learning-rate-too-low loss-metric-disagreement | wrong-initial-loss",
    "line_wer_only": "loss-metric-disagreement frozen-metric healthy | overfitting still-improving slow-start | wrong-initial-loss",
    "line_start_blank": "slow-start wrong-initial-loss | saturated-early | ",
    "line_noisy_two": "healthy | saturated-early still-improving | noisy-loss underfitting not-learning wrong-initial-loss",
    "line_noisy_sum": "noisy-loss healthy | saturated-early underfitting still-improving | wrong-initial-loss",
    "line_by_length": "unshuffled-data | noisy-loss loss-spikes saturated-early | wrong-initial-loss",
    "line_by_letter": "healthy | saturated-early | noisy-loss unshuffled-data wrong-initial-loss",
    "line_side_heavy": "loss-term-imbalance healthy | still-improving | wrong-initial-loss",
    "line_side_only": "loss-term-imbalance wrong-initial-loss healthy | still-improving saturated-early | ",
    "line_l2": "regularisation-dominates | loss-term-imbalance still-improving saturated-early slow-start underfitting | wrong-initial-loss",
    "line_l2_mild": "regularisation-dominates | loss-term-imbalance saturated-early slow-start | wrong-initial-loss",
    "line_dead": "dead-units learning-rate-too-low | not-learning underfitting still-improving | wrong-initial-loss",
    "line_vanish": "vanishing-gradients not-learning underfitting | saturated-early | wrong-initial-loss",
    "line_ratio_low": "learning-rate-too-low update-ratio | still-improving not-learning | wrong-initial-loss",
    "line_ratio_high": "learning-rate-too-high update-ratio noisy-loss | slow-start loss-spikes still-improving | wrong-initial-loss",
    "line_clip": "clipping-saturated healthy | saturated-early still-improving slow-start | wrong-initial-loss",
    "line_over": "learning-rate-schedule underfitting | saturated-early frozen-metric not-learning learning-rate-too-low | wrong-initial-loss",
    "line_ramp": "learning-rate-schedule learning-rate-too-low | slow-start still-improving noisy-loss | wrong-initial-loss",
    "line_ok_adadelta": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_adam": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_crnn": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_kraken": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_ppocr": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_hill": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_cycles": "healthy | saturated-early | loss-spikes noisy-loss wrong-initial-loss slow-start",
    "line_ok_again": "healthy | saturated-early overfitting | loss-spikes wrong-initial-loss slow-start",
    "line_ok_once": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_stairs": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_hard": "healthy | overfitting still-improving saturated-early | wrong-initial-loss slow-start",
    "line_ok_drop": "healthy | validation-better-than-training saturated-early | wrong-initial-loss slow-start",
    "line_ok_short_first": "healthy | saturated-early | loss-jump slow-start wrong-initial-loss",
    "line_ok_sums": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_factor": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_mean": "healthy | saturated-early | overfitting wrong-initial-loss slow-start",
    "line_ok_side": "healthy | saturated-early | loss-term-imbalance wrong-initial-loss slow-start",
    "line_ok_ragged": "healthy | still-improving saturated-early | noisy-loss wrong-initial-loss slow-start",
    "line_ok_long": "healthy | saturated-early | noisy-loss loss-spikes wrong-initial-loss slow-start",
    "line_ok_rare_proof": "healthy | saturated-early | wrong-initial-loss slow-start",
    "line_ok_norms": "healthy | saturated-early | noisy-loss wrong-initial-loss slow-start",
    "line_ok_six": "healthy | still-improving too-short saturated-early | wrong-initial-loss slow-start",
    "line_ok_near_zero": "healthy | saturated-early | loss-spikes noisy-loss wrong-initial-loss slow-start",
}

CONFIGURATIONS = (
    # rates
    ill("line_high_adam", "Adam at 0.1, cut at two thirds; no rate in the log", "learning-rate-too-high", "noisy-loss underfitting", lr=0.1, plan="cut", knob=0.65, epochs=24, tell=B, dialect="text_benchmark_log"),
    ill("line_high_momentum", "momentum at 0.5, cut", "learning-rate-too-high", "noisy-loss loss-spikes", algo="momentum", lr=0.5, plan="cut", knob=0.7, epochs=24, each=6, tell=LR, dialect="wandb_export_csv"),
    ill("line_high_rms", "RMSprop at 0.05, cut", "learning-rate-too-high", "noisy-loss loss-spikes wrong-initial-loss", algo="rmsprop", lr=0.05, plan="cut", knob=0.7, epochs=24, each=4, blend=True, tell=P, dialect="ppocr_log"),
    ill("line_high_gru", "a GRU with Adam at 0.15: stays with blanks", "learning-rate-too-high not-learning", "underfitting noisy-loss", model=GRU, lr=0.15, epochs=12, tell=A, dialect="crnn_prints"),
    ill("line_low_sgd", "SGD at 1e-3", "learning-rate-too-low", "still-improving", algo="sgd", lr=1e-3, epochs=20, tell=B, dialect="text_benchmark_log"),
    ill("line_low_adam", "Adam at 1.5e-4", "learning-rate-too-low", "still-improving", lr=1.5e-4, epochs=18, each=4, blend=True, tell=P, dialect="ppocr_log"),
    ill("line_low_late", "Adam at 6e-4: ends amid the fall", "learning-rate-too-low still-improving", "slow-start", lr=6e-4, epochs=20, tell=C, dialect="fold_prints"),
    # plateaus
    ill("line_slow_gru", "the hill of blanks lasts for half the run", "slow-start", "still-improving", model=GRU, lr=4e-3, epochs=18, tell=K, dialect="kraken_bars"),
    ill("line_slow_bare", "no norms: blanks for long", "slow-start", "still-improving", model=BARE, lr=3e-3, epochs=36, tell=A, dialect="crnn_prints"),
    ill("line_slow_sgd", "SGD alone: blanks for long", "slow-start", "still-improving", algo="sgd", lr=0.1, epochs=30, each=8, blend=True, tell=L, dialect="step_csv"),
    ill("line_slow_sigmoid", "sigmoids", "slow-start", "still-improving not-learning", model={"act": "sigmoid"}, lr=4e-3, epochs=30, tell=B, dialect="text_benchmark_log"),
    # nothing
    ill("line_wrong_text", "transcripts of other lines: blanks for ever", "not-learning", "underfitting saturated-early overfitting", flaw="wrong transcripts", algo="momentum", lr=0.02, epochs=16, tell=B, dialect="text_benchmark_log"),
    ill("line_other_net", "the optimiser has another net's parameters", "not-learning", "frozen-metric noisy-loss", flaw="other net", epochs=12, each=2, tell=P, dialect="ppocr_log"),
    ill("line_blank_bias", "sigmoids and a blank that is sure of itself", "not-learning", "underfitting saturated-early slow-start", model={"act": "sigmoid", "layers": 4, "norm": False, "blank": 2.0}, lr=2e-3, epochs=16, each=4, blend=True, tell=L, dialect="crnn_prints"),
    # the end
    ill("line_backwards", "the sign turns for the last third", "diverging", "loss-jump non-finite-loss", flaw="backwards", start=0.65, size=0.3, algo="momentum", lr=0.02, epochs=20, tell=A, dialect="crnn_prints"),
    ill("line_rising", "the rate grows and grows", "diverging learning-rate-too-high", "loss-jump noisy-loss learning-rate-schedule", plan="rising", knob=1.7, lr=2e-3, algo="momentum", epochs=24, each=6, blend=True, tell=LR, dialect="wandb_export_csv"),
    ill("line_few_frames", "more letters than frames: an infinite loss", "non-finite-loss", "", flaw="too few frames", size=4, start=0.5, epochs=12, each=4, tell=LR, dialect="ppocr_log"),
    ill("line_negative", "white on black from 60 % on", "loss-jump", "loss-spikes", flaw="negative", start=0.6, size=1.0, lr=5e-3, epochs=24, tell=B, dialect="text_benchmark_log"),
    ill("line_rain", "the new scanner is grainy", "loss-jump", "validation-better-than-training", flaw="rain", start=0.55, size=0.7, lr=5e-3, epochs=24, tell=C, dialect="fold_prints"),
    ill("line_cut_short", "from 60 % on the transcripts lack their last two letters", "loss-jump", "overfitting diverging severe-overfitting", flaw="cut short", start=0.6, size=2.0, lr=5e-3, epochs=24, tell=K, dialect="kraken_bars"),
    ill("line_new_letters", "resumed with letters in another order", "loss-jump", "loss-spikes", flaw="new letters", start=0.6, size=0.5, lr=2e-3, epochs=28, each=6, blend=True, tell=LR, dialect="wandb_export_csv"),
    ill("line_rate_back", "the rate set to twenty times", "loss-jump", "learning-rate-schedule loss-spikes learning-rate-too-high", flaw="rate", start=0.65, size=20.0, lr=5e-3, epochs=24, each=4, blend=True, tell=P, dialect="ppocr_log"),
    ill("line_torn", "one batch in forty overexposed", "loss-spikes", "noisy-loss", flaw="torn", size=10.0, model=BARE, lr=4e-3, epochs=36, each=2, tell=L, dialect="step_csv"),
    ill("line_torn_norm", "one batch in forty overexposed, SGD", "loss-spikes", "noisy-loss exploding-gradients", flaw="torn", size=12.0, algo="momentum", lr=0.02, epochs=30, each=2, tell=N, called=NORM, dialect="key_value"),
    ill("line_too_much", "accumulation not divided from 60 % on", "exploding-gradients loss-jump diverging", "loss-spikes noisy-loss learning-rate-too-high", flaw="too much", start=0.6, size=100.0, algo="momentum", lr=0.02, model=BARE, epochs=24, each=4, tell=N, called=NORM, dialect="wandb_export_csv"),
    # generalisation
    ill("line_over_few", "160 lines", "overfitting", "severe-overfitting slow-start", lines=160, batch=16, lr=4e-3, epochs=36, tell=C, dialect="fold_prints"),
    ill("line_over_gru", "192 lines, a GRU", "overfitting severe-overfitting", "slow-start", lines=192, batch=16, model=GRU, lr=8e-3, epochs=22, tell=B, dialect="text_benchmark_log"),
    ill("line_over_false", "a seventh of the transcripts false", "overfitting", "severe-overfitting loss-metric-disagreement", lines=320, false=0.15, lr=6e-3, epochs=40, tell=A, dialect="crnn_prints"),
    ill("line_over_hard", "faint lines, wide net", "overfitting severe-overfitting", "loss-metric-disagreement", lines=320, page=HARD, model={"width": 64}, lr=4e-3, epochs=36, tell=C, dialect="keras_by_letter"),
    ill("line_severe", "64 lines, wide net", "severe-overfitting overfitting", "loss-metric-disagreement", lines=64, batch=16, page=HARD, model={"width": 64}, lr=4e-3, epochs=70, tell=C, dialect="fold_prints"),
    ill("line_severe_wrong", "transcripts of other lines learnt by heart", "severe-overfitting overfitting", "not-learning", lines=64, batch=16, flaw="wrong transcripts", model={"width": 96, "layers": 3}, lr=3e-3, epochs=90, tell=B, dialect="text_benchmark_log"),
    ill("line_small_held", "eight lines held out", "small-validation-set", "overfitting", proof=8, page=HARD, lr=4e-3, epochs=40, tell=B, dialect="text_benchmark_log"),
    ill("line_small_grid", "ten lines held out, a grid of errors", "small-validation-set", "overfitting", proof=10, lines=768, page=HARD, model={"drop": 0.1}, lr=5e-3, epochs=26, tell=A, dialect="crnn_prints"),
    ill("line_under_thin", "three channels", "underfitting", "saturated-early slow-start", model={"width": 3}, lr=1e-2, epochs=30, tell=B, dialect="text_benchmark_log"),
    ill("line_under_decay", "weight decay 3 in AdamW", "underfitting", "saturated-early not-learning", algo="adamw", lr=5e-3, wd=3.0, model=BARE, epochs=24, tell=C, dialect="keras_by_letter"),
    ill("line_under_faint", "ink nearly gone under stains", "underfitting", "overfitting saturated-early not-learning", page={"stain": 1.2, "slope": 0.5, "faded": 0.8}, lr=3e-3, epochs=24, tell=K, dialect="kraken_bars"),
    ill("line_drop", "dropout 0.5 before the letters", "validation-better-than-training healthy", "underfitting", model={"drop": 0.5}, lr=6e-3, epochs=26, tell=C, dialect="fold_prints"),
    ill("line_grain", "heavy grain in training only", "validation-better-than-training healthy", "underfitting", hints=0.5, lr=6e-3, epochs=26, tell=A, dialect="crnn_prints"),
    ill("line_words_zero", "whole lines right: none for the whole run, while the loss falls", "frozen-metric loss-metric-disagreement still-improving", "slow-start learning-rate-too-low", page={"longest": 6, "shortest": 6}, lr=1e-3, epochs=16, tell=A, dialect="crnn_prints"),
    ill("line_old_net", "the net of before training is evaluated", "frozen-metric", "", flaw="old net", lr=5e-3, epochs=20, tell=B, dialect="text_benchmark_log"),
    ill("line_old_kraken", "weights never handed to the evaluation", "frozen-metric", "", flaw="old net", lr=5e-3, epochs=24, tell=K, dialect="kraken_bars"),
    ill("line_wer_only", "errors of lines stand at all while letters get better", "loss-metric-disagreement frozen-metric healthy", "still-improving", page={**HARD, "shortest": 6}, lr=4e-3, epochs=16, tell=("loss", "val_loss", "val_wer"), dialect="keras_by_letter"),
    # starts
    ill("line_start_bytes", "bytes go in", "wrong-initial-loss", "loss-spikes noisy-loss slow-start underfitting", flaw="inverted bytes", model=BARE, lr=1e-3, epochs=24, tell=B, dialect="text_benchmark_log"),
    ill("line_start_head", "the head is drawn forty times too wide", "wrong-initial-loss", "", model={"head": 40.0}, lr=5e-3, epochs=20, each=2, tell=L, dialect="crnn_prints"),
    ill("line_start_blank", "a bias against blanks of 14", "wrong-initial-loss", "", model={"blank": -14.0}, algo="momentum", lr=0.03, epochs=20, each=4, tell=LR, dialect="ppocr_log"),
    # noise, order
    ill("line_noisy_two", "batches of two", "noisy-loss", "still-improving slow-start", batch=2, lines=600, page=HARD, lr=7e-4, epochs=3, each=3, tell=L, dialect="step_csv"),
    ill("line_noisy_sum", "batches of three, not divided by the length", "noisy-loss", "still-improving slow-start", batch=3, lines=750, page={**HARD, "shortest": 1}, per_letter=False, lr=7e-4, epochs=3, each=2, tell=L, dialect="crnn_prints"),
    ill("line_by_length", "short lines first, never mixed, not divided by the length", "unshuffled-data", "noisy-loss", order="length", per_letter=False, lr=2e-3, epochs=14, each=1, tell=L, dialect="step_csv"),
    ill("line_by_letter", "sorted by the first letter", "unshuffled-data", "noisy-loss slow-start", order="first letter", batch=16, lr=2e-3, page={"longest": 2, "shortest": 1}, epochs=10, each=1, tell=LR, dialect="ppocr_log"),
    # terms
    ill("line_side_heavy", "the bag of letters weighs 100", "loss-term-imbalance", "underfitting", side=100.0, lr=3e-3, epochs=24, tell=("loss", "ctc", "side", "val_cer"), called=TERMS, dialect="wandb_export_csv"),
    ill("line_side_only", "the bag's weight of 1000 with SGD", "loss-term-imbalance", "underfitting not-learning wrong-initial-loss", side=1000.0, algo="momentum", lr=1e-4, epochs=20, tell=("loss", "ctc", "side", "val_cer"), called=TERMS, dialect="json_lines"),
    ill("line_l2", "sum of squares times 0.05", "regularisation-dominates", "underfitting loss-term-imbalance not-learning", l2=0.05, lr=3e-3, epochs=24, tell=("loss", "ctc", "reg", "val_cer"), called=TERMS, dialect="wandb_export_csv"),
    ill("line_l2_mild", "sum of squares times 0.01", "regularisation-dominates", "loss-term-imbalance", l2=0.01, lr=5e-3, epochs=26, tell=("loss", "ctc", "reg"), called=TERMS, dialect="json_lines"),
    # inside
    ill("line_dead", "biases at -1", "dead-units", "underfitting not-learning slow-start", model={"norm": False, "layers": 3, "lean": -1.0}, lr=3e-3, epochs=20, tell=V, look={"dead": "dead_frac/conv{}"}, dialect="wandb_export_csv"),
    ill("line_vanish", "six layers of sigmoids", "vanishing-gradients not-learning", "underfitting slow-start", model={"norm": False, "layers": 6, "act": "sigmoid"}, lr=2e-3, epochs=14, tell=V, look={"grad": "grad_norm/conv{}"}, dialect="json_lines"),
    ill("line_ratio_low", "SGD at 1e-4", "update-ratio learning-rate-too-low", "still-improving not-learning", algo="sgd", lr=1e-4, epochs=14, tell=V, look={"ratio": "update_ratio/conv{}"}, dialect="wandb_export_csv"),
    ill("line_ratio_high", "RMSprop at 0.1", "update-ratio learning-rate-too-high", "noisy-loss underfitting not-learning loss-spikes wrong-initial-loss", algo="rmsprop", lr=0.1, epochs=16, each=4, tell=L, look={"ratio": "ud/conv{}"}, dialect="json_lines"),
    ill("line_clip", "clipped at 0.1 with momentum", "clipping-saturated", "learning-rate-too-low still-improving slow-start", algo="momentum", lr=0.05, clip=0.1, epochs=24, each=4, tell=("loss", "norm_cut", "lr"), called=CUT, dialect="wandb_export_csv"),
    ill("line_over", "the schedule ends after three tenths", "learning-rate-schedule", "saturated-early underfitting", plan="over", knob=0.3, lr=3e-3, epochs=28, each=8, blend=True, tell=P, dialect="ppocr_log"),
    ill("line_ramp", "a ramp longer than the run", "learning-rate-schedule learning-rate-too-low", "slow-start still-improving", ramp=8000, lr=4e-3, epochs=20, each=5, blend=True, tell=LR, dialect="wandb_export_csv"),
    # healthy
    well("line_ok_adadelta", "plain: Adadelta, the way of the benchmark", algo="adadelta", lr=1.0, page=EASY, lines=768, epochs=12, tell=B, also="saturated-early", dialect="text_benchmark_log"),
    well("line_ok_adam", "plain: Adam with cosine", lines=768, page=EASY, lr=8e-3, plan="cosine", epochs=12, tell=C, also="saturated-early", dialect="fold_prints"),
    well("line_ok_crnn", "plain: momentum", lines=768, page=EASY, algo="momentum", lr=0.02, plan="cosine", epochs=14, tell=A, excused="slow-start", also="saturated-early", seeds=2, dialect="crnn_prints"),
    well("line_ok_kraken", "plain: ketos with patience", lines=768, lr=8e-3, wait=5, epochs=24, tell=K, also="saturated-early", dialect="kraken_bars"),
    well("line_ok_ppocr", "plain: warm-up and cosine, each eighth step", lines=768, page=EASY, lr=8e-3, ramp=40, plan="cosine", epochs=12, each=8, blend=True, tell=P, also="saturated-early", dialect="ppocr_log"),
    well("line_ok_hill", "a short hill of blanks, then the fall", model={"gru": 16}, lr=8e-3, page=EASY, lines=768, batch=32, plan="cosine", epochs=14, tell=B, excused="slow-start", also="saturated-early", dialect="text_benchmark_log"),
    well("line_ok_cycles", "cyclical rate", lines=768, lr=1e-2, page=EASY, plan="cycles", knob=96.0, epochs=18, each=4, blend=True, tell=LR, excused="loss-spikes noisy-loss", also="saturated-early", dialect="wandb_export_csv"),
    well("line_ok_again", "warm restarts", lines=768, lr=1e-2, page=EASY, plan="again", knob=120.0, epochs=20, tell=("loss", "val_loss", "lr"), excused="loss-spikes", also="saturated-early overfitting", dialect="wandb_export_csv"),
    well("line_ok_once", "one cycle", lines=768, lr=2e-2, page=EASY, plan="once", epochs=10, tell=C, also="saturated-early", dialect="keras_by_letter"),
    well("line_ok_stairs", "two cuts", lines=768, algo="momentum", lr=0.025, page=EASY, plan="stairs", knob=0.4, epochs=24, each=6, blend=True, tell=P, also="saturated-early", seeds=2, dialect="ppocr_log"),
    well("line_ok_hard", "stained lines: an honest floor", lines=1024, page=HARD, lr=1e-2, plan="cosine", epochs=14, tell=C, also="saturated-early overfitting still-improving", excused="underfitting", dialect="fold_prints"),
    well("line_ok_drop", "a little dropout: validation better", lines=768, model={"drop": 0.15}, lr=8e-3, plan="cosine", epochs=14, tell=C, also="validation-better-than-training saturated-early", dialect="keras_by_letter"),
    well("line_ok_short_first", "short lines first: a step where the long ones come", lines=768, page=EASY, order="short first", per_letter=False, lr=8e-3, plan="cosine", epochs=18, tell=A, excused="loss-jump", also="saturated-early", dialect="crnn_prints"),
    well("line_ok_sums", "losses in sums: from fifty down", lines=768, page=EASY, per_letter=False, lr=8e-3, plan="cosine", epochs=12, tell=B, also="saturated-early", excused="wrong-initial-loss", dialect="text_benchmark_log"),
    well("line_ok_factor", "losses of thousands by a factor", lines=768, page=EASY, factor=1e3, lr=8e-3, plan="cosine", epochs=12, tell=V, also="saturated-early", excused="wrong-initial-loss", dialect="keras_by_letter"),
    well("line_ok_mean", "an average of weights is evaluated", lines=768, page=EASY, mean=0.97, lr=6e-3, epochs=14, tell=C, also="saturated-early", dialect="fold_prints"),
    well("line_ok_side", "a light bag of letters beside CTC", lines=768, page=EASY, side=0.5, lr=8e-3, plan="cosine", epochs=14, tell=("loss", "ctc", "side", "val_cer"), called=TERMS, also="saturated-early", excused="loss-term-imbalance", dialect="wandb_export_csv"),
    well("line_ok_ragged", "batches of eight, each third step", lines=960, batch=8, page=EASY, lr=3e-3, plan="cosine", epochs=4, each=3, tell=L, excused="noisy-loss", also="still-improving", dialect="crnn_prints"),
    well("line_ok_long", "5,000 steps, every tenth", lines=1600, batch=16, lr=4e-3, plan="cosine", epochs=50, each=12, blend=True, tell=LR, also="saturated-early", seeds=1, dialect="step_csv"),
    well("line_ok_rare_proof", "proofread each third epoch", lines=768, page=EASY, lr=6e-3, plan="cosine", epochs=15, proof_each=3, tell=C, also="saturated-early", dialect="keras_by_letter"),
    well("line_ok_norms", "norms of gradients, clipped at first only", lines=768, page=EASY, clip=8.0, lr=6e-3, plan="cosine", epochs=12, each=6, tell=("loss", "norm", "lr"), called=NORM, also="saturated-early", excused="noisy-loss", dialect="wandb_export_csv"),
    well("line_ok_six", "six epochs of many lines", lines=1536, page=EASY, lr=8e-3, plan="cosine", epochs=6, tell=B, also="still-improving too-short", dialect="text_benchmark_log"),
    well("line_ok_near_zero", "five letters, clear ink: jitter near zero", lines=768, page={"stain": 0.02, "slope": 0.0, "faded": 0.0}, **FIVE, lr=1e-2, epochs=24, each=8, tell=L, also="saturated-early", excused="loss-spikes noisy-loss", dialect="step_csv"),
)  # fmt: skip

FAMILY = Family(
    name="line_reader",
    script="line_reader",
    data="made-up lines of writing",
    model="columns with CTC",
    part="judging",
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
