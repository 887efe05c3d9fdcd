"""Hyper-parameters that the hparams plug-in stored beside the scalars (tensorboard/plugins/hparams)."""

from __future__ import annotations

from struct import unpack_from

from nn_doctor.parsers.common.wire import BYTES, FIXED64, VARINT, WireError, fields, varint

_SESSION_START, _HPARAMS = 3, 1
_NUMBER, _STRING, _BOOL = 2, 3, 4


def hparams_of(content: bytes) -> dict[str, object]:
    """The hyper-parameters in HParamsPluginData, or nothing if it holds none or cannot be parsed."""
    try:
        return _session_start(content)
    except WireError:
        return {}


def _session_start(content: bytes) -> dict[str, object]:
    params: dict[str, object] = {}
    for number, wire, lo, hi in fields(content, 0, len(content)):
        if number != _SESSION_START or wire != BYTES:
            continue
        for inner, inner_wire, start, end in fields(content, lo, hi):
            if inner == _HPARAMS and inner_wire == BYTES:
                name, value = _entry(content, start, end)
                if value is not None:
                    params[name] = value
    return params


def _entry(content: bytes, lo: int, hi: int) -> tuple[str, object]:
    name, value = "", None
    for number, wire, start, end in fields(content, lo, hi):
        if number == 1 and wire == BYTES:
            name = content[start:end].decode("utf-8", "backslashreplace")
        elif number == 2 and wire == BYTES:
            value = _value(content, start, end)
    return name, value


def _value(content: bytes, lo: int, hi: int) -> object:
    """A google.protobuf.Value that is a number, a text or a truth value."""
    for number, wire, start, end in fields(content, lo, hi):
        if number == _NUMBER and wire == FIXED64:
            return float(unpack_from("<d", content, start)[0])
        if number == _STRING and wire == BYTES:
            return content[start:end].decode("utf-8", "backslashreplace")
        if number == _BOOL and wire == VARINT:
            return bool(varint(content, start, end)[0])
    return None
