"""MLPerf training logs: ``:::MLLOG {…}`` lines between whatever else the framework printed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import Match, Parser

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Head, ReadOptions
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Note, Recording

MARK = ":::MLLOG"
_OLD = re.compile(r":::MLPv0\.\d\.\d \S{1,80} \S{1,40} \(")


def sniff(head: Head) -> Match:
    """SHAPE for a text with a line of either version."""
    if head.text is None:
        return Match.NO
    return Match.SHAPE if f"{MARK} {{" in head.text or _OLD.search(head.text) else Match.NO


def read(source: Source, options: ReadOptions) -> list[Recording]:
    """Evaluations and losses of the marked lines, beside what the other lines hold; settings as parameters."""
    from nn_doctor.parsers import text
    from nn_doctor.parsers.mlperf.lines import Collected
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Recording

    found = Collected()
    rest = "\n".join(found.without_marked(source.text().split("\n")))
    channels, notes = found.channels(options.x)
    params = dict(found.params)
    more: list[Note] = []
    try:
        for printed in text.read(Source(source.where, given=rest.encode("utf-8", "replace")), options):
            names = {channel.name for channel in channels}
            channels += [channel for channel in printed.channels if channel.name not in names]
            params = {**printed.params, **params}
            more.extend(printed.notes)
    except ReadError:
        if not channels:
            raise ReadError(source.where, "holds MLPerf's marks, but no evaluation and no loss") from None
    return [Recording(tuple(channels), params=params, notes=(*notes, *more))]


PARSER = Parser(
    name="mllog",
    title="MLPerf log (:::MLLOG lines)",
    sniff=sniff,
    read=read,
    suffixes=(".log", ".txt", ".out"),
    specialises=("text", "delimited"),
    example=':::MLLOG {"key": "eval_accuracy", "value": 0.75, "metadata": {"epoch_num": 40}, …}',
)
