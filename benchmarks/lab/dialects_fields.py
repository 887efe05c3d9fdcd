"""Dialects of genomics trainers (Selene, Basset, Baskerville, bpnet-lite) and of coordinate networks and radiance fields."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of

DAY = "2022-03-18 09:41"


def selene_log(records: Records) -> str:
    """Selene's train_model: the mean loss every so many steps, the figures of the validation on lines of their own."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"{DAY}:{i % 60:02d},{(i * 37) % 1000:03d}"
        text += f"{stamp} - [STEP {r['step']:.0f}] average number of steps per second: 41.7\n"
        text += f"{stamp} - Training loss: {train['loss']}\n"
        text += "".join(f"{stamp} - training {k}: {v}\n" for k, v in train.items() if k != "loss")
        text += "".join(f"{stamp} - validation {k}: {v}\n" for k, v in val.items())
    return text


def basset_log(records: Records) -> str:
    """Basset's Torch trainer: an epoch a line, padded, and a word where it is the best so far."""
    text, best = "", float("inf")
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch #{r['epoch'] + 1:3.0f}   train loss = {train['loss']:7.3f}"
        text += f", valid loss = {val['loss']:7.3f}" if "loss" in val else ""
        text += f", AUC = {val['auroc']:.4f}" if "auroc" in val else ""
        text += ", time = 2m 14s" + (" best!" if val.get("loss", train["loss"]) < best else "") + "\n"
        best = min(best, val.get("loss", train["loss"]))
    return text


def baskerville_log(records: Records) -> str:
    """Baskerville and Basenji: an epoch a line, cells between dashes, best! at the end."""
    text, best = "", float("-inf")
    names = {"pearson": "r", "val_pearson": "r"}
    for r in records:
        train, val = parts_of(r)
        cells = [f"train_{names.get(k, k)}: {v:.4f}" for k, v in train.items()]
        cells += [f"valid_{names.get(k, k)}: {v:.4f}" for k, v in val.items()]
        good = val.get("pearson", -val.get("loss", train["loss"]))
        text += f"Epoch {r['epoch']:.0f} - 11s - " + " - ".join(cells) + (" - best!" if good > best else "") + "\n"
        best = max(best, good)
    return text


def bpnetlite_tsv(records: Records) -> str:
    """bpnet-lite's logger: a tab between cells, names of two words, whether the model was saved at the end."""
    names = {"mnll": "Training MNLL", "counts": "Training Count MSE", "val_mnll": "Validation MNLL", "val_pearson": "Validation Count Pearson", "val_counts": "Validation Count MSE"}  # fmt: skip
    text = "Epoch\tIteration\tTraining Time\tValidation Time\t" + "\t".join(names.values()) + "\tSaved?\n"
    best = float("inf")
    for r in records:
        cells = "\t".join(f"{r[k]:.6g}" if k in r else "" for k in names)
        now = r.get("val_mnll", 0.0) + r.get("val_counts", 0.0)
        text += f"{r['epoch']:.0f}\t{r['step']:.0f}\t4.1275\t0.6314\t{cells}\t{now < best}\n"
        best = min(best, now)
    return text


def motif_prints(records: Records) -> str:
    """A biologist's prints: place and figures of the batch in a line, and the held-out chromosome in another."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        text += f"epoch {r['epoch'] + 1:.0f} batch {int(r['step'] - 1) % steps + 1}/{steps} :: "
        text += " ".join(f"{k}={v:.4g}" for k, v in train.items()) + "\n"
        text += "    chr8 (held out): " + " ".join(f"{k}={v:.4g}" for k, v in val.items()) + "\n" if val else ""
    return text


def nerf_pytorch_prints(records: Records) -> str:
    """nerf-pytorch writes a [TRAIN] line every i_print steps; a fork adds the held-out views."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"[TRAIN] Iter: {r['step']:.0f} Loss: {train['loss']}  PSNR: {train.get('psnr', float('nan'))}\n"
        text += (
            f"[TEST] Iter: {r['step']:.0f} Loss: {val['loss']}  PSNR: {val.get('psnr', float('nan'))}\n" if val else ""
        )
    return text


