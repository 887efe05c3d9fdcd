"""Compressed files and archives: read as what is inside, within limits, whatever damage or malice."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import random
import tarfile
import time
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.finder import find_given
from nn_doctor.parsers.packed.archive import MAX_MEMBERS
from nn_doctor.parsers.packed.compression import Budget, codec_of, unpacked
from nn_doctor.parsers.packed.tar import is_tar, members_of

TABLE = "epoch,loss,val_loss\n" + "".join(f"{e},{1 / (e + 1):.6f},{1 / (e + 1) + 0.01:.6f}\n" for e in range(40))
CSV = TABLE.encode()
TEXT = "".join(f"Epoch {e}/40 | train loss: {1 / e:.5f} | val loss: {1.1 / e:.5f}\n" for e in range(1, 41)).encode()
COMPRESS = {"gz": gzip.compress, "bz2": bz2.compress, "xz": lzma.compress}


def zstd(data):
    return pytest.importorskip("zstandard").compress(data)


def read(path, **options):
    return doctor.read_runs([str(path)], doctor.Settings(**options))


def of_bytes(data, name, folder):
    path = folder / name
    path.write_bytes(data)
    return read(path)


def losses(reading):
    assert reading.failures == []
    (run,) = reading.runs
    return run.find("loss").y.tolist()


EXPECTED = [float(line.split(",")[1]) for line in TABLE.splitlines()[1:]]


def zipped(members, method=zipfile.ZIP_DEFLATED):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", method) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return made.getvalue()


def tarred(members, mode="w", form=tarfile.PAX_FORMAT):
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode=mode, format=form) as archive:
        for name, data in members:
            info = tarfile.TarInfo(name)
            info.size = len(data)
            archive.addfile(info, io.BytesIO(data))
    return made.getvalue()


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
    began = time.perf_counter()
    (failure,) = of_bytes(bomb, f"run.csv.{kind}", tmp_path).failures
    assert "200 times its size" in failure.message
    assert time.perf_counter() - began < 10


def test_nested_compression_is_refused(tmp_path):
    (failure,) = of_bytes(gzip.compress(gzip.compress(CSV)), "run.csv.gz", tmp_path).failures
    assert "archive inside an archive" in failure.message


MEMBERS = [("logs/a/metrics.csv", CSV), ("logs/b/train.log", TEXT), ("logs/b/model.pt", b"x" * 100)]


@pytest.mark.parametrize(
    ("make", "name"),
    [
        (zipped, "logs.zip"),
        (tarred, "logs.tar"),
        (lambda m: tarred(m, "w:gz"), "logs.tar.gz"),
        (lambda m: tarred(m, "w:bz2"), "logs.tar.bz2"),
        (lambda m: tarred(m, "w:xz"), "logs.txz"),
        (lambda m: zstd(tarred(m)), "logs.tar.zst"),
        (lambda m: tarred(m, form=tarfile.GNU_FORMAT), "logs.bin"),
        (lambda m: tarred(m, form=tarfile.USTAR_FORMAT), "logs"),
        (lambda m: zipped(m, zipfile.ZIP_LZMA), "archive"),
        (lambda m: zipped(m, zipfile.ZIP_BZIP2), "archive"),
        (lambda m: zipped(m, zipfile.ZIP_STORED), "archive"),
    ],
)
def test_members_of_archives_are_read_like_files_of_a_folder(make, name, tmp_path):
    reading = of_bytes(make(MEMBERS), name, tmp_path)
    assert reading.failures == []
    sources = [Path(run.source).relative_to(tmp_path).as_posix() for run in reading.runs]
    assert sources == [f"{name}/logs/a/metrics.csv", f"{name}/logs/b/train.log"]
    assert reading.runs[0].find("loss").y.tolist() == EXPECTED


def test_layouts_and_settings_beside_a_log_work_inside_archives(tmp_path):
    bundle = Path(__file__).parents[2] / "sample_logs/nd201_overfitting"
    files = [(f"run/{p.relative_to(bundle).as_posix()}", p.read_bytes()) for p in bundle.rglob("*") if p.is_file()]
    made = tarred([*files, ("other/metrics.csv", CSV), ("other/hparams.yaml", b"lr: 0.125\n")], "w:gz")
    reading = of_bytes(made, "all.tgz", tmp_path)
    assert reading.failures == []
    assert [Path(run.source).name for run in reading.runs] == ["metrics.csv", "run"]
    assert {"train/epoch_loss", "validation/epoch_loss"} <= {s.name for s in reading.runs[1].series}
    assert reading.runs[0].params["lr"] == 0.125
    plain = read(bundle).runs[0]
    for series in plain.series:
        assert reading.runs[1].find(series.name).y.tolist() == series.y.tolist()


def test_compressed_logs_inside_archives_are_read_and_archives_inside_are_not(tmp_path):
    made = zipped(
        [("a.csv.gz", gzip.compress(CSV)), ("b.zip", zipped(MEMBERS)), ("c.csv", gzip.compress(tarred(MEMBERS)))]
    )
    reading = of_bytes(made, "all.zip", tmp_path)
    assert [Path(run.source).name for run in reading.runs] == ["a.csv.gz"]
    assert sum("archive inside an archive" in note.text for note in reading.notes) == 2
    (failure,) = of_bytes(zipped([("b.zip", zipped(MEMBERS))]), "only.zip", tmp_path).failures
    assert "archive inside an archive" in failure.message


SAMPLES = Path(__file__).parents[2] / "sample_logs"
FOLDERS = sorted(p.name for p in SAMPLES.iterdir() if p.is_dir() and p.name != "make" and p.name[0] not in "._")


def seen(reading, before):
    assert reading.failures == []
    return [
        (
            run.id.removeprefix(before),
            run.params,
            [n.text for n in run.notes],
            {s.name: s.y.tolist() for s in run.series},
        )
        for run in reading.runs
    ]


@pytest.mark.parametrize("name", FOLDERS)
@pytest.mark.parametrize("make", [zipped, tarred])
def test_every_bundle_is_the_same_run_in_an_archive(name, make, tmp_path):
    files = sorted(p for p in (SAMPLES / name).rglob("*") if p.is_file())
    packed = of_bytes(make([(p.relative_to(SAMPLES).as_posix(), p.read_bytes()) for p in files]), "all", tmp_path)
    assert seen(packed, f"{tmp_path}/all/") == seen(read(SAMPLES / name), f"{SAMPLES}/")


def test_a_path_in_an_archive_opens_nothing_on_the_disk(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "-").mkdir()
    (tmp_path / "-" / "a.csv").write_text("not this")
    (path,) = find_given(zipped([("a.csv", CSV)]), "-").bundles[0].members
    with pytest.raises(OSError, match="inside an archive"):
        os.stat(path.path)  # noqa: PTH116 - whatever takes a path
    assert losses(doctor.read_runs(["-"], doctor.Settings(), stdin=zipped([("a.csv", CSV)]))) == EXPECTED


HOSTILE = ["../../evil.csv", "/etc/evil.csv", "..\\..\\evil.csv", "a/" * 500 + "deep.csv", "a/../../../evil.csv",
           "x\x1b[2J.csv", "-rf.csv", "n" * 200 + ".csv", "new\nline.csv", "\u202egnp.csv"]  # fmt: skip


@pytest.mark.parametrize("make", [zipped, tarred])
def test_names_of_members_never_touch_the_disk(make, tmp_path):
    inner = tmp_path / "a" / "b"
    inner.mkdir(parents=True)
    before = sorted(tmp_path.rglob("*"))
    reading = of_bytes(make([(name, CSV) for name in HOSTILE]), "evil.archive", inner)
    assert reading.failures == []
    assert all(".." not in Path(run.source).parts for run in reading.runs)
    assert all(run.source.startswith(f"{inner}/evil.archive/") for run in reading.runs)
    assert any("nested too deeply" in note.text for note in reading.notes)
    assert sorted(tmp_path.rglob("*")) == sorted([*before, inner / "evil.archive"])


def test_links_and_devices_are_not_followed(tmp_path):
    secret = tmp_path / "secret.csv"
    secret.write_bytes(CSV)
    made = io.BytesIO()
    with tarfile.open(fileobj=made, mode="w") as archive:
        for name, kind in (
            ("soft.csv", tarfile.SYMTYPE),
            ("hard.csv", tarfile.LNKTYPE),
            ("pipe.csv", tarfile.FIFOTYPE),
        ):
            info = tarfile.TarInfo(name)
            info.type, info.linkname = kind, str(secret)
            archive.addfile(info)
    (failure,) = of_bytes(made.getvalue(), "links.tar", tmp_path).failures
    assert "no log files" in failure.message
    linked = zipfile.ZipInfo("soft.csv")
    linked.external_attr = 0o120777 << 16
    reading = of_bytes(zipped([(linked, str(secret)), ("real.csv", CSV)]), "links.zip", tmp_path)
    assert losses(reading) == EXPECTED
    assert any("link" in note.text for note in reading.notes)


def test_zip_bombs_are_refused(tmp_path):
    for bomb in (zipped([("run.csv", bytes(1 << 25))]), gzip.compress(tarred([("run.csv", bytes(1 << 25))]))):
        (failure,) = of_bytes(bomb, "bomb", tmp_path).failures
        assert "200 times its size" in failure.message
    # a member that lies about its size gives no more than it states, and fails its checksum
    lying = bytearray(zipped([("run.csv", bytes(1 << 25)), ("good.csv", CSV)]))
    at = lying.rfind(b"PK\x01\x02", 0, lying.rfind(b"PK\x01\x02"))
    lying[at + 24 : at + 28] = (1000).to_bytes(4, "little")
    reading = of_bytes(bytes(lying), "lying.zip", tmp_path)
    assert losses(reading) == EXPECTED


def test_archives_of_too_many_members(tmp_path):
    many = zipped([(f"{i}.csv", b"") for i in range(MAX_MEMBERS + 1)])
    (failure,) = of_bytes(many, "many.zip", tmp_path).failures
    assert "10000 members" in failure.message
    listing = members_of(tarred([(f"{i}.csv", b"") for i in range(MAX_MEMBERS + 1)]), MAX_MEMBERS)
    assert len(listing.entries) == MAX_MEMBERS
    assert "left out" in listing.notes[0].text


def test_encrypted_and_cut_zip_archives_are_told_plainly(tmp_path):
    data = bytearray(zipped([("run.csv", CSV)]))
    for magic, at in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(magic) + at] |= 1
    (failure,) = of_bytes(bytes(data), "a.zip", tmp_path).failures
    assert "no log files" in failure.message
    (failure,) = of_bytes(zipped(MEMBERS)[:-40], "a.zip", tmp_path).failures
    assert "cut off" in failure.message


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_a_tar_archive_cut_at_any_byte_gives_the_members_before_the_cut(at):
    data = tarred([("a.csv", CSV), ("b/" + "long/" * 30 + "b.csv", TEXT)])
    at %= len(data)
    listing = members_of(data[:at], MAX_MEMBERS)
    whole = members_of(data, MAX_MEMBERS)
    assert whole.notes == []
    for found, wanted in zip(listing.entries, whole.entries, strict=False):
        content = data[wanted.start : wanted.start + wanted.size]
        assert (found.name, found.start) == (wanted.name, wanted.start)
        assert data[found.start : found.start + found.size] == content[: found.size]


@settings(max_examples=50, deadline=None)
@given(
    st.lists(st.tuples(st.from_regex(r"[ab/.é ]{0,300}[abé]", fullmatch=True), st.binary(max_size=2000)), max_size=6),
    st.sampled_from([tarfile.PAX_FORMAT, tarfile.GNU_FORMAT]),
)
def test_tar_members_are_those_that_pythons_tarfile_sees(members, form):
    data = tarred(members, form=form)
    with tarfile.open(fileobj=io.BytesIO(data)) as archive:
        wanted = [(m.name, archive.extractfile(m).read()) for m in archive if m.isreg()]
    found = [(e.name, data[e.start : e.start + e.size]) for e in members_of(data, 100).entries]
    assert found == wanted
    assert is_tar(data) == bool(members)


@settings(max_examples=100, deadline=None)
@given(st.data())
def test_changed_archives_never_raise_but_read_errors(data):
    made = bytearray(data.draw(st.sampled_from([zipped(MEMBERS), tarred(MEMBERS), tarred(MEMBERS, "w:gz")])))
    for _ in range(data.draw(st.integers(1, 8))):
        made[data.draw(st.integers(0, len(made) - 1))] = data.draw(st.integers(0, 255))
    found = doctor.read_runs(["-"], doctor.Settings(), stdin=bytes(made))
    assert found.runs or found.failures
    assert all("\n" not in failure.message for failure in found.failures)


def test_archives_in_folders_are_notes_and_compressed_logs_are_read(tmp_path):
    (tmp_path / "a.csv.gz").write_bytes(gzip.compress(CSV))
    (tmp_path / "model.pt.gz").write_bytes(gzip.compress(CSV))
    (tmp_path / "data.tar.gz").write_bytes(tarred(MEMBERS, "w:gz"))
    reading = read(tmp_path)
    assert losses(reading) == EXPECTED
    assert any("looked into only where it is named" in note.text for note in reading.notes)


@pytest.mark.skipif(os.name == "nt" or os.geteuid() == 0, reason="needs permissions")
def test_an_unreadable_archive_is_one_failure(tmp_path):
    path = tmp_path / "a.zip"
    path.write_bytes(zipped(MEMBERS))
    path.chmod(0)
    (failure,) = read(path).failures
    assert "ermission" in failure.message


def test_a_member_without_a_name_is_no_fault(tmp_path):
    made = zipped([("x", CSV), ("run.csv", CSV)])
    nameless = made.replace(b"x" + made[31:60], b"\x00" + made[31:60]).replace(b"xPK", b"\x00PK")
    assert nameless != made
    reading = of_bytes(nameless, "logs.zip", tmp_path)
    assert len(reading.runs) + len(reading.failures) >= 1
