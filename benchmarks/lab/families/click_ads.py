"""Made-up advertisements and a wide-and-deep net: log loss near that of chance, AUC, rare evaluations."""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, VA = ("loss",), ("loss", "val_loss"), ("loss", "val_loss", "val_auc")
LR, N = ("loss", "lr"), ("loss", "norm")
STEPS = {"every": 10, "average": 10}
BIG = {"rows": 15000, "dim": 2, "lr": 1.5e-3}
BOTH = ("loss", "ctr", "dwell")
HALF = {"bias": -0.3}

SEEN: dict[str, str | None] = {}

CONFIGURATIONS = (
    # nothing is learnt, or badly
    ill("ads_no_step", "train_op is not in the session's call", "not-learning", "noisy-loss", fault="no_step", **HALF, **STEPS, epochs=12, evals=200, log=(*V, "val_auc"), dialect="estimator_evaluations_log"),
    ill("ads_copy", "the optimiser holds the variables of another scope", "not-learning frozen-metric", "", fault="other_copy", epochs=14, log=VA, dialect="deepctr_keras_log"),
    ill("ads_misjoined", "clicks joined by the wrong key, balanced sample", "not-learning", "noisy-loss underfitting overfitting", fault="misjoined", bias=0.0, lr=3e-4, dim=2, embed_std=0.01, **STEPS, rows=12000, epochs=4, log=L, dialect="iterations_csv"),
    ill("ads_blank", "the feature columns are all empty after a renaming", "not-learning underfitting frozen-metric", "saturated-early", fault="blank", lr=3e-3, bias=-0.1, epochs=12, log=VA, dialect="fuxictr_log"),
    ill("ads_low_sgd", "plain SGD at 0.002", "learning-rate-too-low", "still-improving", opt="sgd", lr=2e-3, epochs=20, log=VA, dialect="deepctr_torch_log"),
    ill("ads_low_adam", "Adam at 2e-5", "learning-rate-too-low", "still-improving", lr=2e-5, epochs=16, log=VA, dialect="fuxictr_log"),
    ill("ads_low_adagrad", "Adagrad at 3e-4, a loss every 20 steps", "learning-rate-too-low", "still-improving noisy-loss", opt="adagrad", lr=2e-4, every=20, average=20, rows=20000, epochs=6, evals=200, log=V, dialect="estimator_evaluations_log"),
    ill("ads_high_adam", "Adam at 0.1, cut in the last third", "learning-rate-too-high", "noisy-loss loss-spikes overfitting underfitting", lr=0.15, **STEPS, rows=20000, epochs=8, rate=("cut", 0.66, 0.01), log=LR, dialect="iterations_csv"),
    ill("ads_high_momentum", "momentum at 3", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", opt="momentum", lr=2.0, **STEPS, rows=15000, epochs=8, rate=("cut", 0.7, 0.01), log=LR, dialect="ads_json_lines"),
    ill("ads_high_rms", "RMSprop at 0.1, tanh", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set underfitting", opt="rmsprop", act="tanh", lr=0.1, rows=15000, epochs=24, rate=("cut", 0.7, 0.02), log=(*VA, "lr"), dialect="fuxictr_log"),
    ill("ads_under_dense", "ids are dropped by a typing slip: three weak numbers are left", "underfitting", "saturated-early", wide=False, embed_std=0.0, l2=2e-2, lr=3e-3, epochs=20, log=("loss", "auc", "val_loss", "val_auc"), dialect="deepctr_keras_log"),
    ill("ads_under_l2", "an L2 of 0.02 on everything", "underfitting", "saturated-early regularisation-dominates", l2=6e-3, rows=12000, epochs=16, log=("ctr", "auc", "val_loss", "val_auc"), names={"ctr": "loss"}, dialect="fuxictr_log"),
    ill("ads_noisy", "batches of eight, each step's loss printed", "noisy-loss", "still-improving", batch=8, rows=4000, epochs=1, every=2, lr=1e-3, log=L, dialect="paddlerec_log"),
    ill("ads_noisy_few", "batches of 16, rare clicks", "noisy-loss", "", batch=16, bias=-4.0, rows=12000, epochs=2, every=4, lr=5e-4, log=L, dialect="dlrm_log"),
    ill("ads_raw", "price in cents goes in as it is", "wrong-initial-loss", "loss-spikes noisy-loss", raw=60.0, wide=True, lr=3e-3, **STEPS, epochs=12, log=L, dialect="iterations_csv", options={"classes": 2}),
    ill("ads_bias", "the output's bias is 6", "wrong-initial-loss", "", out_bias=8.0, rows=12000, lr=1e-2, l2=0.0, epochs=10, log=VA, dialect="deepctr_keras_log", options={"classes": 2}),
    ill("ads_gain", "weights four times too large, embeddings of 3", "wrong-initial-loss", "overfitting still-improving", gain=4.0, embed_std=2.0, every=10, average=10, lr=2e-3, rows=12000, epochs=6, log=L, dialect="estimator_sums_log", options={"classes": 2}),
    # metrics
    ill("ads_old_export", "the evaluator loads the first exported model", "frozen-metric", "overfitting", fault="old_export", rows=12000, epochs=10, log=VA, dialect="fuxictr_log"),
    ill("ads_rounded", "AUC of rounded predictions of rare clicks", "frozen-metric loss-metric-disagreement", "", fault="rounded", bias=-5.0, signal=0.6, rows=12000, lr=1e-3, epochs=12, log=VA, dialect="deepctr_torch_log"),
    ill("ads_rare_acc", "accuracy of rare clicks: nobody clicks", "frozen-metric loss-metric-disagreement", "", bias=-4.6, signal=0.6, rows=12000, held=600, lr=1e-3, dim=2, epochs=12, log=("loss", "val_loss", "val_acc"), dialect="deepctr_keras_log"),
    # generalisation
    ill("ads_over_mild", "wide embeddings, a few epochs too many", "overfitting", "", rows=6000, lr=4e-3, epochs=10, log=VA, dialect="deepctr_torch_log"),
    ill("ads_over_steps", "each step's loss, evaluations every 150 steps", "overfitting", "epoch-steps", rows=6000, lr=5e-3, dim=4, **STEPS, evals=80, epochs=14, log=V, dialect="estimator_evaluations_log"),
    ill("ads_over_auc", "AUC of both sets", "overfitting severe-overfitting", "", rows=6000, lr=4e-3, dim=8, epochs=14, log=("loss", "auc", "val_loss", "val_auc"), dialect="xdeepfm_prints"),
    ill("ads_severe", "1,200 rows, wide net", "severe-overfitting", "overfitting", rows=1500, batch=50, dim=10, hidden=(48, 24), lr=5e-3, epochs=30, log=VA, dialect="deepctr_keras_log"),
    ill("ads_epoch_steps", "embeddings learn rows by heart: a staircase", "epoch-steps overfitting severe-overfitting", "", rows=6000, dim=24, hidden=(64, 32), embed_std=0.3, lr=1e-2, every=5, average=5, epochs=6, log=L, dialect="paddlerec_log"),
    ill("ads_few_held", "60 rows drawn anew each time", "small-validation-set", "", held=60, redraw=True, **BIG, epochs=24, log=VA, dialect="fuxictr_log"),
    ill("ads_few_steps", "40 rows drawn anew each 100 steps", "small-validation-set", "noisy-loss", held=40, redraw=True, **BIG, **STEPS, evals=50, epochs=10, log=VA, dialect="estimator_evaluations_log"),
    ill("ads_easy_held", "held-out rows are of a day with clearer tastes", "validation-better-than-training healthy", "", held_signal=3.0, **BIG, epochs=12, log=V, dialect="xdeepfm_prints"),
    # data
    ill("ads_by_site", "rows in the order of sites", "unshuffled-data", "noisy-loss", fault="by_site", amount=0.2, rows=6000, batch=100, every=2, average=2, lr=1e-3, epochs=8, log=L, dialect="iterations_csv"),
    ill("ads_by_click", "negatives first, then the clicks, roughly", "unshuffled-data", "noisy-loss loss-spikes", fault="by_click", amount=1.0, rows=6000, batch=100, every=2, lr=1e-3, epochs=8, log=L, dialect="ads_json_lines"),
    ill("ads_by_ad", "rows in the order of advertisements", "unshuffled-data", "noisy-loss", fault="by_ad", amount=0.1, rows=6000, batch=150, every=1, opt="adagrad", lr=0.02, epochs=8, log=LR, dialect="paddlerec_log"),
    ill("ads_late_ids", "from half-time on ids are hashed another way", "loss-jump", "", fault="late_ids", at=0.6, lr=2e-3, rows=12000, **STEPS, epochs=10, log=L, dialect="estimator_sums_log"),
    ill("ads_late_clicks", "a new export means skips where clicks were", "loss-jump loss-spikes", "", fault="late_clicks", at=0.55, opt="sgd", lr=0.03, rows=12000, epochs=24, log=VA, dialect="fuxictr_log"),
    ill("ads_outliers", "now and then a batch with prices in another currency", "loss-spikes", "", fault="outlier", at=0.1, amount=110, lr=2e-3, rows=15000, every=2, epochs=8, log=L, dialect="dlrm_log"),
    ill("ads_resumed", "went back to the checkpoint of two epochs before", "resumed-log healthy", "", back=7, **BIG, epochs=12, log=VA, dialect="deepctr_torch_log"),
    # inside
    ill("ads_ratio_tiny", "Adam at 1e-6", "update-ratio learning-rate-too-low not-learning", "still-improving noisy-loss", lr=1e-6, **STEPS, rows=12000, epochs=6, log=("loss", "ratio"), names={"ratio": "update_ratio"}, dialect="ads_json_lines"),
    ill("ads_ratio_huge", "Adam at 0.3", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting", lr=0.3, **STEPS, rows=12000, epochs=6, log=("loss", "ratio", "embed_ratio"), names={"ratio": "update_ratio/dense", "embed_ratio": "update_ratio/embedding"}, dialect="iterations_csv"),
    ill("ads_ratio_sgd", "SGD at 1e-4: ratios of 1e-7", "update-ratio learning-rate-too-low not-learning", "noisy-loss still-improving", opt="sgd", lr=1e-4, **STEPS, rows=12000, epochs=6, bias=0.3, log=("loss", "ratio"), names={"ratio": "update_to_weight"}, dialect="json_lines"),
    ill("ads_slow", "sigmoids, tiny weights, no wide part: nothing for long", "slow-start", "still-improving", act="sigmoid", wide=False, gain=0.3, embed_std=0.01, lr=1.5e-3, bias=0.0, rows=9000, epochs=20, log=VA, dialect="deepctr_keras_log"),
    ill("ads_slow_steps", "three small tanh layers, plain SGD, no wide part", "slow-start", "still-improving", act="tanh", wide=False, hidden=(16, 16, 8), gain=0.3, embed_std=0.05, opt="momentum", lr=0.05, bias=0.0, rows=12000, **STEPS, epochs=10, log=L, dialect="estimator_sums_log"),
    ill("ads_dwell_seconds", "time on the page in seconds beside clicks", "loss-term-imbalance", "still-improving", dwell=1.0, dwell_unit=30.0, **STEPS, rows=12000, lr=5e-3, epochs=8, log=BOTH, names={"ctr": "ctr_loss", "dwell": "dwell_loss"}, dialect="ads_json_lines"),
    ill("ads_dwell_weight", "weight 500 of the second task", "loss-term-imbalance", "still-improving", dwell=500.0, lr=3e-3, rows=12000, epochs=12, log=(*BOTH, "val_auc"), names={"ctr": "click_loss", "dwell": "time_loss"}, dialect="xdeepfm_prints"),
    ill("ads_dwell_tiny", "milliseconds over a million: the second term is nothing", "loss-term-imbalance", "", dwell=1e-6, lr=3e-3, rows=12000, epochs=12, log=BOTH, names={"ctr": "loss_ctr", "dwell": "loss_dwell"}, dialect="iterations_csv"),
    ill("ads_l2", "embeddings start at 1 with an L2 of 0.01", "regularisation-dominates", "underfitting loss-term-imbalance still-improving wrong-initial-loss", l2=0.01, embed_std=1.0, lr=1e-3, rows=12000, epochs=10, log=("loss", "ctr", "reg", "val_auc"), names={"ctr": "data_loss", "reg": "reg_loss"}, dialect="xdeepfm_prints"),
    ill("ads_l2_steps", "L2 of 0.02 on everything", "regularisation-dominates", "loss-term-imbalance underfitting wrong-initial-loss still-improving", l2=0.05, embed_std=0.3, opt="sgd", lr=0.02, rows=12000, **STEPS, epochs=6, log=("loss", "ctr", "reg"), names={"ctr": "logloss", "reg": "l2_loss"}, dialect="paddlerec_log"),
    ill("ads_clip", "clipped at 0.005", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=1.0, clip=0.01, **STEPS, rows=12000, epochs=6, log=("loss", "clipped"), names={"clipped": "grad_norm"}, dialect="ads_json_lines"),
    ill("ads_vanish", "five sigmoid layers, no wide part", "vanishing-gradients not-learning", "underfitting saturated-early noisy-loss", act="sigmoid", wide=False, hidden=(16, 16, 16, 16, 8), opt="sgd", lr=0.05, bias=0.0, **STEPS, rows=9000, epochs=8, log=("loss", *(f"grad{i}" for i in range(5))), names={f"grad{i}": f"grad_norm/dnn_{i}" for i in range(5)}, dialect="iterations_csv"),
    ill("ads_dead", "hidden biases of -3", "dead-units", "overfitting", hidden_bias=-2.5, rows=12000, lr=1.5e-3, dim=2, epochs=12, log=("loss", "dead", "val_auc"), names={"dead": "dead_relu_share"}, dialect="ads_json_lines"),
    ill("ads_unscaled", "gradients are summed over 200 workers from 60 % on", "exploding-gradients diverging loss-jump", "loss-spikes noisy-loss non-finite-loss", fault="unscaled", amount=300.0, at=0.6, opt="sgd", lr=0.1, **STEPS, rows=12000, epochs=8, log=N, names={"norm": "gradient_norm"}, dialect="iterations_csv"),
    ill("ads_nan", "rate times 1e6 by a slip in the late config", "non-finite-loss diverging", "loss-jump exploding-gradients", fault="rate_up", amount=1e5, at=0.5, opt="sgd", lr=0.3, rows=9000, epochs=12, log=VA, dialect="deepctr_torch_log"),
    ill("ads_ascent", "the sign of the loss turned at a third", "diverging", "", fault="ascent", amount=0.15, at=0.4, opt="sgd", lr=0.1, rows=12000, epochs=20, log=VA, dialect="fuxictr_log"),
    ill("ads_never_warm", "warm-up of 30 runs' length", "learning-rate-schedule learning-rate-too-low", "still-improving not-learning", rate=("never_warm", 30.0, 0), lr=2e-3, **STEPS, rows=12000, epochs=6, log=LR, dialect="ads_json_lines"),
    ill("ads_decay", "0.9 every 5 steps instead of epochs", "learning-rate-schedule", "saturated-early underfitting", rate=("staircase", 0.004, 0.7), lr=1e-3, rows=12000, epochs=14, log=(*V, "lr"), dialect="fuxictr_log"),
    ill("ads_stopped", "stopped after 5 epochs", "still-improving healthy", "", rows=12000, lr=3e-4, dim=2, epochs=5, log=VA, dialect="deepctr_keras_log"),
    # healthy, and frightening
    well("ads_plain", "a small fall near chance", **BIG, epochs=8, rate=("linear", 0, 0), log=VA, dialect="deepctr_keras_log"),
    well("ads_one_pass", "one epoch, still falling, by design", rows=60000, lr=1e-3, dim=2, every=20, average=20, evals=100, rate=("linear", 0, 0), epochs=1, log=VA, also="still-improving", dialect="estimator_evaluations_log"),
    well("ads_rare", "rare clicks: a log loss of 0.1 with little fall", bias=-5.0, rows=40000, lr=1e-3, dim=2, every=20, average=20, evals=100, epochs=2, rate=("linear", 0, 0), log=VA, excused="noisy-loss", dialect="estimator_evaluations_log"),
    well("ads_restarts", "warm restarts", rate=("restarts", 3, 0), rows=20000, dim=2, lr=4e-3, **STEPS, epochs=6, log=LR, dialect="iterations_csv"),
    well("ads_triangles", "cyclical rate", rate=("triangles", 4, 0.05), opt="momentum", rows=20000, dim=2, lr=0.15, **STEPS, epochs=8, log=LR, dialect="paddlerec_log"),
    well("ads_warm", "warm-up, then linear to zero", rate=("warm", 0.2, 0), rows=20000, dim=2, lr=3e-3, **STEPS, epochs=4, log=LR, dialect="ads_json_lines"),
    well("ads_yesterday", "yesterday's model is trained on: starts low, hardly falls", warm_start=300, rows=15000, dim=2, lr=2e-4, epochs=8, rate=("linear", 0, 0), log=VA, dialect="fuxictr_log"),
    well("ads_dropout", "half dropped: validation below training", dropout=0.5, rows=20000, dim=2, lr=2e-3, epochs=12, rate=("linear", 0, 0), log=V, also="validation-better-than-training", dialect="deepctr_torch_log"),
    well("ads_smoothing", "label smoothing: the floor is high", smoothing=0.2, **BIG, epochs=10, rate=("linear", 0, 0), log=("loss", "val_auc"), dialect="xdeepfm_prints"),
    well("ads_flipped", "a quarter of the clicks are accidents: a high floor", flipped=0.25, **BIG, epochs=6, rate=("linear", 0, 0), log=V, dialect="fuxictr_log"),
    well("ads_summed", "a loss summed over the batch", scale=150.0, opt="sgd", lr=4e-3, rows=20000, dim=2, **STEPS, epochs=6, rate=("linear", 0, 0), log=L, dialect="estimator_sums_log"),
    well("ads_stairs", "steps at a third and two thirds", rate=("steps", 0.34, 0.1), rows=20000, dim=2, opt="momentum", lr=0.1, **STEPS, epochs=6, log=LR, dialect="dlrm_log"),
    well("ads_adagrad", "a steep fall, then hardly any", opt="adagrad", lr=0.04, rows=20000, dim=2, epochs=12, log=V, also="saturated-early overfitting", excused="wrong-initial-loss", dialect="deepctr_keras_log"),
    well("ads_two_tasks", "two terms of different sizes, both fall", dwell=0.2, rows=20000, dim=2, lr=2e-3, **STEPS, epochs=5, rate=("linear", 0, 0), log=BOTH, names={"ctr": "ctr_loss", "dwell": "dwell_loss"}, dialect="ads_json_lines"),
    well("ads_l2_small", "a penalty a tenth of the log loss", l2=5e-5, rows=15000, dim=2, embed_std=0.3, lr=2e-3, epochs=10, rate=("linear", 0, 0), log=("loss", "ctr", "reg", "val_loss"), names={"ctr": "logloss", "reg": "reg_loss"}, dialect="xdeepfm_prints"),
    well("ads_clip_start", "clipped at the start only", clip=0.15, opt="sgd", lr=0.5, rows=20000, dim=2, **STEPS, epochs=5, rate=("linear", 0, 0), log=("loss", "clipped"), names={"clipped": "grad_norm"}, excused="clipping-saturated", dialect="ads_json_lines"),
    well("ads_dead_some", "a third of the units is silent", hidden=(24, 12), hidden_bias=-0.3, rows=15000, dim=2, lr=1.5e-3, epochs=8, rate=("linear", 0, 0), log=("loss", "dead", "val_auc"), names={"dead": "dead_relu_share"}, dialect="ads_json_lines"),
    well("ads_ratio", "update ratios near 1e-3", rows=20000, dim=2, lr=8e-4, **STEPS, epochs=4, rate=("linear", 0, 0), log=("loss", "ratio"), names={"ratio": "update_ratio"}, dialect="iterations_csv"),
    well("ads_small_batch", "batches of 32, every tenth step's own loss", batch=32, rows=20000, dim=2, every=10, evals=500, epochs=2, rate=("linear", 0, 0), lr=1e-3, log=VA, excused="noisy-loss", dialect="estimator_evaluations_log"),
    well("ads_held_noise", "a rather small, fixed validation set", held=300, **BIG, epochs=20, rate=("linear", 0, 0), log=VA, excused="overfitting", dialect="deepctr_torch_log"),
    well("ads_six", "six epochs", **BIG, epochs=6, rate=("linear", 0, 0), log=(*VA, "val_ne", "val_calibration"), dialect="xdeepfm_prints"),
    well("ads_long", "4,000 points", rows=40000, dim=2, batch=100, every=1, average=1, epochs=10, rate=("linear", 0, 0), lr=6e-4, log=L, excused="noisy-loss", seeds=1, dialect="iterations_csv"),
)  # fmt: skip

FAMILY = Family(
    name="click_ads",
    script="click_ads",
    data="made-up advertisements",
    model="embeddings, wide and deep",
    part="unlabelled",
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
