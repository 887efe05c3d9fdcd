"""Matrix factorisation of ratings, in plain numpy: held out.

Of 47 configurations tried none was dropped; relabelled after a look at the pictures: a slow start that never ended, a
rank of one that learnt nothing, a penalty that did not dominate, a small learning rate drowned in noise.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well

M = {"opt": "momentum", "lr": 0.2}
A = {"opt": "adam", "lr": 0.01}
LOSS, RATE, RMSE = ("loss",), ("loss", "lr"), ("rmse", "val_rmse", "val_mae")
OVER, SEVERE, HIGH, LOW = "overfitting", "severe-overfitting", "learning-rate-too-high", "learning-rate-too-low"
SMALL = {"users": 60, "items": 40}

ILL = (
    ill("rec_frozen", "the rate is zero by mistake, not logged", "not-learning", "frozen-metric", **M, fault="frozen", every=5, epochs=12, logged=LOSS),
    ill("rec_unrelated", "ratings permuted", f"{OVER} not-learning", "noisy-loss underfitting", lr=0.05, rank=2, fault="unrelated", epochs=25, dialect="keras_csv"),
    ill("rec_low", "SGD at 0.002", f"{LOW} not-learning", "still-improving underfitting", lr=0.002, epochs=25, dialect="epoch_prints"),
    ill("rec_low_steps", "SGD at 0.004, by step: the fall is drowned in noise", f"not-learning {LOW}", "still-improving noisy-loss", lr=0.004, every=10, epochs=20, logged=RATE),
    ill("rec_low_adam", "Adam at 5e-5", f"{LOW}", "not-learning still-improving underfitting", opt="adam", lr=5e-5, epochs=30, logged=("loss", *RMSE), dialect="json_lines"),
    ill("rec_high_cut", "Adam at 0.1, cut at 60 %", f"{HIGH}", "noisy-loss loss-spikes wrong-initial-loss", opt="adam", lr=0.1, sched="late_cut", every=8, epochs=25, logged=RATE),
    ill("rec_high", "Adam at 0.12", f"{HIGH}", "noisy-loss underfitting wrong-initial-loss saturated-early loss-spikes", opt="adam", lr=0.12, every=8, epochs=20, logged=RATE, dialect="key_value"),
    ill("rec_grow", "the rate grows e^6-fold", "diverging non-finite-loss", f"{HIGH} exploding-gradients loss-spikes loss-jump {OVER}", lr=0.05, fault="grow", much=6, every=5, epochs=15, logged=("loss", "lr", "grad_norm")),
    ill("rec_ascent", "the sign of the step is wrong from 60 % on", "diverging non-finite-loss", f"loss-jump exploding-gradients {OVER} {SEVERE}", **A, fault="ascent", at=0.6, epochs=40, logged=("loss", "val_loss"), dialect="keras_csv"),
    ill("rec_nan", "a rating is missing", "non-finite-loss", "", **A, fault="missing", at=0.0, epochs=15, dialect="json_lines"),
    ill("rec_nan_late", "a rating is missing from 70 % on", "non-finite-loss", "", **M, fault="missing", at=0.7, every=10, epochs=15, logged=LOSS, dialect="step_prints"),
    ill("rec_taste", "another set of ratings from 70 % on", "loss-jump", "diverging", **M, fault="taste", at=0.7, every=8, epochs=30, logged=RATE),
    ill("rec_kick", "factors disturbed at half way", "loss-jump loss-spikes", "", opt="adagrad", lr=0.1, fault="kick", at=0.5, much=0.4, every=8, epochs=30, logged=LOSS),
    ill("rec_noisier", "noisier ratings from 80 % on", "loss-jump", "diverging noisy-loss", **M, fault="noisier", at=0.8, much=0.4, every=8, epochs=30, logged=LOSS, dialect="tsv"),
    ill("rec_over", "rank 12 on few ratings", f"{SEVERE} {OVER}", "", opt="adagrad", lr=0.2, rank=12, ratings=2000, noise=0.8, epochs=60, batch=32, dialect="keras_csv"),
    ill("rec_over_mild", "rank 8, 50 epochs: validation flat while training falls on", f"{OVER} healthy", "saturated-early", opt="adagrad", lr=0.05, rank=8, ratings=4000, noise=0.6, epochs=50, logged=("loss", "val_loss", "val_r2"), dialect="epoch_prints"),
    ill("rec_under", "rank 1 under a heavy penalty: an R² of zero", "not-learning underfitting", "saturated-early noisy-loss small-validation-set", **M, rank=1, decay=0.02, epochs=30, logged=("loss", "val_loss", "val_r2")),
    ill("rec_penalty", "a penalty nearly as large as the loss; both fall", "healthy still-improving regularisation-dominates", "underfitting", opt="sgd", lr=0.05, start=1.0, decay=0.002, every=10, epochs=15, logged=("loss", "penalty")),
    ill("rec_spikes", "one batch in 80 has ratings off by 12", "loss-spikes", "noisy-loss", **A, fault="bad", much=0.012, every=1, epochs=15, mean=False, logged=LOSS),
    ill("rec_by_user", "sorted by user, never shuffled", "unshuffled-data", "noisy-loss loss-spikes not-learning underfitting", opt="sgd", lr=0.15, order="by_user", every=1, epochs=14, logged=LOSS),
    ill("rec_by_rating", "sorted by rating, never shuffled", "unshuffled-data", "noisy-loss loss-spikes", **A, order="by_rating", every=1, epochs=12, logged=LOSS, dialect="step_prints"),
    ill("rec_tiny_held", "eight ratings held out, drawn anew", "small-validation-set", "", **A, held=8, fresh=True, epochs=40, sched="cosine", logged=("loss", "val_loss"), dialect="keras_csv"),
    ill("rec_slow", "factors start near zero", "slow-start", "not-learning", **M, start=1e-5, every=8, epochs=25, logged=LOSS),
    ill("rec_slow_epochs", "factors start at nothing and never leave it: only biases learn", f"saturated-early underfitting not-learning {OVER}", "slow-start small-validation-set", opt="sgd", lr=0.3, start=1e-6, epochs=60, logged=("loss", "val_loss"), dialect="keras_csv"),
    ill("rec_one", "batches of one rating", "noisy-loss", "loss-spikes not-learning learning-rate-too-low", **SMALL, ratings=1500, opt="adagrad", lr=0.02, batch=1, every=2, epochs=2, mean=False, noise=0.7, logged=LOSS),
    ill("rec_stale", "the evaluation looks at a copy of the first weights", "frozen-metric", OVER, **A, fault="stale", epochs=25, dialect="epoch_prints"),
    ill("rec_stopped", "stopped after ten epochs", "still-improving", LOW, opt="adam", lr=2e-3, epochs=12, dialect="keras_csv"),
    ill("rec_three", "three epochs", "too-short", "", **A, epochs=3, dialect="json_lines"),
    ill("rec_saturated", "a hundred epochs where 25 would do", "saturated-early healthy", "", opt="adam", lr=0.02, sched="cuts", epochs=90, ratings=4000, rank=3),
    ill("rec_offset", "the mean rating is not known to the model", "wrong-initial-loss healthy", "slow-start", **M, offset=False, every=2, epochs=12, logged=LOSS),
    ill("rec_long_taste", "100,000 steps, other ratings from 60 % on, soon learnt", "loss-jump loss-spikes", "noisy-loss", **SMALL, ratings=2000, opt="momentum", lr=0.03, batch=16, every=4, epochs=800, fault="taste", at=0.6, mean=False, logged=LOSS, digits=2, seeds=1),
)  # fmt: skip

WELL = (
    well("rec_plain", "a plain fall", opt="adagrad", lr=0.1, epochs=40, sched="linear", dialect="keras_csv"),
    well("rec_adam_steps", "batch noise", **A, every=5, epochs=12, mean=False, logged=LOSS),
    well("rec_cosine", "cosine decay", opt="adam", lr=0.02, sched="cosine", every=8, epochs=25, logged=RATE, dialect="step_prints"),
    well("rec_cuts", "staircase at the cuts, rate not logged", also="learning-rate-too-high", opt="adam", lr=0.06, sched="cuts", every=8, epochs=24, logged=LOSS),
    well("rec_restarts", "warm restarts, rate logged", opt="adam", lr=0.05, sched="restarts", every=8, epochs=30, logged=RATE),
    well("rec_restarts_hidden", "warm restarts, rate not logged", opt="momentum", lr=0.3, sched="restarts", every=8, epochs=30, logged=LOSS, also="loss-spikes"),
    well("rec_floor", "noise is most of the variance", also="overfitting", excused="underfitting learning-rate-too-low", noise=2.0, opt="adam", lr=3e-3, sched="cosine", rank=2, decay=1e-4, ratings=12000, epochs=15, logged=("loss", "val_loss")),
    well("rec_clean", "no noise: down to 1e-5, up to 1e-3 and down again", **SMALL, noise=0.0, ratings=3000, opt="adam", lr=0.01, every=10, epochs=80, rank=3, logged=LOSS, sched="linear"),
    well("rec_million", "squared errors of 1e6", **A, scale=1e6, sched="cosine", epochs=20, logged=("loss", "val_loss", "val_rmse"), dialect="json_lines"),
    well("rec_micro", "squared errors of 1e-6", opt="adam", lr=0.01, scale=1e-6, sched="cosine", every=8, epochs=20, logged=LOSS),
    well("rec_rmse", "root mean squared errors instead of losses", **A, sched="linear", epochs=30, logged=RMSE, dialect="keras_csv"),
    well("rec_penalty_small", "a penalty that grows with the factors", **M, decay=1e-6, every=8, epochs=25, logged=("loss", "penalty")),
    well("rec_one_pass", "one pass over many ratings, still falling", opt="adam", lr=5e-3, ratings=60000, every=8, epochs=1, logged=RATE, options={"expect": "single-epoch"}),
    well("rec_gap", "a steady gap", opt="adam", lr=0.01, sched="linear", epochs=30, rank=3, ratings=5000, dialect="epoch_prints"),
    well("rec_small_batch", "batches of two, lines averaged over 200", **SMALL, ratings=3000, opt="adagrad", lr=0.05, batch=2, every=100, epochs=8, logged=LOSS),
    well("rec_long", "100,000 steps, single batches of 16", **SMALL, ratings=2000, opt="momentum", lr=0.02, sched="linear", batch=16, every=1, epochs=800, mean=False, logged=LOSS, digits=2, seeds=1),
)  # fmt: skip

FAMILY = Family("recommender", "recommender", "made-up ratings", "matrix factorisation", "held-out", (*ILL, *WELL))
