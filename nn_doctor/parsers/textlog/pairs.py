"""Boxes of two columns without bars: a name and its value a line, between two rulers (rllab, rlkit, garage)."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from nn_doctor.parsers.textlog.grid import NUMBER

_RULER = re.compile(r"\s{0,4}-{3,80}\s{1,4}-{2,40}\s*$")
_ROW = re.compile(rf"\s{{0,4}}([A-Za-z_][\w/ .%()-]{{0,78}}?)\s{{1,80}}({NUMBER})\s*$")
TALLEST = 400


@dataclass(slots=True)
class PairBox:
    """The box being read, if any."""

    inside: bool = False
    _found: list[tuple[str, str]] = field(default_factory=list)

    def lines(self, text: str) -> list[tuple[str, str]] | None:
        """The rows of a box that ends here, [] inside of one, None outside."""
        if text.lstrip()[:1] == "-" and _RULER.match(text[:200]):
            found, self._found = self._found, []
            self.inside = not found
            return found
        if not self.inside:
            return None
        row = _ROW.match(text[:200])
        if row is None or len(self._found) >= TALLEST:
            self.inside, self._found = False, []
            return None
        self._found.append((row.group(1), row.group(2)))
        return []
