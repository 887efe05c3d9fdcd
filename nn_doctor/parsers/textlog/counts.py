"""Counters and signs written in ways of their own, rewritten into the words that the general mechanism knows.

``[E01 S0016]``, ``epoch03:``, ``Epochs 3/10.``, ``000120 | loss = 0.5``, ``>120, loss=0.5``; ``|g|``, a norm.
"""

from __future__ import annotations

import re

_END = r"(?=[\s\]):,;|/]|$)"
_GLUED = re.compile(rf"(?<![\w./-])(epoch|ep|step|iteration|iter|it|batch)[-_]?(\d{{1,9}}){_END}", re.IGNORECASE)
_OF_SPLIT = re.compile(r"^(\s{0,8})(epoch|ep)(\d{1,6})_(?=(?:train|valid|val|dev|eval|test)\b)", re.IGNORECASE)
"""``EP14_test, avg_loss= 3.3`` (codertimo's BERT)."""
_PAIRED = re.compile(r"^\s{0,8}\d{1,6}\|(\d{1,9})\|(?=[A-Za-z][\w /]{0,30}: [-+.\dni])")
"""``1|5|Loss: 2.9``: epoch and step of the run (torchtune), before a bar that counts within the epoch."""
_AFTER_EXAMPLES = re.compile(r"^\s{0,8}([A-Za-z ]{1,20}) after (\d{1,12})(?: examples)?: (?=\{)")
"""``train stats after 160 examples: {...}``, ``eval after 640: {...}`` (the reference implementation of DPO)."""
_LETTERS = re.compile(
    rf"^([\s|\[(]{{0,8}})e(\d{{1,6}})(?:/\d{{1,6}})?[\s/|:,.\]\[-]{{1,4}}(?:(s|i|it)|b)(\d{{1,9}}){_END}", re.IGNORECASE
)
_OF_EPOCHS = re.compile(
    r"^[\s|]{0,8}(?:epochs:?(?= \d{1,6}/\d)|stage(?= \d{1,6}/(?:\u221e|\d{1,6}) {1,3}\[=\]))", re.IGNORECASE
)
"""What counts epochs though it says "Epochs" (of simpletransformers) or "stage" (before a bar: kraken)."""
_LETTER = re.compile(r"^(\s{0,8}[\[(])(?:(e)|s|i)(\d{1,9})(?=[\])])", re.IGNORECASE)
_BARE = re.compile(
    r"^\s{0,8}(?:>\s?)?(\d{1,9})\s{0,4}(?:[|,;:]|--?)\s{1,8}"
    r"(?=\|{0,2}[A-Za-z][\w./ -]{0,40}\|{0,2}\s?[=:]\s?[-+]?[.\dni])"
)
_PIPED = re.compile(r"^\s{0,8}(\d{1,9}) \| (?=(?:[a-z]{1,10}[_ ])?loss:? \d)", re.IGNORECASE)
"""``120 | loss 2.5 | lr 3e-4``: steps before a bar."""
_HASH = re.compile(r"^\s{0,8}#(\d{1,9}):?\s{1,4}(?=[A-Za-z][\w /]{0,30}[:=] ?[-+.\dni])")
_UNIT = re.compile(
    r"^\s{0,12}(\d{1,9}) (?:it|its|iters|steps|updates)\s{1,12}(?:[\d.]{1,12}[kKMB]? (?:tok|tokens))?(?=[\s|,;])"
)
"""``120 it   9.8k tok | loss 2.1``: the unit behind the number, perhaps the tokens seen."""
_NAMED_GROUP = re.compile(r" \(([A-Za-z]{1,12}) (\d{1,3})\)(?=[=:])")
"""``LR (group 0)=3.0e-04``."""
_PARENTHESISED = re.compile(r"^\s{0,8}\((\d{1,9})\) (?=[A-Za-z][\w /]{0,30}[:=] ?[-+.\dni])")
"""``(20) Loss=0.5``, as XLA's examples count steps behind the replica."""
_TIMED = re.compile(r"^(\d{1,6}):\s{1,4}\[[\dhms:. ]{1,20} / [\dhms:. ]{1,20}\],\s{1,8}(?=[A-Za-z])")
"""``0:\t[0s / 0s],\t\ttrain_loss: 0.5``: the epoch, how long it and all of them took (pycox)."""
_MEAN = re.compile(
    r"^(\s{0,8}[A-Za-z ]{0,30}\b(?:loss|acc|accuracy|f1|error)) (?:epoch|per (\d{1,6}) (?:training )?steps)"
    r"(?=: -?\d{0,6}\.\d{1,20}\s*$)",
    re.IGNORECASE,
)
"""``Training loss epoch: 0.5``, ``Training loss per 100 training steps: 0.5``: means; what follows is no count."""
_COUNTED = re.compile(r"\b(?:epochs?|ep|steps?|iter|iteration|batch|round|update)\b", re.IGNORECASE)
_NORM = re.compile("\\|{1,2} ?(?:grad|g|dJ|dL|\u2207[A-Za-z]?)(?:_\\w{1,8})? ?\\|{1,2}(?:_?2)?(?=\\s?[=:])")
_RATE = re.compile("(?<![\\w.])(?:eta|\u03b7)(?=\\s?[=:]\\s?[\\d.]{1,12}e-\\d)")
"""No time to arrival is written with an exponent."""
HEAD = 32
"""Characters at the start of a line among which a counter is looked for."""


