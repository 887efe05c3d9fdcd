"""ACCURACY.md from scores."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np

from benchmarks.lab.base import HEALTHY
from benchmarks.scoring import readings
from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer
from benchmarks.scoring.first_looks import FIRST_LOOKS
from benchmarks.scoring.reliability import reliability
from benchmarks.scoring.scores import Pair, blunder, confusion, false_alarm, first_right, found, macro, rate

Answers = dict[str, list[Answer]]


def page(cases: Sequence[Case], answers: Answers, versions: dict[str, str]) -> str:
    """The whole page; ``answers``: doctor → answer for each case, nn-doctor first."""
    parts = [INTRODUCTION, _doctors(versions)]
    for corpus, part, title, text in SECTIONS:
        chosen = [i for i, case in enumerate(cases) if (case.corpus, case.part) == (corpus, part)]
        if chosen:
            parts.append(_section(title, text, [cases[i] for i in chosen], _pick(answers, chosen)))
    return "\n\n".join([*parts, FIRST_LOOKS]) + "\n"


def _pick(answers: Answers, chosen: Sequence[int]) -> Answers:
    return {name: [given[i] for i in chosen] for name, given in answers.items()}


def _doctors(versions: dict[str, str]) -> str:
    return "Scored: " + ", ".join(f"{name} {version}" for name, version in versions.items()) + "."


def _section(title: str, text: str, cases: list[Case], answers: Answers) -> str:
    every = list(zip(cases, answers["nn-doctor"], strict=True))
    hidden = readings.traceless(cases)
    kept = [i for i, case in enumerate(cases) if case.group not in hidden]
    cases, answers = [cases[i] for i in kept], _pick(answers, kept)
    mine = list(zip(cases, answers["nn-doctor"], strict=True))
    blocks = [f"## {title}", text, _overall(cases, answers)]
    if read := readings.answers([case for case, _ in every]):
        blocks.append(_readers(read, every, hidden))
    if title.startswith("Laboratory"):
        blocks += [_by("family", lambda case: case.id.split("/")[0], mine), _by("label", lambda case: case.label, mine)]
        blocks += [_confusion(mine), _reliability(mine)]
    return "\n\n".join(blocks)


def _overall(cases: list[Case], answers: Answers) -> str:
    return _table({name: list(zip(cases, given, strict=True)) for name, given in answers.items()})


def _table(doctors: dict[str, list[Pair]]) -> str:
    rows = [
        "| doctor | logs | unread | first right | macro | found | false alarms, healthy | the same, ill | blunders |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, pairs in doctors.items():
        labelled = [p for p in pairs if p[0].first]
        healthy, ill = [p for p in pairs if p[0].healthy], [p for p in pairs if not p[0].healthy]
        unread = sum(bool(answer.failure) for _, answer in pairs)
        cells = [name, len(pairs), unread, rate(labelled, first_right), _percent(macro(labelled, first_right)),
                 rate([p for p in ill if p[0].first], found), rate(healthy, false_alarm), rate(ill, false_alarm),
                 rate(labelled, blunder)]  # fmt: skip
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def _readers(read: list[Pair], every: list[Pair], hidden: frozenset[str]) -> str:
    """nn-doctor beside the readers of pictures, on the runs these looked at, and on what counts as without a trace."""
    looked = {case.id for case, _ in read}
    same = [pair for pair in every if pair[0].id in looked]
    rest = [pair for pair in every if pair[0].group in hidden]
    text = (
        f"Readers who did not know what was injected looked at {len(read)} of these runs. Of {len(hidden)} trainings "
        f"({len(rest)} runs) two of them missed the label altogether: those count as without a visible trace and are "
        "left out of the table above. With every label in:"
    )
    rows = {"nn-doctor, every label": every, "nn-doctor, runs looked at": same, "readers, the same runs": read}
    if rest:
        rows["nn-doctor, without a trace"] = rest
    return text + "\n\n" + _table(rows)


def _percent(value: float) -> str:
    return "–" if np.isnan(value) else f"{100 * value:.1f}"


def _by(name: str, key: Callable[[Case], str], pairs: list[Pair]) -> str:
    """A row for each label, or for each family."""
    rows = [
        f"| {name} | trainings | runs | first right | found | false alarms | blunders |",
        "|---|---|---|---|---|---|---|",
    ]
    for value in sorted({key(case) for case, _ in pairs}, key=lambda value: (value == HEALTHY, value)):
        of = [p for p in pairs if key(p[0]) == value]
        cells = [value, len({case.group for case, _ in of}), len(of), rate(of, first_right), rate(of, found),
                 rate(of, false_alarm), rate(of, blunder)]  # fmt: skip
        rows.append("| " + " | ".join(map(str, cells)) + " |")
    return "\n".join(rows)


def _confusion(pairs: list[Pair]) -> str:
    rows = [
        "What was taken for what, in runs:",
        "",
        "| label | said first | runs |",
        "|---|---|---|",
    ]
    rows += [f"| {label} | {said} | {n} |" for (label, said), n in confusion(pairs).most_common()]
    return "\n".join(rows)


def _reliability(pairs: list[Pair]) -> str:
    made = reliability(pairs)
    head = ["Confidence against truth, weighted to four healthy runs of five:", "",
            "| said | diagnoses | mean confidence | right |", "|---|---|---|---|"]  # fmt: skip
    rows = [f"| {low:.2f}–{high:.2f} | {n} | {mean:.3f} | {share:.3f} |" for low, high, n, mean, share in made.rows]
    end = f"\nMean distance {made.error:.3f}; a perfect forecaster stays below {made.chance:.3f} in 95 % of draws."
    return "\n".join([*head, *rows, end])


INTRODUCTION = """# How often nn-doctor is right

