from __future__ import annotations

import struct
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match
from nn_doctor.parsers.packed.opening import given_source
from nn_doctor.parsers.registry import all_parsers, choose
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.tfevents.crc32c import masked_crc


def head(text, name):
    return Source(name, given=text if isinstance(text, bytes) else text.encode()).head


def tfevents():
    event = b"\x09" + struct.pack("<d", 1.6e9) + b"\x1a\x0dbrain.Event:2"
    length = struct.pack("<Q", len(event))
    sums = [struct.pack("<I", masked_crc(part)) for part in (length, event)]
    return length + sums[0] + event + sums[1]


LOGS = [
    ("delimited", "run.csv", "epoch,loss,val_loss\n0,1.5,1.6\n1,1.2,1.4\n2,1.0,1.3\n"),
    ("delimited", "history.csv", ",loss,acc,val_loss,val_acc\n0,1.5,0.1,1.6,0.1\n1,1.2,0.2,1.4,0.2\n"),
    ("delimited", "loss.tsv", "EPOCH\tTIMESTAMP\tTRAIN_LOSS\n0\t12:33:21\t1.5\n1\t12:34:21\t1.2\n"),
    ("delimited", "lcurve.out", "#  step  rmse_val  rmse_trn\n  0  1.5  1.6\n 10  1.2  1.4\n"),
    ("delimited", "monitor.csv", '#{"t_start": 1.0, "env_id": "A"}\nr,l,t\n-98.6,110,2.4\n-90.1,120,3.4\n'),
    ("delimited", "results.txt", "0/2 5.2G 0.1 0.02 0.05 0.17 28 640 0.1 0.2 0.3 0.4 0.09 0.02 0.05\n" * 3),
    ("delimited", "run-a-tag-b.csv", "Wall time,Step,Value\n1600000000.5,0,3\n1600000001.5,5,2\n"),
    ("delimited", "run.csv", "Epoche;loss;val_loss\n0;1,5;1,6\n1;1,2;1,4\n2;1,0;1,3\n"),
    ("json_lines", "metrics.jsonl", '{"step": 1, "loss": 2.3}\n{"step": 2, "loss": 2.1}\n{"step": 3, "loss": 2.0}\n'),
    ("json_document", "history.json", '{"loss": [2.3, 1.9, 1.7], "val_loss": [2.2, 2.0, 1.9]}'),
    ("json_document", "trainer_state.json", '{\n "log_history": [\n  {"loss": 2.3, "step": 10}\n ]\n}\n'),
    ("tensorboard", "events.out.tfevents.1.host", tfevents()),
    ("wandb", "run-a.wandb", b":W&B\xe1\xbe\x00" + bytes(9)),
    ("mlflow", "val_loss", "".join(f"169141083473{i} {1 / (i + 1)} {i}\n" for i in range(6))),
    ("mlflow_db", "mlflow.db", b"SQLite format 3\0" + bytes(100) + b"CREATE TABLE runs (a)CREATE TABLE metrics (b)"),
    ("mllog", "run.log", ':::MLLOG {"key": "eval_accuracy", "value": 0.5, "metadata": {"epoch_num": 1}}\n' * 3),
    ("text", "train.log", "".join(f"Epoch {e}/9 | train loss: {1 / e:.3f} | val loss: 0.5\n" for e in range(1, 9))),
    ("text", "train.log", "".join(f"iter {e}: loss {1 / e:.4f}, time 30ms\n" for e in range(1, 9))),
    ("text", "nohup.out", "".join(f"{{'loss': {1 / e:.4f}, 'epoch': {e}}}\n" for e in range(1, 9))),
    ("text", "keras.txt", "".join(f"Epoch {e}/5\n10/10 [==] - 1s 9ms/step - loss: {1 / e:.4f}\n" for e in range(1, 6))),
    ("text", "log.txt", "".join(f"2024-01-0{e} 10:00:00 INFO epoch={e} loss={1 / e:.4f}\n" for e in range(1, 9))),
]  # fmt: skip

