"""Dialects of diffusion models and flows: guided-diffusion's boxes, k-diffusion, DiT, DDPM's and diffusers' bars, EDM."""

from __future__ import annotations

import json

from benchmarks.lab.records import Records, parts_of, steps_of


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
