"""Notebooks: logs in the outputs of cells, however they were printed, and nothing else."""

from __future__ import annotations

import json
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor import doctor
from nn_doctor.parsers.base import Match
from nn_doctor.parsers.notebook import sniff
from nn_doctor.parsers.notebooks.html import tables_in
from nn_doctor.parsers.source import Source

LOSSES = [round(1 / e, 4) for e in range(1, 13)]
VALS = [round(1.2 / e, 4) for e in range(1, 13)]
PAIRS = list(enumerate(zip(LOSSES, VALS, strict=True)))


def stream(text, name="stdout", lines=True):
    return {"name": name, "output_type": "stream", "text": text.splitlines(keepends=True) if lines else text}


def shown(kind="display_data", **data):
    return {"output_type": kind, "metadata": {}, "data": {k.replace("_", "/", 1): v for k, v in data.items()}}


def code(*outputs, source="model.fit(x, y)"):
    return {"cell_type": "code", "execution_count": 1, "metadata": {}, "outputs": list(outputs), "source": [source]}


def notebook(*cells):
    return {"cells": list(cells), "metadata": {}, "nbformat": 4, "nbformat_minor": 5}


def keras(bar="=", colours=False):
    text = ""
    for e, (a, b) in enumerate(zip(LOSSES, VALS, strict=True), start=1):
        text += f"Epoch {e}/12\n"
        for k in (1, 5, 10):
            head = f"\x1b[1m{k}/10\x1b[0m \x1b[32m━━━━━━━━━━\x1b[0m" if colours else f"{k:2d}/10 [{bar * 20}]"
            text += f"{head} - 0s 2ms/step - loss: {a + (10 - k) / 100:.4f}" + ("" if k == 10 else "\r")
        text += f" - val_loss: {b:.4f}\n"
    return text


def html(header, rows, index=False):
    head = "".join(f"<th>{h}</th>" for h in header)
    body = "".join("<tr>" + "".join(f"<td>{c}</td>" for c in row) + "</tr>" for row in rows)
    table = f'<table border="1" class="dataframe"><thead><tr style="text-align: left;">{head}</tr></thead>'
    return f"<div><progress value='10' max='10'></progress>[10/10]</div>{table}<tbody>{body}</tbody></table><p>"


FASTAI = html(
    ["epoch", "train_loss", "valid_loss", "accuracy", "time"],
    [[e, a, b, "0.9", "00:14"] for e, (a, b) in PAIRS],
)
TRAINER = html(
    ["Step", "Training Loss", "Validation Loss", "Accuracy"],
    [[(e + 1) * 500, a if e else "No log", b, "0.91"] for e, (a, b) in PAIRS],
)
LOGS = {
    "keras": (stream(keras()), "loss", "val_loss"),
    "keras 3": (stream(keras(colours=True)), "loss", "val_loss"),
    "one string": (stream(keras(), lines=False), "loss", "val_loss"),
    "prints": (
        stream("".join(f"Epoch {e} train loss: {a} val loss: {b}\n" for e, (a, b) in PAIRS)),
        "train loss", "val loss",
    ),
    "fastai": (shown(text_html=[FASTAI], text_plain=["<IPython.core.HTML object>"]), "train_loss", "valid_loss"),
    "old fastai": (
        stream("epoch      trn_loss   val_loss\n" + "".join(
            f"    {e}      {a}   {b}\n" for e, (a, b) in PAIRS)),
        "trn_loss", "val_loss",
    ),
    "trainer": (shown(text_html=TRAINER), "Training Loss", "Validation Loss"),
    "lightgbm": (
        stream("".join(f"[{e}]\ttraining's l2: {a}\tvalid_1's l2: {b}\n" for e, (a, b) in PAIRS)),
        "training's l2", "valid_1's l2",
    ),
    "catboost": (
        stream("".join(f"{e}:\tlearn: {a:.4f}\ttest: {b:.4f}\tbest: {b:.4f} ({e})\ttotal: 60ms\tremaining: 1m\n"
                       for e, (a, b) in PAIRS)),
        "learn/loss", "eval/loss",
    ),
}  # fmt: skip


