"""The few dialects that the general mechanism would misread, each rewritten into plain key-value text.

Every pattern is anchored and bounded; a line that fits none comes back as it is.
"""

from __future__ import annotations

import json
import re

from nn_doctor.parsers.textlog import counts, tools

_ROUND = re.compile(r"^\s*(?:\[\s*\]\s*)?(?:\[LightGBM\] \[Info\]\s*)?\[(\d{1,9})\](?=[\s:])(?!\s*-)")
_DARKNET = re.compile(
    r"^\s*(\d{1,9}): ([\d.einfa+-]{1,30}), ([\d.einfa+-]{1,30}) avg(?: loss)?, ([\d.e+-]{1,30}) rate,"
)
_REGION = re.compile(r"^\s*(?:Region \d{1,4} Avg|v3 \(|total_bbox = )")
_THREE = re.compile(r"^(\d{1,9}) (train|val|test|hella)\w{0,8} ([\d.einfa+-]{1,30})\s*$")
_SAVING = re.compile(r"^(?:[\s|]*)Saving dict for global step (\d{1,12}):")
_COCO = re.compile(r"^[\s=~]{0,20}Average (?:Precision|Recall)\s")
_CATBOOST = re.compile(
    r"^(\d{1,9}):\s{1,8}(?:learn: ([\d.einfa+-]{1,30}))?\s{0,8}(?:test: ([\d.einfa+-]{1,30}))?"
    r"\s{0,8}(?:best: ([\d.einfa+-]{1,30}) )?.{0,200}total: "
)
_FAIRSEQ = re.compile(r"^[\s|]*(train|valid|test|train_inner)\s*\|\s*epoch\s+(\d{1,9})\s*\|")
_UPDATE = re.compile(r'"update": [\d.]{1,20}, ')
_TIMM = re.compile(r"^[\s|:-]{0,20}(Train|Val|Valid|Test|Eval)\w{0,8}: (\d{1,9})(?= \[)")
_SPLIT_EPOCH = re.compile(r"^\s{0,8}(Train|Valid|Val|Test) (\d{1,6}), (?=loss: )", re.IGNORECASE)
_STEPS = re.compile(r"^[\s|]{0,20}steps: (\d{1,12}) (?=loss: )")
_SOURCE = re.compile(r"\b[\w.]{1,80}:\d{1,6} >> ")
_TWO_COUNTS = re.compile(r"^\s*\[\s{0,8}(\d{1,9}/\d{1,9})\]\s{0,4}\[\s{0,8}(\d{1,9}/\d{1,9})\]")
_COMPOSER = re.compile(r"^\s*\[(?:epoch=\d{1,9}/\d{1,9}\]\[)?batch=(\d{1,12})/")
_LEROBOT = re.compile(r"\bsmpl:\S{1,20} ep:\S{1,20} epch:")
_AFTER = re.compile(
    r"^([\s|]{0,20})([A-Za-z][\w .%/-]{0,60}?) (?:after|at|for|in|on|of)(?: the)? (epoch|iteration|iter|step|round) #?"
    r"(\d{1,9})(?:/\d{1,9})?\s{0,4}(?:[:=]|is|was|-)\s{0,4}(?=[+-]?[.\d]|nan|inf|tensor|\[)",
    re.IGNORECASE,
)
_AFTER_SPLITS = re.compile(
    r"^([\s|]{0,20})([A-Za-z][\w .%-]{0,60}?) (?:after|at|for|in|of)(?: the)? (epoch|iteration|step|round) #?(\d{1,9})"
    r"(?:/\d{1,9})?\s{0,4}[:,|-]{1,2}\s{0,4}(?=(?:train|val|test)\w{0,10}\s?[:=])",
    re.IGNORECASE,
)
_SPLIT_NAME = re.compile(r"(?<!\w)((?:train|val|test)[a-z]{0,10})(?=\s?[:=]\s?[-+.\dni])", re.IGNORECASE)
_NEAR = re.compile(r" (?:after|at|for|in|on|of) (?:the )?(?:ep|it|st|ro)", re.IGNORECASE)
_PAIR = re.compile(r"^\s{0,20}\[\s{0,10}(\d{1,7}),\s{1,10}(\d{1,9})\](?=\s)")
_LOSS_OF = re.compile(r"^(\w{3,10} loss) (\d{1,9}):? (?=\d{1,9}\.)", re.IGNORECASE)
_SCALED = re.compile(r"(?<![\w.])([\d.]{1,12})([kM]?)it/([\d.]{1,12})([kM]?)it\b")
_OWN_BAR = re.compile(r"^\s{0,8}\[=\] (?=.{0,400}:)")
_LAST_COUNT = re.compile(r"\s(\d{1,9}/\d{1,9})\s{0,8}$")
_TITLED_BAR = re.compile(r"\bsteps: {1,4}(?:\d{1,3})?%\|\[=\] ?\|? ?(?=\d{1,9}/\d)")
"""``steps: 38%|███ | 36/96``: the bar of a whole run, whatever counts epochs beside it."""
_BOTH = re.compile(r"\bepoch/iter: (\d{1,6})/(\d{1,9})\b")
_WENET = re.compile(r"\b(TRAIN|CV) Batch (\d{1,6})/(\d{1,9}) (?=loss )")
_ESPNET = re.compile(r"(\d{1,6})epoch(?: results:|:(train|valid):\d{1,9}-(\d{1,9})batch:)")
_KALDI = re.compile(
    r"\b(?:Average|Overall) (objective function|log-likelihood|log-probability|accuracy) for '([\w-]{1,40})'"
    r"(?: for minibatches \d{1,9}-(\d{1,9}))? is ([\d.e+-]{1,30}) "
)
_KALDI_FILE = re.compile(r"\bcompute_prob_(train|valid)\w{0,20}\.(\d{1,6})\.log:")
_TESSERACT = re.compile(
    r"At iteration \d{1,9}/(\d{1,9})/\d{1,9}, (?:Mean|mean) rms=([\d.]{1,12})%, .{0,60}?"
    r"(?:char|BCER) train=([\d.]{1,12})%, (?:word|BWER) train=([\d.]{1,12})%"
)
_LSTMEVAL = re.compile(
    r"At iteration (\d{1,9}), stage \d{1,3}, Eval Char error rate=([\d.]{1,12}), Word error rate=([\d.]{1,12})"
)
_SECONDS = re.compile(r"^(\[Epoch \d{1,6}\]) Training cost: [\d.]{1,12}, (?=[\w.-]{1,40}=)")
_ARROW = re.compile(r" ?[-=]> ?(?=[+-]?\.?\d|nan|inf)")
_LEADING_COUNT = re.compile(
    r"^\s{0,8}(\d{1,6})[.:]?\s{1,3}(?=(?:train|training|tr|loss|avg|mean)\b[\w ]{0,12}[:=])", re.IGNORECASE
)
_STARRED = re.compile(r"^\s{0,8}\d{1,6}/\d{1,6} \* (?=Epoch \d)")
_CHINESE = re.compile("\u7b2c\\s?(\\d{1,7})\\s?[\u8f6e\u8f2a](?:\\s?/\\s?\u5171?\\s?\\d{1,7}\\s?[\u8f6e\u8f2a]?)?")
_EVALUATED = re.compile(r"^(?:eval|train|valid|test|tracked)_(?!.*(?:start|stop|samples|batch|interval|freq))")


