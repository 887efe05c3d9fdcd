"""Boosted trees of XGBoost, LightGBM, CatBoost and scikit-learn on small tables, a record a round."""

from __future__ import annotations

from typing import Any

import numpy as np
from sklearn import datasets
from sklearn.ensemble import GradientBoostingClassifier, GradientBoostingRegressor
from sklearn.metrics import log_loss, mean_squared_error

Records = list[dict[str, float]]
Table = tuple[np.ndarray, np.ndarray]


def data(name: str, rows: int, seed: int, wrong: float) -> Table:
    """Features and target: a bundled table drawn in another order, or a made-up one of this many rows."""
    rng = np.random.default_rng(seed)
    if name == "friedman":
        return datasets.make_friedman1(rows, noise=wrong, random_state=seed)
    if name == "classes":
        return datasets.make_classification(rows, 12, n_informative=6, flip_y=wrong, random_state=seed)
    if name == "faint":
        x = rng.normal(size=(rows, 10))
        return x, (x[:, 0] * 0.3 + np.sin(3 * x[:, 1]) * 0.3 + rng.normal(size=rows) > 0).astype(int)
    x, y = getattr(datasets, f"load_{name}")(return_X_y=True)
    order = rng.permutation(len(x))[:rows]
    x, y = x[order], y[order]
    if wrong and name != "diabetes":
        y = np.where(rng.random(len(y)) < wrong, rng.permutation(y), y)
    return x, y


def train(seed: int, engine: str, table: str, rounds: int, rows: int = 1200, wrong: float = 0.0, share: float = 0.7,
          scale: float = 1.0, every: int = 1, **settings: Any) -> Records:  # fmt: skip
    """Records with loss, val_loss and the engine's second metric; ``settings`` go to the engine."""
    x, y = data(table, rows, seed, wrong)
    x, y = np.asarray(x, np.float32), np.asarray(y) * scale if scale != 1 else np.asarray(y)
    cut = int(len(x) * share)
    curves = ENGINES[engine]((x[:cut], y[:cut]), (x[cut:], y[cut:]), rounds, seed, settings)
    length = len(curves["loss"])
    return [{"step": i + 1, "epoch": i} | {name: float(values[i]) for name, values in curves.items()}
            for i in range(length) if i % every == 0 or i == length - 1]  # fmt: skip


def _xgboost(table: Table, held: Table, rounds: int, seed: int, settings: dict[str, Any]) -> dict[str, list[float]]:
    import xgboost

    patience = settings.pop("patience", None)
    metric = settings.pop("eval_metric")
    metrics = [metric] if isinstance(metric, str) else list(metric)
    train, test = xgboost.DMatrix(table[0], label=table[1]), xgboost.DMatrix(held[0], label=held[1])
    found: dict[str, dict[str, list[float]]] = {}
    xgboost.train({"seed": seed, "nthread": 1, "verbosity": 0, "eval_metric": metrics, **settings}, train, rounds,
                  evals=[(train, "train"), (test, "eval")], evals_result=found, verbose_eval=False,
                  early_stopping_rounds=patience)  # fmt: skip
    first, *more = metrics
    curves = {"loss": found["train"][first], "val_loss": found["eval"][first]}
    return curves | {f"{p}{m}": found[s][m] for m in more for p, s in (("", "train"), ("val_", "eval"))}


def _lightgbm(table: Table, held: Table, rounds: int, seed: int, settings: dict[str, Any]) -> dict[str, list[float]]:
    import lightgbm

    found: dict[str, dict[str, list[float]]] = {}
    patience = settings.pop("patience", None)
    train = lightgbm.Dataset(table[0], label=table[1])
    test = lightgbm.Dataset(held[0], label=held[1], reference=train)
    calls = [lightgbm.record_evaluation(found)]
    calls += [lightgbm.early_stopping(patience, first_metric_only=True, verbose=False)] if patience else []
    lightgbm.train({"seed": seed, "num_threads": 1, "verbosity": -1, **settings}, train, rounds,
                   valid_sets=[train, test], valid_names=["training", "valid_1"], callbacks=calls)  # fmt: skip
    metrics = list(found["training"])
    curves = {"loss": found["training"][metrics[0]], "val_loss": found["valid_1"][metrics[0]]}
    return curves | {f"{p}{m}": found[s][m] for m in metrics[1:] for p, s in (("", "training"), ("val_", "valid_1"))}


def _catboost(table: Table, held: Table, rounds: int, seed: int, settings: dict[str, Any]) -> dict[str, list[float]]:
    from catboost import CatBoost, Pool

    model = CatBoost({"iterations": rounds, "random_seed": seed, "thread_count": 1, "verbose": False,
                      "allow_writing_files": False, **settings})  # fmt: skip
    model.fit(Pool(*table), eval_set=Pool(*held), use_best_model=False)
    found = model.get_evals_result()
    name = settings["loss_function"]
    return {"loss": found["learn"][name], "val_loss": found["validation"][name]}


def _sklearn(table: Table, held: Table, rounds: int, seed: int, settings: dict[str, Any]) -> dict[str, list[float]]:
    sorted_out = table[1].dtype.kind == "i"
    kind = GradientBoostingClassifier if sorted_out else GradientBoostingRegressor
    model = kind(n_estimators=rounds, random_state=seed, **settings).fit(*table)
    staged = model.staged_predict_proba if sorted_out else model.staged_predict
    score = (lambda y, p: log_loss(y, p, labels=model.classes_)) if sorted_out else mean_squared_error
    return {name: [score(part[1], out) for out in staged(part[0])]
            for name, part in (("loss", table), ("val_loss", held))}  # fmt: skip


ENGINES = {"xgboost": _xgboost, "lightgbm": _lightgbm, "catboost": _catboost, "sklearn": _sklearn}
