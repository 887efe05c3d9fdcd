from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from json_files import PARSERS, lines, read, source_of, values

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.records.lenient import completed

RECORDS = [{"step": i, "loss": 10.5 - i, "note": 'a "quoted" {brace'} for i in range(8)]


def test_json_lines_cut_at_any_byte_give_the_whole_lines():
    data = lines(*RECORDS).encode()
    for cut in range(len(lines(RECORDS[0])) + 2, len(data)):
        whole = data[:cut].count(b"}\n") + (data[cut - 1 : cut] == b"}")
        assert values(read(data[:cut]))["loss"] == [10.5 - i for i in range(whole)], cut


@pytest.mark.parametrize("indent", [None, 2])
def test_documents_cut_at_any_byte_give_the_whole_records(indent):
    text = json.dumps({"log_history": RECORDS}, indent=indent)
    first = text.index("}") + 1
    for cut in range(first, len(text)):
        assert values(read(text[:cut]))["loss"] == [10.5 - i for i in range(text[:cut].count("}"))][:8], cut


def test_lists_by_name_cut_at_any_byte_keep_whole_numbers():
    text = json.dumps({"loss": [12.25, 11.5, 10.75], "val_loss": [13.5, 12.5]})
    for cut in range(text.index("11.5"), len(text)):
        for name, got in values(read(text[:cut])).items():
            assert got == json.loads(text)[name][: len(got)]


@settings(max_examples=200, deadline=None)
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(), lambda s: st.lists(s) | st.dictionaries(st.text(), s)
    ),
    st.data(),
)
def test_a_completed_document_begins_the_whole_one(document, data):
    text = json.dumps(document)
    made = completed(text[: data.draw(st.integers(0, len(text)))])
    assert made is None or _begins(json.loads(made), document)
    if isinstance(document, list | dict) and len(document) > 1:
        kept = json.loads(completed(text))
        assert len(kept) >= len(document) - 1 and _begins(kept, document)


def _begins(part, whole):
    """Whether a document is another one, or what of it stands before a cut."""
    if isinstance(part, list) and isinstance(whole, list):
        return len(part) <= len(whole) and _begins_all(part, whole)
    if isinstance(part, dict) and isinstance(whole, dict):
        names = list(whole)[: len(part)]
        return list(part) == names and _begins_all(list(part.values()), [whole[name] for name in names])
    return part == whole


def _begins_all(part, whole):
    return part[:-1] == whole[: len(part) - 1] and (not part or _begins(part[-1], whole[len(part) - 1]))


@settings(max_examples=300, deadline=None)
@given(st.binary(max_size=200) | st.text(alphabet='{}[]",:\\ \n\t0123456789.eE-+nulltrueNaN', max_size=200))
def test_any_bytes_are_read_or_refused(content):
    for parser in PARSERS:
        source = source_of(content)
        parser.sniff(source.head)
        try:
            recordings = parser.read(source, ReadOptions())
        except ReadError:
            continue
        assert all(len(c.y) == len(c.line) for r in recordings for c in r.channels)


@pytest.mark.parametrize(
    "content",
    [
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b'{"a":[\n' * 20_000,
        b'{"a":"\\"' * 20_000,
        b'{"a":1,"b":' * 20_000,
        b'{"' + b"\\" * 100_001,
        b'{"a"\n' * 20_000,
    ],
)
def test_hostile_text_is_refused(content):
    for parser in PARSERS:
        with pytest.raises(ReadError):
            parser.read(source_of(content), ReadOptions())


def test_many_keys_stop_at_the_limit():
    recording = read({f"loss{i}": i for i in range(20_000)})
    assert len(recording.channels) == 10_000
    assert any("10,000" in note.text for note in recording.notes)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"loss":1}{"loss":2}\n{"loss":3}\n', [1, 2, 3]),
        ('{\n "loss": 1\n}\n{\n "loss": 2\n}\n', [1, 2]),
        ('\ufeff{"loss":1}\n{"loss":2}', [1, 2]),
        ('{"loss":1}\nTraceback\n{"loss":2}\n', [1, 2]),
        ('{"loss":1,"loss":2}\n{"loss":3}\n', [2, 3]),
        ('{"loss":"3.625"}\n{"loss":1,}\n', [3.625, 1]),
        ('{"loss":1}\n' + '{"a":' * 5000 + "1" + "}" * 5000 + '\n{"loss":2}\n', [1, 2]),
        ('{"loss":' + "9" * 5000 + '}\n{"loss":2}\n', [float("inf"), 2]),
        ('{"loss":' + "9" * 400 + '}\n{"loss":2}\n', [float("inf"), 2]),
    ],
)
def test_odd_lines(text, expected):
    assert values(read(text))["loss"] == expected


def test_lone_surrogates_can_be_printed():
    assert "\\ud800" in values(read('{"\\ud800":1}\n{"\\ud800":2}\n'))