def read(document):
    data = document if isinstance(document, bytes) else json.dumps(document).encode()
    return doctor.read_runs(["-"], doctor.Settings(), stdin=data)


def curve(run, name):
    return run.find(name).y.tolist()


@pytest.mark.parametrize("kind", LOGS)
def test_each_kind_of_log_in_an_output(kind):
    output, train, val = LOGS[kind]
    prose = {"cell_type": "markdown", "metadata": {}, "source": [keras()]}
    reading = read(notebook(prose, code(stream("imported\n")), code(output)))
    assert reading.failures == []
    (run,) = reading.runs
    assert (run.name, run.parser) == ("cell 3", "notebook")
    assert curve(run, val) == VALS
    assert curve(run, train) == (LOSSES[1:] if kind == "trainer" else LOSSES)


def test_every_cell_with_a_log_is_a_run_of_its_own():
    reading = read(notebook(*(code(output) for output, _, _ in LOGS.values())))
    assert [run.name for run in reading.runs] == [f"cell {n}" for n in range(1, len(LOGS) + 1)]
    assert len({run.id for run in reading.runs}) == len(LOGS)


def test_streams_go_on_after_warnings_and_pictures():
    text = keras()
    half = text.index("Epoch 7")
    cell = code(
        stream(text[:half]), stream("UserWarning: slow", "stderr"), shown(image_png="aGk="), stream(text[half:])
    )
    (run,) = read(notebook(cell)).runs
    assert (curve(run, "val_loss"), len(run.series)) == (VALS, 2)


def test_tables_of_one_cell_with_one_header_are_one_log():
    rows = list(enumerate(zip(LOSSES, VALS, strict=True)))
    parts = [
        html(["epoch", "train_loss", "valid_loss"], [[e, a, b] for e, (a, b) in rows[i : i + 4]]) for i in (0, 4, 8)
    ]
    (run,) = read(notebook(code(*(shown(text_html=part) for part in parts)))).runs
    assert curve(run, "valid_loss") == VALS


def test_progress_widgets_are_told():
    widget = shown(text_plain="0%| | 0/10")
    widget["data"]["application/vnd.jupyter.widget-view+json"] = {"model_id": "a"}
    (run,) = read(notebook(code(widget), code(LOGS["keras"][0]))).runs
    assert any("1 progress widgets" in note.text for note in run.notes)
    (failure,) = read(notebook(code(widget))).failures
    assert "widgets" in failure.message


NO_LOGS = {
    "error": {"output_type": "error", "ename": "E", "evalue": "", "traceback": keras().splitlines()},
    "dataframe": shown("execute_result", text_html=html(["", "loss", "val_loss"], [[i, 1, 2] for i in range(5)])),
    "models": shown(text_html=html(["model", "accuracy", "loss"], [[m, 0.9, 0.1] for m in "abcdef"])),
    "report": stream(
        "              precision    recall  f1-score   support\n\n"
        "           0       0.87      0.93      0.90       500\n"
        "           1       0.93      0.86      0.89       500\n\n"
        "    accuracy                           0.90      1000\n   macro avg       0.90      0.90      0.90      1000\n"
    ),
    "scores": stream("".join(f"Example {i}\nBLEU score: 0.{i}\n" for i in range(10, 30))),
    "evaluation": stream("313/313 [==============================] - 1s 2ms/step - loss: 0.0755 - accuracy: 0.9776\n"),
    "summary": stream("Model: sequential\n dense (Dense)  (None, 128)  100480\n" * 3 + "Total params: 101,770\n"),
    "pip": stream("Collecting torch==2.0.0\n  Downloading torch-2.0.0.whl (619.9 MB)\n" * 20),
    "describe": stream("count    1000.0\nmean        3.2\nstd         1.1\nmin         0.0\nmax         9.0\n"),
}  # fmt: skip


