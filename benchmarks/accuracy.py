"""How often nn-doctor is right: ``python -m benchmarks.accuracy [--logs FOLDER] [--rivals PYTHON] [--show PART]``.

Scores nn-doctor on the stored logs of the laboratory and, with ``--logs`` (a folder holding ``wild``, ``overfitguard``
and ``algoperf``), on logs of other people; with ``--rivals`` (an interpreter that has trainspotter and runmedic) the
rivals too. Writes ACCURACY.md, and said.txt with a line a log, so that a change of rules shows as a diff. ``--show
tuning`` prints the mistakes of the tuning part and writes nothing; with ``--logs`` also those on the tuning halves of
other people's logs, with ``--thinned`` also those where every second record is left out.
"""

from __future__ import annotations

import argparse
import subprocess
import tempfile
from pathlib import Path

from benchmarks.scoring import cases as corpora
from benchmarks.scoring.cases import Case
from benchmarks.scoring.doctors import Answer, ours, rival
from benchmarks.scoring.page import page
from benchmarks.scoring.scores import false_alarm, first_right
from nn_doctor.version import __version__

HERE = Path(__file__).parent
RIVALS = {"trainspotter": "0.2.6", "runmedic": "0.1.1"}


def main() -> None:
    """Score, and write or show."""
    options = _options()
    with tempfile.TemporaryDirectory() as folder:
        if options.show:
            cases = [*corpora.laboratory(Path(folder)), *_others(options.logs)]
            cases += _thinned(Path(folder) / "thinned", [options.show]) if options.thinned else []
            cases = [case for case in cases if case.part == options.show and options.only in case.id]
            show(cases, ours(cases))
            return
        thinned = _thinned(Path(folder) / "thinned", ["judging", "held-out"])
        cases = [*corpora.laboratory(Path(folder)), *thinned, *_others(options.logs)]
        answers = {"nn-doctor": ours(cases)}
        versions = {"nn-doctor": __version__}
        for name in RIVALS if options.rivals else ():
            versions[name] = _version(options.rivals, name)
            answers[name] = rival(name, options.rivals, cases)
    (HERE / "ACCURACY.md").write_text(page(cases, answers, versions))
    (HERE / "said.txt").write_text(said(cases, answers["nn-doctor"]))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--logs", type=Path, help="folder with wild, overfitguard, algoperf")
    parser.add_argument("--rivals", help="an interpreter that has the rivals installed")
    parser.add_argument("--show", help="print the mistakes of a part (tuning) and write nothing")
    parser.add_argument("--only", default="", help="with --show: part of the names of the logs")
    parser.add_argument("--thinned", action="store_true", help="with --show: also with every second record left out")
    return parser.parse_args()


def _thinned(folder: Path, parts: list[str]) -> list[Case]:
    folder.mkdir()
    return [case for case in corpora.thinned(folder) if case.part in parts]


def _others(folder: Path | None) -> list[Case]:
    found: list[Case] = []
    for name in ("overfitguard", "wild", "algoperf") if folder else ():
        if folder and (folder / name).is_dir():
            found += getattr(corpora, name)(folder / name)
    return found


def _version(python: str, name: str) -> str:
    """The installed version of a rival, which must be the pinned one."""
    code = f"import importlib.metadata as m; print(m.version('{name}'))"
    done = subprocess.run([python, "-c", code], capture_output=True, text=True, check=True)
    version = done.stdout.strip()
    if version != RIVALS[name]:
        raise SystemExit(f"{name} {version} is installed; the page compares with {RIVALS[name]}")
    return version


def said(cases: list[Case], answers: list[Answer]) -> str:
    """A line a log of the laboratory: what was said, alarms with an exclamation mark."""
    lines = [f"{case.id}: {_words(answer)}\n" for case, answer in zip(cases, answers, strict=True)
             if case.corpus == "laboratory"]  # fmt: skip
    return "".join(sorted(lines))


def _words(answer: Answer) -> str:
    words = [f"{sorted(s.slugs)[0]}{'!' * s.alarm} {s.confidence:.1f}" for s in answer.said]
    return answer.failure or ", ".join(words) or "nothing"


def show(cases: list[Case], answers: list[Answer]) -> None:
    """Print every log of which something wrong or nothing right was said, then a line a corpus."""
    for case, answer in zip(cases, answers, strict=True):
        good, false = first_right(case, answer), false_alarm(case, answer)
        if not good or false or answer.failure:
            print("FALSE" if false else "miss ", case.id, "| label", ", ".join(sorted(case.first)), "|", _words(answer))
    for corpus in dict.fromkeys(case.corpus for case in cases):
        print(_summary(corpus, [(c, a) for c, a in zip(cases, answers, strict=True) if c.corpus == corpus]))


def _summary(corpus: str, pairs: list[tuple[Case, Answer]]) -> str:
    """A line on a corpus; of logs without labels (AlgoPerf) only the number of alarms means something."""
    right, false = sum(first_right(*pair) for pair in pairs), sum(false_alarm(*pair) for pair in pairs)
    healthy = [pair for pair in pairs if pair[0].healthy]
    ill = sum(false_alarm(*pair) for pair in healthy)
    return f"{corpus}: {len(pairs)} logs, first right {right}, false alarms {false}, of {len(healthy)} healthy {ill}"


if __name__ == "__main__":
    main()
