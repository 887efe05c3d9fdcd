"""Dialects of physics-informed nets, diffusion models and neural operators: DeepXDE's loss.dat, Modulus, Raissi's prints,
guided-diffusion's boxes, k-diffusion, DiT, EDM, the prints of FNO scripts and of neuraloperator, PDEBench."""  # fmt: skip

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of

WEIGHTS = ("w_", "lambda_")


def _cells(values: dict[str, float], between: str, equals: str, digits: str = ".3e") -> str:
    return between.join(f"{k}{equals}{v:{digits}}" for k, v in values.items())


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
            text += f"{stamp} record validators time:  4.911e-02s, " + _cells(errors, ", ", ": ") + "\n"
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
        text += f"  ({_cells(rest, ' | ', '=', '.2e')})" if rest else ""
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


def _box(rows: dict[str, str]) -> str:
    left, right = max(map(len, rows)), max(map(len, rows.values()))
    line = "-" * (left + right + 7) + "\n"
    return line + "".join(f"| {k:<{left}} | {v:<{right}} |\n" for k, v in rows.items()) + line


def guided_boxes(records: Records) -> str:
    """guided-diffusion's logger on the screen: sorted keys in a box, three digits."""
    text = "Logging to /tmp/openai-2023-05-11-14-02-10-118231\ncreating model and diffusion...\ncreating data loader...\ntraining...\n"
    for r in records:
        train, val = parts_of(r)
        values = train | {f"val_{k}": v for k, v in val.items()} | {"step": r["step"], "samples": 128 * r["step"]}
        text += _box({k: f"{values[k]:<8.3g}".strip() for k in sorted(values)})
    return text


def guided_progress_csv(records: Records) -> str:
    """The progress.csv of guided-diffusion: sorted names, step and samples among them."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        rows.append(
            train | {f"val_{k}": v for k, v in val.items()} | {"step": int(r["step"]), "samples": 128 * int(r["step"])}
        )
    names = sorted({name for row in rows for name in row})
    return "\n".join([",".join(names), *(",".join(str(row.get(n, "")) for n in names) for row in rows)]) + "\n"


def k_diffusion_prints(records: Records) -> str:
    """k-diffusion: Epoch, step, loss, and the running mean of the loss."""
    text, mean = "", records[0]["loss"]
    for r in records:
        train, val = parts_of(r)
        mean += 0.1 * (train["loss"] - mean)
        text += f"Epoch: {r['epoch']:.0f}, step: {r['step']:.0f}, loss: {train['loss']:.6f}, avg loss: {mean:.6f}"
        text += "".join(f", {k}: {v:.6f}" for k, v in train.items() if k not in {"loss", "lr"}) + "\n"
        text += "".join(f"Evaluating at step {r['step']:.0f}: {k}: {v:.6f}\n" for k, v in val.items())
    return text


def dit_log(records: Records) -> str:
    """DiT: a coloured clock, the step in seven digits, the loss to four."""
    text = "[\x1b[34m2023-05-11 14:02:08\x1b[0m] Training for 1400 epochs...\n"
    epoch = -1
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[\x1b[34m2023-05-11 14:{2 + i // 60:02d}:{i % 60:02d}\x1b[0m]"
        if r["epoch"] != epoch:
            epoch = r["epoch"]
            text += f"{stamp} Beginning epoch {epoch:.0f}...\n"
        more = "".join(f", {k}: {v:.4g}" for k, v in train.items() if k != "loss")
        more += "".join(f", Val {k}: {v:.4f}" for k, v in val.items())
        text += f"{stamp} (step={r['step']:07.0f}) Train Loss: {train['loss']:.4f}{more}, Train Steps/Sec: 5.12\n"
    return text


def ddpm_bars(records: Records) -> str:
    """denoising-diffusion-pytorch: the loss before the bar of the whole run, caught from the terminal."""
    total, text = max(r["step"] for r in records), ""
    for r in records:
        share = r["step"] / total
        text += f"\rloss: {r['loss']:.4f}: {100 * share:3.0f}%|{'█' * int(10 * share):<10}| {r['step']:.0f}/{total:.0f} [00:{int(59 * share):02d}<00:{int(59 * (1 - share)):02d},  8.41it/s]"
    return text + "\ntraining complete\n"


def diffusers_bars(records: Records) -> str:
    """diffusers' example of an unconditional training: a bar an epoch with loss, rate and step behind it."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        cells = (
            [f"loss={train['loss']:.3g}"]
            + [f"{k}={v:.3g}" for k, v in train.items() if k != "loss"]
            + [f"step={r['step']:.0f}"]
        )
        text += f"\rEpoch {r['epoch']:.0f}: {100 * at // steps:3d}%|{'█' * (10 * at // steps):<10}| {at}/{steps} [00:02<00:00,  7.31it/s, {', '.join(cells)}]"
        text += (
            "\n" + " ".join(f"eval/{k}: {v:.5f}" for k, v in val.items()) + "\n"
            if val
            else ("\n" if at == steps else "")
        )
    return text + "\n"