@pytest.mark.parametrize("kind", NO_LOGS)
def test_what_is_no_training_log_is_none(kind):
    reading = read(notebook(code(NO_LOGS[kind])))
    assert reading.runs == []
    assert len(reading.failures) == 1
    (run,) = read(notebook(code(NO_LOGS[kind]), code(LOGS["keras"][0]))).runs
    assert run.name == "cell 2"


def test_the_third_format_keeps_cells_in_worksheets():
    old = {"output_type": "stream", "stream": "stdout", "text": keras()}
    table = {"output_type": "display_data", "html": [FASTAI]}
    cells = [{"cell_type": "code", "outputs": [o], "input": "fit()"} for o in (old, table)]
    reading = read({"metadata": {}, "nbformat": 3, "worksheets": [{"cells": cells}]})
    assert [run.name for run in reading.runs] == ["cell 1", "cell 2"]


@pytest.mark.parametrize(
    "document",
    [{"nbformat": 4, "cells": cells} for cells in (None, 3, "x", {}, [], [None, 3, "x", []], [{"cell_type": "code"}])]
    + [notebook(code(o)) for o in (None, 3, [], {}, {"output_type": 5}, {"output_type": "stream", "text": {"a": 1}},
       {"output_type": "display_data", "data": 7}, {"output_type": "display_data", "data": {"text/html": [1, None]}})],
)  # fmt: skip
def test_malformed_notebooks_are_refused_plainly(document):
    reading = read(document)
    assert reading.runs == []
    assert len(reading.failures) == 1


WHOLE = json.dumps(notebook(code(stream("hello\n")), code(LOGS["prints"][0])), indent=1).encode()


@settings(max_examples=80, deadline=None)
@given(st.integers(0, len(WHOLE)))
def test_a_notebook_cut_at_any_byte_gives_the_sound_prefix(at):
    for run in read(WHOLE[:at]).runs:
        kept = curve(run, "val loss")
        assert kept == VALS[: len(kept)]


def test_a_notebook_cut_in_its_last_cell_gives_what_was_printed_before():
    (run,) = read(WHOLE[: WHOLE.rindex(b"Epoch 11")]).runs
    assert curve(run, "val loss")[:11] == VALS[:11]
    assert any("cut off" in note.text for note in run.notes)


def test_ten_thousand_outputs_and_hostile_html_take_linear_time():
    began = time.process_time()
    many = code(*(stream(f"step {i} loss {1 / (i + 1):.6f}\n") for i in range(10_000)))
    (run,) = read(notebook(many)).runs
    assert curve(run, "loss")[-1] == 0.0001
    for piece in ("<table><tr>", "<td>", "<table", "<", "<td><td ", "</table><!--", "&lt;" * 3, "<tr><td>1"):
        tables_in(piece * (300_000 // len(piece)))
    assert time.process_time() - began < 20


def test_tables_as_a_browser_sees_them():
    text = "<TABLE><tr><th>a<br>b</th><th>&lt;c&gt;</th></tr>\n<tr><td> 1 </td><td><b>2</b>\n3</td></tr></TABLE>"
    assert tables_in(text) == [[["a b", "<c>"], ["1", "2 3"]]]
    assert tables_in("<table></table><td>1</td>") == []


def test_sniffing():
    def match(text, name):
        return sniff(Source(name, given=text.encode()).head)

    assert match(json.dumps(notebook()), "a.ipynb") is Match.SHAPE
    assert match(json.dumps(notebook(code())), "noname") is Match.SHAPE
    assert match('{"loss": [1, 2]}', "a.json") is Match.NO
    assert match("loss 1\nloss 2\n", "a.ipynb") is Match.NO


def test_notebooks_in_a_folder_are_read_and_those_without_a_log_are_notes(tmp_path):
    (tmp_path / "a.ipynb").write_text(json.dumps(notebook(code(LOGS["keras"][0]))))
    (tmp_path / "b.ipynb").write_text(json.dumps(notebook(code(stream("hello")))))
    reading = doctor.read_runs([str(tmp_path)], doctor.Settings())
    assert (len(reading.runs), reading.failures) == (1, [])
    assert any("no training log" in note.text for note in reading.notes)
