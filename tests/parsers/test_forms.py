"""Lines read by the form of lines before them mean what they mean when each is read all the way."""

from __future__ import annotations

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.parsers.source import Source
from nn_doctor.parsers.textlog.assemble import Assembler
from nn_doctor.parsers.textlog.forms import Forms

SAMPLES = Path(__file__).parents[2] / "sample_logs"
LINES = (
    "Epoch [1][23/1000] lr: 1.0e-03, eta: 1:02:03, loss: 0.5124, acc1: 0.250, acc5: 0.750",
    "2024-01-02 10:11:12,345 - INFO - step 10/500 | loss_0: 1,234.5 | loss_1: 0.25 | top5 err: 12.5%",
    "01/02/24 10:11 iter 12 loss 0.75 (0.80)",
    "epoch 3:  45%|####5     | 45/100 [00:10<00:12,  4.5it/s, loss=0.125]",
    "| train | 0.5 | 0.9 |",
    "steps 1.20kit/10.0kit rate: 5 loss: 0.25",
    "epoch 4 loss: nan acc: 1.#INF",
    "1.5 epoch 7 of 10 loss: -1.5e-07 reward: +.5",
    "[10,   200] loss: 0.125",
    "Epoch gpu_mem box obj total labels img_size",
    "1/9 3.5G 0.25 0.125 0.375 12 640",
)


def _read(text: str) -> tuple[object, ...]:
    """All that was understood of a text."""
    reader = Assembler()
    for number, line in Source("x.log", given=text.encode()).lines():
        reader.feed(number, line)
    whole = reader.finish()
    rows = [(r.line, r.x, r.values, r.own, r.keras, r.known, r.bar, r.leading, r.evaluating) for r in reader.rows]
    return repr(rows), reader.params, reader.measures, reader.beside_x, reader.headed, whole


def _one_by_one(text: str) -> tuple[object, ...]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Forms, "of", lambda *_: None)
        return _read(text)


def _shaken(text: str, rng: random.Random) -> str:
    """The text with other digits at its places."""
    return re.sub(r"\d", lambda _: str(rng.randrange(10)), text)


SAMPLE_TEXTS = sorted(path for path in SAMPLES.glob("*") if path.suffix in (".log", ".txt"))


@pytest.mark.parametrize("path", SAMPLE_TEXTS, ids=lambda path: path.name)
def test_sample_logs_are_read_the_same(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    assert _read(text) == _one_by_one(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), min_size=1, max_size=4), st.randoms(use_true_random=False))
def test_lines_with_any_digits_are_read_the_same(chosen: list[str], rng: random.Random) -> None:
    text = "epoch 1 loss: 2.5\n" + "".join(f"{_shaken(line, rng)}\n" for line in chosen * 6)
    assert _read(text) == _one_by_one(text)


@settings(max_examples=150, deadline=None)
@given(st.text(alphabet="eposlacth:=/,.-+[]()%| 0127\n\r\x08", max_size=200))
def test_any_lines_repeated_are_read_the_same(text: str) -> None:
    repeated = "epoch 1 loss: 2.5\n" + f"{text}\n" * 4
    assert _read(repeated) == _one_by_one(repeated)


def test_digits_of_a_name_are_no_number() -> None:
    text = "".join(f"epoch {i} acc{1 + i % 3}: 0.{i}\n" for i in range(1, 10))
    reader = Assembler()
    for number, line in enumerate(text.splitlines()):
        reader.feed(number, line)
    found = [(row.x["epoch"], row.values) for row in reader.rows]
    assert found == [(float(i), {f"acc{1 + i % 3}": i / 10}) for i in range(1, 10)]
