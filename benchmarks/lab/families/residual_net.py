"""A residual net on waves and on letters: rich in faults that show little, and in healthy runs that look like them.

Of 85 configurations tried none was dropped; relabelled after a look at the pictures: a weight decay that did no harm
(healthy), a plateau never left (not learning), a mixture that contradicts itself (diverging), a rate at which two of
three runs overflow; in six the trace is so faint that "healthy" passes too.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well

T = {"task": "text", "rows": 6000}
VAL, RATE, BOTH = ("loss", "val_loss"), ("loss", "lr"), ("loss", "val_loss", "val_accuracy")
LOW, LATE = "learning-rate-too-low", "still-improving"
PLAIN = {"blocks": 3, "plain": True}

ILL = (
    ill("res_low_sgd_steps", "SGD at 5e-5 on waves", f"{LOW}", f"{LATE} not-learning noisy-loss underfitting", opt="sgd", lr=5e-5, steps=2500, every=10, log=RATE),
    ill("res_low_adam_epochs", "Adam at 4e-6", f"{LOW} {LATE}", "underfitting not-learning", lr=4e-6, every=0, steps=1890, log=VAL, dialect="keras_csv"),
    ill("res_low_text_sgd", "SGD at 2e-4 on letters: two per cent", f"{LOW}", f"{LATE} not-learning noisy-loss", **T, opt="sgd", lr=2e-4, steps=2000, every=10, log=RATE, dialect="step_prints"),
    ill("res_low_text_adam", "Adam at 1e-5 on letters: four per cent", f"{LOW}", f"{LATE} not-learning", **T, lr=1e-5, steps=1600, every=8, log=BOTH, val_each=20),
    ill("res_low_text_epochs", "AdamW at 4e-6 on letters", LOW, f"{LATE} not-learning underfitting", **T, opt="adamw", lr=4e-6, batch=128, every=0, steps=47 * 30, log=("accuracy", *BOTH), dialect="keras_epochs"),
    ill("res_low_momentum", "momentum at 1e-5 on letters, single steps: half a per cent, hardly seen", f"not-learning {LOW} noisy-loss", f"{LATE}", **T, opt="momentum", lr=1e-5, steps=1800, every=3, mean=False),
    ill("res_low_trained", "falls well for 300 steps, then at a rate far too low", f"saturated-early {LOW} healthy", f"{LATE} learning-rate-schedule", **T, lr=2e-3, fault="rate", at=0.15, much=0.003, steps=2000, every=10, log=RATE),
    ill("res_low_scaled", "SGD at 1e-9 on a loss in squared cents", f"{LOW} not-learning", f"{LATE} not-learning noisy-loss", opt="sgd", lr=1e-9, scale=1e4, steps=2000, every=5, log=("loss", "lr", "grad_norm"), dialect="key_value"),
    ill("res_frozen_waves", "the optimiser holds a copy's parameters", "not-learning", "noisy-loss", fault="frozen", every=3, steps=1000, mean=False),
    ill("res_frozen_text", "the optimiser holds a copy's parameters", "not-learning", "noisy-loss", **T, fault="frozen", every=10, steps=1500, log=("loss", "accuracy"), dialect="json_lines"),
    ill("res_frozen_epochs", "the optimiser holds a copy's parameters", "not-learning", "frozen-metric", **T, fault="frozen", batch=128, every=0, steps=47 * 25, log=BOTH, dialect="epoch_prints"),
    ill("res_labels", "targets unrelated to inputs", "not-learning", "noisy-loss underfitting", fault="labels", opt="sgd", lr=0.01, every=10, steps=2000, pre=100, log=RATE),
    ill("res_blind", "inputs are all zero", "not-learning underfitting", "noisy-loss saturated-early", fault="blind", opt="adam", lr=1e-3, every=5, steps=1200, log=("loss", "r2")),
    ill("res_tiny_rate", "SGD at 1e-7 on letters", "not-learning", f"{LOW} noisy-loss", **T, opt="sgd", lr=1e-7, every=4, steps=1200, mean=False, log=("loss", "lr", "grad_norm"), dialect="step_prints"),
    ill("res_zero_weights", "all weights start at zero", f"underfitting {LOW} {LATE} loss-metric-disagreement", "not-learning frozen-metric saturated-early", **T, gain=0.0, every=15, steps=1800, log=("loss", "accuracy")),
    ill("res_blind_text", "inputs are all the same letter", "saturated-early underfitting not-learning healthy", "noisy-loss", **T, fault="blind", lr=3e-3, every=10, steps=1500),
    ill("res_jump_data_late", "another function to learn from 85 % on", "loss-jump", "diverging loss-spikes", fault="switch", at=0.85, every=5, lr=2e-3),
    ill("res_jump_data_early", "another function to learn from 12 % on", "loss-jump", "loss-spikes", fault="switch", at=0.12, every=5, lr=2e-3, steps=1600, log=RATE),
    ill("res_jump_text", "another text from 70 % on", "loss-jump loss-spikes healthy", "noisy-loss", **T, fault="switch", at=0.7, every=10, lr=2e-3, dialect="json_lines"),
    ill("res_jump_noise", "noisier inputs from 60 % on: a part of the fall is lost", "loss-jump", "diverging", fault="noisier", at=0.6, much=0.4, every=10, lr=2e-3, steps=2500),
    ill("res_jump_labels", "a quarter of the targets wrong from 75 % on", "loss-jump", "noisy-loss diverging", fault="mislabel", at=0.75, much=0.25, every=10, lr=2e-3, steps=2500, log=RATE, dialect="tsv"),
    ill("res_jump_forget", "Adam's memory lost at half way, rate fifteen times", "loss-jump loss-spikes learning-rate-too-high", "noisy-loss", fault="forget", at=0.5, much=15, every=5, lr=1e-3, steps=2000, noise=0.05),
    ill("res_jump_rate", "the rate is raised twentyfold at 70 %", "loss-jump learning-rate-too-high", "noisy-loss diverging loss-spikes", fault="rate", at=0.7, much=25, lr=1e-3, every=5, noise=0.05, log=RATE),
    ill("res_jump_kick", "noise added to all weights at 45 %, SGD", "loss-jump loss-spikes", "", fault="kick", at=0.45, much=0.7, opt="sgd", lr=0.01, every=10, steps=2500, noise=0.05),
    ill("res_jump_round", "weights rounded to eighths from 80 % on", "loss-jump", "noisy-loss loss-spikes diverging", fault="round", at=0.8, much=0.12, opt="sgd", lr=0.05, every=10, noise=0.05),
    ill("res_jump_dropout", "dropout switched on at 55 %", "loss-jump", "diverging", fault="dropout", at=0.55, much=0.4, every=10, lr=2e-3, noise=0.05, log=RATE),
    ill("res_jump_epochs", "another function from epoch 25 of 40", "loss-jump", "diverging loss-spikes", fault="switch", at=0.62, every=0, steps=63 * 40, lr=2e-3, dialect="keras_csv"),
    ill("res_high_sgd", "SGD at 0.12, never cut", "noisy-loss loss-spikes learning-rate-too-high healthy", "", opt="sgd", lr=0.12, noise=0.02, every=5),
    ill("res_high_adam_cut", "Adam at 0.03, cut at 65 %", "learning-rate-too-high", "noisy-loss loss-spikes", lr=0.03, sched="late_cut", noise=0.05, every=5, log=RATE),
    ill("res_high_adam", "Adam at 0.06, never cut", "learning-rate-too-high noisy-loss", "loss-spikes underfitting wrong-initial-loss saturated-early", lr=0.06, norm=True, noise=0.05, every=5, log=VAL, val_each=10),
    ill("res_high_text_cut", "Adam at 0.1 on letters, cut at 65 %", "learning-rate-too-high", "underfitting saturated-early noisy-loss", **T, lr=0.1, norm=True, sched="late_cut", every=10, log=RATE),
    ill("res_high_text", "Adam at 0.06 on letters, a high plateau without a bounce", "learning-rate-too-high underfitting saturated-early noisy-loss", "loss-spikes not-learning diverging", **T, lr=0.06, norm=True, every=10, log=("loss", "lr", "accuracy"), dialect="step_prints"),
    ill("res_high_two_cuts", "momentum at 0.1, cut at 50 and 75 %; some runs overflow", "non-finite-loss learning-rate-too-high", "diverging exploding-gradients noisy-loss loss-spikes", opt="momentum", lr=0.1, norm=True, noise=0.05, sched="two_cuts", every=10, steps=2500, log=RATE),
    ill("res_high_rmsprop", "RMSprop at 0.03", "learning-rate-too-high wrong-initial-loss loss-spikes", "noisy-loss diverging", opt="rmsprop", lr=0.03, noise=0.05, sched="late_cut", every=10, log=RATE, dialect="json_lines"),
    ill("res_high_epochs", "Adam at 0.05, once an epoch", "learning-rate-too-high noisy-loss", "small-validation-set underfitting loss-spikes", lr=0.05, norm=True, noise=0.02, every=0, steps=63 * 35, log=VAL, dialect="keras_csv"),
    ill("res_term_ignored", "the second task weighs 1e-3 and never learns", "loss-term-imbalance", "", opt="sgd", lr=0.03, terms="aux", weight=1e-3, every=10, log=("loss", "main_loss", "aux_loss")),
    ill("res_term_worsens", "the second task weighs 1e-4, its labels are wrong: it never learns", "loss-term-imbalance", "", **T, opt="adam", lr=2e-3, fault="aux_labels", terms="aux", weight=1e-4, every=10, log=("loss", "main_loss", "aux_loss")),
    ill("res_term_swamps", "the second task weighs a thousand times the first", "loss-term-imbalance", "not-learning", opt="sgd", lr=2e-5, terms="aux", weight=1000.0, every=10, log=("loss", "main_loss", "aux_loss"), dialect="json_lines"),
    ill("res_term_collapse", "the divergence weighs 30: the code collapses", "loss-term-imbalance not-learning saturated-early underfitting", "regularisation-dominates wrong-initial-loss", terms="kl", weight=30.0, lr=1e-3, every=10, log=("loss", "main_loss", "kl_loss")),
    ill("res_term_rises", "the divergence weighs 1e-5 and rises", "loss-term-imbalance healthy", "", terms="kl", weight=1e-5, lr=1e-3, noise=0.02, every=10, log=("loss", "main_loss", "kl_loss")),
    ill("res_sorted_learnt", "sorted by target, learnt and forgotten every epoch", "unshuffled-data", "noisy-loss loss-spikes", order="by_target", opt="sgd", lr=0.02, every=1, steps=63 * 16),
    ill("res_sorted_adam", "sorted by target, Adam", "unshuffled-data", "noisy-loss loss-spikes", order="by_target", lr=3e-3, every=2, steps=63 * 20, log=RATE),
    ill("res_sorted_input", "sorted by the first input", "unshuffled-data", "noisy-loss loss-spikes", order="by_input", opt="sgd", lr=0.03, every=1, steps=63 * 14, dialect="step_prints"),
    ill("res_sorted_text", "sorted by the next letter", "unshuffled-data", "noisy-loss loss-spikes not-learning underfitting", **(T | {"rows": 3000}), order="by_target", opt="sgd", lr=0.05, every=1, steps=94 * 12),
    ill("res_spikes_sparse", "one batch in 500 is eight times too bright", "loss-spikes", "noisy-loss learning-rate-too-low still-improving", fault="bad", share=0.002, much=8.0, lr=1e-3, opt="sgd", every=1, mean=False, steps=3000),
    ill("res_spikes_many", "one batch in 40 is four times too bright", "loss-spikes", "noisy-loss", fault="bad", share=0.025, much=4.0, lr=1e-3, every=1, mean=False, steps=2000),
    ill("res_spikes_fading", "bad batches that get rare", "loss-spikes", "noisy-loss", fault="fading_bad", share=0.01, much=5.0, lr=1e-3, every=2, steps=3000),
    ill("res_spikes_text", "one batch in 200 has wrong labels, lines averaged: hardly seen", "noisy-loss loss-spikes healthy", "", **T, fault="bad", share=0.005, lr=2e-3, opt="adam", every=5, steps=2500, dialect="json_lines"),
    ill("res_under_width", "one unit wide", "underfitting", "saturated-early", width=1, blocks=1, lr=5e-3, every=0, steps=63 * 40, log=("loss", "val_loss", "val_r2"), dialect="keras_csv"),
    ill("res_under_decay", "weight decay of 0.05 in Adam: slow, but it gets there", "healthy still-improving", "underfitting", wd=0.05, opt="adam", lr=2e-3, every=0, steps=63 * 35, log=("loss", "r2", "val_loss", "val_r2")),
    ill("res_under_text", "two units wide on letters", "underfitting", "saturated-early overfitting", **T, width=2, blocks=1, lr=5e-3, batch=128, every=0, steps=47 * 40, log=("accuracy", *BOTH), dialect="keras_epochs"),
    ill("res_under_dropout", "dropout of 0.95", "not-learning underfitting", "saturated-early validation-better-than-training frozen-metric", dropout=0.95, width=8, blocks=4, plain=True, lr=3e-3, every=0, steps=63 * 35, log=("loss", "r2", "val_loss", "val_r2")),
    ill("res_val_eight", "eight validation rows drawn anew", "small-validation-set", "", val=8, fresh_val=True, lr=2e-3, every=0, steps=63 * 35, log=VAL, dialect="keras_csv"),
    ill("res_val_text", "twelve validation rows drawn anew", "small-validation-set", "overfitting", **T, val=12, fresh_val=True, batch=128, lr=2e-3, every=0, steps=47 * 35, log=BOTH, dialect="epoch_prints"),
    ill("res_val_steps", "five validation rows drawn anew, every 50 steps", "small-validation-set", "", val=5, fresh_val=True, lr=1e-3, every=10, val_each=5, log=VAL),
    ill("res_slow_gain", "weights a fifth of what they should be, Adam", "slow-start", "not-learning still-improving noisy-loss", **PLAIN, gain=0.2, lr=1e-4, steps=3000, every=10, noise=0.05),
    ill("res_slow_tanh", "small weights, tanh, momentum: never leaves the plateau", "not-learning", "slow-start noisy-loss underfitting", blocks=2, plain=True, act="tanh", gain=0.25, opt="momentum", lr=0.02, steps=3000, every=10, noise=0.05, log=RATE),
    ill("res_slow_sigmoid", "sigmoid net: a short plateau, then a poor one", "slow-start healthy underfitting", "saturated-early noisy-loss", blocks=1, plain=True, act="sigmoid", opt="adam", lr=1e-3, steps=2500, every=10, noise=0.05, dialect="step_prints"),
    ill("res_slow_warm", "a rate of nearly nothing for 40 %, not logged", "slow-start", "", sched="late_warm", lr=2e-3, every=10, steps=2000),
    ill("res_mixed_in", "another function is mixed in more and more", "diverging", "loss-jump noisy-loss", fault="curriculum", at=0.3, much=0.6, lr=2e-3, every=10, steps=2500),
)  # fmt: skip

WELL = (
    well("res_restarts", "warm restarts, rate logged", opt="sgd", lr=0.1, sched="restarts", every=10, steps=2500, log=RATE),
    well("res_restarts_hidden", "warm restarts, rate not logged", lr=1e-2, sched="restarts", every=10, steps=2500),
    well("res_triangle", "cyclical rate, rate logged", lr=1e-2, sched="triangle", every=10, steps=2500, log=RATE, dialect="step_prints"),
    well("res_converged", "converged jitter near zero", rows=300, noise=0.0, width=48, lr=2e-3, every=10, steps=4000),
    well("res_converged_small", "losses of 1e-4 to 1e-9, converged jitter", rows=200, noise=0.0, width=48, lr=2e-3, every=10, steps=4000, scale=1e-4),
    well("res_cosine", "warm-up and cosine decay on letters", **T, lr=4e-3, sched="warm_cosine", every=10, log=RATE),
    well("res_fine_tuned", "a fine-tune: under two per cent of fall", **T, pre=2500, lr=2e-5, sched="linear", every=5, steps=1000, log=RATE, options={"expect": "finetune"}),
    well("res_fine_tuned_silent", "a fine-tune with a small fall, nobody says so", **T, pre=2500, lr=3e-5, sched="linear", every=10, steps=1200, log=("loss", "lr", "val_loss"), val_each=20, excused="learning-rate-too-low not-learning overfitting"),
    well("res_fine_tuned_epochs", "a fine-tune, once an epoch", excused="overfitting", pre=1500, lr=1e-5, every=0, steps=63 * 15, log=("loss", "val_loss", "val_r2")),
    well("res_floor", "noise is 85 % of the variance", also="noisy-loss", excused="underfitting not-learning", noise=0.85, rows=6000, lr=5e-4, width=16, sched="cosine", every=10, steps=1500, log=VAL, val_each=10),
    well("res_floor_epochs", "noise is 85 % of the variance, once an epoch", excused="underfitting", noise=0.85, rows=6000, batch=64, lr=1e-3, width=12, sched="cosine", every=0, steps=94 * 20, log=("loss", "val_loss", "val_mae"), dialect="keras_csv"),
    well("res_floor_text", "four letters in ten are wrong", **T, noise=0.4, lr=1e-3, sched="cosine", batch=64, every=10, steps=1500),
    well("res_weight_step", "the second task's weight rises tenfold as planned, its own curves fall on", also="loss-jump", terms="stepped", weight=2.0, at=0.5, lr=1e-3, every=10, log=("loss", "main_loss", "aux_loss")),
    well("res_saw_tooth", "few rows memorised: waves of Adam on the way to zero", rows=320, noise=0.3, width=64, lr=2e-3, every=1, steps=1000),
    well("res_annealing", "the divergence's weight rises for 40 % of the training", terms="annealed_kl", weight=0.02, lr=2e-3, every=10, steps=2500, log=("loss", "main_loss", "kl_loss")),
    well("res_two_tasks", "two tasks that both learn", terms="aux", weight=0.5, lr=1e-3, every=10, log=("loss", "main_loss", "aux_loss")),
    well("res_penalty", "a small penalty that grows with the weights", terms="l2", weight=1e-5, lr=1e-3, every=10, log=("loss", "main_loss", "l2_loss")),
    well("res_code", "a small divergence term, both terms settle", terms="kl", weight=2e-3, lr=1e-3, every=10, log=("loss", "main_loss", "kl_loss"), dialect="json_lines"),
    well("res_sgd_noise", "batch noise on a fall to the noise floor", opt="sgd", lr=0.02, batch=16, every=5, steps=2500, sched="linear"),
    well("res_steps", "two cuts of the rate", opt="momentum", lr=0.02, sched="steps", every=10, noise=0.05, log=RATE),
    well("res_steep", "a steep fall, then a long plateau at the noise floor", noise=0.6, rows=6000, lr=3e-3, width=16, sched="cosine", every=10, steps=2500),
    well("res_one_epoch", "one epoch of pre-training, still falling", task="text", rows=30000, lr=2e-3, batch=32, every=10, steps=930, sched="warm_cosine", log=("loss", "lr", "val_ppl"), val_each=20, options={"expect": "single-epoch"}),
    well("res_dropout", "validation better by dropout", dropout=0.2, width=64, lr=1e-3, every=0, steps=63 * 30, sched="cosine", log=("loss", "val_loss", "val_r2"), dialect="keras_csv"),
    well("res_thousand", "losses of 1e8, in the tens of millions", scale=1e8, lr=1e-3, sched="cosine", every=10, steps=1500, log=VAL, val_each=10),
    well("res_one_cycle", "one-cycle rate", opt="momentum", lr=0.03, sched="one_cycle", every=10, steps=2000, log=RATE),
)  # fmt: skip

FAMILY = Family("residual_net", "residual", "waves, letters", "residual net", "tuning", (*ILL, *WELL))
