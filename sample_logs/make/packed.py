"""Logs in notebooks, NumPy and Parquet files, compressed, and in archives: each function gives the bytes of a file."""

from __future__ import annotations

import gzip
import io
import json
import tarfile
import zipfile

from dialects import json_lines, keep, keras_csv
from prints import keras_bars


def _cell(*outputs, source):
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": list(outputs), "source": source}


def _stream(text, name="stdout"):
    return {"name": name, "output_type": "stream", "text": text.splitlines(keepends=True)}


def _notebook(*cells):
    prose = {"cell_type": "markdown", "metadata": {}, "source": ["Epoch 1/2 - loss: 9.9\n", "Epoch 2/2 - loss: 9.9\n"]}
    document = {"cells": [prose, *cells], "metadata": {"language_info": {"name": "python"}}, "nbformat": 4,
                "nbformat_minor": 5}  # fmt: skip
    return (json.dumps(document, indent=1) + "\n").encode()


def keras_notebook(records):
    """A notebook with Keras' moving bars in one output, a warning between, an evaluation and an error after them."""
    text = keras_bars(records)
    half = text.index("Epoch 5/")
    fit = _cell(_stream(text[:half]), _stream("warnings.warn(\n", "stderr"), _stream(text[half:]), source="model.fit()")
    score = _stream("16/16 [==============================] - 0s 2ms/step - loss: 0.2000 - accuracy: 0.9500\n")
    error = {"output_type": "error", "ename": "NameError", "evalue": "loss: 1.0", "traceback": ["loss: 1.0"]}
    return _notebook(_cell(_stream("ready\n"), source="import keras"), fit, _cell(score, source="evaluate"),
                     _cell(error, source="plot"))  # fmt: skip


def table_notebook(records):
    """A notebook with the HTML table that fastai and Hugging Face's Trainer draw, and a DataFrame beside it."""
    rows = [("Epoch", "Training Loss", "Validation Loss", "Accuracy")]
    rows += [(r["epoch"] + 1, f"{r['loss']:.6f}", f"{r['val_loss']:.6f}", f"{r['val_accuracy']:.6f}") for r in records]
    frame = [("", "loss", "val_loss"), *((i, 1.0, 2.0) for i in range(5))]
    return _notebook(_cell(_table(rows), source="trainer.train()"), _cell(_table(frame), source="frame.head()"))


def _table(rows):
    head, *body = ("".join(f"<td>{cell}</td>" for cell in row) for row in rows)
    lines = "".join(f"<tr>{row}</tr>\n" for row in body)
    html = '<div><progress max="9" value="9"></progress>[9/9]</div>\n<table border="1" class="dataframe">\n<thead>\n'
    html += f"<tr>{head.replace('td>', 'th>')}</tr>\n</thead>\n<tbody>\n{lines}</tbody>\n</table><p>"
    data = {"text/html": html.splitlines(keepends=True), "text/plain": ["<IPython.core.display.HTML object>"]}
    return {"data": data, "metadata": {}, "output_type": "display_data"}


def npz_history(records):
    """``np.savez(file, **history.history)``."""
    import numpy as np

    made = io.BytesIO()
    kept = list(keep(records))
    np.savez(made, **{name: np.array([row[name] for row in kept]) for name in kept[0]})
    return made.getvalue()


def npz_evaluations(records):
    """evaluations.npz of a Stable-Baselines EvalCallback: three episodes an evaluation."""
    import numpy as np

    made = io.BytesIO()
    reward = np.array([r["episode_reward"] for r in records])
    results = reward[:, None] + np.array([-0.5, 0.0, 0.5])
    steps = np.array([r["step"] for r in records]) * 16
    np.savez(made, timesteps=steps, results=results, ep_lengths=np.ones((len(records), 3), dtype=np.int64))
    return made.getvalue()


def parquet(records):
    """``pandas.DataFrame(records).to_parquet(file)``."""
    import pandas as pd

    made = io.BytesIO()
    pd.DataFrame(records).drop(columns="step").to_parquet(made, index=False)
    return made.getvalue()


def gzip_lines(records):
    """JSON lines through gzip."""
    return gzip.compress(json_lines(records).encode(), 9, mtime=0)


def zip_of_runs(runs):
    """A zip archive with a folder a run, and what else lies in such folders."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for run, records in runs.items():
            for name, text in ((f"runs/{run}/{run}.csv", keras_csv(records)), (f"runs/{run}/model.pt", "no log")):
                archive.writestr(zipfile.ZipInfo(name, (2024, 1, 1, 0, 0, 0)), text, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def tar_of_a_run(records):
    """A compressed tar archive of one run."""
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w:xz") as archive:
        data = json_lines(records).encode()
        info = tarfile.TarInfo("experiment/logs/metrics.jsonl")
        info.size = len(data)
        archive.addfile(info, io.BytesIO(data))
    return made.getvalue()