Written by `python -m benchmarks.accuracy`; do not edit. Shares are per cent, in brackets the 95 % interval when the
trainings, with all their repeats, are drawn anew. *First right*: the first diagnosis is one that the label accepts as
first, or a healthy run raises no alarm. *Macro*: the mean of that over labels. *Found*: of ill runs, it was said at
all. *False alarm*: anything at warning or above that the label does not accept. *Blunder*: something at warning or
above that an expert would not forgive. The rivals are mapped generously: a finding of theirs counts as right if any
of the diagnoses that it may mean is right, and what they say of speed and memory is left out. They know fewer
diagnoses than are asked here."""

SECTIONS = (
    ("laboratory", "judging", "Laboratory: judging part",
     "Families of trainings (data set, model, script) that no rule was tuned on. Their labels were given from the "
     "plotted curves before any rule was run on them: those of torch_* by an author of rules, all others by people "
     "who had not read the rules. How the part came about, and what new families got at the first look, stands at the "
     "end of this page."),
    ("laboratory", "held-out", "Laboratory: families held out",
     "Three families more, of data and models that are in neither of the other parts."),
    ("laboratory", "tuning", "Laboratory: tuning part",
     "For comparison only: the rules grew up on these, and the trees of the second opinion learned from each run."),
    ("thinned", "judging", "Half the records: judging part",
     "The same logs of the judging part as if every second record of each kind had never been logged. Some faults can "
     "no longer be seen then (what returns every second record, what lasts for one), but a healthy run is healthy "
     "still."),
    ("thinned", "held-out", "Half the records: families held out", "The same of the families held out."),
    ("overfitguard", "judging", "Overfitguard: judging half",
     "419 histories of Li et al. 2024, labelled overfit or not; half of the models were not tuned on. A history "
     "labelled not overfit counts as healthy here although something else may be wrong with it."),
    ("wild", "judging", "Logs of other people: judging half",
     "Logs from public repositories with an expert's labels, the debatable ones left out; half of the repositories "
     "were not tuned on. What cannot be read counts as nothing said."),
    ("algoperf", "judging", "AlgoPerf: judging half",
     "Submissions to the AlgoPerf competition have no labels: the share of false alarms is the share of runs with an "
     "alarm of any kind. Four were plotted and looked at one by one in November 2026, and all are true: validation "
     "climbs by 33 and 45 per cent while train falls (052, 112), both losses burst together again and again (072, "
     "085). Alarms on other runs came later and were not looked at."),
)  # fmt: skip
