"""A 1-D U-net that takes noise from made-up voices: negative SI-SDR in dB, squares and spectra, and the usual mistakes."""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

DB = "loss val_loss"
SDR = "loss val_loss val_sisdr=val_si_sdr"
MSE = {"name": "mse"}
SDR_MSE = "loss val_loss val_gain=val_sisdri"
FRESH = {"fresh": True}
BIG = {"n": 480, "batch": 24}

SEEN: dict[str, str | None] = {
    "speech_high_sgd": "learning-rate-too-high | loss-spikes loss-jump noisy-loss underfitting diverging",
    "speech_high_calm": "learning-rate-too-high diverging not-learning | underfitting noisy-loss saturated-early small-validation-set",
    "speech_high_mse": "learning-rate-too-high healthy | noisy-loss loss-spikes saturated-early small-validation-set",
    "speech_low_mse": " | | loss-metric-disagreement",
    "speech_slow_gain": "healthy | still-improving | loss-metric-disagreement",
    "speech_slow_sgd": "healthy | saturated-early | wrong-initial-loss learning-rate-too-high",
    "speech_slow_db": "healthy | still-improving",
    "speech_over_mild": "overfitting severe-overfitting | saturated-early",
    "speech_under_deaf": "not-learning underfitting | saturated-early",
    "speech_under_decay": "underfitting diverging | saturated-early not-learning | regularisation-dominates",
    # the validation is not late, the training is: neither overfitting nor the rest would be an honest name
    "speech_under_delay": None,
    "speech_disagree": "loss-metric-disagreement frozen-metric | small-validation-set underfitting",
    "speech_mixed": "overfitting not-learning severe-overfitting | underfitting loss-metric-disagreement",
    "speech_better_clipped": "loss-metric-disagreement overfitting severe-overfitting",
    "speech_diverges": "learning-rate-too-high noisy-loss healthy | loss-spikes diverging loss-jump",
    "speech_late": "loss-jump | diverging loss-spikes",
    "speech_driven": "loss-jump | overfitting severe-overfitting diverging",
    "speech_start_pcm": "healthy | saturated-early | wrong-initial-loss",
    "speech_start_last": "wrong-initial-loss | still-improving saturated-early | underfitting",
    "speech_exploding": "exploding-gradients | noisy-loss | loss-jump clipping-saturated",
    "speech_vanishing": "vanishing-gradients | saturated-early underfitting",
    "speech_ratio_high": "learning-rate-too-high not-learning | noisy-loss loss-spikes underfitting | update-ratio",
    "speech_ratio_low": "learning-rate-too-low | update-ratio still-improving underfitting not-learning",
    "speech_dead": "dead-units | underfitting saturated-early",
    "speech_clip": "clipping-saturated | still-improving noisy-loss",
    "speech_clip_db": "clipping-saturated | still-improving noisy-loss",
    "speech_return": "learning-rate-schedule | loss-jump saturated-early",
    "speech_ok_plain": " | saturated-early | overfitting",
    "speech_ok_halve": " | saturated-early | overfitting",
    "speech_ok_cosine": " | saturated-early | overfitting",
    "speech_ok_stairs": " | saturated-early | overfitting",
    "speech_ok_seldom": " | | overfitting",
}

