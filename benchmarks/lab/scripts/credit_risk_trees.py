"""Boosted trees on the loans of ``credit_risk``, by three libraries."""

from __future__ import annotations

from typing import Any

import torch

from benchmarks.lab.scripts.credit_risk_parts import loans

Row = dict[str, float]


def trees(seed: int, engine: str, rounds: int = 150, n: int = 1200, held: int = 500, rate: float = 0.2, signal: float = 2.0,
          flip: float = 0.0, stop: int = 0, every: int = 1, metrics: tuple[str, ...] = ("logloss",), slip: str = "", **more: Any) -> list[Row]:  # fmt: skip
    """Boosted trees on the same loans: loss (the first metric) and the others, a row a round."""
    ours, kept = loans(n, 17 * seed + 3, rate, signal, flip), loans(held, 17 * seed + 4, rate, signal, flip)
    if slip == "wrong join":
        ours["bad"] = ours["bad"][torch.randperm(n, generator=torch.Generator().manual_seed(seed))]
    x, v = (torch.cat([part["raw"], part["cat"].float()], 1).numpy() for part in (ours, kept))
    y, w = ours["bad"].numpy(), kept["bad"].numpy()
    if engine == "xgboost":
        import xgboost

        model = xgboost.XGBClassifier(n_estimators=rounds, random_state=seed, n_jobs=1, eval_metric=list(metrics),
                                      early_stopping_rounds=stop or None, **more)  # fmt: skip
        model.fit(x, y, eval_set=[(x, y), (v, w)], verbose=False)
        found = list(model.evals_result().values())
    elif engine == "lightgbm":
        import lightgbm

        calls = [lightgbm.early_stopping(stop, first_metric_only=True, verbose=False)] if stop else []
        model = lightgbm.LGBMClassifier(n_estimators=rounds, random_state=seed, n_jobs=1, verbosity=-1, **more)
        model.fit(x, y, eval_set=[(x, y), (v, w)], eval_metric=list(metrics), callbacks=calls)
        found = list(model.evals_result_.values())
    else:
        from catboost import CatBoostClassifier

        names = {"logloss": "Logloss", "auc": "AUC"}
        model = CatBoostClassifier(iterations=rounds, random_seed=seed, thread_count=1, verbose=False, allow_writing_files=False,
                                   custom_metric=[names[m] for m in metrics[1:]], od_wait=stop or None,
                                   od_type="Iter" if stop else None, use_best_model=False, **more)  # fmt: skip
        model.fit(x, y, eval_set=(v, w))
        told = model.get_evals_result()
        found = [{m: told[s].get(names[m], []) for m in metrics} for s in ("learn", "validation")]
    first, *others = (m if engine != "lightgbm" else {"logloss": "binary_logloss"}.get(m, m) for m in metrics)
    rows = []
    for i, (a, b) in enumerate(zip(found[0][first], found[1][first], strict=True)):
        if i % every and i != len(found[0][first]) - 1:
            continue
        row = {"step": i + 1, "epoch": i, "loss": float(a), "val_loss": float(b)}
        for m in others:
            row |= {f"{p}{m}": float(s[m][i]) for p, s in (("", found[0]), ("val_", found[1])) if len(s[m]) > i}
        rows.append(row)
    return rows
