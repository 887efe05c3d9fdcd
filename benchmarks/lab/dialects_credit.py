"""Logs of people with tables, faces and lines of writing: AutoGluon, TALENT, xgb.cv, Keras 3; arcface, fast-reid; PaddleOCR, kraken."""

from __future__ import annotations

from benchmarks.lab.records import Records, parts_of, steps_of


def autogluon_log(records: Records) -> str:
    """AutoGluon's tabular net, at verbosity 4: an epoch a line, the best one so far."""
    text, best = "Training NeuralNetTorch with up to 1000 epochs...\n", (float("inf"), 0)
    for r in records:
        train, val = parts_of(r)
        epoch = int(r["epoch"]) + 1
        cells = [f"Train loss: {round(train['loss'], 4)}"]
        if "loss" in val:
            best = min(best, (val["loss"], epoch))
            cells += [f"Val log_loss: {round(val['loss'], 4)}"]
        cells += [f"Val {'roc_auc' if k == 'auc' else k}: {round(v, 4)}" for k, v in val.items() if k != "loss"]
        cells += [f"Best Epoch: {best[1]}"] if val else []
        text += f"Epoch {epoch} (Update {r['step']:.0f}).\t{', '.join(cells)}\n"
    return text


def talent_prints(records: Records) -> str:
    """TALENT: steps with equals signs, then a line of the validation."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        at = int(r["step"] - 1) % steps + 1
        text += f"epoch {r['epoch']:.0f}, train {at}/{steps}, loss={train['loss']:.4f} lr={train.get('lr', 1e-3):.4g}\n"
        if "loss" in val:
            text += f"epoch {r['epoch']:.0f}, val, loss={val['loss']:.4f} binclass result={val.get('auc', val.get('acc', 0.0)):.4f}\n"
            text += f"epoch {r['epoch']:.0f}, time:0.62s\n"
    return text


def ft_example_prints(records: Records) -> str:
    """The example notebook of the FT-Transformer: a word in brackets before each number, scores below."""
    text, steps, best = "", steps_of(records), -1.0
    for r in records:
        train, val = parts_of(r)
        text += f"(epoch) {r['epoch'] + 1:.0f} (batch) {int(r['step'] - 1) % steps} "
        text += " ".join(f"({k}) {v:.4f}" for k, v in train.items()) + "\n"
        if val:
            score = val.get("auc", val.get("acc", 0.0))
            more = f" | Validation loss: {val['loss']:.4f}" if "loss" in val else ""
            mark, best = (" <<< BEST VALIDATION EPOCH", score) if score > best else ("", best)
            text += f"Epoch {r['epoch'] + 1:03.0f}{more} | Validation score: {score:.4f}{mark}\n"
    return text


def xgb_cv_prints(records: Records) -> str:
    """xgb.cv with verbose_eval: the mean of the folds and its deviation."""
    text = ""
    for r in records:
        train, val = parts_of(r)
        said = {"loss": "logloss"}
        cells = [f"train-{said.get(k, k)}:{v:.5f}+{0.011 * v:.5f}" for k, v in train.items()]
        cells += [f"test-{said.get(k, k)}:{v:.5f}+{0.034 * v:.5f}" for k, v in val.items()]
        text += f"[{r['epoch']:.0f}]\t" + "\t".join(cells) + "\n"
    return text


def keras_by_letter(records: Records) -> str:
    """Keras 3 with verbose=2: a time a step, metrics in the order of the alphabet."""
    text, last, steps = "", max(int(r["epoch"]) for r in records) + 1, steps_of(records)
    for r in records:
        train, val = parts_of(r)
        rate = f" - learning_rate: {train.pop('lr'):.4e}" if "lr" in train else ""
        cells = [f"{k}: {v:.4f}" if abs(v) > 1e-3 else f"{k}: {v:.4e}" for k, v in sorted(train.items())]
        cells += [f"val_{k}: {v:.4f}" if abs(v) > 1e-3 else f"val_{k}: {v:.4e}" for k, v in sorted(val.items())]
        text += f"Epoch {r['epoch'] + 1:.0f}/{last}\n{steps}/{steps} - 0s - 6ms/step - {' - '.join(cells)}{rate}\n"
    return text


def fold_prints(records: Records) -> str:
    """Somebody's print inside a loop over folds; only the first fold was kept."""
    text, best = "=== fold 0 ===\n", float("inf")
    for r in records:
        train, val = parts_of(r)
        more = "  ".join(f"tr_{k} {v:.5g}" for k, v in train.items() if k != "loss")
        cells = "  ".join(f"va_{k} {v:.5g}" for k, v in val.items())
        mark, best = (" *", val["loss"]) if val.get("loss", float("inf")) < best else ("", best)
        text += f"ep {r['epoch']:03.0f}  tr_loss {train['loss']:.5g}  {more}{'  ' if more else ''}{cells}{mark}\n"
    return text


