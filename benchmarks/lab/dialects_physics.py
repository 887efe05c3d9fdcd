"""Dialects of physics-informed nets: DeepXDE's loss.dat and tables, Modulus, Raissi's prints, NeuralPDE, jaxpi."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, listed, parts_of

WEIGHTS = ("w_", "lambda_")


def _terms(values: dict[str, float]) -> dict[str, float]:
    found = {k: v for k, v in values.items() if k not in {"loss", "lr"}}
    return found or {"loss": values["loss"]}


def _brackets(values: dict[str, float]) -> str:
    return "[" + ", ".join(f"{v:.2e}" for v in values.values()) + "]"


def deepxde_metric_table(records: Records) -> str:
    """DeepXDE with a metric: losses of training and of test points in brackets, the relative error at the end."""
    text = "Compiling model...\n'compile' took 0.000241 s\n\nTraining model...\n\n"
    text += "Step      Train loss                        Test loss                         Test metric   \n"
    best = min(records, key=lambda r: r["loss"])
    for r in records:
        train, val = parts_of(r)
        own = _terms(train)
        test = {k: val.get(k, v) for k, v in own.items()} if len(own) > 1 else {"loss": val.get("loss", train["loss"])}
        metric = {k: v for k, v in val.items() if k not in own and k != "loss"}
        text += f"{r['step']:<10.0f}{_brackets(own):<34}{_brackets(test):<34}{_brackets(metric):<14}\n"
    text += f"\nBest model at step {best['step']:.0f}:\n  train loss: {best['loss']:.2e}\n"
    text += f"  test loss: {best.get('val_loss', best['loss']):.2e}\n  test metric: {_brackets({k: v for k, v in best.items() if k == 'val_l2'})}\n\n"
    return text + "'train' took 31.220154 s\n\n"


def deepxde_loss_dat(records: Records) -> str:
    """DeepXDE's loss.dat as numpy saves it: a comment as the head, columns of terms without names of their own."""
    text = "# step, loss_train, loss_test, metrics_test\n"
    for r in records:
        train, val = parts_of(r)
        own = _terms(train)
        test = {k: val.get(k, v) for k, v in own.items()} if len(own) > 1 else {"loss": val.get("loss", train["loss"])}
        metric = [v for k, v in val.items() if k not in own and k != "loss"]
        text += " ".join(f"{v:.18e}" for v in (r["step"], *own.values(), *test.values(), *metric)) + "\n"
    return text


def modulus_log(records: Records) -> str:
    """Modulus Sym: the step in brackets, the aggregated loss, the time of an iteration; validators beside it."""
    text = "[11:02:41] - attempting to restore from: outputs/rod\n[11:02:41] - \x1b[93moptimizer checkpoint not found\x1b[0m\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[11:{3 + i // 60:02d}:{i % 60:02d}] - [step: {r['step']:10.0f}]"
        if i % 4 == 0:
            text += f"{stamp} saved checkpoint to outputs/rod\n"
        errors = {f"l2_relative_error_{k}": v for k, v in val.items() if k != "loss"}
        if errors:
            text += f"{stamp} record validators time:  4.911e-02s, " + listed(errors, ", ", ": ", ".3e") + "\n"
        text += f"{stamp} loss: {train['loss']:10.3e}"
        text += (
            "".join(f", {k}: {v:10.3e}" for k, v in train.items() if k != "loss") + ", time/iteration:  1.133e+01 ms\n"
        )
    return text


def raissi_prints(records: Records) -> str:
    """The prints of the first scripts of this kind: It, Loss, Time, and the unknown of the equation behind it."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        more = "".join(f", {k}: {v:.3e}" for k, v in train.items() if k != "loss")
        more += "".join(f", {'Test Loss' if k == 'loss' else 'Error ' + k}: {v:.3e}" for k, v in val.items())
        text += f"It: {r['step']:.0f}, Loss: {train['loss']:.3e}{more}, Time: 0.42\n"
    return text


def neuralpde_prints(records: Records) -> str:
    """A callback of NeuralPDE.jl: the loss, and the terms in a vector."""
    text = ""
    for r in records:
        train, _ = parts_of(r)
        text += f"Iter: {r['step']:.0f}\nCurrent loss is: {train['loss']!r}\n"
        rest = {k: v for k, v in train.items() if k != "loss"}
        if rest:
            text += "".join(f"{k}: {v!r}\n" for k, v in rest.items())
    return text


def pinn_prints(records: Records) -> str:
    """A student's print: a line for every so many epochs, terms in short, test error in percent."""
    total, text = max(r["step"] for r in records), ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch [{r['step']:.0f}/{total:.0f}]  Loss: {train['loss']:.4e}"
        rest = {k: v for k, v in train.items() if k != "loss"}
        text += f"  ({listed(rest, ' | ', '=', '.2e')})" if rest else ""
        text += "".join(f"  Val {k}: {v:.4e}" for k, v in val.items()) + "\n"
    return text


def solver_rows(records: Records) -> str:
    """A table between bars that is printed while it grows, the head once."""
    names = [n for n in dict.fromkeys(n for r in records for n in r) if n not in {"epoch"}]
    names = ["step", *[n for n in names if n != "step"]]
    line = "+" + "+".join("-" * 14 for _ in names) + "+\n"
    text = line + "|" + "|".join(f"{n:^14}" for n in names) + "|\n" + line
    for r in records:
        text += "|" + "|".join(f"{(f'{r[n]:.0f}' if n == 'step' else f'{r[n]:.4e}') if n in r else '-':^14}" for n in names) + "|\n"  # fmt: skip
    return text + line


def jaxpi_json_lines(records: Records) -> str:
    """Losses of terms and their weights as a run of jaxpi leaves them in W&B's file: flat names, _step and _runtime."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        row = {
            k if k == "lr" or k.startswith(WEIGHTS) or k.endswith("loss") else f"{k}_loss": v for k, v in train.items()
        }
        row |= {f"{k}_error" if k != "loss" else "test_loss": v for k, v in val.items()}
        text += json.dumps(row | {"_step": int(r["step"]), "_runtime": 2 + int(r["step"]) // 40}) + "\n"
    return text
