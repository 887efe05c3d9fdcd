"""NumPy's files and Parquet: columns of numbers, never objects, sizes checked before memory is taken."""

from __future__ import annotations

import io
import os
import pickle
import struct
import zipfile

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra import numpy as arrays

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.arrays.npy import array_of

LOSS = 1 / np.arange(1, 31)
VAL = LOSS + 0.125


def read(data, path="-", **options):
    if path == "-":
        return doctor.read_runs(["-"], doctor.Settings(**options), stdin=data)
    path.write_bytes(data)
    return doctor.read_runs([str(path)], doctor.Settings(**options))


def npz(save=np.savez, **named):
    made = io.BytesIO()
    save(made, **named)
    return made.getvalue()


def npy(array, **options):
    made = io.BytesIO()
    np.save(made, array, **options)
    return made.getvalue()


@pytest.mark.parametrize("save", [np.savez, np.savez_compressed])
def test_a_history_as_arrays(save):
    data = npz(save, loss=LOSS, val_loss=VAL.astype("f4"), epoch=np.arange(30), lr=np.full((30, 1), 0.125))
    (run,) = read(data).runs
    assert run.parser == "npz"
    assert run.find("loss").y.tolist() == LOSS.tolist()
    assert run.find("val_loss").y.tolist() == VAL.astype("f4").tolist()
    assert run.find("lr").y.tolist() == [0.125] * 30
    assert run.find("loss").axis == "epoch"


def test_arrays_of_different_lengths():
    (run,) = read(npz(loss=LOSS, val_loss=VAL[::3], weights=np.zeros((5, 7)), note=np.array("text"))).runs
    assert (len(run.find("loss")), len(run.find("val_loss"))) == (30, 10)
    told = " ".join(note.text for note in run.notes)
    assert "weights" in told
    assert "note" in told


def test_evaluations_of_stable_baselines():
    results = np.arange(60.0).reshape(20, 3)
    steps = np.arange(1, 21) * 10_000
    data = npz(timesteps=steps, results=results, ep_lengths=np.full((20, 3), 7), successes=results % 2 == 0)
    (run,) = read(data).runs
    reward = run.find("eval/mean_reward")
    assert reward.y.tolist() == [float(sum(row)) / 3 for row in results]
    assert reward.step.tolist() == steps.tolist()
    assert (reward.metric, reward.split, reward.goal) == ("reward", "val", "max")
    assert run.find("eval/mean_ep_length").y.tolist() == [7.0] * 20
    assert run.find("eval/success_rate").y.tolist()[:2] == [2 / 3, 1 / 3]


def test_evaluations_cut_short_keep_the_common_rows():
    (run,) = read(npz(timesteps=np.arange(5) * 100, results=np.ones((4, 2)), ep_lengths=np.ones((3, 2)))).runs
    assert len(run.find("eval/mean_reward")) == 3


def test_a_single_array_is_named_after_its_file(tmp_path):
    (run,) = read(npy(LOSS), tmp_path / "train_loss.npy").runs
    assert run.find("train_loss").y.tolist() == LOSS.tolist()


def test_structured_arrays_and_fortran_order_and_old_byte_order():
    made = np.zeros(30, dtype=[("epoch", "<i4"), ("loss", ">f8")])
    made["epoch"], made["loss"] = np.arange(30), LOSS
    (run,) = read(npz(history=made)).runs
    assert run.find("loss").y.tolist() == LOSS.tolist()
    (run,) = read(npz(loss=np.asfortranarray(LOSS.reshape(30, 1)), val_loss=VAL.astype(">f4"))).runs
    assert run.find("val_loss").y.tolist() == VAL.astype("f4").tolist()


class Bomb:
    def __reduce__(self):
        return (os.mkdir, (os.environ["NN_DOCTOR_TEST_FOLDER"],))


@pytest.mark.parametrize("inside", [{"loss": [2.0, 1.0]}, Bomb()])
def test_objects_are_never_loaded(inside, tmp_path, monkeypatch):
    monkeypatch.setenv("NN_DOCTOR_TEST_FOLDER", str(tmp_path / "made"))
    wrapped = np.empty((), dtype=object)
    wrapped[()] = inside
    for data, name in ((npz(history=wrapped), "h.npz"), (npy(wrapped, allow_pickle=True), "h.npy")):
        (failure,) = read(data, tmp_path / name).failures
        assert "never loads" in failure.message
        assert "np.savez" in failure.message
    (run,) = read(npz(history=wrapped, loss=LOSS)).runs
    assert any("never loaded" in note.text for note in run.notes)
    (failure,) = read(pickle.dumps(LOSS), tmp_path / "h.pkl").failures
    assert "never unpickles" in failure.message
    assert not (tmp_path / "made").exists()


def test_data_sets_are_no_logs(tmp_path):
    data = npz(x_train=np.zeros((10, 4)), y_train=np.zeros(10))
    assert "named like a metric" in read(data, tmp_path / "data.npz").failures[0].message
    (tmp_path / "image.npy").write_bytes(npy(np.zeros((8, 8))))
    (tmp_path / "run.csv").write_text("epoch,loss\n" + "".join(f"{e},{v}\n" for e, v in enumerate(LOSS)))
    reading = doctor.read_runs([str(tmp_path)], doctor.Settings())
    assert (len(reading.runs), reading.failures) == (1, [])


def header(shape, descr="<f8"):
    text = repr({"descr": descr, "fortran_order": False, "shape": shape}).encode().ljust(117) + b"\n"
    return b"\x93NUMPY\x01\x00" + struct.pack("<H", len(text)) + text


