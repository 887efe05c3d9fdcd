from __future__ import annotations

import struct

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
from tensorboard.compat.proto import event_pb2, summary_pb2, tensor_pb2, types_pb2
from tensorboard.compat.tensorflow_stub.pywrap_tensorflow import masked_crc32c
from tensorboard.util import tensor_util

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.tensorboard import PARSER
from nn_doctor.parsers.tfevents.crc32c import masked_crc, masked_crcs

Value = summary_pb2.Summary.Value


def framed(data: bytes) -> bytes:
    head = struct.pack("<Q", len(data))
    return b"".join((head, struct.pack("<I", masked_crc32c(head)), data, struct.pack("<I", masked_crc32c(data))))


def event(step: int, *values: Value) -> bytes:
    summary = summary_pb2.Summary(value=values)
    return framed(event_pb2.Event(wall_time=1e9 + step / 8, step=step, summary=summary).SerializeToString())


def tensor_value(tag: str, plugin: str = "scalars", **fields) -> Value:
    metadata = summary_pb2.SummaryMetadata(plugin_data={"plugin_name": plugin})
    return Value(tag=tag, metadata=metadata, tensor=tensor_pb2.TensorProto(**fields))


VERSION = framed(event_pb2.Event(wall_time=1.0, file_version="brain.Event:2").SerializeToString())
PLAIN = VERSION + b"".join(event(i, Value(tag="loss", simple_value=5.0 - i)) for i in range(12))


def read(data: bytes):
    return PARSER.read(Source("events.out.tfevents.1.host", given=data), ReadOptions())[0]


def points(recording) -> dict[str, list[tuple[float, float, float]]]:
    return {c.name: list(zip(c.step, c.time, c.y, strict=True)) for c in recording.channels}


def by_tensorboard(path) -> dict[str, list[tuple[float, float, float]]]:
    accumulator = EventAccumulator(str(path), size_guidance={"scalars": 0, "tensors": 0})
    accumulator.Reload()
    found = {t: [(e.step, e.wall_time, e.value) for e in accumulator.Scalars(t)] for t in accumulator.Tags()["scalars"]}
    for tag in accumulator.Tags()["tensors"]:
        if accumulator.summary_metadata[tag].plugin_data.plugin_name == "scalars":
            events = accumulator.Tensors(tag)
            found[tag] = [(e.step, e.wall_time, float(tensor_util.make_ndarray(e.tensor_proto))) for e in events]
    return found


def mixed(n: int) -> bytes:
    """Every form of scalar, interleaved, with histograms between and steps over several varint lengths."""
    half = np.float16(0.1).tobytes()
    rng = np.random.default_rng(0)
    parts = [VERSION]
    for i in range(n):
        v, step = float(rng.normal()), (i * 37) % 20_000
        parts += [
            event(step, Value(tag="a", simple_value=v), Value(tag="b", simple_value=float("nan"))),
            event(step, tensor_value("content", dtype=types_pb2.DT_FLOAT, tensor_content=struct.pack("<f", v))),
            event(step, tensor_value("double", dtype=types_pb2.DT_DOUBLE, double_val=[v])),
            event(step, tensor_value("float", dtype=types_pb2.DT_FLOAT, float_val=[v])),
            event(step, tensor_value("int", dtype=types_pb2.DT_INT32, int_val=[i - 5])),
            event(step, tensor_value("half", dtype=types_pb2.DT_HALF, tensor_content=half)),
            event(step, tensor_value("text", "text", dtype=types_pb2.DT_STRING, string_val=[b"x"])),
            event(step, Value(tag="h", histo=summary_pb2.HistogramProto(bucket=rng.random(i % 40).tolist()))),
            event(step, Value(tag=f"t{i % 7}", simple_value=v)),
        ]
    return b"".join(parts)


def test_equal_to_tensorboard(tmp_path):
    path = tmp_path / "events.out.tfevents.1.host"
    path.write_bytes(mixed(150))
    ours, theirs = points(read(path.read_bytes())), by_tensorboard(path)
    assert set(ours) == set(theirs)
    for tag, expected in theirs.items():
        np.testing.assert_array_equal(np.array(ours[tag]), np.array(expected), err_msg=tag)


def test_channels_by_first_appearance():
    names = [c.name for c in read(mixed(20)).channels]
    assert names[:7] == ["a", "b", "content", "double", "float", "int", "half"]


