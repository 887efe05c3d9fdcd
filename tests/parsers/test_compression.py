"""Compressed logs: read as what is inside, within limits, whatever damage or malice."""

from __future__ import annotations

import gzip
import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.packed.compression import Budget, codec_of, unpacked
from tests.parsers.packing import COMPRESS, CSV, EXPECTED, losses, of_bytes, read, zipped, zstd


@pytest.mark.parametrize("kind", COMPRESS)
@pytest.mark.parametrize("name", ["run.csv.{}", "run.csv", "data.bin", "noname"])
def test_compressed_logs_are_known_by_their_bytes_not_their_names(kind, name, tmp_path):
    assert losses(of_bytes(COMPRESS[kind](CSV), name.format(kind), tmp_path)) == EXPECTED


def test_zstd(tmp_path):
    assert losses(of_bytes(zstd(CSV), "run.csv.zst", tmp_path)) == EXPECTED


def test_without_the_package_zstd_is_refused_with_the_name_of_the_extra(tmp_path, monkeypatch):
    monkeypatch.setitem(__import__("sys").modules, "zstandard", None)
    (failure,) = of_bytes(b"\x28\xb5\x2f\xfd" + bytes(20), "run.csv.zst", tmp_path).failures
    assert 'pip install "nn-doctor[zstd]"' in failure.message


@pytest.mark.parametrize("kind", COMPRESS)
def test_the_run_is_named_after_what_is_inside(kind, tmp_path):
    (run,) = of_bytes(COMPRESS[kind](CSV), f"night.csv.{kind}", tmp_path).runs
    assert (run.name, Path(run.source).name) == ("night", f"night.csv.{kind}")


@pytest.mark.parametrize("data", [*(f(CSV) for f in COMPRESS.values()), zipped([("run.csv", CSV)])])
def test_standard_input(data):
    assert losses(doctor.read_runs(["-"], doctor.Settings(), stdin=data)) == EXPECTED


def test_event_files_and_big_tables_may_be_compressed(tmp_path):
    sample = next((Path(__file__).parents[2] / "sample_logs/nd201_overfitting/train").iterdir())
    plain, packed = read(sample), of_bytes(gzip.compress(sample.read_bytes()), f"{sample.name}.gz", tmp_path)
    (series,) = (s for s in packed.runs[0].series if s.name == "epoch_loss")
    assert series.y.tolist() == next(s.y.tolist() for s in plain.runs[0].series if s.name.endswith("epoch_loss"))
    rows = [f"{i},{1 + i % 97},{i % 13}.5\n" for i in range(150_000)]
    big = ("step,loss,acc\n" + "".join(rows)).encode()
    assert len(big) > 1 << 20
    (run,) = of_bytes(gzip.compress(big, 1), "big.csv.gz", tmp_path).runs
    assert run.find("loss").y.tolist() == [1 + i % 97 for i in range(150_000)]


def test_streams_behind_each_other_and_zeros_after_them(tmp_path):
    halves = gzip.compress(CSV[:300]) + gzip.compress(CSV[300:])
    assert losses(of_bytes(halves, "a.csv.gz", tmp_path)) == EXPECTED
    assert losses(of_bytes(halves + bytes(512), "a.csv.gz", tmp_path)) == EXPECTED
    garbled = of_bytes(halves + b"rest", "a.csv.gz", tmp_path)
    assert losses(garbled) == EXPECTED
    assert any("left out" in note.text for note in garbled.runs[0].notes)


@pytest.mark.parametrize("kind", COMPRESS)
def test_cut_data_give_the_sound_prefix_with_a_note(kind, tmp_path):
    long = "epoch,loss\n" + "".join(f"{e},{random.Random(e).random():.17f}\n" for e in range(60_000))
    data = COMPRESS[kind](long.encode())
    reading = of_bytes(data[: len(data) * 2 // 3], f"run.csv.{kind}", tmp_path)
    (run,) = reading.runs
    kept = run.find("loss").y.tolist()
    whole = [float(line.split(",")[1]) for line in long.splitlines()[1:]]
    assert len(whole) / 3 < len(kept) < len(whole)
    assert kept[:-1] == whole[: len(kept) - 1]
    assert any("cut off" in note.text for note in run.notes)


@settings(max_examples=60, deadline=None)
@given(st.sampled_from(sorted(COMPRESS)), st.integers(0, 10**6))
def test_data_cut_at_any_byte_give_a_prefix_or_a_plain_refusal(kind, at):
    data = COMPRESS[kind](CSV)
    at %= len(data)
    if codec_of(data[:at]) is None:
        return
    try:
        content, notes = unpacked(data[:at], Budget("x", at))
    except ReadError as error:
        assert "without content" in str(error)
    else:
        assert CSV.startswith(content)
        assert notes


@settings(max_examples=80, deadline=None)
@given(st.sampled_from(sorted(COMPRESS)), st.integers(0, 10**6), st.integers(1, 255))
def test_a_changed_byte_never_passes_for_the_whole_log(kind, at, change):
    data = bytearray(COMPRESS[kind](CSV))
    data[at % len(data)] ^= change
    try:
        content, notes = unpacked(bytes(data), Budget("x", len(data)))
    except ReadError:
        return
    # gzip checks its content only at the end: a change that swallows the end looks like a file cut off, and is noted.
    sound = CSV.startswith(content) or kind == "gz"
    assert content in (CSV, bytes(data)) or (notes and sound)


def test_damage_is_refused(tmp_path):
    data = bytearray(gzip.compress(CSV))
    data[-6] ^= 1
    (failure,) = of_bytes(bytes(data), "run.csv.gz", tmp_path).failures
    assert "damaged" in failure.message


@pytest.mark.parametrize("kind", COMPRESS)
def test_bombs_are_refused_in_time(kind, tmp_path):
    bomb = COMPRESS[kind](bytes(1 << 25))
    began = time.process_time()
    (failure,) = of_bytes(bomb, f"run.csv.{kind}", tmp_path).failures
    assert "200 times its size" in failure.message
    assert time.process_time() - began < 10


def test_nested_compression_is_refused(tmp_path):
    (failure,) = of_bytes(gzip.compress(gzip.compress(CSV)), "run.csv.gz", tmp_path).failures
    assert "archive inside an archive" in failure.message