@pytest.mark.parametrize("shape", [(10**15,), (10**9, 10**9), (2**63,), (-1,), (3.5,), "x", (1,) * 100])
def test_sizes_that_lie_take_no_memory(shape, tmp_path):
    (failure,) = read(header(shape) + bytes(64), tmp_path / "loss.npy").failures
    assert "damaged" in failure.message


@pytest.mark.parametrize("descr", ["|O", "<f800", "nonsense", "__import__('os')", [("a", "|O")], [("loss", "<f8", -1)]])
def test_kinds_that_are_none(descr, tmp_path):
    assert len(read(header((4,), descr) + bytes(64), tmp_path / "loss.npy").failures) == 1


def test_bombs_in_npz():
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("loss.npy", header((1 << 22,)) + bytes(1 << 25))
    assert "200 times" in read(made.getvalue()).failures[0].message


@settings(max_examples=60, deadline=None)
@given(st.sampled_from([npz(loss=LOSS, val_loss=VAL), npy(LOSS), npz(np.savez_compressed, loss=LOSS)]), st.data())
def test_damage_is_one_plain_failure_or_a_log(data, draw):
    made = bytearray(data[: draw.draw(st.integers(0, len(data)))])
    for _ in range(draw.draw(st.integers(0, 4)) if made else 0):
        made[draw.draw(st.integers(0, len(made) - 1))] = draw.draw(st.integers(0, 255))
    found = read(bytes(made))
    assert len(found.failures) == (0 if found.runs else 1)
    assert all("\n" not in failure.message for failure in found.failures)


@settings(max_examples=60, deadline=None)
@given(arrays.arrays(st.sampled_from(["f8", "<i2", ">u4", "f2", "?", "c8", "U3"]), arrays.array_shapes(max_dims=3)))
def test_arrays_are_those_that_numpy_reads(array):
    np.testing.assert_array_equal(array_of(npy(array)), np.load(io.BytesIO(npy(array)), allow_pickle=False))


def frame(**columns):
    pandas = pytest.importorskip("pandas")
    pytest.importorskip("pyarrow")
    made = io.BytesIO()
    pandas.DataFrame(columns).to_parquet(made)
    return made.getvalue()


def test_parquet(tmp_path):
    import pandas as pd

    when = pd.to_datetime(np.arange(30) * 60, unit="s")
    data = frame(epoch=np.arange(30), loss=LOSS, val_loss=VAL, who=["a"] * 30, wall_time=when)
    for path in ("-", tmp_path / "run.bin"):
        (run,) = read(data, path).runs
        assert run.parser == "parquet"
        assert run.find("loss").y.tolist() == LOSS.tolist()
        assert run.find("val_loss").epoch.tolist() == list(range(30))
        assert any("who" in note.text for note in run.notes)


def test_nulls_of_parquet_are_absent_and_nans_to_the_end_are_values():
    pa = pytest.importorskip("pyarrow")
    from pyarrow import parquet

    nan, made = float("nan"), io.BytesIO()
    table = pa.table({"step": [1, 2, 3, 4], "loss": [1.0, None, nan, 0.5], "val_loss": [None, 2.0, None, 1.0]})
    parquet.write_table(table, made)
    (run,) = read(made.getvalue()).runs
    np.testing.assert_array_equal(run.find("loss").y, [1.0, nan, 0.5])
    assert run.find("val_loss").step.tolist() == [2, 4]
    (run,) = read(frame(loss=[*LOSS, nan, nan, nan])).runs
    assert np.isnan(run.find("loss").y[-3:]).all()
    (run,) = read(frame(loss=LOSS[:10], val_loss=[nan, 1, nan, 2, nan, 3, nan, 4, nan, nan])).runs
    assert run.find("val_loss").y.tolist() == [1, 2, 3, 4]


def test_parquet_that_is_no_log_or_damaged(tmp_path):
    data = frame(price=LOSS, city=["x"] * 30)
    assert "named like a metric" in read(data, tmp_path / "a.parquet").failures[0].message
    good = frame(loss=LOSS)
    for bad in (good[:-20], good[:100], good[:4] + bytes(50) + good[54:], b"PAR1" + bytes(40) + b"PAR1"):
        found = read(bad, tmp_path / "b.parquet")
        assert found.runs == [] and ["damaged" in failure.message for failure in found.failures] == [True]


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_changed_parquet_never_raises(draw):
    made = bytearray(frame(loss=LOSS, val_loss=VAL))
    for _ in range(draw.draw(st.integers(1, 6))):
        made[draw.draw(st.integers(4, len(made) - 5))] = draw.draw(st.integers(0, 255))
    found = read(bytes(made))
    assert found.runs or found.failures


def test_without_pyarrow_parquet_is_refused_with_the_name_of_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "pyarrow", None)
    (failure,) = read(b"PAR1" + bytes(20) + b"PAR1", tmp_path / "a.parquet").failures
    assert 'pip install "nn-doctor[parquet]"' in failure.message


SIGNALLING = np.array([0x7FA00001, 0x3F800000, 0x3F000000, 0x3E800000], dtype=np.uint32).view(np.float32)


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "named",
    [
        {"loss": SIGNALLING},
        {"loss": LOSS, "step": np.array([])},
        {"timesteps": np.array([]), "results": np.ones((3, 2))},
        {"timesteps": np.arange(3), "results": np.full((3, 2), 1.7e308)},
        {"timesteps": np.arange(3), "results": np.array([[np.inf, -np.inf]] * 3)},
        {"timesteps": np.arange(3), "results": np.ones((3, 0))},
    ],
    ids=["signalling", "an empty axis", "no evaluations", "huge", "both infinities", "no episodes"],
)
def test_odd_arrays_are_read_or_refused_in_silence(named, capfd):
    try:
        found = read(npz(**named))
    except ReadError as error:
        assert "\n" not in str(error)
    else:
        assert found
    assert capfd.readouterr() == ("", "")