def edm_stats_json_lines(records: Records) -> str:
    """EDM's stats.jsonl: each value with number, mean and spread, the progress as a value too."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        row: dict[str, object] = {"Progress/tick": {"num": 1, "mean": float(i), "std": 0.0}}
        row["Progress/kimg"] = {"num": 1, "mean": r["step"] * 0.128, "std": 0.0}
        row |= {f"Loss/{k}": {"num": 2560, "mean": v, "std": 0.0} for k, v in train.items()}
        row |= {f"Validation/{k}": {"num": 256, "mean": v, "std": 0.0} for k, v in val.items()}
        text += json.dumps(row | {"timestamp": 1683813730.5 + 3 * i}) + "\n"
    return text


def flow_prints(records: Records) -> str:
    """The print of tutorials on flow matching: step, loss, seconds."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"{r['step']:.0f}: loss {train['loss']:0.3f}" + "".join(
            f" {k} {v:.3g}" for k, v in train.items() if k != "loss"
        )
        text += "".join(f" val_{k} {v:0.3f}" for k, v in val.items()) + " time 1.16\n"
    return text


def dots_prints(records: Records) -> str:
    """Somebody's own print: step, loss and what is judged, arrows between."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"[step {r['step']:>6.0f}] " + " ".join(f"{k}={v:.5g}" for k, v in train.items())
        text += (" -> " + " ".join(f"test_{k}={v:.5g}" for k, v in val.items()) if val else "") + "\n"
    return text


def _seconds(record: dict[str, float]) -> str:
    """Seconds of an epoch, as clocks show them."""
    return f"{1.31 + 0.013 * (int(record['epoch']) * 7 % 5):.3f}"


def fno_prints(records: Records) -> str:
    """The prints of the first scripts of Fourier operators with names: epoch, seconds, errors in a row."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch: {r['epoch']:.0f}, time: {_seconds(r)}, " + ", ".join(
            f"train_{k}: {v:.6f}" if k != "lr" else f"lr: {v:.3e}" for k, v in train.items()
        )
        text += "".join(f", test_{k}: {v:.6f}" for k, v in val.items()) + "\n"
    return text


def fno_bare_prints(records: Records) -> str:
    """The same without names, under a head that is printed once: epoch, time and the errors."""
    names = [n for n in dict.fromkeys(n for r in records for n in r) if n not in {"step", "epoch"}]
    text = (
        "epoch time "
        + " ".join(n.replace("val_", "test_") if n.startswith("val_") else f"train_{n}" for n in names)
        + "\n"
    )
    for r in records:
        text += (
            f"{r['epoch']:.0f} {_seconds(r)}20155159998103 "
            + " ".join(repr(r[n]) if n in r else "nan" for n in names)
            + "\n"
        )
    return text


def neuralop_prints(records: Records) -> str:
    """neuraloperator's Trainer: the epoch in brackets, mean loss and training error, then a line of evaluation."""
    text = "Training on 256 samples\nTesting on [64] samples         on resolutions [32].\n"
    for r in records:
        train, val = parts_of(r)
        text += (
            f"[{r['epoch']:.0f}] time={_seconds(r)}, avg_loss={train['loss']:.4f}, train_err={32 * train['loss']:.4f}"
        )
        text += "".join(f", {k}={v:.4g}" for k, v in train.items() if k != "loss") + "\n"
        text += (
            "Eval: " + ", ".join(f"32_{'l2' if k == 'loss' else k}={v:.4f}" for k, v in val.items()) + "\n"
            if val
            else ""
        )
    return text


def pdebench_prints(records: Records) -> str:
    """PDEBench: the epoch with loss, seconds and both errors."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"epoch: {r['epoch']:.0f}, loss: {train.get('loss', next(iter(train.values()))):.5f}, t2-t1: {_seconds(r)}10, "
        named = {("L2" if k == "loss" else k.upper()): v for k, v in train.items() if k != "lr"}
        text += ", ".join(f"train{k}: {v:.5f}" for k, v in named.items())
        text += "".join(f", test{'L2' if k == 'loss' else k.upper()}: {v:.5f}" for k, v in val.items()) + "\n"
    return text


def physicsnemo_log(records: Records) -> str:
    """PhysicsNeMo's launch logger: metrics of the epoch with their names, times, and those of the validation."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[14:{2 + i // 60:02d}:{i % 60:02d}"
        named = {("Learning Rate" if k == "lr" else k): v for k, v in train.items()}
        text += (
            f"{stamp} - train - INFO] Epoch {r['epoch'] + 1:.0f} Metrics: "
            + ", ".join(f"{k} = {v:10.3e}" for k, v in named.items())
            + "\n"
        )
        text += f"{stamp} - train - INFO] Epoch Execution Time:  1.342e+00s, Time/Iter:  4.211e+01ms\n"
        if val:
            text += (
                f"{stamp} - valid - INFO] Epoch {r['epoch'] + 1:.0f} Metrics: "
                + ", ".join(f"val_{k} = {v:10.3e}" for k, v in val.items())
                + "\n"
            )
    return text


def fno_epochs_csv(records: Records) -> str:
    """A table that a script of operators writes beside its prints: epoch, time, train_ and test_ names."""
    rows = []
    for r in records:
        train, val = parts_of(r)
        row = {"epoch": f"{r['epoch']:.0f}", "time": _seconds(r)} | {
            k if k == "lr" or (k.endswith("loss") and k != "loss") else f"train_{k}": f"{v:.8g}"
            for k, v in train.items()
        }
        rows.append(row | {f"test_{k}": f"{v:.8g}" for k, v in val.items()})
    names = list(dict.fromkeys(name for row in rows for name in row))
    return "\n".join([",".join(names), *(",".join(row.get(n, "") for n in names) for row in rows)]) + "\n"
