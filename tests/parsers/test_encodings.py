"""The same log in any encoding and with any line ends gives the same numbers, in tables, JSON and text."""

from __future__ import annotations

import codecs
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor import doctor
from nn_doctor.parsers.common.decoding import decoded, decoded_head, wide_encoding

ROWS = [(e, round(1 / e, 5), round(1.1 / e, 5)) for e in range(1, 21)]
LOGS = {
    "run.csv": "epoch,loss,val_loss\n" + "".join(f"{e},{a},{b}\n" for e, a, b in ROWS),
    "run.tsv": "epoch\tloss\tval_loss\n" + "".join(f"{e}\t{a}\t{b}\n" for e, a, b in ROWS),
    "run.log": "".join(f"Epoch {e}/20 - loss: {a} - val_loss: {b}\n" for e, a, b in ROWS),
    "run.jsonl": "".join(json.dumps({"epoch": e, "loss": a, "val_loss": b}) + "\n" for e, a, b in ROWS),
    "run.json": json.dumps({n: [r[i] for r in ROWS] for i, n in enumerate(("epoch", "loss", "val_loss"))}),
}  # fmt: skip
ENCODINGS = {
    "utf-8": str.encode,
    "utf-8 with mark": lambda t: codecs.BOM_UTF8 + t.encode(),
    "utf-16 little with mark": lambda t: codecs.BOM_UTF16_LE + t.encode("utf-16-le"),
    "utf-16 big with mark": lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
    "utf-16 little": lambda t: t.encode("utf-16-le"),
    "utf-16 big": lambda t: t.encode("utf-16-be"),
}
ENDS = {"LF": "\n", "CRLF": "\r\n", "CR CR LF": "\r\r\n", "CR": "\r"}


def values(data, name):
    reading = doctor.read_runs(["-"], doctor.Settings(parser=name), stdin=data)
    assert reading.failures == []
    (run,) = reading.runs
    return [run.find("loss").y.tolist(), run.find("val_loss").y.tolist()], run.notes


@pytest.mark.parametrize("name", LOGS)
@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("end", ENDS)
def test_every_encoding_and_line_end(name, encoding, end):
    data = ENCODINGS[encoding](LOGS[name].replace("\n", ENDS[end]))
    assert values(data, None)[0] == [[r[1] for r in ROWS], [r[2] for r in ROWS]]


@pytest.mark.parametrize("name", ["run.csv", "run.log", "run.jsonl"])
@pytest.mark.parametrize("word", ["größe", "naïve café", "“smart”", "€ 5", "\x81"])
def test_latin_1_and_windows_1252_with_a_note(name, word):
    encoding = "latin-1" if word == "\x81" else "cp1252"
    line = {"run.csv": f"# {word}\n", "run.log": f"{word}\n", "run.jsonl": f'{{"who": "{word}"}}\n'}[name]
    found, notes = values((line + LOGS[name]).encode(encoding), None)
    assert found == [[r[1] for r in ROWS], [r[2] for r in ROWS]]
    assert any("Latin-1" in note.text for note in notes)


def test_names_beyond_ascii_survive():
    for encoding in ("utf-8", "cp1252", "utf-16"):
        text = "époque,loss,größe\n" + "".join(f"{e},{a},{b}\n" for e, a, b in ROWS)
        reading = doctor.read_runs(["-"], doctor.Settings(), stdin=text.encode(encoding))
        assert "größe" in {s.name for s in reading.runs[0].series}


@pytest.mark.parametrize("name", LOGS)
def test_a_run_of_nuls(name):
    data = LOGS[name].encode()
    end = data.rfind(b"\n", 0, len(data) // 2) + 1
    for at in {end, len(data)}:
        found, _ = values(data[:at] + bytes(225) + data[at:], None)
        assert found == [[r[1] for r in ROWS], [r[2] for r in ROWS]]


def test_a_few_bad_bytes_do_not_turn_utf8_into_latin_1():
    text, guess = decoded("größe ü ä ö\n".encode() * 20 + b"\xff\n")
    assert text == "größe ü ä ö\n" * 20 + "\ufffd\n"
    assert "replaced" in guess


def test_a_character_cut_at_the_end_is_no_other_encoding():
    text, _ = decoded("loss: 0.5 größe".encode()[:-3])
    assert text.startswith("loss: 0.5 gr")


@given(st.text(st.characters(codec="utf-8")))
def test_utf8_is_what_python_says_unless_it_is_wide(text):
    data = text.encode()
    if not wide_encoding(data):
        assert decoded(data) == (text.removeprefix("\ufeff"), "")


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_decoded_or_binary(data, cut):
    assert isinstance(decoded(data)[0], str)
    head = decoded_head(data, cut)
    assert head is None or isinstance(head, str)


def test_numbers_in_binary_are_not_utf_16():
    import struct

    assert wide_encoding(b"".join(struct.pack("<h", i % 9) for i in range(2000))) == ""
    assert wide_encoding(bytes(4000)) == ""