def test_read_from_a_path(tmp_path):
    path = tmp_path / "anything"
    path.write_bytes(PLAIN)
    source = Source(str(path), path)
    assert PARSER.sniff(source.head) is Match.SIGNATURE
    assert PARSER.read(source, ReadOptions())[0].channels[0].y.size == 12


def test_steps_are_signed_and_going_back_is_kept():
    data = VERSION + b"".join(event(s, Value(tag="x", simple_value=1.0)) for s in (-3, 5, 2, 0, 1 << 40))
    assert read(data).channels[0].step.tolist() == [-3, 5, 2, 0, 1 << 40]


def test_cut_at_any_byte_gives_the_sound_prefix():
    ends = np.cumsum([0, *(len(p) for p in split_records(PLAIN))])
    for cut in range(int(ends[2]), len(PLAIN)):
        whole = int(np.searchsorted(ends, cut, side="right")) - 1
        recording = read(PLAIN[:cut])
        assert recording.channels[0].y.tolist() == [5.0 - i for i in range(whole - 1)], cut
        assert bool(recording.notes) == (cut not in ends)


def split_records(data: bytes) -> list[bytes]:
    parts, at = [], 0
    while at < len(data):
        size = struct.unpack_from("<Q", data, at)[0] + 16
        parts.append(data[at : at + size])
        at += size
    return parts


def test_every_flipped_byte_is_noticed():
    ends = np.cumsum([len(p) for p in split_records(PLAIN)])
    for at in range(int(ends[1]), len(PLAIN), 3):
        damaged = bytearray(PLAIN)
        damaged[at] ^= 0x10
        whole = int(np.searchsorted(ends, at, side="right"))
        recording = read(bytes(damaged))
        assert recording.channels[0].y.size == whole - 1, at
        assert any("damaged" in n.text or "ends within" in n.text for n in recording.notes), at


@pytest.mark.parametrize("length", [2**40, 2**63, 2**64 - 1])
def test_a_huge_length_is_not_allocated(length):
    head = struct.pack("<Q", length)
    for crc in (masked_crc32c(head), 0):
        assert read(PLAIN + head + struct.pack("<I", crc) + b"abc").channels[0].y.size == 12


def test_records_that_are_no_events_are_skipped_with_a_note():
    for garbage in (b"", b"\x2a\xff\xff\x03", b"\x0b", b"\x2a\x04\x0a\x7f\x0a\x01", b"\xff" * 30):
        recording = read(VERSION + framed(garbage) + PLAIN[len(VERSION) :])
        assert recording.channels[0].y.size == 12
        assert bool(recording.notes) == (garbage != b"")


def test_hyper_parameters_become_params():
    entry = b"\x0a\x02lr\x12\x09\x11" + struct.pack("<d", 0.5)
    start = b"\x0a" + bytes([len(entry)]) + entry
    content = b"\x1a" + bytes([len(start)]) + start
    metadata = summary_pb2.SummaryMetadata(plugin_data={"plugin_name": "hparams", "content": content})
    data = PLAIN + event(0, Value(tag="_hparams_/session_start_info", metadata=metadata))
    assert read(data).params == {"lr": 0.5}


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 9\n", "git lfs pull"),
        (b"", "empty"),
        (VERSION, "no scalars"),
        (b"some text\n", "not a TensorBoard"),
        (b"\x00" * 40, "damaged"),
    ],
)
def test_refused(data, why):
    with pytest.raises(ReadError, match=why):
        read(data)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.lists(st.binary(max_size=80), max_size=12))
def test_any_bytes_are_read_or_refused(tail, records):
    for data in (tail, VERSION + tail, PLAIN + b"".join(map(framed, records)) + tail):
        try:
            recording = read(data)
        except ReadError:
            continue
        assert all(c.y.size == c.step.size == c.time.size for c in recording.channels)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.integers(0, 700), min_size=1, max_size=20), st.integers(0, 2**32))
def test_checksums_equal_tensorboards(lengths, seed):
    data = np.random.default_rng(seed).integers(0, 256, sum(lengths) + 1, dtype=np.uint8)
    sizes = np.array(lengths, dtype=np.int64)
    starts = np.cumsum(sizes) - sizes
    pieces = [data[s : s + n].tobytes() for s, n in zip(starts, sizes, strict=True)]
    assert masked_crcs(data, starts, sizes).tolist() == [masked_crc32c(piece) for piece in pieces]
    assert masked_crc(pieces[0]) == masked_crc32c(pieces[0])


def test_events_say_what_they_are_counted_by() -> None:
    assert {c.counted_by for c in read(PLAIN).channels} == {(("step", "step"), ("time", "wall_time"))}
