"""Tables as programs and people export them: CSV, TSV, fixed width, Markdown; some that are no training curve."""

# ruff: noqa: E501 (log lines stand as they are printed)
from __future__ import annotations

from .case import add, falling, loss, metric

EPOCHS = range(1, 16)
train = falling(15, 1.92, 0.31)
val = falling(15, 1.88, 0.55)
acc = falling(15, 0.31, 0.88)
rows = list(zip(EPOCHS, train, val, acc, strict=True))
BOTH = (loss(train), loss(val, split="val"))
STEPS = [50 * e for e in EPOCHS]


def _csv(header: str, lines: list[str], end: str = "\n") -> str:
    return end.join([header, *lines]) + end


def _comma(value: float) -> str:
    return f"{value}".replace(".", ",")


def _odd_headers() -> None:
    add(
        "table",
        "multiindex.csv",
        _csv(
            ",train,train,val,val\n,loss,acc,loss,acc\nepoch,,,,",
            [f"{e},{a},{c - 0.01:.4f},{b},{c}" for e, a, b, c in rows],
        ),
        *BOTH,
        metric(acc),
    )
    other = falling(15, 1.71, 0.22)
    held = falling(15, 1.75, 0.48)
    add(
        "table",
        "two_models_wide.csv",
        _csv(
            "epoch,resnet18/train_loss,resnet18/val_loss,resnet50/train_loss,resnet50/val_loss",
            [f"{e},{a},{b},{c},{d}" for (e, a, b, _), c, d in zip(rows, other, held, strict=True)],
        ),
        *BOTH,
        loss(other),
        loss(held, split="val"),
        runs=2,
    )
    add(
        "table",
        "units_row.csv",
        _csv("epoch,time,loss,val_loss,lr\n-,s,nats,nats,-", [f"{e},{e * 11.5},{a},{b},0.001" for e, a, b, _ in rows]),
        *BOTH,
    )
    add(
        "table",
        "gnuplot.dat",
        "# run of 2 May, seed 3\n# batch 32, lr 1e-3\n#epoch train_loss valid_loss\n"
        + "".join(f"{e} {a} {b}\n" for e, a, b, _ in rows),
        *BOTH,
    )
    add(
        "table",
        "verlauf.csv",
        "\ufeff"
        + _csv(
            "Epoche;Trainingsverlust;Validierungsverlust;Genauigkeit",
            [f"{e};{_comma(a)};{_comma(b)};{_comma(c)}" for e, a, b, c in rows],
            "\r\n",
        ),
        *BOTH,
        metric(acc, split="train|val"),
    )
    add(
        "table",
        "excel_sep.csv",
        "sep=;\r\n"
        + _csv("epoch;train_loss;val_loss", [f"{e};{_comma(a)};{_comma(b)}" for e, a, b, _ in rows], "\r\n"),
        *BOTH,
    )
    add(
        "table",
        "spaced.tsv",
        _csv(
            "Epoch\tTraining Loss\tValidation Loss\tLearning Rate",
            [f"{e}\t{a}\t{b}\t{0.001 / e:.3e}" for e, a, b, _ in rows],
        ),
        *BOTH,
    )
    fixed = "    epoch  train_loss  val_loss  val_acc\n"
    fixed += "".join(f"{e - 1:<4d}{e:5d}{a:12.4f}{b:10.4f}{c:9.4f}\n" for e, a, b, c in rows)
    add("table", "to_string.txt", fixed, *BOTH, metric(acc))
    add(
        "table",
        "results.md",
        "# Fine-tuning, second try\n\nLearning rate 3e-5, as agreed.\n\n| Epoch | Train loss | Dev loss | Dev F1 (%) |\n"
        "|:-----:|-----------:|---------:|-----------:|\n"
        + "".join(f"| {e} | {a} | {b} | **{c * 100:.2f}** |\n" for e, a, b, c in rows)
        + "\nThe best epoch was 12.\n",
        *BOTH,
        metric([round(c * 100, 2) for c in acc]),
    )


def _long() -> None:
    long = "".join(f"train/loss,{a},{s}\nval/loss,{b},{s}\n" for s, (_, a, b, _) in zip(STEPS, rows, strict=True))
    add(
        "table",
        "long_metrics.csv",
        "metric,value,step\n" + long,
        loss(train, STEPS, axis="step"),
        loss(val, STEPS, split="val", axis="step"),
    )
    add(
        "table",
        "phases.csv",
        "epoch,phase,loss,accuracy\n"
        + "".join(f"{e},train,{a},{c - 0.02:.4f}\n{e},val,{b},{c}\n" for e, a, b, c in rows),
        *BOTH,
        metric(acc),
    )
    quoted = '"","epoch","value","metric","data"\n'
    number = 0
    for name, data, values in (
        ("loss", "training", train),
        ("loss", "validation", val),
        ("accuracy", "validation", acc),
    ):
        for e, v in zip(EPOCHS, values, strict=True):
            number += 1
            quoted += f'"{number}",{e},{v},"{name}","{data}"\n'
    add("table", "keras_r_history.csv", quoted, *BOTH, metric(acc))


