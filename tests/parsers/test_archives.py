"""Archives: their members are read like files of a folder, within limits, whatever damage or malice."""

from __future__ import annotations

import gzip
import io
import os
import tarfile
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nn_doctor import doctor
from nn_doctor.finder import find_given
from nn_doctor.parsers.packed.archive import MAX_MEMBERS
from nn_doctor.parsers.packed.tar import is_tar, members_of
from tests.parsers.packing import CSV, EXPECTED, TEXT, losses, of_bytes, read, tarred, zipped, zstd

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
