"""The classification report of scikit-learn and seqeval, printed in the middle of a log."""

from __future__ import annotations

import re
from dataclasses import dataclass

_HEADER = re.compile(r"\s{1,80}precision\s{1,20}recall\s{1,20}f1-score\s{1,20}support\s*$")
_ROW = re.compile(r"\s{0,80}\S.{0,80}?(?:\s{1,80}(?:\d\.\d{1,12}|nan)){1,3}\s{1,40}\d{1,12}(?:\.0)?\s*$")


@dataclass(slots=True)
class ClassReport:
    """Passes over the rows of a report, which tells of one moment.

    Its "accuracy" is of no split that it names, most often of the test set at the end: no point of any curve.
    """

    inside: bool = False

    def passes(self, text: str) -> bool:
        """Whether a line belongs to a report."""
        if self.inside:
            self.inside = not text.strip() or _ROW.match(text[:300]) is not None
            return self.inside
        self.inside = "f1-score" in text and _HEADER.match(text[:300]) is not None
        return self.inside
