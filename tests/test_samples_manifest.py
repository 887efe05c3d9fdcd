"""Each expect file of ``sample_logs/`` parses, stands beside exactly one log, and is filled in."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

SAMPLES = Path(__file__).parent.parent / "sample_logs"
EXPECTS = sorted(SAMPLES.glob("*.expect.toml"))
SLUG = re.compile(r"[a-z]+(-[a-z]+)*")
LIMIT = 60_000


def logs_of(expect: Path) -> list[Path]:
    """The log, or folder of a bundle, that ``expect`` speaks of."""
    name = expect.name.removesuffix(".expect.toml")
    return [path for path in SAMPLES.iterdir() if path.name.split(".")[0] == name and path.suffix != ".toml"]


def size(path: Path) -> int:
    return sum(p.stat().st_size for p in ([path] if path.is_file() else path.rglob("*")) if p.is_file())


def test_there_are_samples() -> None:
    assert sum(p.name.startswith("nd") for p in EXPECTS) >= 20
    assert sum(p.name.startswith("healthy") for p in EXPECTS) >= 12


@pytest.mark.parametrize("expect", EXPECTS, ids=lambda p: p.name.split(".")[0])
def test_expect_file(expect: Path) -> None:
    table = tomllib.loads(expect.read_text(encoding="utf-8"))
    (log,) = logs_of(expect)
    assert 0 < size(log) <= LIMIT
    assert table["about"].endswith(".")
    assert table["made_by"]
    judged = table.get("run", [table])
    for run in judged:
        assert run["first"]
        assert all(SLUG.fullmatch(slug) for slug in run["first"] + run["also"])
        assert expect.name.startswith("healthy") == (run["first"] == ["healthy"])
    names = {run.get("name") for run in judged}
    assert table["series"]
    for series in table["series"]:
        assert series["points"] > 0
        assert series["split"] in {"train", "val", "test", "none"}
        assert series.get("run") in names


def test_every_log_has_an_expect_file() -> None:
    known = {path for expect in EXPECTS for path in logs_of(expect)}
    rest = [p for p in SAMPLES.iterdir() if p not in known and p.suffix != ".toml" and p.name[0] not in "._"]
    assert {p.name for p in rest} == {"README.md", "make"}
