from __future__ import annotations

import math
from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor.errors import ReadError
from nn_doctor.parsers import delimited
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.tables import fast
from tests.parsers.reading import curves, notes, read, source

LOSS = {"loss": [1.5, 1.2, 1.0]}


@pytest.mark.parametrize(
    "text",
    [
        "epoch,loss\n0,1.5\n1,1.2\n2,1.0\n",
        "epoch\tloss\n0\t1.5\n1\t1.2\n2\t1.0\n",
        "epoch;loss\n0;1,5\n1;1,2\n2;1,0\n",
        "epoch  loss\n   0   1.5\n   1   1.2\n   2   1.0\n",
        "#  epoch      loss\n   0   1.5\n   1   1.2\n   2   1.0\n",
        "         epoch,      loss\n    0,   1.5\n     1,   1.2\n     2,   1.0\n",
        '"epoch","loss"\n"0","1.5"\n"1","1.2"\n"2","1.0"\n',
        "\ufeffepoch,loss\r\n0,1.5\r\n1,1.2\r\n2,1.0\r\n",
        "epoch,loss\r\r\n0,1.5\r\r\n1,1.2\r\r\n2,1.0\r\r\n",
        "epoch,loss,\n0,1.5,\n1,1.2,\n2,1.0,\n",
        "My first run,,\nepoch,loss,\n0,1.5,\n1,1.2,\n2,1.0,\n",
        "epoch,loss\n0,1.5\n\n1,1.2\n# a remark\n2,1.0\n",
        "epoch,loss\n0,1.5 %\n1,1.2 %\n2,1.0 %\n",
        "epoch,loss\n0,tensor(1.5)\n1,tensor(1.2)\n2,tensor(1.0)\n",
        "\x00\x00epoch\tloss\n0\t1.5\n1\t1.2\n2\t1.0\n",
        "epoch,loss\n0,1.5\nepoch,loss\n1,1.2\nepoch,loss\n2,1.0\n",
        "epoch,loss,optimizer\n0,1.5,adam\n1,1.2,adam\n2,1.0,adam\n",
        "epoch,loss\r0,1.5\r1,1.2\r2,1.0\r",
    ],
)
def test_one_table_in_many_dresses(text):
    assert curves(text) == LOSS
    (recording,) = read(text)
    assert recording.channels[0].epoch.tolist() == [0, 1, 2]


def test_a_blank_cell_is_absent_and_a_nan_is_a_value():
    (recording,) = read("epoch,loss,val_loss\n0,1.5,\n1,nan,0.5\n2,1.0,\n3,,0.4\n")
    train, val = recording.channels
    assert train.epoch.tolist() == [0, 1, 2]
    assert math.isnan(train.y[1])
    assert val.epoch.tolist() == [1, 3]
    assert val.y.tolist() == [0.5, 0.4]
    assert val.line.tolist() == [3, 5]


def test_skipped_columns_and_cells_are_told():
    assert "optimizer" in notes("epoch,loss,optimizer\n0,1.5,adam\n1,1.2,adam\n")
    assert "'loss': 1 cells" in notes("epoch,loss\n0,1.5\n1,oops\n2,1.2\n")
    assert "header is repeated" in notes("epoch,loss\n0,1.5\nepoch,loss\n0,1.2\n")


def test_a_duration_in_the_wrong_column_of_a_short_row_is_no_loss():
    rows = "".join(f"{e},1.5,1.4,0.9,00:14\n" for e in range(6))
    found = curves(f"epoch,train_loss,valid_loss,accuracy,time\n{rows}0,1.3,00:12\n{rows}")
    assert found["valid_loss"] == [1.4] * 12
    assert found["train_loss"] == [1.5] * 6 + [1.3] + [1.5] * 6


def test_an_unnamed_index_is_no_metric():
    assert curves(",loss\n0,1.5\n1,1.2\n2,1.0\n") == LOSS


def test_a_column_of_words_splits_train_from_validation():
    found = curves("epoch,phase,loss\n0,train,1.5\n0,val,1.6\n1,train,1.2\n1,val,1.3\n")
    assert found == {"train/loss": [1.5, 1.2], "val/loss": [1.6, 1.3]}


NUMBERS = "1.5\n1.2\n1.0\n0.9\n0.8\n0.7\n"