CONFIGURATIONS = (
    # too high
    ill("speech_high_cut", "squares, SGD at 0.3, cut to a 25th at two thirds", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set", loss=MSE, data={"n": 256}, optim={"name": "sgd", "lr": 0.3, "clip": 1.0}, sched={"name": "cut", "x": 0.66}, run={"epochs": 20}, log="loss val_loss lr", seeds=2, dialect="speechbrain_log"),
    ill("speech_high_sgd", "squares, SGD at 0.45, no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", loss=MSE, data={"n": 256}, optim={"name": "sgd", "lr": 0.45, "clip": 1.0}, run={"epochs": 16, "every": 4}, log="loss", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_high_calm", "squares, SGD at 0.5: a high level", "learning-rate-too-high underfitting", "noisy-loss saturated-early", loss=MSE, optim={"name": "sgd", "lr": 0.5, "clip": 1.0}, data=FRESH | {"n": 256}, run={"epochs": 20}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_high_stairs", "squares, stairs from 0.4: each cut helps", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set", loss=MSE, data={"n": 256}, optim={"name": "sgd", "lr": 0.4, "clip": 1.0}, sched={"name": "stairs", "x": 3}, run={"epochs": 21}, log="loss val_loss lr", seeds=2, dialect="lightning_csv"),
    ill("speech_high_mse", "squares, SGD at 0.25, cut late, no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set", loss=MSE, data={"n": 256}, optim={"name": "sgd", "lr": 0.25, "clip": 1.0}, sched={"name": "cut", "x": 0.75}, run={"epochs": 20}, log="loss val_loss val_sisdr", seeds=2, dialect="step_or_epoch_csv"),
    # too low, slow
    ill("speech_low_adam", "Adam at 2e-5", "learning-rate-too-low", "still-improving underfitting", optim={"lr": 2e-5}, run={"epochs": 20}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_low_mse", "squares, Adam at 3e-5", "learning-rate-too-low", "still-improving underfitting", loss=MSE, optim={"lr": 3e-5}, run={"epochs": 18}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_low_sgd", "squares, SGD at 1e-5", "learning-rate-too-low", "still-improving underfitting", loss=MSE, net={"norm": False}, optim={"name": "sgd", "lr": 1e-5}, run={"epochs": 14, "every": 8}, log="loss lr", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_slow_gain", "weights a third as large, no norm, squares", "slow-start", "still-improving", loss=MSE, net={"norm": False, "gain": 0.3, "last": 0.05, "skips": False}, optim={"lr": 6e-4}, run={"epochs": 24}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_slow_sgd", "no skips, small weights, SGD", "slow-start", "still-improving", loss=MSE, net={"norm": False, "gain": 0.6, "last": 0.02, "skips": False}, optim={"name": "sgd", "lr": 0.02}, run={"epochs": 28, "every": 12}, log="loss", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_slow_db", "small weights, the decibels", "slow-start", "still-improving", net={"norm": False, "gain": 0.4, "last": 1e-3}, data={"offset": 3.0}, optim={"lr": 3e-4}, run={"epochs": 26}, log=SDR, seeds=2, dialect="denoiser_log"),
    # generalisation
    ill("speech_over_mild", "112 sounds", "overfitting", "saturated-early severe-overfitting", data={"n": 112, "snr": (-4.0, 4.0)}, net={"width": 16}, optim={"lr": 4e-3}, run={"epochs": 50}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_over_mse", "80 sounds, squares", "overfitting severe-overfitting", "saturated-early", loss=MSE, data={"n": 80, "snr": (-6.0, 2.0)}, net={"width": 16}, optim={"lr": 3e-3}, run={"epochs": 50}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_severe", "32 sounds, a hundred epochs", "severe-overfitting overfitting", "saturated-early", loss=MSE, data={"n": 32, "batch": 8, "snr": (-6.0, 2.0)}, net={"width": 20}, optim={"lr": 4e-3}, run={"epochs": 90, "eval_every": 2}, log=SDR_MSE, seeds=2, dialect="step_or_epoch_csv"),
    ill("speech_under_deaf", "the channel of the noisy sound is empty", "underfitting not-learning", "saturated-early", loss=MSE, fault={"name": "deaf"}, run={"epochs": 16}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_under_decay", "weight decay of 30, squares", "underfitting", "saturated-early", loss=MSE, optim={"name": "adamw", "lr": 3e-3, "weight_decay": 30.0}, run={"epochs": 18}, log=SDR_MSE, seeds=2, dialect="lightning_csv"),
    ill("speech_under_delay", "clean sounds come 45 samples late", "underfitting", "saturated-early not-learning", fault={"name": "delayed", "size": 45}, loss=MSE, run={"epochs": 18}, log="loss val_loss val_sisdr", seeds=2, dialect="conv_tasnet_epochs"),
    ill("speech_small_held", "four sounds are held out, drawn anew", "small-validation-set", "", data={"n": 384, "held_draw": 4}, optim={"lr": 2e-3}, run={"epochs": 30}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_small_mse", "five sounds at each validation", "small-validation-set", "", loss=MSE, data={"held_draw": 5, "snr": (-8.0, 8.0)}, run={"epochs": 26}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_better", "dropout and noise in training only: validation better by dB", "validation-better-than-training healthy", "saturated-early", fault={"name": "louder_noise", "size": 0.6}, net={"drop": 0.2}, data=BIG, run={"epochs": 16}, log=DB, seeds=2, dialect="lightning_csv"),
    ill("speech_better_clipped", "training sounds are over-driven by an augmentation", "validation-better-than-training healthy", "saturated-early", fault={"name": "clipped_sounds", "size": 0.4}, loss=MSE, data=BIG, run={"epochs": 16}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_disagree", "squares of loud sounds fall, the decibels fall behind", "loss-metric-disagreement", "frozen-metric underfitting", fault={"name": "scores_input", "size": 1.0}, loss=MSE, data={"held_draw": 48}, run={"epochs": 16}, log="loss val_loss val_sisdr=val_si_snr", seeds=2, dialect="lightning_csv"),
    # metrics, not learning
    ill("speech_frozen_input", "the score is computed on the noisy sound", "frozen-metric", "loss-metric-disagreement", fault={"name": "scores_input"}, run={"epochs": 16}, log=SDR, seeds=2, dialect="speechbrain_log"),
    ill("speech_frozen_copy", "the validated copy is the first one", "frozen-metric", "", fault={"name": "first_copy"}, run={"epochs": 16}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_nothing", "the optimiser has a copy's parameters", "not-learning", "frozen-metric noisy-loss", optim={"freeze": True}, run={"epochs": 16}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_mixed", "clean and noisy files paired wrongly", "not-learning", "underfitting overfitting", data={"pairs": "mixed"}, loss=MSE, run={"epochs": 14}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    # jumps, spikes, the end
    ill("speech_diverges", "from half on the rate is eighty times as high, squares, no clipping", "diverging", "loss-jump loss-spikes noisy-loss learning-rate-too-high exploding-gradients", loss=MSE, net={"norm": False}, optim={"name": "sgd", "lr": 4e-3, "momentum": 0.9, "clip": 0.0}, fault={"name": "rate", "begin": 0.45, "size": 80.0}, run={"epochs": 18, "every": 8}, log="loss", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_uphill", "from 60 % on SI-SDR is not negated, at a small rate", "diverging", "loss-jump", fault={"name": "uphill", "begin": 0.6, "size": 1.0}, optim={"name": "sgd", "lr": 3e-3}, run={"epochs": 24}, log=DB, seeds=2, dialect="denoiser_log"),
    ill("speech_root", "the root of a power that may be negative", "non-finite-loss", "", fault={"name": "root", "begin": 0.2, "size": 2.0}, loss=MSE, run={"epochs": 12, "every": 6}, log="loss norm=grad_norm", seeds=2, dialect="json_lines"),
    ill("speech_louder", "from 55 % on another corpus with louder noise", "loss-jump", "validation-better-than-training diverging", fault={"name": "louder_noise", "begin": 0.55, "size": 1.5}, run={"epochs": 24}, log=DB, seeds=2, dialect="lightning_csv"),
    ill("speech_late", "from half on the clean files are cut twelve samples later", "loss-jump", "diverging", fault={"name": "delayed", "begin": 0.5, "size": 12}, optim={"lr": 1e-3}, run={"epochs": 24, "every": 12}, log="loss lr", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_driven", "from 60 % on over-driven sounds, squares", "loss-jump", "validation-better-than-training diverging", fault={"name": "clipped_sounds", "begin": 0.6, "size": 0.25}, loss=MSE, run={"epochs": 24}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_broken", "one batch in thirty holds a broken file", "loss-spikes", "noisy-loss", fault={"name": "broken_file", "size": 1.5}, loss=MSE, data=BIG, run={"epochs": 8, "every": 1, "last": True}, log="loss", seeds=2, dialect="step_csv"),
    ill("speech_broken_db", "one batch in thirty holds a broken file, the decibels", "loss-spikes", "noisy-loss", fault={"name": "broken_file", "size": 1.0}, data=BIG | {"batch": 32}, run={"epochs": 14, "every": 2, "last": True}, log="loss lr", seeds=2, dialect="lightning_steps_csv"),
    ill("speech_blip", "a scheduler's slip for some steps", "loss-spikes loss-jump", "noisy-loss", fault={"name": "rate", "begin": 0.5, "end": 0.515, "size": 60.0}, optim={"clip": 0.0}, run={"epochs": 16, "every": 4}, log="loss", seeds=2, dialect="json_lines"),
    # noise, order, first value
    ill("speech_noisy_two", "batches of one", "noisy-loss", "still-improving loss-spikes", data={"n": 400, "batch": 1, "snr": (-10.0, 10.0)}, optim={"lr": 3e-4}, run={"epochs": 1, "every": 1}, log="loss", seeds=2, dialect="step_csv"),
    ill("speech_noisy_db", "batches of two, sounds of all levels", "noisy-loss", "still-improving loss-spikes", data={"n": 500, "batch": 2, "snr": (-12.0, 12.0)}, optim={"lr": 4e-4}, run={"epochs": 2, "every": 2, "last": True}, log="loss lr", seeds=2, dialect="lightning_steps_csv"),
    ill("speech_by_level", "sorted by the level of the noise", "unshuffled-data", "noisy-loss", data={"n": 320, "sort": "level"}, run={"epochs": 12, "every": 1}, log="loss", seeds=2, dialect="step_csv"),
    ill("speech_by_level_mse", "sorted by level, squares", "unshuffled-data", "noisy-loss", data={"n": 320, "sort": "level", "snr": (-6.0, 6.0)}, loss=MSE, run={"epochs": 12, "every": 1}, log="loss lr", seeds=2, dialect="json_lines"),
    ill("speech_by_pitch", "sorted by pitch, as the speakers come", "unshuffled-data", "noisy-loss", data={"n": 320, "sort": "pitch"}, loss=MSE, run={"epochs": 12, "every": 2}, log="loss", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_start_pcm", "squares of 16-bit samples", "wrong-initial-loss", "saturated-early still-improving", loss=MSE, data={"scale": 30.0}, net={"last": 8.0}, optim={"lr": 4e-3, "clip": 0.0}, run={"epochs": 16, "every": 8}, log="loss", seeds=2, dialect="conv_tasnet_log"),
    ill("speech_start_last", "the last layer is drawn far too wide", "wrong-initial-loss", "saturated-early", loss=MSE, net={"last": 40.0}, run={"epochs": 16}, log=SDR_MSE, seeds=2, dialect="speechbrain_log"),
    ill("speech_start_offset", "a constant offset of the microphone remains in the squares", "wrong-initial-loss", "saturated-early", loss=MSE, data={"offset": 12.0}, run={"epochs": 16, "every": 6}, log="loss norm=grad_norm", seeds=2, dialect="json_lines"),
    # inside
    ill("speech_terms_spec", "the spectra weigh 300 beside the decibels", "loss-term-imbalance", "underfitting", loss={"spectral": 300.0}, run={"epochs": 14}, log="loss wave=loss_sisdr spec=loss_spec val_loss", seeds=2, dialect="json_lines"),
    ill("speech_terms_mse", "squares of 1e-3 beside spectra", "loss-term-imbalance", "underfitting", loss={"name": "mse", "wave": 1e-3, "spectral": 1.0}, run={"epochs": 14}, log="loss wave=loss_wave spec=loss_stft val_loss", seeds=2, dialect="lightning_csv"),
    ill("speech_l2", "sum of squares of weights times 0.05, squares", "regularisation-dominates", "loss-term-imbalance underfitting still-improving", loss={"name": "mse", "l2": 0.05}, run={"epochs": 14}, log="loss data=data_loss reg=reg_loss val_loss", seeds=2, dialect="json_lines"),
    ill("speech_l1", "sum of sizes of weights times 0.01, squares", "regularisation-dominates", "loss-term-imbalance underfitting still-improving", loss={"name": "mse", "l1": 0.01}, run={"epochs": 14, "every": 8}, log="loss data=mse reg=l1_penalty", seeds=2, dialect="step_or_epoch_csv"),
    ill("speech_exploding", "accumulation without division from half on, no clipping", "exploding-gradients", "loss-jump diverging loss-spikes learning-rate-too-high noisy-loss", loss=MSE, net={"norm": False}, optim={"name": "sgd", "lr": 3e-3, "clip": 0.0}, fault={"name": "undivided", "begin": 0.5, "size": 60.0}, run={"epochs": 16, "every": 8}, log="loss norm=grad_norm", seeds=2, dialect="json_lines"),
    ill("speech_vanishing", "tiny weights, no norm, no skips: the first stage gets nothing", "vanishing-gradients not-learning", "saturated-early slow-start underfitting", loss=MSE, net={"norm": False, "gain": 0.05, "skips": False, "depth": 4}, optim={"name": "sgd", "lr": 1e-3}, run={"epochs": 14}, log=DB, watch="grad", seeds=2, dialect="json_lines"),
    ill("speech_ratio_high", "squares, SGD at 0.5", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting", loss=MSE, optim={"name": "sgd", "lr": 0.5, "clip": 1.0}, run={"epochs": 14, "every": 8}, log="loss", watch="ratio", seeds=2, dialect="step_or_epoch_csv"),
    ill("speech_ratio_low", "Adam at 1e-5", "update-ratio learning-rate-too-low", "still-improving not-learning", optim={"lr": 1e-5}, run={"epochs": 14}, log=DB, watch="ratio", seeds=2, dialect="json_lines"),
    ill("speech_dead", "biases of -1.5 more before ReLU", "dead-units", "underfitting still-improving", net={"act": "relu", "norm": False, "shift": -1.5}, run={"epochs": 14}, log=DB, watch="dead", seeds=2, dialect="json_lines"),
    ill("speech_clip", "clipped at 0.05 with SGD", "clipping-saturated", "learning-rate-too-low still-improving", optim={"name": "sgd", "lr": 0.05, "clip": 0.05}, run={"epochs": 14, "every": 6}, log="loss norm_used=grad_norm lr", seeds=2, dialect="json_lines"),
    ill("speech_clip_db", "all updates are cut to 0.4", "clipping-saturated", "still-improving learning-rate-too-low", optim={"name": "sgd", "lr": 0.01, "clip": 0.4}, run={"epochs": 14, "every": 6}, log="loss norm_used=grad_norm", seeds=2, dialect="lightning_steps_csv"),
    ill("speech_early", "the schedule was made for a sixth of the run", "learning-rate-schedule", "saturated-early underfitting", sched={"name": "early", "x": 0.14}, optim={"lr": 1e-3}, run={"epochs": 24}, log="loss val_loss lr", seeds=2, dialect="speechbrain_log"),
    ill("speech_return", "T_max is half of the run: the rate comes back", "learning-rate-schedule", "loss-jump", sched={"name": "return", "x": 2}, optim={"lr": 0.02}, run={"epochs": 24}, log="loss val_loss lr", seeds=2, dialect="lightning_csv"),
    ill("speech_warm_ever", "a warm-up of 20,000 steps", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", sched={"warm": 20000}, optim={"lr": 1e-3}, run={"epochs": 14, "every": 8}, log="loss lr", seeds=2, dialect="json_lines"),
    # healthy
    well("speech_ok_plain", "decibels below zero", data=BIG, run={"epochs": 20}, log=DB, seeds=2, dialect="denoiser_log"),
    well("speech_ok_halve", "halved on a plateau", data=BIG, sched={"name": "halve", "x": 2}, optim={"lr": 5e-3}, run={"epochs": 26}, log="loss val_loss lr", also="saturated-early", seeds=2, dialect="speechbrain_log"),
    well("speech_ok_fresh", "new mixtures each epoch: no gap", data=BIG | FRESH, run={"epochs": 20}, log=SDR, also="saturated-early", seeds=2, dialect="lightning_csv"),
    well("speech_ok_cosine", "cosine, the loss crosses zero", data=BIG | {"snr": (-10.0, 0.0)}, sched={"name": "cosine", "warm": 40}, run={"epochs": 20}, log="loss val_loss lr", seeds=2, dialect="json_lines"),
    well("speech_ok_saw", "warm restarts", data=BIG, sched={"name": "saw", "x": 3}, optim={"lr": 0.015}, run={"epochs": 18, "every": 10}, log="loss lr", excused="loss-spikes learning-rate-schedule loss-jump", seeds=2, dialect="lightning_steps_csv"),
    well("speech_ok_stairs", "stairs of the rate", data=BIG, sched={"name": "stairs", "x": 3}, optim={"lr": 6e-3}, run={"epochs": 20}, log="loss val_loss lr", also="saturated-early", seeds=2, dialect="speechbrain_log"),
    well("speech_ok_noam", "Noam's warm-up", data=BIG, sched={"name": "noam", "x": 150}, optim={"lr": 6e-3}, run={"epochs": 14, "every": 10}, log="loss lr", also="still-improving", seeds=2, dialect="json_lines"),
    well("speech_ok_babble", "babble: an honest floor a little above the start", data=BIG | {"noise": "babble"} | FRESH, run={"epochs": 16}, log=DB, also="saturated-early", excused="underfitting", seeds=2, dialect="denoiser_log"),
    well("speech_ok_hum", "hum: large gains", data=BIG | {"noise": "hum"}, run={"epochs": 16}, log=SDR, also="still-improving", seeds=2, dialect="speechbrain_log"),
    well("speech_ok_ragged", "batches of eight logged one by one", data={"n": 640, "batch": 8} | FRESH, optim={"lr": 2e-3}, run={"epochs": 4, "every": 2, "last": True}, log="loss lr", also="still-improving saturated-early", excused="noisy-loss loss-spikes", seeds=2, dialect="lightning_steps_csv"),
    well("speech_ok_mse", "", loss=MSE, data=BIG, sched={"name": "cosine"}, run={"epochs": 20}, log=SDR_MSE, seeds=2, dialect="conv_tasnet_epochs"),
    well("speech_ok_small", "squares of quiet sounds: 1e-7", loss=MSE | {"times": 1e-6}, data=BIG, sched={"name": "cosine"}, run={"epochs": 16}, log=DB, seeds=2, dialect="lightning_csv"),
    well("speech_ok_pcm", "summed squares: thousands", loss={"name": "mse", "sum": True, "times": 1e3}, data=BIG, sched={"name": "cosine"}, optim={"clip": 0.0}, run={"epochs": 16}, log=SDR_MSE, seeds=2, dialect="json_lines"),
    well("speech_ok_log", "the logarithm of squares: it crosses zero", loss={"name": "log_mse"}, data=BIG, run={"epochs": 18}, log=DB, seeds=2, dialect="denoiser_log"),
    well("speech_ok_terms", "decibels and spectra, both improve", loss={"spectral": 8.0}, data=BIG, sched={"name": "cosine"}, run={"epochs": 16}, log="loss wave=loss_sisdr spec=loss_spec val_loss", seeds=2, dialect="json_lines"),
    well("speech_ok_average", "an average of weights is validated", run={"epochs": 18, "ema": 0.97}, data=BIG, log=DB, also="validation-better-than-training", excused="slow-start", seeds=2, dialect="denoiser_log"),
    well("speech_ok_early", "stopped early", data={"n": 256}, optim={"lr": 4e-3}, run={"epochs": 60, "patience": 4}, log="loss val_loss lr", also="overfitting saturated-early", seeds=2, dialect="speechbrain_log"),
    well("speech_ok_short", "six epochs", data={"n": 640} | FRESH, run={"epochs": 6}, log=DB, also="still-improving too-short", seeds=2, dialect="denoiser_log"),
    well("speech_ok_seldom", "validated every fourth epoch", data=BIG, run={"epochs": 24, "eval_every": 4}, log="loss val_loss lr", seeds=2, dialect="step_or_epoch_csv"),
    well("speech_ok_clip", "clipped at first, calmer later", data=BIG, optim={"clip": 5.0}, sched={"name": "cosine"}, run={"epochs": 14, "every": 10}, log="loss norm=grad_norm lr", seeds=2, dialect="json_lines"),
    well("speech_ok_residual", "begins at the noisy sound itself", net={"residual": True, "last": 0.01}, data=BIG, run={"epochs": 16}, log=SDR, seeds=2, dialect="lightning_csv"),
    well("speech_ok_long", "1,500 steps on new mixtures", data={"n": 400} | FRESH, sched={"name": "cosine", "warm": 50}, run={"epochs": 60, "every": 10, "eval_every": 10}, log="loss lr val_loss", also="saturated-early", seeds=1, dialect="step_or_epoch_csv"),
)  # fmt: skip

FAMILY = Family(
    name="speech_denoise",
    script="speech_denoise",
    data="made-up voices in noise",
    model="a 1-D U-net",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
