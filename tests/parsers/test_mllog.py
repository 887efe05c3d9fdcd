from __future__ import annotations

import json
import time

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import ReadError
from nn_doctor.parsers import mllog
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.registry import choose
from nn_doctor.parsers.source import Source
from nn_doctor.series.roles import meaning_of


def line(key, value, kind="POINT_IN_TIME", ms=1_600_000_000_000, **about):
    event = {"namespace": "", "time_ms": ms, "event_type": kind, "key": key, "value": value, "metadata": about}
    return ":::MLLOG " + json.dumps(event)


def log(evals=12, prefix=""):
    lines = ["+ echo starting", line("global_batch_size", 256, file="a.py"), line("opt_name", "lars")]
    for epoch in range(1, evals + 1):
        lines.append(line("epoch_start", None, "INTERVAL_START", epoch_num=epoch))
        lines += [f"Epoch: [{epoch}][{i}/20] loss {1 / (epoch + i / 20):.4f}" for i in (0, 10)]
        lines.append(prefix + line("eval_accuracy", epoch / 20, ms=1_600_000_000_000 + 1000 * epoch, epoch_num=epoch))
    return "\n".join([*lines, line("run_stop", None, "INTERVAL_END", status="success"), ""])


def read(text):
    (recording,) = mllog.read(Source("run.log", given=text.encode()), ReadOptions())
    return recording


def channel(recording, name):
    return next(c for c in recording.channels if c.name == name)


@pytest.mark.parametrize("prefix", ["", "[7] ", "0: ", "worker  | [0] "])
def test_evaluations_settings_and_the_lines_between(prefix):
    found = read(log(prefix=prefix))
    accuracy = channel(found, "eval_accuracy")
    np.testing.assert_allclose(accuracy.y, np.arange(1, 13) / 20)
    np.testing.assert_array_equal(accuracy.epoch, np.arange(1, 13))
    np.testing.assert_array_equal(accuracy.time, 1.6e9 + np.arange(1, 13))
    assert {"global_batch_size": 256, "opt_name": "lars"}.items() <= found.params.items()
    losses = [c for c in found.channels if meaning_of(c.name).metric == "loss"]
    assert [c.y.size for c in losses] == [24]


def test_the_parser_wins_over_plain_text():
    parser, match = choose(Source("run.log", given=log().encode()).head)
    assert (parser.name, match) == ("mllog", Match.SHAPE)


def test_ranks_repeat_lines():
    text = "\n".join(f"[{rank}] {line('eval_accuracy', e / 9, epoch_num=e)}" for e in range(5) for rank in range(4))
    found = read(text)
    np.testing.assert_array_equal(channel(found, "eval_accuracy").epoch, np.arange(5))
    assert "15 lines repeat those of another rank: counted once" in [note.text for note in found.notes]


def test_nested_values_samples_and_rates():
    lines = [line("train_loss", 9.0 / (i + 1), samples_count=64 * i, lr=0.1) for i in range(6)]
    lines += [line("eval_accuracy", {"BBOX": 0.2 + i / 50, "SEGM": None}, epoch_num=i) for i in range(6)]
    found = read("\n".join(lines))
    np.testing.assert_array_equal(channel(found, "train_loss").step, 64.0 * np.arange(6))
    np.testing.assert_array_equal(channel(found, "lr").y, [0.1] * 6)
    assert {c.name for c in found.channels} == {"train_loss", "lr", "eval_accuracy/BBOX"}


def test_an_epoch_that_counts_samples():
    found = read("\n".join(line("eval_accuracy", 5.0 - i, epoch_num=500_000 * i) for i in range(4)))
    np.testing.assert_array_equal(channel(found, "eval_accuracy").step, 5e5 * np.arange(4))


def test_the_first_version():
    lines = [
        f':::MLPv0.5.0 ncf 15424034{i}.5 (a/b.py:3) eval_accuracy: {{"epoch": {i}, "value": 0.{i}}}'
        for i in range(1, 6)
    ]
    found = read("\n".join([":::MLPv0.5.0 ncf 1542403400.1 (b.py:9) opt_lr: 0.002", *lines]))
    np.testing.assert_allclose(channel(found, "eval_accuracy").y, np.arange(1, 6) / 10)
    assert found.params == {"opt_lr": 0.002}


def test_cut_at_any_byte():
    whole = log(4)
    for end in range(0, len(whole), 3):
        try:
            found = read(whole[:end])
        except ReadError:
            continue
        seen = whole[:end].count('"epoch_num": ', 0, end)
        for c in found.channels:
            if c.name == "eval_accuracy":
                np.testing.assert_allclose(c.y, np.arange(1, c.y.size + 1) / 20)
                assert c.y.size <= seen


def test_marks_without_a_curve():
    with pytest.raises(ReadError, match="no evaluation"):
        read(line("seed", 3) + "\n" + line("run_stop", None))


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=80), st.recursive(st.none() | st.floats() | st.text(max_size=5), lambda s: st.lists(s, max_size=3))
)
def test_anything_behind_a_mark(text, value):
    for tail in (
        ":::MLLOG " + text,
        ":::MLLOG {" + text,
        ":::MLPv0.5.0 a 1 (b) c: " + text,
        line("loss", value, epoch_num=1),
    ):
        found = channel(read(log(3) + tail + "\n"), "eval_accuracy")
        assert found.y[:3].tolist() == [1 / 20, 2 / 20, 3 / 20]


@pytest.mark.parametrize(
    "hostile",
    [":::MLLOG {" * 10_000, ":::MLPv0.5.0 a 1 (" * 6_000, ':::MLLOG {"a":' * 8_000, ":::MLLOG" + " " * 100_000],
)
def test_hostile_text_takes_no_time(hostile):
    start = time.process_time()
    with pytest.raises(ReadError):
        read(hostile)
    assert time.process_time() - start < 2