def rewritten(line: str) -> str:
    """The line as key-value text; "" for a line of a known shape that holds no point."""
    line = counts.spelt(line)
    start = line[:24].lstrip()[:1]
    if "> " in line:  # "loss -> 0.5"
        line = _ARROW.sub(": ", line)
    if start == "[":
        if "[=]" in line[:12]:
            line = _bar_of_its_own(line)
        line = _PAIR.sub(r"epoch \1 batch \2 |", line, count=1) if "," in line[:20] else line
        if "Training cost: " in line[:80]:  # the seconds that GluonCV's epochs took
            line = _SECONDS.sub(r"\1 ", line, count=1)
        line = _ROUND.sub(r"round \1 ", line, count=1)
        line = _COMPOSER.sub(r"step \1/", _TWO_COUNTS.sub(r"epoch [\1] [\2]", line, count=1), count=1)
    elif start == "(" and line.rstrip()[-1:] == ")":
        return tools.unzipped(line)
    elif start and start in ">#":  # "#120 train: 0.5": no comment
        line = counts.led(line)
    elif start.isdecimal():
        return _numbered(line)
    elif (start in "A=~" and _COCO.match(line)) or (start in "Rvt" and _REGION.match(line)):
        return ""
    if ":::MLL" in line:
        return _mllog(line)
    if "epoch" in line or "train==[" in line:
        line = _with_epoch(line)
    elif " is " in line and (found := _KALDI.search(line)):
        return _kaldi(line, found)
    return _counted(line)