CLOCK = "2023-04-02 09:41"


def arcface_torch_log(records: Records) -> str:
    """insightface's arcface_torch: the speedometer, and lines of the verification sets."""
    text = ""
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"Training: {CLOCK}:{i % 60:02d},512-"
        text += f"{stamp}Speed 3120.44 samples/sec   Loss {train['loss']:.4f}   LearningRate {train.get('lr', 0.1):.6f}   Epoch: {r['epoch']:.0f}   "
        text += f"Global Step: {r['step']:.0f}   Fp16 Grad Scale: 65536   Required: 1 hours\n"
        if "lfw" in val:
            text += f"{stamp}[lfw][{r['step']:.0f}]XNorm: {val.get('xnorm', 21.0):.6f}\n"
            text += f"{stamp}[lfw][{r['step']:.0f}]Accuracy-Flip: {val['lfw'] / 100:.5f}+-0.01220\n"
    return text


def insightface_mxnet_log(records: Records) -> str:
    """insightface in the days of MXNet: acc and lossvalue behind the speed."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        text += (
            f"INFO:root:Epoch[{r['epoch']:.0f}] Batch [{int(r['step'] - 1) % steps + 1}]\tSpeed: 611.20 samples/sec\t"
        )
        text += (f"acc={train['acc']:.6f}\t" if "acc" in train else "") + f"lossvalue={train['loss']:.6f}\n"
        if "lfw" in val:
            text += f"lr-batch-epoch: {train.get('lr', 0.1):g} {int(r['step'] - 1) % steps} {r['epoch']:.0f}\ntesting verification..\n"
            text += f"[lfw][{r['step']:.0f}]Accuracy-Flip: {val['lfw'] / 100:.5f}+-0.01031\n"
    return text


def fastreid_log(records: Records) -> str:
    """fast-reid's events: two blanks between cells, epoch/iter, total_loss first."""
    text, final = "", int(max(r["epoch"] for r in records))
    for i, r in enumerate(records):
        train, val = parts_of(r)
        cells = [f"total_loss: {train.pop('loss'):.4g}"]
        rate = f"  lr: {train.pop('lr'):.2e}" if "lr" in train else ""
        cells += [f"{k}: {v:.4g}" for k, v in train.items()]
        text += f"[04/02 09:41:{i % 60:02d} fastreid.utils.events]:  eta: 0:04:11  epoch/iter: {r['epoch']:.0f}/{r['step'] - 1:.0f}  "
        text += "  ".join(cells) + f"  time: 0.0911  data_time: 0.0012{rate}  max_mem: 1210M\n"
        if val:
            text += f"[04/02 09:41:{i % 60:02d} fastreid.evaluation.testing]: Evaluation results in csv format (epoch {r['epoch']:.0f} of {final}):\n"
            text += "".join(
                f"[04/02 09:41:{i % 60:02d} fastreid.evaluation.testing]: {k}: {v:.4f}\n" for k, v in val.items()
            )
    return text


def metric_learning_prints(records: Records) -> str:
    """The examples of pytorch-metric-learning: a sentence an iteration, one for the test."""
    text, steps = "", steps_of(records)
    for r in records:
        train, val = parts_of(r)
        text += f"Epoch {r['epoch'] + 1:.0f} Iteration {int(r['step'] - 1) % steps}: Loss = {train['loss']}"
        text += "".join(f", {k} = {v:.4g}" for k, v in train.items() if k != "loss") + "\n"
        text += f"Test loss = {val['loss']:.5f}\n" if "loss" in val else ""
        text += (
            f"Test set accuracy (Precision@1) = {val.get('acc', val.get('ver'))}\n"
            if {"acc", "ver"} & val.keys()
            else ""
        )
    return text


