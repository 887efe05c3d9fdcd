"""Bytes made into files whose frames are sound, so that a fuzzer gets behind checksums; and the samples as seeds."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from pathlib import Path

from nn_doctor.parsers.tfevents.crc32c import masked_crc

NAMES = (
    "run.log", "run.csv", "run.json", "run.jsonl", "results.txt", "events.out.tfevents.1.x", "run", "run.tsv",
    "run.ipynb", "run.npz", "run-a.wandb", "run.parquet", "mlflow.db", "run.npy", "run.zip", "run.jsonl.gz",
    "run.tar.xz",
)  # fmt: skip
"""What an input may be called: its first byte chooses."""
SAMPLES = Path(__file__).parents[2] / "sample_logs"
LARGEST = 16_000
"""Bytes of a seed: mutations of longer ones take too long."""
_CHUNK = struct.Struct("<IHB")


def mended(name: str, content: bytes) -> bytes:
    """The content with right checksums, for formats that have some; zip archives are built around it."""
    if "tfevents" in name:
        return _tfevents(content)
    if name.endswith(".wandb"):
        return _wandb(content)
    return _npz(content) if name.endswith(".npz") else content


def _tfevents(content: bytes) -> bytes:
    data, at = bytearray(content), 0
    while at + 16 <= len(data):
        length = min(int.from_bytes(data[at : at + 2], "little"), len(data) - at - 16)
        data[at : at + 8] = struct.pack("<Q", length)
        data[at + 8 : at + 12] = struct.pack("<I", masked_crc(bytes(data[at : at + 8])))
        end = at + 12 + length
        data[end : end + 4] = struct.pack("<I", masked_crc(bytes(data[at + 12 : end])))
        at = end + 4
    return bytes(data)


def _wandb(content: bytes) -> bytes:
    data, at = bytearray(content), 7
    data[:7] = b":W&B\xe1\xbe\x00"
    while at + _CHUNK.size <= len(data):
        _, length, kind = _CHUNK.unpack_from(data, at)
        start = at + _CHUNK.size
        length = min(length, len(data) - start)
        checksum = zlib.crc32(data[start : start + length], zlib.crc32(bytes([kind])))
        _CHUNK.pack_into(data, at, checksum, length, kind)
        at = start + length
    return bytes(data)


def _npz(content: bytes) -> bytes:
    """Arrays of one archive, parted where the next begins."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for number, part in enumerate(content.split(b"\x93NUMPY")[1:4]):
            archive.writestr(f"{('loss', 'val_loss', 'step')[number]}.npy", b"\x93NUMPY" + part)
    return stream.getvalue()


def name_of(path: Path) -> int:
    """The number of the name nearest to a sample's."""
    if "tfevents" in path.name:
        return NAMES.index("events.out.tfevents.1.x")
    alike = [i for i, name in enumerate(NAMES) if path.suffix and name.endswith(path.suffix)]
    return alike[0] if alike else NAMES.index("run")


def write_seeds(folder: Path, wanted: str = "") -> None:
    """The samples as inputs, those only whose name contains ``wanted``."""
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted(p for p in SAMPLES.rglob("*") if p.is_file() and ".expect." not in p.name):
        number = name_of(path)
        if wanted in NAMES[number]:
            content = path.read_bytes()
            if path.suffix == ".npz":
                with zipfile.ZipFile(path) as archive:
                    content = b"".join(archive.read(name) for name in archive.namelist())
            whole = content if path.suffix in (".db", ".parquet") else content[:LARGEST]
            (folder / "-".join(path.relative_to(SAMPLES).parts)).write_bytes(bytes([number]) + whole)