def _bar_of_its_own(line: str) -> str:
    """``[=====>] Loss: 1.5 | Acc: 45% 391/391``: what is done stands behind the values, a Keras bar has it in front."""
    found = _LAST_COUNT.search(line[-40:])
    if not found or not _OWN_BAR.match(line):
        return line
    return f"{found.group(1)} {line.strip()[: -len(found.group().strip())]}"


def _in_words(line: str) -> str:
    """``Cost after iteration 100: 0.5``, ``Train loss 100 0.5``: the place comes between the name and its value."""
    head = line[:160]
    if _NEAR.search(head) and (found := _AFTER.match(head)):
        lead, name, kind, count = found.groups()
        return f"{lead}{kind} {count} | {name}: {line[found.end() :]}"
    if _NEAR.search(head) and (found := _AFTER_SPLITS.match(head)):  # "Loss at epoch 1: training: 0.5, validation: 0.6"
        lead, name, kind, count = found.groups()
        named = _SPLIT_NAME.sub(lambda split: f"{split.group()} {name}", line[found.end() :])
        return f"{lead}{kind} {count} | {named}"
    if ", loss: " in line[:24]:  # "Train 31, loss: 0.5, train acc: 0.9"
        return _SPLIT_EPOCH.sub(r"[\1] epoch \2 | ", line, count=1)
    if " loss " in line[:20] and _LOSS_OF.match(line):
        return _LOSS_OF.sub(r"step \2 | \1: ", line, count=1)
    return line


def _it_scaled(found: re.Match[str]) -> str:
    """Tqdm's counts with units: ``1.20kit/10.0kit``."""
    done, prefix, total, suffix = found.groups()
    scale = {"": 1, "k": 1000, "M": 1_000_000}
    try:
        return f"step {float(done) * scale[prefix]:.0f}/{float(total) * scale[suffix]:.0f}"
    except ValueError:
        return found.group()


def _counted(line: str) -> str:
    """Lines whose step or place is written in a way of its own."""
    line = tools.rewritten(_in_words(line))
    if "\u7b2c" in line:
        line = _CHINESE.sub(r"epoch \1 | ", line, count=1)
    if "it/" in line and "rate:" in line:
        line = _SCALED.sub(_it_scaled, line, count=1)
    if " Batch " in line[:80]:
        line = _WENET.sub(r"[\1] epoch \2 batch \3 | ", line, count=1)
    if "cur metric" in line:
        line = line.replace("cur metric,", "[val]", 1)
    if "global step" in line:
        return _SAVING.sub(r"[val] step \1 |", line, count=1)
    if "At iteration" in line:
        line = _TESSERACT.sub(r"step \1 | train/rms: \2 | train/cer: \3 | train/wer: \4 |||", line, count=1)
        line = line.partition("|||")[0]
        return _LSTMEVAL.sub(r"step \1 | val/cer: \2 | val/wer: \3", line, count=1)
    if "smpl:" in line:  # LeRobot counts episodes as "ep"
        line = _LEROBOT.sub("epoch:", line, count=1)
    if "nan iterations" in line:  # Megatron counts them; the word is no value
        line = line.replace("nan iterations", "bad iterations")
    if "lm loss PPL" in line:
        line = line.replace("lm loss PPL", "lm ppl")
    if "steps: " in line:
        line = _TITLED_BAR.sub("[=] step ", line, count=1)
        line = _STEPS.sub(r"step \1 | ", line, count=1)
    if ">> " in line:
        line = _SOURCE.sub(" ", line, count=1)
    return _TIMM.sub(r"[\1] epoch \2", line, count=1) if ": " in line[:40] and _TIMM.match(line) else line


