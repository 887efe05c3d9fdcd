"""Folders as experiment trackers and trainers leave them: each function writes one below ``folder``."""

from __future__ import annotations

import json
import struct
import zlib

from dialects import CLOCK, keep

RUN_ID = "k3v8x2qa"
BLOCK = 1 << 15


def wandb_run(records, folder):
    """An offline run of W&B: history and configuration in the run file, what was printed beside it."""
    home = folder / f"offline-run-20231114_221320-{RUN_ID}"
    (home / "files").mkdir(parents=True, exist_ok=True)
    rows = [{**v, "_step": i, "_timestamp": CLOCK + i, "_runtime": i} for i, v in enumerate(keep(records))]
    settings = {"batch_size": 32, "optimizer": {"name": "sgd"}}
    (home / f"run-{RUN_ID}.wandb").write_bytes(wandb_file(rows, settings, "calm-sea-7"))
    printed = "".join(f"epoch {r['epoch']} loss {r['loss']:.4f}\n" for r in records)
    (home / "files" / "output.log").write_text(printed, encoding="utf-8", newline="\n")


def wandb_file(rows, settings, name):
    """The bytes of a run file: header, run with its configuration, a record of system metrics, the history."""
    config = b"".join(_field(1, _item(1, key, value)) for key, value in settings.items())
    run = _field(1, RUN_ID.encode()) + _field(4, config) + _field(8, name.encode())
    stats = _field(3, _field(1, b"cpu") + _field(16, b"12.5"))
    bodies = [_field(21, b""), _field(17, run), _field(7, stats)]
    bodies += [_field(2, b"".join(_field(1, _item(2, *pair)) for pair in row.items())) for row in rows]
    return framed([b"\x08" + _varint(number) + body for number, body in enumerate(bodies, start=1)])


def framed(records):
    """The framing of LevelDB's log: blocks of 32 KiB, a record that does not fit goes on in the next."""
    out = bytearray(b":W&B\xe1\xbe\x00")
    for record in records:
        at, first = 0, True
        while first or at < len(record):
            room = BLOCK - len(out) % BLOCK - 7
            if room < 0:
                out += bytes(room + 7)
                continue
            piece = record[at : at + room]
            at += len(piece)
            last = at == len(record)
            kind = {(True, True): 1, (True, False): 2, (False, False): 3, (False, True): 4}[first, last]
            out += struct.pack("<IHB", zlib.crc32(bytes([kind]) + piece), len(piece), kind) + piece
            first = False
    return bytes(out)


def _item(field, key, value):
    """An item whose key is plain (1) or nested (2), its value in JSON."""
    return _field(field, key.encode()) + _field(16, json.dumps(value).encode())


def _field(number, payload):
    return _varint(number << 3 | 2) + _varint(len(payload)) + payload


def _varint(value):
    out = bytearray()
    while value >= 0x80:
        out.append(value & 0x7F | 0x80)
        value >>= 7
    return bytes([*out, value])
