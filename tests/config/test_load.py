"""The file: where it is found, and what is refused, naming file and key."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nn_doctor.catalogue.registry import all_rules
from nn_doctor.config import load
from nn_doctor.config.keys import KEYS
from nn_doctor.errors import ConfigError


@pytest.fixture
def folder(tmp_path, monkeypatch):
    (tmp_path / "project" / "runs" / "deep").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "project")
    return tmp_path / "project"


def own(folder, text):
    (folder / "nn-doctor.toml").write_text(text)
    return load.find()


def test_nearest_upwards_wins_and_the_own_file_over_the_shared(folder, monkeypatch):
    assert load.find() == load.Config()
    (folder.parent / "nn-doctor.toml").write_text('fail-on = "note"')
    (folder / "pyproject.toml").write_text("[tool.other]\nnn-doctor = 1\n")
    assert load.find().values == {"fail_on": "note"}
    (folder / "pyproject.toml").write_text('[tool.nn-doctor]\nfail-on = "critical"\n')
    monkeypatch.chdir(folder / "runs" / "deep")
    found = load.find()
    assert (found.values, found.folder) == ({"fail_on": "critical"}, str(folder.resolve()))
    (folder / "nn-doctor.toml").write_text("")
    assert load.find().values == {}


def test_a_broken_pyproject_that_is_none_of_ours_is_left_alone(folder):
    (folder / "pyproject.toml").write_text("[tool.black\n")
    assert load.find() == load.Config()
    (folder / "pyproject.toml").write_text("[tool.nn-doctor\n")
    with pytest.raises(ConfigError, match=r"^pyproject.toml: no valid TOML"):
        load.find()


def test_every_key(folder):
    found = own(folder, """
        select = ["ND2", "loss-spikes"]
        ignore = ["ND203"]
        severities = {ND202 = "note", loss-spikes = "critical"}
        thresholds = {"nd202.rise" = 0.3, nd203 = {points = 20}}
        fail-on = "critical"
        min-confidence = 0.4
        gate-confidence = 1
        task = "lm"
        expect = "finetune"
        classes = 10
        batches-per-epoch = 5
        val-size = 100
        params = {lr = 0.1, optimizer = "adam", amp = true}
        parser = "delimited"
        map = {cost = "loss/train", "a=b" = "-"}
        objective = "cost"
        x = "it"
        from = 1
        to = 9.5
        restarts = "join"
        format = "json"
        reports = ["sarif:out.sarif"]
        known = "before.json"
        jobs = 2
        [[overrides]]
        paths = ["runs/gan-*"]
        task = "gan"
        ignore = []
    """)  # fmt: skip
    assert found.values == {
        "select": ("ND2", "ND108"), "ignore": ("ND203",), "severities": {"ND202": "note", "ND108": "critical"},
        "limits": {"nd202.rise": 0.3, "nd203.points": 20.0}, "fail_on": "critical", "min_confidence": 0.4,
        "gate_confidence": 1.0, "task": "lm", "expect": "finetune", "classes": 10, "batches_per_epoch": 5,
        "val_size": 100, "params": {"lr": 0.1, "optimizer": "adam", "amp": True}, "parser": "delimited",
        "maps": ("cost=loss/train", "a=b=-"), "objective": "cost", "x": "it", "x_from": 1.0, "x_to": 9.5,
        "restarts": "join", "form": "json", "reports": (("sarif", str(folder.resolve() / "out.sarif")),),
        "known": str(folder.resolve() / "before.json"), "jobs": 2,
    }  # fmt: skip
    assert found.overrides == (load.ByPath(("runs/gan-*",), {"task": "gan", "ignore": ()}),)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("selct = []", "selct: no such key (did you mean 'select'?)"),
        ("zzz = 1", "zzz: no such key (there are: select, ignore, "),
        ("select = 'ND2'", "select: a list of texts is wanted, not text"),
        ("select = [2]", "select: text is wanted, not a number"),
        ("ignore = ['ND999']", "ignore: no diagnosis is called 'ND999' (did you mean ND"),
        ("ignore = ['los-spikes']", "ignore: no diagnosis is called 'los-spikes' (did you mean loss-spikes?)"),
        ("severities = {ND2 = 'note'}", "severities: 'ND2' names several"),
        ("severities = {ND202 = 'notes'}", "severities: ND202: 'notes' is none of its words (did you mean 'note'?)"),
        ("thresholds = {'nd202.ris' = 1}", "nd202.ris: no such threshold (did you mean 'nd202.rise'?)"),
        ("thresholds = {'nd202.rise' = '1'}", "nd202.rise: a number is wanted, not text"),
        ("thresholds = {'nd202.rise' = nan}", "nd202.rise: nan is no finite number"),
        ("fail-on = 'warn'", "fail-on: 'warn' is none of its words (did you mean 'warning'?)"),
        ("gate-confidence = 1.5", "gate-confidence: 1.5 is outside 0 to 1"),
        ("min-confidence = true", "min-confidence: a number is wanted, not true or false"),
        ("classes = 1", "classes: 1 is less than 2"),
        ("classes = 2.0", "classes: a whole number is wanted"),
        ("map = {cost = 'loss/trian'}", "map: --map 'cost=loss/trian': the split is"),
        ("params = {lr = [1]}", "params: lr: a number, text, true or false is wanted, not a list"),
        ("format = 'jsno'", "format: no report format named 'jsno' (did you mean 'json'?)"),
        ("reports = ['json']", "reports: 'json' is not FORMAT:FILE"),
        ("from = 3\nto = 2", "from: 3 lies beyond to = 2"),
        ("objective = ''", "objective: the text is empty"),
        ("x = 2020-01-01", "x: text is wanted, not a date or time"),
        ("overrides = {}", "overrides: an array of tables is wanted"),
        ("[[overrides]]\ntask = 'gan'", "overrides[0].paths: missing"),
        ("[[overrides]]\npaths = ['a']\nformat = 'json'", "overrides[0].format: no such key"),
        ("[[overrides]]\npaths = ['a']\ntask = 'gann'", "overrides[0].task: 'gann' is none of its words"),
        ("x = ", "no valid TOML"),
        ("a = " + "[" * 2000, "no valid TOML"),
    ],
)
def test_refused_naming_file_and_key(folder, text, message):
    with pytest.raises(ConfigError) as caught:
        own(folder, text)
    assert str(caught.value).startswith("nn-doctor.toml: ") and message in str(caught.value)


def test_other_refusals(folder):
    for name, data, message in (
        ("missing.toml", None, "no such configuration file"),
        ("latin.toml", b"x = '\xe9'", "not UTF-8 at byte 5"),
        ("pyproject.toml", b"[tool.x]", "has no table [tool.nn-doctor]"),
        ("large.toml", b"#" * (1 << 21), "larger than 1 MB"),
    ):
        if data is not None:
            (folder / name).write_bytes(data)
        with pytest.raises(ConfigError, match="^" + name) as caught:
            load.load(name)
        assert message in str(caught.value)
    (folder / "pyproject.toml").write_text("[tool]\nnn-doctor = 3")
    with pytest.raises(ConfigError, match=r"tool\.nn-doctor: a table is wanted"):
        load.find()


def test_every_threshold_may_be_set_within_its_range_and_not_beyond(folder):
    for rule in all_rules():
        for threshold in rule.thresholds:
            for value in (threshold.low, threshold.default, threshold.high):
                assert own(folder, f"thresholds.{threshold.name} = {value!r}").values["limits"] == {
                    threshold.name: value
                }
            with pytest.raises(ConfigError, match="is outside"):
                own(folder, f"thresholds.{threshold.name} = {threshold.high * 2 + 1!r}")


TABLES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=6,
)


@given(st.sampled_from([key.name for key in KEYS] + ["plugins", "overrides", "paths"]), TABLES)
def test_any_value_is_taken_or_refused_in_one_line(tmp_path_factory, name, value):
    path = tmp_path_factory.getbasetemp() / "nn-doctor.toml"
    try:
        assert isinstance(load._checked(path, {name: value}), load.Config)
    except ConfigError as error:
        assert str(error).startswith(f"{path}: {name}")


@given(st.binary(max_size=60) | st.text(max_size=60).map(str.encode))
def test_any_bytes_are_taken_or_refused(tmp_path_factory, data):
    path = tmp_path_factory.getbasetemp() / "any.toml"
    path.write_bytes(data)
    try:
        load.load(str(path))
    except ConfigError as error:
        assert str(error).startswith(str(path))


@pytest.mark.skipif(os.name == "nt", reason="a folder in use cannot be removed")
def test_a_current_folder_that_is_gone(tmp_path, monkeypatch):
    from nn_doctor.main import main

    (tmp_path / "a.csv").write_text("epoch,loss\n" + "".join(f"{i},{0.9**i}\n" for i in range(30)))
    (tmp_path / "gone").mkdir()
    monkeypatch.chdir(tmp_path / "gone")
    (tmp_path / "gone").rmdir()
    assert main(["analyze", str(tmp_path / "a.csv"), "--format", "sarif"]) in (0, 1)
