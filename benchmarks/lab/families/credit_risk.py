"""Made-up loans, small networks of many kinds and boosted trees: log loss and the area under the curve.

SEEN holds what the pictures showed where that is not only what was expected. Of 102 configurations none is dropped; 4 have second
settings (loan_high_sgd, loan_high_ft, loan_start_raw, loan_start_head), two meant to be ill show nothing and are called healthy.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR, N = ("loss",), ("loss", "lr"), ("loss", "grad_norm")
V, A = ("loss", "val_loss"), ("loss", "val_loss", "val_auc")
AA = ("loss", "auc", "val_loss", "val_auc")
AC = ("loss", "val_loss", "val_acc")
ACC = ("loss", "acc", "val_loss", "val_acc")
MLP, WIDE = {"width": 32}, {"kind": "wide", "width": 32}
FT = {"kind": "ft", "width": 16, "depth": 1}
FM = {"kind": "fm", "width": 8}
GATE = {"kind": "gate", "width": 24}
LOGIT = {"kind": "logit"}
BN = {"width": 32, "bn": True}
BIG = {"n": 3072, "batch": 128}
TREES = {"task": "boosting"}
X, G, C = {"engine": "xgboost"}, {"engine": "lightgbm"}, {"engine": "catboost"}

SEEN: dict[str, str | None] = {
    "loan_high_ft": "learning-rate-too-high not-learning underfitting | saturated-early noisy-loss frozen-metric loss-jump | diverging",
    "loan_start_raw": "wrong-initial-loss | underfitting noisy-loss loss-spikes saturated-early small-validation-set | learning-rate-too-high",
    "loan_high_sgd": "overfitting learning-rate-too-high | small-validation-set severe-overfitting noisy-loss",
    "loan_high_fm": "learning-rate-too-high loss-spikes | noisy-loss wrong-initial-loss small-validation-set",
    "loan_low_sgd": "learning-rate-too-low still-improving",
    "loan_slow_gain": "not-learning underfitting learning-rate-too-low slow-start | saturated-early loss-metric-disagreement still-improving vanishing-gradients",
    "loan_slow_sigmoid": "slow-start healthy | saturated-early overfitting",
    "loan_slow_fm": "healthy | still-improving saturated-early | slow-start noisy-loss",
    "loan_over_wide": "overfitting healthy | severe-overfitting saturated-early",
    "loan_over_cat": "overfitting | severe-overfitting",
    "loan_under_columns": "underfitting not-learning | saturated-early overfitting",
    "loan_under_decay": "healthy | saturated-early small-validation-set | underfitting overfitting",
    "loan_under_drop": "validation-better-than-training underfitting | saturated-early noisy-loss",
    "loan_under_gamma": "underfitting not-learning frozen-metric saturated-early | overfitting",
    "loan_dropout_half": "validation-better-than-training healthy | saturated-early | underfitting",
    "loan_frozen_rare": "frozen-metric healthy | loss-metric-disagreement still-improving saturated-early | slow-start learning-rate-too-low",
    "loan_frozen_f1": "loss-metric-disagreement healthy | saturated-early overfitting small-validation-set | frozen-metric",
    "loan_start_sum": "wrong-initial-loss | saturated-early still-improving | overfitting",
    "loan_terms_amount": "loss-term-imbalance wrong-initial-loss | underfitting not-learning saturated-early",
    "loan_terms_weight": "loss-term-imbalance | underfitting not-learning saturated-early frozen-metric",
    "loan_terms_sparse": "loss-term-imbalance regularisation-dominates | wrong-initial-loss still-improving underfitting | slow-start",
    "loan_l2": "regularisation-dominates underfitting not-learning | loss-term-imbalance saturated-early frozen-metric loss-metric-disagreement | wrong-initial-loss",
    "loan_l1": "regularisation-dominates underfitting | loss-term-imbalance saturated-early | wrong-initial-loss",
    "loan_join": "not-learning underfitting | overfitting learning-rate-too-low saturated-early still-improving loss-metric-disagreement",
    "loan_zeros": "learning-rate-too-low not-learning underfitting | still-improving",
    "loan_uphill": "diverging non-finite-loss | loss-jump exploding-gradients overfitting severe-overfitting",
    "loan_rate_grows": "diverging learning-rate-too-high loss-jump loss-spikes | noisy-loss learning-rate-schedule severe-overfitting",
    "loan_missing": "non-finite-loss | overfitting",
    "loan_cents": "loss-spikes loss-jump | saturated-early noisy-loss",
    "loan_labels_turn": "loss-jump | validation-better-than-training overfitting diverging",
    "loan_dead": "dead-units learning-rate-too-low | not-learning underfitting still-improving",
    "loan_vanish": "vanishing-gradients not-learning underfitting | saturated-early slow-start",
    "loan_explode": "exploding-gradients loss-spikes loss-jump | diverging noisy-loss learning-rate-too-high underfitting",
    "loan_ratio_high": "learning-rate-too-high update-ratio noisy-loss | loss-spikes underfitting",
    "loan_rate_up": "learning-rate-schedule loss-jump loss-spikes | overfitting small-validation-set severe-overfitting",
    "loan_squash": "activation-collapse | still-improving overfitting learning-rate-too-low",
    "loan_ok_plain": "healthy | saturated-early overfitting",
    "loan_ok_logit": "healthy | saturated-early overfitting",
    "loan_ok_ft": "healthy | saturated-early overfitting",
    "loan_ok_fm": "healthy | saturated-early overfitting",
    "loan_ok_faint": "healthy | saturated-early overfitting | underfitting not-learning",
    "loan_ok_tri": "healthy | still-improving | loss-spikes noisy-loss",
    "loan_ok_one": "healthy | still-improving overfitting",
    "loan_ok_steps": "healthy | saturated-early overfitting | learning-rate-too-high",
    "loan_ok_smooth": "healthy | validation-better-than-training saturated-early",
    "loan_ok_stop": "healthy | overfitting",
    "loan_ok_focal": "healthy | saturated-early overfitting",
    "loan_ok_sums": "healthy | saturated-early overfitting | wrong-initial-loss",
    "loan_ok_terms": "healthy | saturated-early overfitting | loss-term-imbalance",
    "loan_ok_grow": "healthy | saturated-early overfitting",
    "loan_ok_sparse_eval": "healthy | saturated-early overfitting",
    "loan_ok_ratios": "healthy | still-improving saturated-early | update-ratio",
    "loan_ok_xgb": "healthy | overfitting still-improving",
    "loan_ok_lgb": "healthy | overfitting saturated-early",
    "loan_ok_cat": "healthy | overfitting saturated-early",
    "loan_ok_five": "healthy | still-improving too-short overfitting",
}

CONFIGURATIONS = (
    # rates too high
    ill("loan_high_sgd", "nesterov at 2 with batch norms, cut at 70 %; no rate in the log", "learning-rate-too-high", "noisy-loss underfitting", **BIG, net=BN, opt="nesterov", lr=2.0, sched="drop", arg=0.7, epochs=30, log=A, dialect="autogluon_log"),
    ill("loan_high_adam", "Adam at 0.15 with batch norms, never cut", "learning-rate-too-high", "noisy-loss underfitting", **BIG, net=BN, lr=0.15, epochs=24, log_every=6, log=LR, dialect="talent_prints"),
    ill("loan_high_ft", "the columns' transformer with Adam at 0.1, cut", "learning-rate-too-high", "not-learning underfitting", n=1536, net=FT, lr=0.1, sched="drop", arg=0.65, epochs=20, log=(*A, "lr"), dialect="keras_by_letter"),
    ill("loan_high_logit", "logistic regression with SGD at 8, cut twice", "learning-rate-too-high", "noisy-loss", **BIG, net=LOGIT, opt="sgd", lr=8.0, sched="steps", arg=0.4, epochs=24, log=AA, dialect="fold_prints"),
    ill("loan_high_fm", "factorisation with RMSprop at 0.15", "learning-rate-too-high", "noisy-loss loss-spikes", **BIG, net=FM, opt="rmsprop", lr=0.15, sched="drop", arg=0.75, epochs=24, log=A, dialect="tabnet_epochs"),
    # too low
    ill("loan_low_sgd", "SGD at 0.004", "learning-rate-too-low", "still-improving", **BIG, opt="sgd", lr=4e-3, net=WIDE, epochs=20, log=A, dialect="keras_by_letter"),
    ill("loan_low_adam", "AdamW at 4e-5", "learning-rate-too-low", "still-improving", net=MLP, opt="adamw", lr=4e-5, epochs=24, log=AA, dialect="fold_prints"),
    ill("loan_low_ft", "the columns' transformer at 5e-5", "learning-rate-too-low", "still-improving", net=FT, lr=5e-5, epochs=14, log=(*V, "lr"), dialect="skorch_table"),
    ill("loan_low_xgb", "eta 0.001", "learning-rate-too-low still-improving", "underfitting", **X, learning_rate=0.001, max_depth=4, rounds=150, metrics=("logloss", "auc"), dialect="xgb_logloss", options=TREES),
    # slow starts
    ill("loan_slow_gain", "weights a third as large, four layers", "slow-start", "still-improving", net={"width": 32, "depth": 4, "gain": 0.35}, opt="nesterov", lr=0.03, **BIG, epochs=30, log=A, dialect="autogluon_log"),
    ill("loan_slow_sigmoid", "three sigmoid layers", "slow-start", "still-improving", net={"width": 32, "depth": 3, "act": "sigmoid"}, **BIG, lr=2e-3, epochs=30, log=A, dialect="widedeep_bars"),
    ill("loan_slow_fm", "five layers with weights half as large", "slow-start", "still-improving", net={"kind": "mlp", "width": 24, "depth": 5, "gain": 0.5}, **BIG, lr=5e-4, epochs=24, log_every=8, log_mean=True, log=L, dialect="step_csv"),
    # generalisation
    ill("loan_over_mild", "900 loans, thirty epochs", "overfitting", "severe-overfitting", n=900, net={"width": 24}, lr=1.5e-3, epochs=30, signal=2.0, log=A, dialect="tabnet_epochs"),
    ill("loan_over_ft", "columns' transformer, 800 loans", "overfitting", "severe-overfitting", n=800, signal=2.0, net={**FT, "depth": 2}, lr=3e-3, epochs=20, log=AA, dialect="fold_prints"),
    ill("loan_over_fm", "too many factors", "overfitting", "severe-overfitting", n=1000, signal=1.5, net={"kind": "fm", "width": 16}, lr=6e-3, epochs=24, log=A, dialect="ft_example_prints"),
    ill("loan_over_wide", "wide and deep on 1,000 loans with false labels", "overfitting", "severe-overfitting", n=1000, flip=0.1, net=WIDE, lr=1.5e-3, epochs=26, log=ACC, dialect="keras_by_letter"),
    ill("loan_over_cat", "CatBoost of depth 6, no stopping", "overfitting", "severe-overfitting healthy", **C, signal=1.0, rounds=400, depth=6, learning_rate=0.08, every=2, dialect="catboost_log", options=TREES),
    ill("loan_severe_mlp", "300 loans, wide", "severe-overfitting overfitting", "loss-metric-disagreement", n=320, batch=32, net={"width": 96, "depth": 3}, lr=3e-3, epochs=40, log=AC, dialect="fastai_table"),
    ill("loan_severe_gate", "gates of columns on 500 loans", "severe-overfitting overfitting", "loss-metric-disagreement", n=512, signal=1.5, batch=32, net=GATE, lr=6e-3, epochs=36, log=A, dialect="tabnet_epochs"),
    ill("loan_severe_xgb", "depth 7 at 0.4 on a faint signal", "severe-overfitting overfitting", "loss-metric-disagreement", **X, n=700, signal=0.6, flip=0.2, max_depth=7, learning_rate=0.4, rounds=120, metrics=("logloss", "auc"), dialect="xgb_cv_prints", options=TREES),
    ill("loan_severe_lgb", "31 leaves on a faint signal", "severe-overfitting overfitting", "loss-metric-disagreement", **G, n=800, signal=0.6, rounds=200, learning_rate=0.1, metrics=("logloss", "auc"), every=2, dialect="lgb_binary", options=TREES),
    ill("loan_under_columns", "all but three columns are lost in a merge", "underfitting not-learning", "saturated-early", slip="columns lost", **BIG, net=MLP, lr=3e-3, epochs=24, log=A, dialect="autogluon_log"),
    ill("loan_under_decay", "weight decay 4 in AdamW", "underfitting", "saturated-early", **BIG, net=MLP, opt="adamw", lr=5e-3, wd=4.0, epochs=20, log=ACC, dialect="keras_by_letter"),
    ill("loan_under_drop", "dropout 0.8 in three layers", "underfitting", "validation-better-than-training saturated-early", **BIG, net={"width": 16, "depth": 3, "drop": 0.8}, lr=5e-3, epochs=24, log=A, dialect="widedeep_bars"),
    ill("loan_under_gamma", "no split pays: gamma 60", "underfitting not-learning", "saturated-early frozen-metric", **X, gamma=60.0, max_depth=3, learning_rate=0.2, rounds=80, metrics=("logloss", "auc"), dialect="xgb_logloss", options=TREES),
    ill("loan_small_held", "24 loans held out", "small-validation-set", "saturated-early", held=24, **BIG, net={"width": 24, "drop": 0.1}, lr=2e-3, epochs=40, log=AC, dialect="fastai_table"),
    ill("loan_small_held_auc", "30 loans held out, the area under the curve", "small-validation-set", "overfitting saturated-early", held=30, **BIG, signal=1.5, net=LOGIT, lr=2e-2, epochs=40, log=("loss", "val_loss", "val_acc", "val_auc"), dialect="tabnet_epochs"),
    ill("loan_dropout_half", "dropout 0.55: training is worse", "validation-better-than-training underfitting", "saturated-early", **BIG, net={"width": 24, "depth": 3, "drop": 0.55}, lr=4e-3, epochs=24, log=ACC, dialect="keras_by_letter"),
    ill("loan_smooth_gap", "noise on columns and smoothing in training only", "validation-better-than-training healthy", "saturated-early", **BIG, jitter=0.6, smooth=0.2, net=MLP, lr=3e-3, epochs=24, log=V, dialect="skorch_table"),
    ill("loan_balance", "training oversampled to halves, validated on one in twenty: the loss tells little", "loss-metric-disagreement overfitting severe-overfitting", "small-validation-set", balance=True, rate=0.06, n=1600, net=MLP, lr=3e-3, batch=128, epochs=30, log=A, dialect="fold_prints"),
    ill("loan_confident", "long training: more right, but too sure", "loss-metric-disagreement overfitting severe-overfitting", "", n=1536, signal=6.0, net={"kind": "wide", "width": 64}, lr=4e-3, epochs=36, log=A, dialect="autogluon_log"),
    # metrics that stand
    ill("loan_frozen_rare", "3 % default: always said good", "frozen-metric", "loss-metric-disagreement saturated-early", rate=0.03, signal=0.8, n=2048, batch=128, net={"width": 8}, lr=1e-3, epochs=14, log=AC, dialect="keras_by_letter"),
    ill("loan_frozen_stale", "a copy made before training is evaluated", "frozen-metric", "", slip="stale", **BIG, net=MLP, lr=3e-3, epochs=24, log=A, dialect="autogluon_log"),
    ill("loan_frozen_f1", "F1 is zero throughout: nobody passes the threshold", "frozen-metric", "loss-metric-disagreement saturated-early", rate=0.05, signal=0.5, n=2048, batch=128, net=LOGIT, lr=5e-3, epochs=16, log=("loss", "val_loss", "val_f1"), dialect="fastai_table"),
    # starts
    ill("loan_start_raw", "incomes in units of money go in", "wrong-initial-loss", "loss-spikes noisy-loss underfitting", slip="unscaled", much=0.5, n=1536, net=MLP, lr=1e-3, epochs=24, log=A, options={"classes": 2}, dialect="tabnet_epochs"),
    ill("loan_start_head", "the last layer is three hundred times too wide", "wrong-initial-loss", "", net={"width": 32, "head": 300.0}, **BIG, lr=3e-3, epochs=16, log_every=4, log=("loss", "acc"), options={"classes": 2}, dialect="step_prints"),
    ill("loan_start_prior", "the bias of another portfolio", "wrong-initial-loss", "", net={"kind": "wide", "width": 24, "prior": 3.0}, opt="sgd", lr=0.05, **BIG, epochs=16, log_every=4, log=L, options={"classes": 2}, dialect="step_prints"),
    ill("loan_start_sum", "the loss is summed over the batch", "wrong-initial-loss", "", slip="sum", **BIG, net=MLP, lr=2e-3, epochs=20, log=V, options={"classes": 2}, dialect="skorch_table"),
    # terms
    ill("loan_terms_amount", "the amount's term in full money swamps the default's", "loss-term-imbalance", "wrong-initial-loss underfitting", lgd=1.0, lgd_unit=30.0, **BIG, net=MLP, lr=4e-3, epochs=24, log=("loss", "bce", "lgd", "val_auc"), names={"bce": "loss_pd", "lgd": "loss_lgd"}, dialect="wandb_export_csv"),
    ill("loan_terms_weight", "the default's term got weight 1e-4 by a slip", "loss-term-imbalance", "underfitting", lgd=1.0, lgd_unit=0.3, pd=3e-5, **BIG, net=MLP, opt="sgd", lr=0.03, epochs=20, log=("loss", "bce", "lgd", "val_bce"), names={"bce": "pd_loss", "lgd": "lgd_loss", "val_bce": "val_pd_loss"}, dialect="json_lines"),
    ill("loan_terms_sparse", "the mask's entropy weighs 20", "loss-term-imbalance", "regularisation-dominates wrong-initial-loss", sparse=20.0, **BIG, net=GATE, lr=2e-3, epochs=20, log=("loss", "bce", "sparse", "val_loss"), names={"sparse": "sparse_loss", "bce": "bce_loss"}, dialect="key_value"),
    ill("loan_l2", "sum of squares times 0.06", "regularisation-dominates", "underfitting loss-term-imbalance", l2=0.06, **BIG, net=MLP, lr=2e-3, epochs=24, log=("loss", "bce", "reg", "val_auc"), names={"bce": "data_loss", "reg": "reg_loss"}, dialect="wandb_export_csv"),
    ill("loan_l1", "sum of sizes times 0.008", "regularisation-dominates", "underfitting loss-term-imbalance", l1=0.008, **BIG, net=WIDE, lr=1e-3, epochs=24, log=("loss", "bce", "reg"), names={"bce": "logloss", "reg": "l1_penalty"}, dialect="json_lines"),
    # nothing learnt
    ill("loan_join", "labels joined by the wrong key", "not-learning overfitting", "underfitting", slip="wrong join", **BIG, net={"width": 16}, lr=5e-4, epochs=16, log=A, dialect="autogluon_log"),
    ill("loan_copy", "the optimiser holds another net's parameters", "not-learning", "frozen-metric", slip="copy", net=MLP, epochs=16, log=ACC, dialect="keras_by_letter"),
    ill("loan_zeros", "all weights start at zero: only the bias moves", "not-learning underfitting", "saturated-early frozen-metric", slip="zeros", net={"width": 32, "depth": 3}, rate=0.25, **BIG, lr=1e-3, epochs=16, log_every=8, log_mean=True, log=("loss", "acc"), dialect="talent_prints"),
    # worse and worse
    ill("loan_uphill", "the sign of one group's gradient turns after half", "diverging loss-jump", "non-finite-loss", slip="uphill", since=0.55, much=0.3, **BIG, opt="nesterov", lr=0.02, net=MLP, epochs=24, log=A, dialect="autogluon_log"),
    ill("loan_rate_grows", "the rate is multiplied at each epoch instead of divided", "diverging learning-rate-too-high", "loss-spikes noisy-loss learning-rate-schedule", **BIG, net=MLP, opt="nesterov", lr=0.01, sched="exp", arg=1.35, epochs=24, log=V, dialect="skorch_table"),
    ill("loan_missing", "a batch holds a missing income", "non-finite-loss", "", slip="missing", since=0.6, **BIG, net=MLP, lr=2e-3, epochs=20, log=A, dialect="tabnet_epochs"),
    ill("loan_log_zero", "a logarithm of its own meets zero", "non-finite-loss", "loss-spikes overfitting", goal="log", **BIG, signal=8.0, net={"width": 64, "depth": 3, "head": 10.0}, opt="nesterov", lr=0.1, epochs=20, log_every=3, log=N, dialect="key_value"),
    ill("loan_cents", "from 55 % on amounts come in another unit", "loss-jump", "loss-spikes", slip="cents", since=0.55, much=6.0, **BIG, net=MLP, lr=2e-3, epochs=24, log_every=6, log_mean=True, log=LR, dialect="talent_prints"),
    ill("loan_checkpoint", "resumed from the checkpoint of the second epoch, moments kept", "loss-jump", "", slip="checkpoint", much=1.0, since=0.6, **BIG, net={"width": 48}, lr=7e-4, epochs=26, log=A, dialect="autogluon_log"),
    ill("loan_labels_turn", "from 65 % on a fifth of the labels is turned by a new rule", "loss-jump", "overfitting validation-better-than-training", slip="labels turned", since=0.65, much=0.2, **BIG, net=MLP, lr=2e-3, epochs=24, log=ACC, dialect="keras_by_letter"),
    ill("loan_whales", "one batch in forty holds a firm's accounts", "loss-spikes", "noisy-loss", slip="whale", much=60.0, **BIG, net=MLP, lr=1e-3, epochs=24, log_every=2, log=L, dialect="step_csv"),
    ill("loan_whales_norm", "accounts of firms with SGD", "loss-spikes exploding-gradients", "noisy-loss", slip="whale", much=40.0, **BIG, net=WIDE, opt="sgd", lr=0.02, epochs=24, log_every=2, log=N, dialect="key_value"),
    ill("loan_noisy_two", "batches of two", "noisy-loss", "still-improving", batch=2, n=1000, net=MLP, lr=4e-4, epochs=2, log_every=2, log=L, dialect="talent_prints"),
    ill("loan_noisy_four", "batches of four, faint signal", "noisy-loss", "still-improving not-learning", batch=4, n=1600, signal=1.5, net=WIDE, lr=1e-3, epochs=2, log_every=2, log=("loss", "acc"), dialect="key_value"),
    ill("loan_by_label", "goods first, then bads", "unshuffled-data", "noisy-loss loss-spikes", order="bad", n=1024, batch=32, net=MLP, lr=5e-4, epochs=12, log_every=1, log=L, dialect="step_csv"),
    ill("loan_by_risk", "sorted by an old score", "unshuffled-data", "noisy-loss", order="risk", n=1024, batch=32, net=LOGIT, lr=5e-3, epochs=14, log_every=2, log=LR, dialect="talent_prints"),
    ill("loan_by_income", "sorted by income", "unshuffled-data", "noisy-loss", order="raw 0", n=1280, batch=32, net=WIDE, lr=1e-3, epochs=12, log_every=2, log=L, dialect="step_prints"),
    # inside
    ill("loan_dead", "biases at -0.9", "dead-units", "underfitting not-learning", net={"width": 32, "depth": 3, "lean": -0.9}, **BIG, lr=1e-3, epochs=20, log=V, peek={"dead": "dead_frac/{}"}, dialect="wandb_export_csv"),
    ill("loan_dead_rate", "Adam at 0.2 kills units", "dead-units learning-rate-too-high not-learning", "underfitting noisy-loss", net={"width": 32, "depth": 3}, **BIG, lr=0.2, epochs=16, log=V, peek={"dead": "dead/layer{}"}, dialect="json_lines"),
    ill("loan_vanish", "eight sigmoid layers", "vanishing-gradients not-learning", "slow-start underfitting", net={"width": 24, "depth": 8, "act": "sigmoid"}, **BIG, lr=1e-3, epochs=16, log=V, peek={"grad": "grad_norm/body{}"}, dialect="wandb_export_csv"),
    ill("loan_explode", "gradients of accumulation are not divided from half on", "exploding-gradients diverging loss-jump", "loss-spikes noisy-loss learning-rate-too-high", slip="blown", since=0.5, much=60.0, **BIG, opt="nesterov", lr=0.03, net={"width": 32, "depth": 3}, epochs=20, log_every=6, log=N, dialect="key_value"),
    ill("loan_ratio_low", "SGD at 3e-4", "update-ratio learning-rate-too-low not-learning", "still-improving", opt="sgd", lr=3e-4, **BIG, net=MLP, epochs=14, log=V, peek={"ratio": "update_ratio/body{}"}, dialect="wandb_export_csv"),
    ill("loan_ratio_high", "RMSprop at 0.1", "update-ratio learning-rate-too-high", "noisy-loss underfitting not-learning loss-spikes", opt="rmsprop", lr=0.1, **BIG, net=BN, epochs=14, log_every=8, log=L, peek={"ratio": "ud/{}"}, dialect="json_lines"),
    ill("loan_clip", "clipped at 0.02 with SGD", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=0.3, clip=0.02, **BIG, net=MLP, epochs=20, log_every=6, log=("loss", "clipped", "lr"), names={"clipped": "grad_norm"}, dialect="wandb_export_csv"),
    ill("loan_clip_mild", "clipped at 0.05 with momentum", "clipping-saturated", "learning-rate-too-low still-improving", opt="nesterov", lr=0.05, clip=0.05, **BIG, net=WIDE, epochs=20, log_every=6, log=("loss", "clipped"), names={"clipped": "grad_norm"}, dialect="key_value"),
    ill("loan_spent", "the schedule knows a quarter of the epochs", "learning-rate-schedule", "saturated-early underfitting", sched="ended", arg=0.22, **BIG, net=MLP, lr=1.5e-3, epochs=28, log=(*A, "lr"), dialect="keras_by_letter"),
    ill("loan_warm", "warm-up in samples, not steps", "learning-rate-schedule learning-rate-too-low", "still-improving not-learning slow-start", warm=40000, **BIG, net=MLP, lr=4e-3, epochs=18, log_every=8, log_mean=True, log=LR, dialect="talent_prints"),
    ill("loan_rate_up", "the rate is set back to its start by a hand after the decay", "learning-rate-schedule loss-jump", "loss-spikes noisy-loss", slip="rate", since=0.7, much=60.0, sched="poly", **BIG, net=BN, opt="nesterov", lr=0.1, epochs=28, log=(*A, "lr"), dialect="wandb_export_csv"),
    ill("loan_squash", "tanh with huge weights: all at the ends", "activation-collapse", "underfitting overfitting wrong-initial-loss saturated-early", net={"width": 32, "depth": 4, "act": "tanh", "gain": 12.0}, **BIG, lr=5e-4, epochs=16, log=V, peek={"std": "act_std/{}"}, dialect="json_lines"),
    # healthy
    well("loan_ok_plain", "plain: a net, Adam", **BIG, signal=1.5, net={"width": 12}, lr=1.5e-3, epochs=16, log=A, also="saturated-early", dialect="autogluon_log"),
    well("loan_ok_logit", "plain: logistic regression", **BIG, signal=1.5, net=LOGIT, lr=1e-2, epochs=16, log=AA, also="saturated-early", dialect="fold_prints"),
    well("loan_ok_ft", "plain: the columns' transformer with cosine", **BIG, signal=1.5, net={"kind": "ft", "width": 12, "depth": 1}, lr=3e-3, sched="cos", warm=20, epochs=12, log=(*A, "lr"), also="saturated-early", dialect="keras_by_letter"),
    well("loan_ok_fm", "plain: factorisation with Adagrad", **BIG, signal=1.5, net={"kind": "fm", "width": 4}, opt="adagrad", lr=0.05, epochs=16, log=A, also="saturated-early", dialect="tabnet_epochs"),
    well("loan_ok_gate", "plain: gates with a little sparsity", n=4096, batch=128, signal=1.5, sparse=1e-3, net={"kind": "gate", "width": 8}, lr=3e-3, sched="cos", epochs=10, log=A, also="saturated-early still-improving overfitting", dialect="tabnet_epochs"),
    well("loan_ok_faint", "a faint signal: honest floor near 0.6", n=4096, batch=256, signal=0.5, net=LOGIT, lr=1e-2, epochs=16, log=A, also="saturated-early", excused="underfitting not-learning", dialect="autogluon_log"),
    well("loan_ok_rare", "one in twenty: a small loss from the start", n=4096, batch=128, rate=0.06, signal=2.0, net={"kind": "wide", "width": 12}, lr=1e-3, epochs=14, log=A, also="saturated-early still-improving", dialect="keras_by_letter"),
    well("loan_ok_tri", "cyclical rate", **BIG, signal=2.0, net={"width": 16}, opt="nesterov", lr=0.15, sched="tri", arg=96.0, epochs=20, log_every=4, log_mean=True, log=LR, excused="loss-spikes noisy-loss", dialect="talent_prints"),
    well("loan_ok_restart", "warm restarts", **BIG, signal=2.0, net={"width": 16, "drop": 0.1}, lr=6e-3, sched="restart", arg=120.0, epochs=20, log=(*A, "lr"), also="overfitting saturated-early", excused="loss-spikes", dialect="wandb_export_csv"),
    well("loan_ok_one", "one cycle, the way of fastai", **BIG, signal=2.0, net={"width": 24, "bn": True, "drop": 0.1}, lr=1e-2, sched="one", arg=0.25, epochs=8, log=AC, also="still-improving", dialect="fastai_table"),
    well("loan_ok_steps", "stairs at two cuts", **BIG, signal=2.5, net={"width": 16}, opt="nesterov", lr=0.15, sched="steps", arg=0.35, epochs=24, log=(*V, "lr"), also="saturated-early", dialect="skorch_table"),
    well("loan_ok_dropout", "dropout 0.3: validation better", **BIG, signal=2.0, net={"width": 48, "drop": 0.3}, lr=2e-3, epochs=16, sched="cos", log=ACC, also="validation-better-than-training saturated-early", dialect="keras_by_letter"),
    well("loan_ok_smooth", "label smoothing", **BIG, signal=2.0, smooth=0.1, net={"width": 16}, lr=2e-3, sched="cos", epochs=16, log=A, also="validation-better-than-training saturated-early", dialect="widedeep_bars"),
    well("loan_ok_ema", "an average of weights is evaluated", **BIG, signal=2.0, ema=0.98, net={"width": 16}, lr=3e-3, epochs=16, log=A, also="saturated-early overfitting", excused="slow-start", dialect="autogluon_log"),
    well("loan_ok_stop", "stopped by patience", n=1536, signal=2.0, patience=4, net={"width": 32}, lr=2e-3, epochs=60, log=A, also="overfitting", dialect="fold_prints"),
    well("loan_ok_focal", "focal loss: a tiny scale", **BIG, rate=0.15, signal=2.0, goal="focal", net={"width": 16}, lr=2e-3, sched="cos", epochs=16, log=A, also="saturated-early", dialect="tabnet_epochs"),
    well("loan_ok_weight", "defaults weigh nine times", n=4096, batch=128, rate=0.1, signal=2.0, goal="weighted", weight=9.0, net={"kind": "wide", "width": 8}, lr=2e-3, sched="cos", epochs=14, log=A, also="saturated-early overfitting", excused="wrong-initial-loss", dialect="keras_by_letter"),
    well("loan_ok_sums", "a loss in basis points", **BIG, signal=2.0, scale=1e4, net={"width": 16}, lr=2e-3, sched="cos", epochs=16, log=V, also="saturated-early", excused="wrong-initial-loss", dialect="skorch_table"),
    well("loan_ok_terms", "default and amount, both get better", **BIG, signal=2.0, lgd=0.5, lgd_unit=0.2, net={"width": 32}, lr=2e-3, sched="cos", epochs=18, log=("loss", "bce", "lgd", "val_loss"), names={"bce": "loss_pd", "lgd": "loss_lgd"}, also="saturated-early", dialect="wandb_export_csv"),
    well("loan_ok_grow", "data grow from month to month", n=4096, batch=128, signal=2.0, grow=True, net={"width": 16}, lr=2e-3, sched="cos", epochs=18, log=A, also="saturated-early", dialect="autogluon_log"),
    well("loan_ok_ragged", "steps of batches of 32", n=4096, batch=32, signal=2.0, net={"width": 16}, lr=1.5e-3, sched="cos", epochs=3, log_every=3, log=LR, also="still-improving", excused="noisy-loss", dialect="talent_prints"),
    well("loan_ok_long", "6,400 steps, every sixteenth", n=8192, batch=64, signal=2.0, net={"width": 16}, lr=2e-3, sched="cos", epochs=50, log_every=16, log_mean=True, log=LR, also="saturated-early", seeds=1, dialect="step_csv"),
    well("loan_ok_sparse_eval", "evaluated each fourth epoch", **BIG, signal=2.0, net={"width": 16}, lr=2e-3, sched="cos", epochs=24, val_every=4, log=A, also="saturated-early", dialect="ft_example_prints"),
    well("loan_ok_norms", "norms of gradients, clipped now and then", **BIG, signal=2.0, clip=1.0, net={"width": 16}, lr=2e-3, sched="cos", epochs=16, log_every=6, log=N, also="saturated-early", excused="noisy-loss", dialect="key_value"),
    well("loan_ok_ratios", "update ratios near 1e-3", **BIG, signal=2.0, net={"width": 16}, lr=1e-3, sched="cos", epochs=14, log=V, peek={"ratio": "update_ratio/body{}"}, also="still-improving saturated-early", dialect="wandb_export_csv"),
    well("loan_ok_xgb", "plain: stopped by patience", **X, n=3000, max_depth=3, learning_rate=0.1, rounds=300, stop=15, metrics=("logloss", "auc"), every=2, dialect="xgb_logloss", options=TREES),
    well("loan_ok_xgb_cv", "plain: the task is not told", **X, n=3000, max_depth=2, learning_rate=0.1, rounds=150, subsample=0.7, dialect="xgb_cv_prints", also="overfitting saturated-early"),
    well("loan_ok_lgb", "plain: few leaves, patience", **G, n=3000, num_leaves=6, learning_rate=0.06, rounds=300, stop=20, metrics=("logloss", "auc"), every=2, dialect="lgb_binary", options=TREES),
    well("loan_ok_cat", "plain: CatBoost with its detector", **C, n=3000, depth=4, learning_rate=0.08, rounds=300, stop=20, every=2, dialect="catboost_log", options=TREES),
    well("loan_ok_five", "five epochs", n=6000, batch=64, signal=2.0, net={"width": 24, "bn": True}, lr=4e-3, sched="cos", epochs=5, log=AC, also="still-improving too-short", dialect="fastai_table"),
)  # fmt: skip

FAMILY = Family(
    name="credit_risk",
    script="credit_risk",
    data="made-up loans",
    model="small networks for tables, boosted trees",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
