"""Lay a case out in a folder, read it as a user would, and say what differs from the expectation."""

from __future__ import annotations

import io
import json
from collections import defaultdict
from contextlib import redirect_stderr, redirect_stdout
from typing import TYPE_CHECKING, Any

from nn_doctor.main import main

if TYPE_CHECKING:
    from pathlib import Path

    from .case import Case, Curve

EXACT = 1e-6  # event files store 32-bit floats
CURVES = {"objective", "term", "metric"}
Read = dict[tuple[str, str], list[dict[str, Any]]]


def lay_out(case: Case, folder: Path) -> Path:
    """Write the files; returns the path to read."""
    for name, content in case.files.items():
        path = folder / name
        (path if callable(content) else path.parent).mkdir(parents=True, exist_ok=True)
        if callable(content):
            content(path)
        else:
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return folder / case.target


def read(path: Path) -> tuple[int, Read, str]:
    """Exit code, rows by (run, name), and what stands on standard error."""
    out, error = io.TextIOWrapper(io.BytesIO(), "utf-8"), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with redirect_stdout(out), redirect_stderr(error):
        code = main(["series", str(path), "--format", "json", "--no-config"])
    series: Read = defaultdict(list)
    if code == 0:
        for row in json.loads(_written(out)):
            series[row["source"] + ":" + row["run"], row["name"]].append(row)
    return code, series, _written(error)


def _written(stream: io.TextIOWrapper) -> str:
    stream.seek(0)
    return stream.read()


def differences(case: Case, code: int, series: Read) -> list[str]:
    """Every way in which the reading is not the expectation, in words."""
    if not case.curves:  # corrected: columns may be listed as not understood; taken for a curve they must not be
        taken_for_curves = sorted(n for (_, n), rows in series.items() if rows[0]["role"] in CURVES and len(rows) > 1)
        return [f"no curve of training, but read {taken_for_curves}"] if taken_for_curves else []
    if code != 0:
        return ["not read"]
    said = []
    taken: set[tuple[str, str]] = set()
    for curve in case.curves:
        found = [key for key, rows in series.items() if key not in taken and _same_values(curve, rows)]
        right = [key for key in found if not _wrong(curve, series[key])]
        if right:
            taken.add(right[0])
        elif found:
            taken.add(found[0])
            said.append(f"{found[0][1]}: {'; '.join(_wrong(curve, series[found[0]]))}")
        else:
            said.append(
                f"no curve has the {len(curve.values)} values {curve.values[0]} … {curve.values[-1]} "
                f"({'loss' if curve.loss else 'metric'}, {curve.split})"
            )
    runs = {run for run, _ in series}
    if len(runs) != case.runs:
        said.append(f"{len(runs)} runs, not {case.runs}")
    return said


def _same_values(curve: Curve, rows: list[dict[str, Any]]) -> bool:
    values = [row["value"] for row in rows]
    return len(values) == len(curve.values) and all(
        isinstance(v, int | float) and abs(v - w) <= EXACT * max(1.0, abs(w))
        for v, w in zip(values, curve.values, strict=True)
    )


def _wrong(curve: Curve, rows: list[dict[str, Any]]) -> list[str]:
    first = rows[0]
    out = []
    if first["split"] not in curve.split.split("|"):
        out.append(f"split {first['split']}, not {curve.split}")
    if first["goal"] != curve.goal:
        out.append(f"goal {first['goal']}, not {curve.goal}")
    if curve.loss and first["role"] != "objective":
        out.append(f"role {first['role']}, not objective")
    if curve.axis and first["axis"] != curve.axis:
        out.append(f"axis {first['axis']}, not {curve.axis}")
    if curve.axis and [row["x"] for row in rows] != list(curve.xs):
        out.append(f"x {rows[0]['x']} … {rows[-1]['x']}, not {curve.xs[0]} … {curve.xs[-1]}")
    return out