def torchreid_log(records: Records) -> str:
    """torchreid: epochs and batches in brackets, the value and its mean, percent of hits."""
    text, steps, final = "", steps_of(records), int(max(r["epoch"] for r in records)) + 1
    mean: dict[str, float] = {}
    last = -1.0
    for r in records:
        train, _ = parts_of(r)
        rate = train.pop("lr", 3e-4)
        mean = train if r["epoch"] != last else {k: 0.8 * mean[k] + 0.2 * v for k, v in train.items()}
        last = r["epoch"]
        text += f"epoch: [{r['epoch'] + 1:.0f}/{final}][{int(r['step'] - 1) % steps + 1}/{steps}]\ttime 0.091 (0.093)\tdata 0.001 (0.002)\teta 0:03:12\t"
        text += "\t".join(f"{k} {v:.4f} ({mean[k]:.4f})" for k, v in train.items()) + f"\tlr {rate:.6f}\n"
    return text


def text_benchmark_log(records: Records) -> str:
    """deep-text-recognition-benchmark (and EasyOCR's trainer): iterations in brackets, accuracies below, examples in a box."""
    text, final, best = "", int(records[-1]["step"]), 0.0
    for i, r in enumerate(records):
        train, val = parts_of(r)
        valid = f", Valid loss: {val['loss']:.5f}" if "loss" in val else ""
        text += f"[{r['step']:.0f}/{final}] Train loss: {train['loss']:.5f}{valid}, Elapsed_time: {4.1 * (i + 1):.5f}\n"
        if "acc" in val or "cer" in val:
            hit, near = 100 * val.get("acc", 0.0), max(0.0, 1 - val.get("cer", 1 - val.get("acc", 0.0)))
            best = max(best, hit)
            text += f"{'Current_accuracy':17s}: {hit:.3f}, {'Current_norm_ED':17s}: {near:.2f}\n{'Best_accuracy':17s}: {best:.3f}, {'Best_norm_ED':17s}: {near:.2f}\n"
            text += (
                "-" * 80
                + "\nGround Truth              | Prediction                | Confidence Score & T/F\n"
                + "-" * 80
                + "\n"
            )
            text += (
                f"{'4711':25s} | {'471' if hit < 60 else '4711':25s} | 0.{40 + i % 50}10\t{hit >= 60}\n"
                + "-" * 80
                + "\n"
            )
    return text


def crnn_prints(records: Records) -> str:
    """crnn.pytorch: epochs and batches in brackets, and its test with the well-known slip of the pen."""
    text, steps, final = "", steps_of(records), int(max(r["epoch"] for r in records)) + 1
    for r in records:
        train, val = parts_of(r)
        text += f"[{r['epoch']:.0f}/{final}][{int(r['step'] - 1) % steps + 1}/{steps}] Loss: {train['loss']:f}\n"
        if val:
            text += "Start val\n4---77-11---              => 4711                 , gt: 4711                \n"
            text += f"Test loss: {val.get('loss', 0.0):f}, accuray: {val.get('acc', 0.0):f}\n"
    return text


def ppocr_log(records: Records) -> str:
    """PaddleOCR: everything of a step on a line, then the metrics of the moment."""
    text, final = "", int(max(r["epoch"] for r in records)) + 1
    for i, r in enumerate(records):
        train, val = parts_of(r)
        stamp = f"[2023/04/02 09:41:{i % 60:02d}] ppocr INFO: "
        rate = f", lr: {train.pop('lr'):.6f}" if "lr" in train else ""
        text += f"{stamp}epoch: [{r['epoch'] + 1:.0f}/{final}], global_step: {r['step']:.0f}{rate}, "
        text += ", ".join(f"{k}: {v:.6f}" for k, v in train.items())
        text += ", avg_reader_cost: 0.00013 s, avg_batch_cost: 0.09120 s, avg_samples: 32.0, ips: 351.08772 samples/s, eta: 0:04:12\n"
        if val:
            text += f"{stamp}cur metric, " + ", ".join(f"{k}: {v:.6f}" for k, v in val.items()) + ", fps: 2210.1\n"
    return text


def kraken_bars(records: Records) -> str:
    """kraken's ketos train: a stage a line with its bar, the accuracy of characters and how long it waits."""
    text, steps, best, waited = "", steps_of(records), -1.0, 0
    for r in records:
        train, val = parts_of(r)
        right = 1 - val.get("cer", 1.0)
        best, waited = (right, 0) if right > best else (best, waited + 1)
        text += f"stage {r['epoch']:.0f}/∞ {'━' * 20} {steps}/{steps} 0:00:03 • 0:00:00 14.21it/s "
        text += f"v_num: 0 train_loss_epoch: {train['loss']:.3f} val_accuracy: {right:.3f} "
        text += f"val_word_accuracy: {1 - val.get('wer', 1.0):.3f} early_stopping: {waited}/10 {best:.5f}\n"
    return text
