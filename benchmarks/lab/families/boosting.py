"""Boosted trees: rounds are no epochs, and the training loss falls for ever.

Of 42 configurations tried none was dropped; five were relabelled after a look at the pictures (two meant to underfit
reach an R² of 0.7 and are called saturated, a third stands still after four rounds, two mild ones may pass as healthy).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well

OPTIONS = {"task": "boosting"}
X = {"engine": "xgboost", "objective": "binary:logistic", "eval_metric": "logloss"}
R = {"engine": "xgboost", "objective": "reg:squarederror", "eval_metric": "rmse"}
L = {"engine": "lightgbm", "objective": "regression", "metric": "l2"}
B = {"engine": "lightgbm", "objective": "binary", "metric": "binary_logloss"}
C = {"engine": "catboost", "loss_function": "RMSE"}
CB = {"engine": "catboost", "loss_function": "Logloss"}
OVER, SEVERE, DISAGREE = "overfitting", "severe-overfitting", "loss-metric-disagreement"
LOW, LATE, SAT = "learning-rate-too-low", "still-improving", "saturated-early"

ILL = (
    ill("boost_over_xgb", "depth 6 at 0.3 on noisy labels, no stopping", f"{SEVERE} {OVER}", DISAGREE, **X, table="classes", wrong=0.15, rounds=150, max_depth=6, eta=0.3, dialect="xgb_logloss", options=OPTIONS),
    ill("boost_over_lgb", "31 leaves, no stopping", OVER, SAT, **L, table="friedman", wrong=4.0, rows=700, rounds=200, learning_rate=0.05, dialect="lgb_l2"),
    ill("boost_over_mild", "validation flat for half of the rounds while training falls on", f"{OVER} healthy", SAT, **R, table="friedman", wrong=3.0, rounds=150, max_depth=4, eta=0.1, dialect="xgb_rmse", options=OPTIONS),
    ill("boost_over_cat", "CatBoost of depth 7, 600 rounds", OVER, SAT, **C, table="diabetes", rows=442, rounds=600, depth=7, learning_rate=0.06, dialect="catboost_log"),
    ill("boost_severe_faint", "faint signal learnt by heart", SEVERE, f"{OVER} {DISAGREE}", **B, table="faint", rounds=300, learning_rate=0.1, num_leaves=31, dialect="lgb_binary", options=OPTIONS),
    ill("boost_severe_xgb", "depth 8 at 0.5 on wrong labels", f"{SEVERE} {OVER}", DISAGREE, **(X | {"eval_metric": ("logloss", "error")}), table="breast_cancer", rows=569, wrong=0.25, rounds=120, max_depth=8, eta=0.5, dialect="xgb_logloss"),
    ill("boost_severe_sklearn", "scikit-learn's own, depth 7", SEVERE, f"{OVER} {DISAGREE}", engine="sklearn", table="faint", rows=500, rounds=150, max_depth=6, learning_rate=0.2, dialect="evals_json_logloss", options=OPTIONS),
    ill("boost_severe_cat", "CatBoost's Logloss, 1000 rounds", f"{SEVERE} {OVER}", DISAGREE, **CB, table="faint", rows=600, rounds=800, depth=6, learning_rate=0.1, dialect="catboost_json"),
    ill("boost_under_stump", "stumps under a heavy penalty", f"{SAT} healthy", "underfitting", **R, table="friedman", wrong=0.5, rounds=200, max_depth=1, eta=0.5, min_child_weight=350, dialect="xgb_rmse", options=OPTIONS),
    ill("boost_under_gamma", "a split must gain too much: constant from the fourth round on", f"underfitting {SAT} not-learning", "frozen-metric", **R, table="friedman", wrong=0.5, rounds=120, max_depth=3, eta=0.2, gamma=2500, dialect="xgb_rmse"),
    ill("boost_under_leaf", "leaves of 400 rows", f"{SAT} healthy", f"underfitting {OVER}", **(B | {"metric": ("binary_logloss", "auc")}), table="classes", rounds=300, min_data_in_leaf=400, learning_rate=0.2, dialect="lgb_binary", options=OPTIONS),
    ill("boost_no_split", "no split is allowed: constant", "not-learning", f"frozen-metric underfitting {SAT}", **X, table="classes", rounds=100, gamma=1e6, max_depth=4, eta=0.3, dialect="xgb_logloss", options=OPTIONS),
    ill("boost_low_xgb", "eta 0.0005", f"{LOW} {LATE}", "underfitting not-learning", **X, table="classes", rounds=200, max_depth=3, eta=0.0004, dialect="xgb_logloss", options=OPTIONS),
    ill("boost_low_lgb", "learning rate 0.0003", f"{LOW} {LATE}", "underfitting not-learning", **L, table="friedman", wrong=1.0, rounds=300, learning_rate=0.0003, dialect="lgb_l2"),
    ill("boost_low_cat", "CatBoost at 0.001", f"{LOW} {LATE}", "underfitting", **C, table="friedman", wrong=1.0, rounds=150, depth=4, learning_rate=0.0006, dialect="catboost_log", options=OPTIONS),
    ill("boost_low_sklearn", "0.001, training loss only", f"{LOW} {LATE}", "underfitting", engine="sklearn", table="friedman", wrong=1.0, rows=500, rounds=200, learning_rate=0.0005, max_depth=3, dialect="sklearn_table"),
    ill("boost_high_xgb", "eta 1.0: the best round is the second", f"{OVER} {SEVERE} learning-rate-too-high", f"{SAT} {DISAGREE}", **R, table="friedman", wrong=1.0, rounds=100, max_depth=4, eta=1.0, dialect="xgb_rmse", options=OPTIONS),
    ill("boost_high_diverges", "eta 2.1: every round overshoots", "diverging learning-rate-too-high", f"{OVER} {SEVERE} underfitting non-finite-loss noisy-loss", **R, table="friedman", wrong=1.0, rounds=100, max_depth=3, eta=2.2, dialect="xgb_rmse"),
    ill("boost_high_lgb", "learning rate 1.8: validation bounces and climbs", f"{SEVERE} {OVER} learning-rate-too-high", "noisy-loss small-validation-set", **L, table="friedman", wrong=1.0, rounds=150, learning_rate=1.8, num_leaves=4, dialect="lgb_l2", options=OPTIONS),
    ill("boost_late_xgb", "stopped after 60 rounds at 0.03", LATE, LOW, **R, table="friedman", wrong=0.5, rounds=60, max_depth=4, eta=0.03, dialect="xgb_rmse", options=OPTIONS),
    ill("boost_late_cat", "stopped after 100 rounds", LATE, LOW, **CB, table="classes", rounds=100, depth=5, learning_rate=0.02, dialect="catboost_log"),
    ill("boost_late_lgb", "stopped after 50 rounds", LATE, LOW, **(B | {"metric": ("binary_logloss", "auc")}), table="classes", rounds=50, learning_rate=0.03, num_leaves=15, dialect="lgb_binary", options=OPTIONS),
    ill("boost_saturated", "1500 rounds where 300 would do", f"{SAT} healthy", "", **R, table="friedman", wrong=1.0, rows=4000, rounds=1500, max_depth=1, eta=0.1, every=5, dialect="xgb_rmse", options=OPTIONS),
    ill("boost_saturated_lgb", "800 rounds where 200 would do", f"{SAT} healthy {OVER}", "", **B, table="classes", rows=3000, wrong=0.1, rounds=800, num_leaves=3, learning_rate=0.3, lambda_l2=50.0, min_data_in_leaf=100, every=4, dialect="lgb_binary"),
    ill("boost_saturated_cat", "the last three quarters bring nothing", f"{SAT} healthy {OVER}", "", **C, table="diabetes", rows=442, rounds=1000, depth=1, learning_rate=0.05, l2_leaf_reg=30, dialect="catboost_log", options=OPTIONS),
)  # fmt: skip

WELL = (
    well("boost_sound_xgb", "a steady gap, validation still gaining", **R, table="friedman", wrong=0.5, rounds=250, max_depth=3, eta=0.1, dialect="xgb_rmse", options=OPTIONS),
    well("boost_sound_unsaid", "a steady gap, the task is not told", **R, table="friedman", wrong=1.0, rows=2500, rounds=250, max_depth=3, eta=0.08, dialect="xgb_rmse"),
    well("boost_stopped_early", "stopped by patience: a few rounds past the best", **(X | {"patience": 15}), table="classes", wrong=0.1, rounds=500, max_depth=4, eta=0.1, dialect="xgb_logloss", options=OPTIONS),
    well("boost_stopped_lgb", "stopped by patience of 20", **(B | {"patience": 20}), table="breast_cancer", rows=569, rounds=400, learning_rate=0.08, num_leaves=7, dialect="lgb_binary", options=OPTIONS),
    well("boost_cat", "CatBoost with its own rate", **C, table="friedman", wrong=1.0, rounds=400, depth=4, learning_rate=0.06, dialect="catboost_log", options=OPTIONS),
    well("boost_cat_unsaid", "CatBoost's Logloss, the task is not told", also=OVER, **CB, table="classes", wrong=0.05, rounds=300, depth=4, learning_rate=0.06, dialect="catboost_json"),
    well("boost_rows", "a share of rows and columns a round: a jagged fall", **R, table="friedman", wrong=1.0, rounds=200, max_depth=3, eta=0.1, subsample=0.2, colsample_bytree=0.4, dialect="xgb_rmse", options=OPTIONS),
    well("boost_dart", "dart drops trees: an uneven fall", **(R | {"booster": "dart"}), table="friedman", wrong=1.0, rows=800, rounds=100, max_depth=4, eta=0.1, rate_drop=0.1, skip_drop=0.5, dialect="xgb_rmse", options=OPTIONS),
    well("boost_dollars", "an l2 of 1e10", **L, table="friedman", wrong=1.0, scale=3e4, rounds=200, learning_rate=0.08, num_leaves=8, dialect="lgb_l2", options=OPTIONS),
    well("boost_small_unit", "a target in thousandths", **R, table="friedman", wrong=1.0, scale=1e-3, rounds=150, max_depth=3, eta=0.1, base_score=0.0, dialect="evals_json_rmse", options=OPTIONS),
    well("boost_digits", "ten classes: a long tail towards zero", **(R | {"objective": "multi:softprob", "num_class": 10, "eval_metric": ("mlogloss", "merror")}), table="digits", rows=900, rounds=80, max_depth=3, eta=0.2, dialect="xgb_mlogloss", options=OPTIONS),
    well("boost_poisson", "a likelihood with a high floor", **(R | {"objective": "count:poisson", "eval_metric": "poisson-nloglik"}), table="friedman", wrong=0.0, scale=0.3, rounds=150, max_depth=3, eta=0.1, dialect="xgb_poisson", options=OPTIONS),
    well("boost_linear", "linear booster: down at once, then flat", **(R | {"booster": "gblinear"}), table="diabetes", rows=442, rounds=60, eta=0.3, dialect="xgb_rmse", excused="saturated-early underfitting overfitting", options=OPTIONS),
    well("boost_printed_tens", "printed every tenth round", **R, table="friedman", wrong=1.0, rounds=400, max_depth=3, eta=0.05, every=10, dialect="xgb_rmse", options=OPTIONS),
    well("boost_sklearn", "training loss only", engine="sklearn", table="friedman", wrong=1.0, rounds=150, learning_rate=0.1, max_depth=3, dialect="sklearn_table", options=OPTIONS),
    well("boost_forest", "trees in bunches of twenty: few rounds", **(R | {"num_parallel_tree": 20}), table="friedman", wrong=1.0, rounds=40, max_depth=5, eta=0.15, subsample=0.6, dialect="xgb_rmse", options=OPTIONS),
    well("boost_lgb_auc", "loss and auc, validation gains little at the end", **(B | {"metric": ("binary_logloss", "auc")}), table="classes", wrong=0.05, rows=3000, rounds=150, learning_rate=0.06, num_leaves=7, dialect="lgb_binary", options=OPTIONS),
)  # fmt: skip

FAMILY = Family(
    "boosting", "boosting", "friedman, made-up classes, bundled tables", "boosted trees", "tuning", (*ILL, *WELL)
)