def spelt(line: str) -> str:
    """The line with its counters and signs in words."""
    line = _lettered(line)
    if ")=" in line or "):" in line:
        line = _NAMED_GROUP.sub(r"_\1\2", line)
    if line.lstrip()[:1] == "(":
        line = _PARENTHESISED.sub(r"step \1 | ", line, count=1)
    if " after " in line[:40]:
        line = _AFTER_EXAMPLES.sub(r"\1 | step \2 | ", line, count=1)
    if (mean := _MEAN.match(line[:100])) is not None:
        line = f"{'running ' if mean.group(2) else ''}{mean.group(1).strip()}{line[mean.end() :]}"
    if "|" in line or "eta" in line or "\u03b7" in line:
        line = _RATE.sub("lr", _NORM.sub("grad_norm", line))
    return line


def led(line: str) -> str:
    """The line with a word for the number it begins with.

    A bare number in front of named values counts steps, unless the line says elsewhere what it counts.
    """
    if (marked := _HASH.match(line[:200])) is not None:
        return f"step {marked.group(1)} | {line[marked.end() :]}"
    if (pair := _PAIRED.match(line[:80])) is not None:
        return f"step {pair.group(1)} | {line[pair.end() :]}"
    if " / " in line[:40] and (timed := _TIMED.match(line)) is not None:
        return f"epoch {timed.group(1)} | {line[timed.end() :]}"
    if (counted := _UNIT.match(line[:80])) is not None:
        return f"step {counted.group(1)} | {line[counted.end() :]}"
    found = _BARE.match(line[:200]) or _PIPED.match(line[:60])
    if found is None or _COUNTED.search(line):
        return line
    return f"step {found.group(1)} | {line[found.end() :]}"


def _lettered(line: str) -> str:
    """Counters glued to their word or letter."""
    line = _OF_EPOCHS.sub("epoch", line, count=1)
    head = line[:HEAD]
    if (found := _LETTERS.match(head)) is not None:
        lead, epoch, step, count = found.groups()
        return f"{lead}epoch {epoch} {'step' if step else 'batch'} {count}{line[found.end() :]}"
    if (found := _LETTER.match(head)) is not None:
        lead, epoch, count = found.groups()
        return f"{lead}{'epoch' if epoch else 'step'} {count}{line[found.end() :]}"
    head = _OF_SPLIT.sub(r"\1\2 \3 ", head)
    return _GLUED.sub(r"\1 \2", head, count=1) + line[HEAD:]