def _with_epoch(line: str) -> str:
    line = line.replace("train==[", "loss: [", 1)  # "train==[0.55=0.5 + 0.05]", as graph recommenders print a loss
    if "epoch/iter" in line:
        line = _BOTH.sub(r"epoch \1 iter \2", line, count=1)
    if "epoch" in line[:40]:
        line = _FAIRSEQ.sub(r"[\1] epoch \2 |", line, count=1)
    if '"update": ' in line and "num_updates" in line:  # the epoch as a fraction, under the name of a step
        line = _UPDATE.sub("", line, count=1)
    found = _ESPNET.search(line[:200])
    if found:
        epoch, split, batch = found.groups()
        head = f"[{split}] epoch {epoch} batch {batch} | " if split else f"epoch {epoch} | "
        return head + line[found.end() :]
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
    if found := _CATBOOST.match(line[:400]):
        step, *values = found.groups()
        pairs = [f"{name}: {value}" for name, value in zip((LEARN, TEST, RECORD), values, strict=True) if value]
        return " | ".join([f"step {step}", *pairs])
    if "% " in line[:14]:
        line = tools.tutorial(line)
    line = counts.led(_LEADING_COUNT.sub(r"epoch \1 | ", line, count=1))
    line = _STARRED.sub("", line, count=1)  # Catalyst counts its stages before the epoch
    return _with_epoch(line) if "epoch" in line else line


LEARN, TEST, RECORD = "learn/loss", "eval/loss", "eval/record"
"""What CatBoost prints without a name: its objective, or any metric chosen instead (see select)."""


def _kaldi(line: str, found: re.Match[str]) -> str:
    """Kaldi's objective is a log-likelihood: higher is better."""
    what, output, last, value = found.groups()
    file = _KALDI_FILE.search(line[: found.start()])
    split = ("val" if file.group(1) == "valid" else "train") if file else ("train" if last else "")
    name = "accuracy" if what == "accuracy" else "log-likelihood"
    name = name if output == "output" else f"{output} {name}"
    step = file.group(2) if file else last
    head = f"step {step} | " if step else ""
    return f"{head}{split}/{name}: {value}" if split else f"{head}{name}: {value}"


def _mllog(line: str) -> str:
    """An evaluation in a record of MLPerf, or nothing."""
    try:
        record = json.loads(line[line.index("{") :])
        metadata = record.get("metadata") or {}
        key, value = str(record.get("key")), record.get("value")
    except (ValueError, AttributeError, RecursionError):
        return ""
    if not _EVALUATED.match(key) or not isinstance(metadata, dict):
        return ""
    x = [f"{word} {metadata[k]}" for k, word in _MLLOG_X if isinstance(metadata.get(k), int | float)][:2]
    numbers = value.items() if isinstance(value, dict) else [(key, value)]
    pairs = [f"{k}: {v}" for k, v in numbers if isinstance(v, int | float) and not isinstance(v, bool)]
    return " | ".join([REPEATED, *x, *pairs]) if x and pairs else ""


_MLLOG_X = (("epoch_num", "epoch"), ("step_num", "step"), ("samples_count", "step"))
REPEATED = ":::"
"""Begins lines that every rank prints."""
