"""Prints of single tools that count in words of their own, rewritten into plain key-value text."""

from __future__ import annotations

import math
import re

_CNTK = re.compile(
    r"^[\s|]{0,8}(?:Finished E(?:poch|valuation )\[\s{0,6}(\d{1,7})(?: of \d{1,7})?\]"
    r"|Minibatch\[\s{0,8}\d{1,9}-\s{0,8}(\d{1,9})\])"
    r":\s{0,4}(?:\[(Training|Validation)\])?"
)
_MINIBATCHES = re.compile(r"^Minibatch\[[\d -]{1,30}\]: ")
_WEIGHTED = re.compile(r" \* \d{1,12}")
_TUPLES = re.compile(r"^\((\w{1,40}(?:, \w{1,40}){1,20})\) = \(([^()]{1,400})\)\s*$")
_ITERATE = re.compile(r"^\s{0,4}At iterate\s{1,8}(\d{1,7})\s{1,8}(?=f=)")
_FORTRAN = re.compile(r"(f|\|proj g\|)=\s{0,4}([\d.+-]{1,20})D([+-]\d{2,3})\b")
_NNET = re.compile(r"^iter\s{1,4}(\d{1,7}) value ([\d.]{1,30})\s*$")
_TUTORIAL = re.compile(r"^\s{0,4}(?:\(-\s{1,4}\) )?\((\d{1,9}) \d{1,3}%\) ([\d.naif]{1,20})(?=\s|$)")
_PER_CENT = re.compile(r"^(\d{1,9}) \d{1,3}%\s{1,4}(?:\(\s{0,4}\) )?([\d.naif]{1,20})(?=\s|$)")
_SCORE = re.compile(r"\bScore at iteration (\d{1,12}) is (?=[\d.-]|NaN)")
_BY_CLASS = re.compile(r"\b((?:dice|dsc|iou|jaccard)\w{0,12}\s?[:=]?\s?)\[([^\[\]]{4,2000})(?:\]|$)", re.IGNORECASE)
"""``Pseudo dice [np.float32(0.81), nan]``: an overlap a class (nnU-Net)."""
_WRAPPED = re.compile(r"np\.float\d\d\(|tensor\(|\)")
_SPLIT_COUNT = re.compile(r"^(train|valid|infer)\w{0,8} \((\d{1,9}/\d{1,9})\) (?=[\w/.-]{1,60}: )")
_MONAI = re.compile(r"^current epoch: (\d{1,7}),? (?=current )")
_LEADING_STEPS = re.compile(
    r"^[\s|]{0,8}(?:num|total|env|environment|training|train)[_ ]steps\s?[:=]\s?([\d,]{1,15})[,|;\s]{1,4}"
    r"(?=[A-Za-z].{0,400}[:=])"
)
_BY_RESOLUTION = re.compile(r"(?<![\w.])(\d{1,6})_(h1|l2|[a-z]{2,12})(?=[=:] ?[\d.])")
"""``Eval: 16_h1=0.43, 16_l2=0.35``: neuraloperator names errors by the resolution they were found at."""
_VERIFIED = re.compile(
    r"^[\s|-]{0,8}\[(\w{1,30})\]\[(\d{1,9})\](XNorm|Accuracy-Flip|Accuracy-Highest|Accuracy): ([\d.naif]{1,20})"
)
_ACME = re.compile(r"\b(Actor Steps|Learner Steps|Steps) = (\d{1,12})\b")
_ACME_HEAD = re.compile(r"\[(\w{1,20})\] (?=[A-Z][\w ]{1,40} = .{0,400} \| )")
_ACME_COUNTS = re.compile(
    r"(?:[A-Z]\w{1,20} )?(?:Steps|Episodes|Time Elapsed|Walltime|Steps Per Second|Episode Length)"
    r" = [\d.]{1,20}(?: \| |\s*$)"
)


def unzipped(line: str) -> str:
    """``(epoch, loss) = (1, 0.5)``, as Julia shows several values at once."""
    found = _TUPLES.match(line[:1000])
    if not found:
        return line
    names, values = (part.split(", ") for part in found.groups())
    return " | ".join(map(" = ".join, zip(names, values, strict=False))) if len(names) == len(values) else ""


