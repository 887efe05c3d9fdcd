"""Logs, compressed or packed, that the tests of compression and of archives share."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import tarfile
import zipfile

import pytest

from nn_doctor import doctor

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