def _trackers() -> None:
    add(
        "table",
        "run-sage_train-tag-epoch_loss.csv",
        _csv("Wall time,Step,Value", [f"{1714644672 + 9.25 * e},{e - 1},{a}" for e, a, *_ in rows]),
        loss(train, range(15), axis=""),
    )
    cells = []
    for s, (_, a, b, _) in zip(STEPS, rows, strict=True):
        cells.append(f'"{s}","{a}","{a}","{a}","{b}","{b}","{b}"' if s % 100 else f'"{s}","{a}","{a}","{a}","","",""')
    names = ("sage-fire-12 - train/loss", "sage-fire-12 - eval/loss")
    header = '"Step",' + ",".join(f'"{n}","{n}__MIN","{n}__MAX"' for n in names)
    add(
        "table",
        "wandb_export_2024-05-02T10_11_12.345+02_00.csv",
        _csv(header, cells),
        loss(train, STEPS, axis="step"),
        loss(val[::2], STEPS[::2], split="val", axis="step"),
    )
    add(
        "table",
        "neptune/train_loss.csv",
        {
            "neptune/train_loss.csv": _csv(
                ",step,value,timestamp",
                [
                    f"{i},{float(s)},{a},2024-05-02 10:{i:02d}:12.345"
                    for i, (s, a) in enumerate(zip(STEPS, train, strict=True))
                ],
            )
        },
        loss(train, STEPS, axis="step"),
        target="neptune/train_loss.csv",
    )
    blanks = "epoch,lr-AdamW,step,train_loss_epoch,train_loss_step,val_acc,val_loss\n"
    finer = falling(30, 1.95, 0.3)
    for e, a, b, c in rows:
        for half in (0, 1):
            blanks += f"{e - 1},,{(e - 1) * 50 + half * 25 + 24},,{finer[2 * (e - 1) + half]},,\n"
        blanks += f"{e - 1},,{e * 50 - 1},,,{c},{b}\n{e - 1},,{e * 50 - 1},{a},,,\n,0.001,{e * 50 - 1},,,,\n"
    ends = [e * 50 - 1 for e in EPOCHS]
    add(
        "table",
        "lightning_metrics.csv",
        blanks,
        loss(train, ends, axis="step"),
        loss(val, ends, split="val", axis="step"),
        metric(acc, ends, axis="step"),
    )
    add(
        "table",
        "h2o_scoring_history.csv",
        _csv(
            ",timestamp,duration,number_of_trees,training_rmse,training_logloss,validation_rmse,validation_logloss",
            [
                f"{i},2024-05-02 10:11:{i:02d},{i}.201 sec,{5.0 * i},{a / 2:.4f},{a},{b / 2:.4f},{b}"
                for i, (_, a, b, _) in enumerate(rows)
            ],
        ),
        loss(train, [5 * i for i in range(15)], axis=""),
        loss(val, [5 * i for i in range(15)], split="val", axis=""),
    )
    add(
        "table",
        "timm_summary.csv",
        _csv(
            "epoch,train_loss,eval_loss,eval_top1,eval_top5,lr",
            [f"{e - 1},{a},{b},{c * 100:.3f},{90 + e / 3:.3f},0.001" for e, a, b, c in rows],
        ),
        loss(train, range(15)),
        loss(val, range(15), split="val"),
        metric([round(c * 100, 3) for c in acc], range(15)),
    )


def _no_curves() -> None:
    add(
        "table",
        "cv_results.csv",
        _csv(
            ",mean_fit_time,std_fit_time,mean_score_time,param_C,params,split0_test_score,split1_test_score,"
            "mean_test_score,std_test_score,rank_test_score",
            [
                f"{i},0.12,0.01,0.003,{10.0**i / 100},\"{{'C': {10.0**i / 100}}}\",{c},{c - 0.01:.4f},{c - 0.005:.4f},0.004,{15 - i}"
                for i, (*_, c) in enumerate(rows)
            ],
        ),
    )
    add(
        "table",
        "optuna_trials.csv",
        _csv(
            ",number,value,datetime_start,datetime_complete,duration,params_lr,params_layers,state",
            [
                f"{i},{i},{b},2024-05-02 10:{i:02d}:12.1,2024-05-02 10:{i:02d}:55.2,0 days 00:00:43.1,{0.001 * (i % 4 + 1)},"
                f"{i % 3 + 1},COMPLETE"
                for i, (_, _, b, _) in enumerate(rows)
            ],
        ),
    )
    add(
        "table",
        "leaderboard.csv",
        _csv(
            "model,score_test,score_val,pred_time_test,fit_time,stack_level",
            [f"LightGBM_{i},{c},{c + 0.01:.4f},0.12,{3.4 + i},1" for i, (*_, c) in enumerate(rows)],
        ),
    )
    add(
        "table",
        "houses.csv",
        _csv(
            "id,area,rooms,price,year", [f"{e},{60 + 3 * e},{e % 5 + 1},{210000 + 1700 * e},{1960 + e}" for e in EPOCHS]
        ),
    )


_odd_headers()
_long()
_trackers()
_no_curves()