@pytest.mark.parametrize(
    ("text", "name", "curve"),
    [
        (NUMBERS, "train_loss.txt", "train_loss"),
        ("loss\n" + NUMBERS, "run.csv", "loss"),
        ("# val_loss\n" + NUMBERS, "out.dat", "val_loss"),
        ('"accuracy"\n' + NUMBERS, "run.csv", "accuracy"),
        ("value\n" + NUMBERS, "train_loss.csv", "train_loss"),
        ("\nloss\n\n" + NUMBERS, "run.csv", "loss"),
    ],
)
def test_one_number_a_line_is_a_curve_where_something_names_it(text, name, curve):
    assert delimited.sniff(source(text, name).head) == Match.SHAPE
    assert curves(text, name) == {curve: [1.5, 1.2, 1.0, 0.9, 0.8, 0.7]}


@pytest.mark.parametrize("text", [NUMBERS, "price\n" + NUMBERS, "loss\n1.5\n1.2\n", "loss\n" + NUMBERS + "the end\n"])
def test_numbers_without_a_known_name_or_with_other_lines_are_no_curve(text):
    assert delimited.sniff(source(text, "run.csv").head) == Match.NO


def test_old_yolo_results_are_named_by_position():
    row = "{0}/2 5.23G 0.1 0.02 0.05 0.17 28 640 0.1 0.2 0.3 0.4 0.09 0.02 0.05\n"
    found = curves("".join(row.format(k) for k in range(3)), "results.txt")
    assert found["train/box_loss"] == [0.1] * 3
    assert found["val/cls_loss"] == [0.05] * 3


def test_tensorboard_export_is_named_by_its_file():
    (recording,) = read("Wall time,Step,Value\n1600000000.5,0,3\n1600000001.5,5,2\n", "run-a-tag-loss.csv")
    (channel,) = recording.channels
    assert channel.name == "loss"
    assert channel.step.tolist() == [0, 5]


def test_wandb_chart_holds_several_runs():
    header = '"Step","a - b - loss","a - b - loss__MIN","a - b - loss__MAX","c - loss","c - loss__MIN","c - loss__MAX"'
    runs = read(f'{header}\n"0","3","3","3","","",""\n"1","2","2","2","5","5","5"')
    assert [(r.name, [(c.name, c.y.tolist()) for c in r.channels]) for r in runs] == [
        ("a - b", [("loss", [3, 2])]),
        ("c", [("loss", [5])]),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n\n",
        "Epoch 1, loss: 0.3\nEpoch 2, loss: 0.2\nEpoch 3, loss: 0.1\n",
        "some words, and more words\nthat are no table, at all\n",
        '"Name","State","Created","loss"\n"a","finished","x","0.1"\n"b","finished","y","0.2"\n',
        "fold,model,split,loss\n1,a,val,0.5\n1,a,test,0.4\n2,a,val,0.3\n2,a,test,0.45\n",
        "class_num: 80\nlr: 0.1\nsize: 608\nsteps: 3\n",
        '{"a": 1}\n{"a": 2}\n',
    ],
)
def test_what_is_no_log_is_refused(text):
    with pytest.raises(ReadError):
        read(text)


@pytest.mark.parametrize(
    "text",
    [
        "Epoch 1, loss: 0.3\nEpoch 2, loss: 0.2\nEpoch 3, loss: 0.1\n",
        "iter 100 loss 2.3\niter 200 loss 2.2\niter 300 loss 2.1\n",
        "layer 0 conv\n" * 3 + "size: 3\n" * 9,
        "# Notes\n\nI ran it for a while today and this came out of it\n\n12 13\n14 15\n",
    ],
)
def test_prose_is_not_claimed(text):
    assert delimited.sniff(source(text, "train.log").head) < Match.SHAPE


FULL = "epoch,loss,val_loss\n" + "".join(f"{e},{1 / (e + 1):.6f},{2 / (e + 1):.6f}\n" for e in range(12))


@pytest.mark.parametrize("cut", range(40, len(FULL), 7))
def test_a_cut_file_gives_its_whole_rows(cut):
    found, whole = curves(FULL[:cut]), curves(FULL)
    sure = FULL[:cut].count("\n") - 1
    assert found["loss"][:sure] == whole["loss"][:sure]
    assert found["val_loss"][:sure] == whole["val_loss"][:sure]
    assert len(found["val_loss"]) <= len(found["loss"]) <= sure + 1


NUMBER = st.one_of(st.floats(width=32).map(repr), st.sampled_from(["", "nan", "NaN", "-nan", "inf", "1.#QNAN"]))
CELL = st.one_of(NUMBER, st.sampled_from(["None", "12 %", "x", "True", "00:14", "[0.5]", "1_000", "banana"]))


def tables(recordings):
    return [[(c.name, c.y, c.step, c.epoch, c.line) for c in r.channels] for r in recordings]


