"""The few dialects that the general mechanism would misread, each rewritten into plain key-value text.

Every pattern is anchored and bounded; a line that fits none comes back as it is.
"""

from __future__ import annotations

import re

_ROUND = re.compile(r"^\s*(?:\[LightGBM\] \[Info\]\s*)?\[(\d{1,9})\](?=[\s:])(?!\s*-)")
_DARKNET = re.compile(
    r"^\s*(\d{1,9}): ([\d.einfa+-]{1,30}), ([\d.einfa+-]{1,30}) avg(?: loss)?, ([\d.e+-]{1,30}) rate,"
)
_THREE = re.compile(r"^(\d{1,9}) (train|val|test|hella)\w{0,8} ([\d.einfa+-]{1,30})\s*$")
_BOX_ROW = re.compile(r"^\|\s{0,40}([A-Za-z_][\w/ ]{0,60}?)\s{0,60}\|\s{0,20}([+-]?[\d.einfa+-]{1,30})\s{0,40}\|\s*$")
_SAVING = re.compile(r"^(?:[\s|]*)Saving dict for global step (\d{1,12}):")
_COCO = re.compile(r"^\s*Average (?:Precision|Recall)\s")
_CATBOOST = re.compile(r"^(\d{1,9}):\t(?=learn|test)")
_FAIRSEQ = re.compile(r"^[\s|]*(train|valid|test|train_inner)\s*\|\s*epoch\s+(\d{1,9})\s*\|")


def rewritten(line: str) -> str:
    """The line as key-value text; "" for a line of a known shape that holds no point."""
    start = line[:24].lstrip()[:1]
    if start == "[":
        return _ROUND.sub(r"round \1 ", line, count=1)
    if start.isdigit():
        return _numbered(line)
    if start == "|" and (box := _BOX_ROW.match(line[:200])):
        return f"{box.group(1).strip()}: {box.group(2)}"
    if start == "A" and _COCO.match(line):
        return ""
    if "global step" in line:
        return _SAVING.sub(r"[val] step \1 |", line, count=1)
    if "epoch" in line[:40]:
        return _FAIRSEQ.sub(r"[\1] epoch \2 |", line, count=1)
    return line


def _numbered(line: str) -> str:
    """Lines that begin with their x."""
    if found := _DARKNET.match(line):
        step, loss, mean, rate = found.groups()
        return f"step {step} | loss: {loss} | avg loss: {mean} | lr: {rate}"
    if found := _THREE.match(line[:100]):
        step, split, value = found.groups()
        name = "val/hella accuracy" if split == "hella" else f"{split}/loss"
        return f"step {step} | {name}: {value}"
    return _CATBOOST.sub(r"round \1 ", line, count=1)