def rewritten(line: str) -> str:
    """Prints of single tools that count, or list, in words of their own."""
    if "[" in line and (by_class := _BY_CLASS.search(line)):
        return _mean_of_classes(line, by_class)
    return _counted(line)


def _counted(line: str) -> str:
    if "%) " in line[:40]:
        line = tutorial(line)
    if "Score at iteration" in line:  # what Deeplearning4j calls a score is its loss
        found = _SCORE.search(line)
        return f"step {found.group(1)} | loss: {line[found.end() :]}" if found else line
    if line[:5] in ("train", "valid", "infer") and "/" in line[:30]:  # Catalyst names the epoch behind the split
        return _SPLIT_COUNT.sub(r"[\1] epoch \2 | ", line, count=1)
    if "inished E" in line[:20] or "Minibatch[" in line[:20]:
        found = _CNTK.match(line)
        if found:
            epoch, batch, split = found.groups()
            head = f"epoch {epoch}" if epoch else f"step {batch}"
            body = _WEIGHTED.sub("", line[found.end() :]).rstrip(" ;").rpartition(" (")
            split = split or ("Test" if "inished Evaluation" in line[:30] else "Train")
            return f"{head} | [{split}] {_MINIBATCHES.sub('', body[0] or body[2])}"
    if "At iterate" in line[:16]:
        return _iterate(line)
    if line[:5] == "iter ":
        return _NNET.sub(r"step \1 | loss: \2", line)
    if line[:14] == "current epoch:":
        return _MONAI.sub(r"[val] epoch \1 | ", line)
    if "steps" in line[:24]:
        return _LEADING_STEPS.sub(r"step \1 | ", line)
    if line[:6] == "Eval: ":
        return _BY_RESOLUTION.sub(r"val/\2_\1", line)
    if "][" in line[:40] and (found := _VERIFIED.match(line)):
        return _verified(*found.groups())
    return _acme(line) if "Steps = " in line else line


def _mean_of_classes(line: str, found: re.Match[str]) -> str:
    """The line with the mean over the classes in place of their list; a class that no case held is nan."""
    if found.group()[-1] != "]":  # cut off
        return line[: found.start()]
    try:
        values = [float(cell) for cell in _WRAPPED.sub("", found.group(2)).replace(",", " ").split()]
    except ValueError:
        return line
    held = [value for value in values if not math.isnan(value)]
    if len(values) < 2 or not held:
        return line
    return f"{line[: found.start()]}{found.group(1)}{sum(held) / len(held):.6g}{line[found.end() :]}"


def _verified(pairs: str, step: str, name: str, value: str) -> str:
    """What insightface finds on one of its sets of pairs of faces; the highest so far was printed once already."""
    return "" if name == "Accuracy-Highest" else f"step {step} | val/{pairs}/{name}: {value}"


def _iterate(line: str) -> str:
    """L-BFGS-B's iterates in Fortran's numbers: the function, and the largest part of the projected gradient."""
    found = _ITERATE.match(line)
    if not found:
        return line
    names = {"f": "loss", "|proj g|": "grad_norm"}
    pairs = [f"{names[name]}: {digits}e{power}" for name, digits, power in _FORTRAN.findall(line[found.end() :][:200])]
    return " | ".join([f"step {found.group(1)}", *pairs])


def tutorial(line: str) -> str:
    """``(5000 6%) 2.8453``, ``5000 5% (0m 7s) 2.2370``: how PyTorch's tutorials print the mean loss so far."""
    if found := _TUTORIAL.match(line[:60]) or _PER_CENT.match(line[:60]):
        return f"step {found.group(1)} | loss: {found.group(2)}"
    return line


def _acme(line: str) -> str:
    """Acme's loggers print the counts of all workers among the values."""
    head = _ACME_HEAD.search(line[:200])
    counts = dict(_ACME.findall(line))
    step = next((counts[name] for name in ("Actor Steps", "Learner Steps", "Steps") if name in counts), "")
    if not head or not step:
        return line
    split = "[val] " if head.group(1).startswith("Eval") else ""
    return f"{split}step {step} | {_ACME_COUNTS.sub('', line[head.end() :])}"