@settings(max_examples=120, deadline=None)
@given(st.lists(st.tuples(NUMBER, CELL, CELL), min_size=4, max_size=12), st.sampled_from(",\t;"), st.integers(1, 9))
def test_big_tables_read_the_same_as_small_ones(tmp_path_factory, rows, delimiter, chunk):
    lines = [delimiter.join(("step", "loss", "b", "c"))]
    lines += [delimiter.join((str(i), *row)) for i, row in enumerate(rows)]
    path = tmp_path_factory.mktemp("t") / "run.csv"
    path.write_text("\n".join(lines) + "\n")
    results = []
    for big in (1 << 40, 0):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(fast, "BIG", big)
            patch.setattr(fast, "CHUNK_ROWS", chunk + 20)
            try:
                results.append(tables(delimited.read(Source("run.csv", path), ReadOptions())))
            except ReadError as error:
                results.append(str(error))
    slow, quick = results
    if isinstance(slow, str) or isinstance(quick, str):
        assert slow == quick
        return
    assert [[c[0] for c in r] for r in slow] == [[c[0] for c in r] for r in quick]
    for (one,), (two,) in zip(zip(*slow, strict=True), zip(*quick, strict=True), strict=True):
        for a, b in zip(one[1:], two[1:], strict=True):
            assert (a is None) == (b is None)
            if a is not None:
                np.testing.assert_allclose(a, b, rtol=1e-14)


def test_nan_split_by_a_block_is_put_together(tmp_path):
    import io

    from nn_doctor.parsers.tables.nan_stream import NanStream

    text = b"1,nan,NaN\n2,-nan,nanan\n" * 5
    for size in range(1, 12):
        stream = NanStream(io.BytesIO(text))
        got = b"".join(stream).decode()
        stream = NanStream(io.BytesIO(text))
        pieces = []
        while piece := stream.read(size):
            pieces.append(piece)
        assert b"".join(pieces).decode() == got
        assert "nan" not in got.replace("nanan", "").lower()


@settings(max_examples=150, deadline=None)
@given(st.one_of(st.binary(max_size=300), st.text(alphabet="01.5,;\t\n\r \"'#-enaloschp%", max_size=300)))
def test_any_bytes_give_a_recording_or_a_read_error(data):
    given_source = source(data)
    delimited.sniff(given_source.head)
    try:
        recordings = delimited.read(given_source, ReadOptions())
    except ReadError:
        return
    assert all(c.y.size == c.line.size for r in recordings for c in r.channels)


@pytest.mark.parametrize("cells", ["1.5", "nan", "", "12 %"])
def test_big_tables_really_go_through_the_fast_path(tmp_path, cells):
    from nn_doctor.parsers.tables.dialect import detect

    text = "step,loss\n" + "".join(f"{i},{cells if i % 3 == 1 else 0.5}\n" for i in range(9))
    path = tmp_path / "run.csv"
    path.write_text(text)
    table = fast.read_big(partial(path.open, "rb"), detect(text), ["step", "loss"], [])
    assert table is not None
    assert table.columns[1].rows.size == (6 if cells == "" else 9)
    assert np.isnan(table.columns[1].values).sum() == (3 if cells == "nan" else 0)


def test_rows_of_arrays_between_the_rows_are_left_out():
    rows = "".join(f"{e},{1.5 - e / 10},0.9,0.1,5\n[0.27  0.72],[0.16 0.61]\n" for e in range(6))
    text = f"epoch,loss,accuracy,lr,seconds\n{rows}".replace("[", "MeanGate,MinGate\n[", 1)
    assert curves(text)["loss"] == [1.5 - e / 10 for e in range(6)]
    assert "6 rows of arrays left out" in notes(text)


@pytest.mark.parametrize("filling", [0, 600])
def test_nan_among_many_numbers_and_few_is_replaced_alike(filling):
    import io

    from nn_doctor.parsers.tables.nan_stream import NanStream

    text = (b"1,nan,NaN,NAN,train,-nan," + b"0.5," * filling) * 3
    stream = NanStream(io.BytesIO(text))
    expected = text.replace(b"nan", b"9.332636185032189e-302").replace(b"NaN", b"9.332636185032189e-302")
    assert b"".join(stream) == expected.replace(b"NAN", b"9.332636185032189e-302")
    assert stream.used


def test_columns_that_outgrow_what_was_expected_keep_their_cells():
    from nn_doctor.parsers.tables.grown import Grown

    grown, cells = Grown("loss"), np.arange(30.0)
    present = np.arange(30) % 4 != 1
    for start in range(0, 30, 5):
        part = cells[start : start + 5]
        grown.add((part, None if start < 10 else present[start : start + 5], None), start, 7 if not start else 0)
    column = grown.column(np.arange(30))
    kept = present | (cells < 10)
    np.testing.assert_array_equal(column.rows, np.flatnonzero(kept))
    np.testing.assert_array_equal(column.values, cells[kept])
