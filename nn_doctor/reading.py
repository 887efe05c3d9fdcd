"""Bundles of files → runs: parser chosen, members read and joined, series built."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ONE_ROW, Match, ReadOptions
from nn_doctor.parsers.common.beside import params_beside
from nn_doctor.parsers.layouts.base import About
from nn_doctor.parsers.packed.opening import given_source, source_of
from nn_doctor.parsers.registry import choose, parser_named
from nn_doctor.series.build import SeriesOptions, runs_of
from nn_doctor.series.channel import Note, Recording
from nn_doctor.series.pieces import concatenate
from nn_doctor.series.stages import with_stages

if TYPE_CHECKING:
    from nn_doctor.parsers.base import Parser
    from nn_doctor.parsers.layouts.base import Bundle
    from nn_doctor.parsers.source import Source
    from nn_doctor.series.channel import Channel
    from nn_doctor.series.model import Run

PICKLES = frozenset({".pkl", ".pickle", ".pt", ".pth", ".joblib"})


def read_source(source: Source, parser: str | None, options: ReadOptions) -> tuple[Parser, Match, list[Recording]]:
    """The recordings of one member; raises ReadError if no parser claims it or the one that does cannot read it."""
    if source.size == 0:
        raise ReadError(source.where, "the file is empty")
    if parser is not None:
        chosen, match = parser_named(parser), Match.SIGNATURE
    else:
        found, match = choose(source.head)
        if found is None:
            raise ReadError(source.where, *_unclaimed(source))
        chosen = found
    everything = chosen.read(source, options)
    recordings = [r for r in everything if r.channels] or [r for r in everything if r.notes][:1]
    if not recordings:
        raise ReadError(source.where, "holds no training log: no numbers that change")
    notes = tuple(source.notes)
    return chosen, match, [replace(r, notes=(*r.notes, *notes)) for r in recordings]


def _unclaimed(source: Source) -> tuple[str, str]:
    if Path(source.name).suffix.lower() in PICKLES:
        return "nn-doctor never unpickles", "export the numbers as CSV or JSON"
    if source.head.text is None:
        return "a binary file of a kind nn-doctor does not read", "nn-doctor formats lists what it reads"
    return "no training log recognised in it", "nn-doctor formats lists what it reads; --parser NAME overrides"


def read_bundle(bundle: Bundle, parser: str | None, read: ReadOptions, series: SeriesOptions) -> list[Run]:
    """Every run of a bundle; members that hold nothing are Notes where the layout allows it, else ReadErrors."""
    source = str(bundle.folder)
    if len(bundle.members) == 1 and not bundle.members[0].prefix:
        path = bundle.members[0].path
        member = source_of(path)
        chosen, _, recordings = read_source(member, parser, read)
        recordings = [_with_about(recording, bundle) for recording in recordings]
        name = member.name if bundle.folder == path else bundle.folder.name
        return [replace(run, file=str(path)) for run in _runs(recordings, source, name, chosen.name, series)]
    joined, name = _joined(bundle, parser, read)
    return _runs([_with_about(joined, bundle)], source, bundle.folder.name, name, series)


def _with_about(recording: Recording, bundle: Bundle) -> Recording:
    """The recording with the hyper-parameters of its layout or beside its log; those in the log itself win."""
    if bundle.about is None:
        params, notes = params_beside(bundle.members[0].path)
        return _with(recording, About(params=params, notes=tuple(notes)))
    return _with(recording, bundle.about(bundle.folder))


def _with(recording: Recording, about: About) -> Recording:
    return replace(
        recording,
        name=about.name or recording.name,
        params={**about.params, **recording.params},
        notes=(*recording.notes, *about.notes),
    )


def read_bytes(data: bytes, where: str, parser: str | None, read: ReadOptions, series: SeriesOptions) -> list[Run]:
    """Every run in bytes from standard input (``where`` is "-") or another pipe."""
    chosen, _, recordings = read_source(given_source(data, where), parser, read)
    return _runs(recordings, where, "stdin" if where == "-" else Path(where).name, chosen.name, series)


def _runs(recordings: list[Recording], source: str, name: str, parser: str, options: SeriesOptions) -> list[Run]:
    """Runs with ids of their own: a recording that names its run lends the name."""
    stem = Path(name).stem if Path(name).suffix else name
    runs: list[Run] = []
    for number, recording in enumerate(recordings, start=1):
        own = recording.name or (stem if len(recordings) == 1 else f"{stem}#{number}")
        runs.extend(runs_of(recording, source, own, parser, options))
    return with_unique_ids(with_stages(runs))


def with_unique_ids(runs: list[Run]) -> list[Run]:
    """The runs with repeated ids numbered."""
    seen: dict[str, int] = {}
    result = []
    for run in runs:
        seen[run.id] = seen.get(run.id, 0) + 1
        result.append(run if seen[run.id] == 1 else replace(run, id=f"{run.id}#{seen[run.id]}"))
    return result


def _joined(bundle: Bundle, parser: str | None, options: ReadOptions) -> tuple[Recording, str]:
    """One recording of all members: names get the member's prefix, equal names are put one behind the other."""
    channels: dict[str, Channel] = {}
    notes: list[Note] = []
    params: dict[str, object] = {}
    name = own = ""
    failures: list[ReadError] = []
    for member in bundle.members:
        try:
            source = source_of(member.path)
            chosen, _, recordings = read_source(source, parser, options)
        except ReadError as error:
            failures.append(error)
            notes.append(Note(str(error)))
            continue
        name = chosen.name
        for recording in recordings:
            own = recording.name or own
            notes.extend(note for note in recording.notes if note.text != ONE_ROW)
            params.update(recording.params)
            for channel in recording.channels:
                _add(channels, replace(channel, name=member.prefix + channel.name))
    if not channels:
        raise failures[0] if failures else ReadError(str(bundle.folder), "holds no training log")
    return Recording(tuple(channels.values()), own, params, tuple(notes)), name


def _add(channels: dict[str, Channel], new: Channel) -> None:
    old = channels.get(new.name)
    channels[new.name] = new if old is None else concatenate(old, new)
