"""Boosting rounds as XGBoost, LightGBM, CatBoost and scikit-learn print or save them."""

from __future__ import annotations

import json
from functools import partial

Records = list[dict[str, float]]


def _xgb(records: Records, metric: str, sets: tuple[str, str] = ("train", "eval")) -> str:
    text = ""
    for r in records:
        cells = [f"{sets[0]}-{metric}:{r['loss']:.5f}"]
        cells += [f"{sets[0]}-{k}:{v:.5f}" for k, v in _more(r) if not k.startswith("val_")]
        cells += [f"{sets[1]}-{metric}:{r['val_loss']:.5f}"] if "val_loss" in r else []
        cells += [f"{sets[1]}-{k[4:]}:{v:.5f}" for k, v in _more(r) if k.startswith("val_")]
        text += f"[{r['epoch']:.0f}]\t" + "\t".join(cells) + "\n"
    return text


def _more(record: dict[str, float]) -> list[tuple[str, float]]:
    return [(k, v) for k, v in record.items() if k not in {"step", "epoch", "loss", "val_loss"}]


xgb_rmse = partial(_xgb, metric="rmse")
xgb_logloss = partial(_xgb, metric="logloss", sets=("validation_0", "validation_1"))
xgb_mlogloss = partial(_xgb, metric="mlogloss")
xgb_poisson = partial(_xgb, metric="poisson-nloglik")


def _lgb(records: Records, metric: str) -> str:
    text = "[LightGBM] [Info] Total Bins 2550\n[LightGBM] [Info] Start training from score 0.000000\n"
    for r in records:
        cells = [f"training's {metric}: {r['loss']:.6g}"]
        cells += [f"training's {k}: {v:.6g}" for k, v in _more(r) if not k.startswith("val_")]
        cells += [f"valid_1's {metric}: {r['val_loss']:.6g}"]
        cells += [f"valid_1's {k[4:]}: {v:.6g}" for k, v in _more(r) if k.startswith("val_")]
        text += f"[{r['epoch'] + 1:.0f}]\t" + "\t".join(cells) + "\n"
    return text


lgb_l2 = partial(_lgb, metric="l2")
lgb_binary = partial(_lgb, metric="binary_logloss")


def sklearn_table(records: Records) -> str:
    """What GradientBoosting prints with verbose=2; it knows no validation."""
    text = f"{'Iter':>10} {'Train Loss':>16} {'Remaining Time':>16}\n"
    return text + "".join(f"{r['epoch'] + 1:10.0f} {r['loss']:16.4f} {'1.00s':>16}\n" for r in records)


def _evals(records: Records, metric: str) -> str:
    sets = {"validation_0": {metric: [r["loss"] for r in records]}}
    return json.dumps(sets | {"validation_1": {metric: [r["val_loss"] for r in records]}}) + "\n"


evals_json_rmse = partial(_evals, metric="rmse")
evals_json_logloss = partial(_evals, metric="logloss")


def catboost_json(records: Records) -> str:
    """catboost_training.json in catboost_info."""
    meta = {"test_sets": ["test"], "test_metrics": [{"best_value": "Min", "name": "Logloss"}],
            "learn_metrics": [{"best_value": "Min", "name": "Logloss"}], "launch_mode": "Train", "parameters": "",
            "iteration_count": len(records), "learn_sets": ["learn"], "name": "experiment"}  # fmt: skip
    rounds = [{"learn": [r["loss"]], "iteration": int(r["epoch"]), "passed_time": 0.01, "remaining_time": 0.1,
               "test": [r["val_loss"]]} for r in records]  # fmt: skip
    return json.dumps({"meta": meta, "iterations": rounds})
