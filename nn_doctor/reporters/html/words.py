"""Signs and sentences that several parts of the page use."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor import safe
from nn_doctor.reporters.markup import Raw, joined, tag

if TYPE_CHECKING:
    from nn_doctor.report.model import Diagnosis, Report

SIGNS = {"critical": "✗", "warning": "!", "note": "·", "healthy": "✓", "unjudged": "?"}
NAME_LIMIT = 160
"""Characters of a name."""
BREAK = Raw("<wbr>")
RANK = {"critical": 0, "warning": 1, "note": 2, "unjudged": 3, "healthy": 4}


def badge(word: str) -> Raw:
    """A verdict or severity: sign, word and colour."""
    return tag("span", f"{SIGNS[word]} {word}", class_=f"badge {word}")


def worst_first(report: Report) -> list[int]:
    """Places of the runs in the report, worst verdict first, then by the first diagnosis' confidence, then as found."""

    def key(i: int) -> tuple[int, float, int]:
        run = report.runs[i]
        sure = run.diagnoses[0].confidence if run.diagnoses else 0.0
        return RANK[run.verdict], -sure, i

    return sorted(range(len(report.runs)), key=key)


def sure(diagnosis: Diagnosis) -> str:
    """The confidence in words."""
    share = f"{round(100 * diagnosis.confidence)} % sure" if diagnosis.confidence == diagnosis.confidence else "unsure"
    return share if diagnosis.calibrated else f"{share} (uncalibrated)"


def title(slug: str) -> str:
    """A slug as words."""
    return slug.replace("-", " ")


def name(text: str) -> Raw:
    """A name of a log or a column, which may be broken after its separators; a very long one is cut."""
    return joined(
        part for piece in re.split(r"(?<=[/_.#-])", safe.one_line(text, NAME_LIMIT)) for part in (piece, BREAK)
    )


def prose(text: str) -> Raw:
    """Own text with ``code`` in double or single backticks."""
    parts = re.split(r"``(.+?)``|`(.+?)`", text)
    made: list[str] = []
    for i in range(0, len(parts), 3):
        made.append(parts[i])
        code = next((c for c in parts[i + 1 : i + 3] if c), None)
        if code:
            made.append(tag("code", code))
    return tag("p", *made)
