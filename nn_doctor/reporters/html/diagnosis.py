"""One diagnosis: what it says, what shows it, why, what to try, and its manual page."""

from __future__ import annotations

from typing import TYPE_CHECKING

from nn_doctor.reporters.html import words
from nn_doctor.reporters.markup import Raw, joined, tag
from nn_doctor.reporters.numbers import short

if TYPE_CHECKING:
    from collections.abc import Sequence

    from nn_doctor.report.model import Diagnosis, Evidence


def card(diagnosis: Diagnosis, rules: dict[str, dict[str, str]], shown: set[str]) -> Raw:
    """The diagnosis as an article; its page is put in where its code comes first (``shown`` remembers)."""
    head = tag("h3", words.badge(diagnosis.severity), words.title(diagnosis.slug))
    facts = [diagnosis.code, words.sure(diagnosis)]
    if diagnosis.severity != diagnosis.default_severity:
        facts.append(f"usually {diagnosis.default_severity}")
    if diagnosis.because_of:
        facts.append(f"follows from {diagnosis.because_of}")
    if diagnosis.known:
        facts.append("known")
    return tag(
        "article",
        head,
        tag("p", " · ".join(facts), class_="quiet small"),
        tag("p", diagnosis.summary, class_="summary"),
        _parts(diagnosis),
        _page(diagnosis.code, rules, shown),
        class_=f"finding {diagnosis.severity}",
    )


def _parts(diagnosis: Diagnosis) -> Raw:
    return tag(
        "div",
        _list("What shows it", "ul", [_evidence(e) for e in diagnosis.evidence]),
        _list("Likely because", "ul", diagnosis.causes),
        _list("Try first", "ol", diagnosis.fixes),
        class_="parts",
    )


def _list(heading: str, kind: str, items: Sequence[str]) -> Raw | None:
    if not items:
        return None
    return tag("div", tag("h4", heading), tag(kind, *(tag("li", item) for item in items)))


def _evidence(evidence: Evidence) -> Raw:
    """The sentence, and under it the number it was judged by, where that was held against a limit."""
    if evidence.measured is None or evidence.threshold is None:
        return joined([evidence.text])
    numbers = f"measured {short(evidence.measured)}, limit {short(evidence.threshold)}"
    return joined([evidence.text, tag("span", numbers, class_="number")])


def _page(code: str, rules: dict[str, dict[str, str]], shown: set[str]) -> Raw | None:
    rule = rules.get(code)
    if rule is None:
        return None
    if code in shown:
        return tag("p", tag("a", f"The page of {code}", href=f"#page-{code}"), class_="small")
    shown.add(code)
    heading = tag("summary", f"The page of {code}")
    return tag("details", heading, manual(rule.get("page", "")), id=f"page-{code}")


def manual(text: str) -> Raw:
    """A manual page (headings underlined with dashes, paragraphs, lists) as HTML."""
    parts: list[Raw] = []
    for block in text.split("\n\n"):
        lines = block.strip("\n").split("\n")
        if len(lines) > 1 and set(lines[1]) == {"-"}:
            parts.append(tag("h5", lines[0]))
            lines = lines[2:]
        if lines and all(line.startswith(("- ", "  ")) for line in lines):
            items = "\n".join(lines).removeprefix("- ").split("\n- ")
            parts.append(tag("ul", *(tag("li", " ".join(item.split())) for item in items)))
        elif any(lines):
            parts.append(words.prose(" ".join(line.strip() for line in lines)))
    return tag("div", *parts, class_="manual")