NOT_LOGS = [
    ("prices.csv", "item,price,quantity\n" + "".join(f"item{i},{i * 1.5},{i % 7}\n" for i in range(20))),
    ("people.csv", "id,name,age,height\n" + "".join(f"{i},n{i},{20 + i},{150 + i}\n" for i in range(20))),
    ("iris.csv", "sepal_length,width,species\n" + "".join(f"{5 + i % 3},{3 + i % 2},setosa\n" for i in range(20))),
    ("stock.csv", "Date,Open,High,Low,Close\n" + "".join(f"2020-01-{i},1{i},2{i},3{i},4{i}\n" for i in range(10, 30))),
    ("xy.csv", "x,y\n" + "".join(f"{i},{i * 7 % 11}\n" for i in range(30))),
    ("points.txt", "".join(f"{i * 0.37 % 1:.3f} {i * 0.71 % 1:.3f} {i * 0.13 % 1:.3f}\n" for i in range(30))),
    ("board.csv", "model,val_acc,loss\n" + "".join(f"m{i},{0.5 + i / 100},{1 - i / 100}\n" for i in range(20))),
    ("runs.csv", '"Name","State","Created","loss"\n"a","finished","x","0.1"\n"b","finished","y","0.2"\n'),
    ("notes.txt", "We trained for a while and it looked fine.\nThen, on Monday, we went home.\n" * 5),
    ("train.py", "import torch\n\nfor epoch in range(10):\n    loss = model(x)\n    loss.backward()\n"),
    ("README.md", "# Title\n\nSome words, and a list:\n\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n"),
    ("config.yaml", "lr: 0.1\nbatch_size: 32\nmodel:\n  layers: 3\n  dropout: 0.5\n"),
    ("requirements.txt", "numpy==1.26.0\ntorch>=2.0\nclick\npandas==2.2.1\n"),
    ("empty.txt", "\n\n\n"),
    ("image.png", b"\x89PNG\r\n\x1a\n" + bytes(range(256))),
]  # fmt: skip


@pytest.mark.parametrize(("parser", "name", "text"), LOGS)
def test_each_log_has_one_parser_sure_of_it(parser, name, text):
    found, match = choose(head(text, name))
    assert found is not None
    assert found.name == parser
    assert match >= Match.SHAPE


@pytest.mark.parametrize(("parser", "name", "text"), LOGS)
def test_no_two_parsers_tie_but_where_one_specialises_the_other(parser, name, text):
    matches = {p.name: p.sniff(head(text, name)) for p in all_parsers()}
    best = [p for p in all_parsers() if matches[p.name] is max(matches.values())]
    beaten = {name for p in best for name in p.specialises}
    assert [p.name for p in best if p.name not in beaten] == [parser]


@pytest.mark.parametrize(("name", "text"), NOT_LOGS)
def test_a_folder_walk_passes_over_what_is_no_log(name, text):
    assert choose(head(text, name))[1] < Match.SHAPE


@settings(max_examples=200, deadline=None)
@given(
    st.one_of(st.binary(max_size=400), st.text(max_size=400)),
    st.sampled_from(["a.csv", "a.json", "a.log", "a", "a.\n"]),
)
def test_no_sniffer_raises_and_the_choice_is_the_best_of_all(data, name):
    given_head = head(data if isinstance(data, bytes) else data.encode("utf-8", "surrogatepass"), name)
    matches = [p.sniff(given_head) for p in all_parsers()]
    assert choose(given_head)[1] is max(matches)


SAMPLES = Path(__file__).parents[2] / "sample_logs"


def _sample_files():
    files = (p for p in sorted(SAMPLES.rglob("*")) if p.is_file() and "make" not in p.relative_to(SAMPLES).parts)
    return [p for p in files if not p.name.endswith(".expect.toml") and p.name != "README.md"]


@pytest.mark.parametrize("path", _sample_files(), ids=lambda path: path.relative_to(SAMPLES).as_posix())
def test_of_the_parsers_that_claim_a_sample_one_wins(path):
    try:
        given_head = given_source(path.read_bytes(), path.name).head
    except ReadError:  # an archive within a compressed file
        return
    matches = {p.name: p.sniff(given_head) for p in all_parsers()}
    best = [p for p in all_parsers() if matches[p.name] is max(matches.values())]
    beaten = {name for p in best for name in p.specialises}
    found, match = choose(given_head)
    if match > Match.NO:
        assert [p.name for p in best if p.name not in beaten] == [found.name]
    else:
        assert path.parent.name in ("params", "tags") or path.suffix in (".yaml", ".zip")