def torch_ngp_log(records: Records) -> str:
    """torch-ngp: a block an epoch, a bar with the loss of the moment and its mean, the evaluation between arrows."""
    text = "[INFO] Trainer: ngp | 2022-04-02_11-20-45 | cuda:0 | fp16 | fox\n[INFO] #parameters: 11412\n"
    for i, r in enumerate(records):
        train, val = parts_of(r)
        rate = train.get("lr", 1e-2)
        text += f"==> Start Training Epoch {i + 1}, lr={rate:.6f} ...\n"
        text += (
            f"loss={train['loss']:.4f} ({train['loss']:.4f}), lr={rate:.6f}: : 100% 100/100 [00:05<00:00, 18.20it/s]\n"
        )
        text += f"PSNR = {train['psnr']:.6f}\n" if "psnr" in train else ""
        text += f"==> Finished Epoch {i + 1}, loss={train['loss']:.6f}.\n"
        if val:
            text += f"++> Evaluate at epoch {i + 1} ...\nloss={val['loss']:.4f} ({val['loss']:.4f}): : 100% 4/4 [00:01<00:00,  3.50it/s]\n"
            text += f"PSNR = {val['psnr']:.6f}\n" if "psnr" in val else ""
            text += f"++> Evaluate epoch {i + 1} Finished.\n"
    return text


def siren_prints(records: Records) -> str:
    """SIREN's training loop: an epoch is a step; the validation of a picture is a line of the user's own."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['step']:.0f}, Total loss {train['loss']:.6f}, " + "".join(
            f"{k} {v:.6f}, " for k, v in train.items() if k != "loss"
        )
        text += "iteration time 0.018234\n"
        text += "Running validation set...\n" + "".join(f"  val {k} {v:.6f}\n" for k, v in val.items()) if val else ""
    return text


def tiny_cuda_nn_prints(records: Records) -> str:
    """tiny-cuda-nn's sample that learns an image."""
    return "".join(
        f"Step#{r['step']:.0f}: loss={r['loss']:.8g} time={41230 + 7 * int(r['step'])}[µs]\n" for r in records
    )


def nerfstudio_csv(records: Records) -> str:
    """nerfstudio's scalars exported as a table: names with blanks, dictionaries behind slashes."""
    names = {"loss": "Train Loss", "val_loss": "Eval Loss", "psnr": "Train Metrics Dict/psnr", "val_psnr": "Eval Images Metrics/psnr", "lr": "learning_rate/fields"}  # fmt: skip
    keys = [k for k in dict.fromkeys(k for r in records for k in r) if k not in {"step", "epoch"}]
    heads = [
        names.get(k, f"Eval Loss Dict/{k.removeprefix('val_')}" if k.startswith("val_") else f"Train Loss Dict/{k}")
        for k in keys
    ]
    rows = [",".join([f"{r['step']:.0f}", *(f"{r[k]:.7g}" if k in r else "" for k in keys)]) for r in records]
    return "\n".join([",".join(["Step", *heads]), *rows]) + "\n"


def splat_bars(records: Records) -> str:
    """The bar of Gaussian splatting's train.py, rewritten in place, with [ITER …] lines where it evaluates."""
    text, last = "", int(records[-1]["step"])
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"])
        text += f"\rTraining progress: {100 * at // last:3d}%|{'█' * (10 * at // last):<10}| {at}/{last} [00:12<00:31, 46.21it/s, Loss={train['loss']:.7f}]"
        text += (
            f"\n[ITER {at}] Evaluating test: L1 {val.get('mae', val['loss'])} PSNR {val.get('psnr', 0.0)}\n"
            if val
            else ""
        )
    return text + "\nTraining complete.\n"
