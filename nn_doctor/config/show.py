"""What is in force, as plain data, as text that is valid TOML, and the list of thresholds."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from nn_doctor import globs, safe
from nn_doctor.catalogue.registry import all_rules
from nn_doctor.config.keys import KEYS
from nn_doctor.reporters import manual

if TYPE_CHECKING:
    from nn_doctor.catalogue.base import Rule, Threshold
    from nn_doctor.config.load import Config
    from nn_doctor.config.resolve import Resolved
    from nn_doctor.reporters.style import Style
    from nn_doctor.settings import Settings


def as_dict(found: Resolved, config: Config, path: str | None = None) -> dict[str, Any]:
    """``{"file", "path", "settings": {key: {"value", "origin"}}, "overrides"}``; for one path where it is given."""
    settings = found.settings if path is None else found.settings.at(path)
    origins = found.origins if path is None else _origins_at(found, path)
    return {
        "file": config.file or None,
        "path": path,
        "settings": {
            key.name: {"value": _plain(_value(key.field, settings, found)), "origin": origins[key.field]}
            for key in KEYS
        },
        "overrides": [
            {"paths": list(o.paths), "settings": {key.name: _plain(o.changes[key.field]) for key in KEYS
                                                  if key.field in o.changes}}
            for o in found.settings.overrides
        ],
    }  # fmt: skip


def _value(field: str, settings: Settings, found: Resolved) -> Any:
    if field in found.report:
        return found.report[field]
    home = settings if hasattr(settings, field) else settings.expectation
    return getattr(home, field)


def _origins_at(found: Resolved, path: str) -> dict[str, str]:
    origins = dict(found.origins)
    for number, override in enumerate(found.settings.overrides):
        if globs.matches(path, override.paths, override.base):
            origins |= dict.fromkeys(override.changes, f"overrides[{number}]")
    return origins


def _plain(value: Any) -> Any:
    """A value in JSON's types; maps and reports as the file writes them."""
    if isinstance(value, tuple):
        return [":".join(item) if isinstance(item, tuple) else item for item in value]
    return dict(value) if hasattr(value, "items") else value


def as_json(shown: dict[str, Any]) -> str:
    """The same as one JSON document."""
    return safe.json_text(json.dumps(shown, ensure_ascii=True, indent=1)) + "\n"


def as_text(shown: dict[str, Any]) -> str:
    """One line a key with its origin behind it; a value that is not set has a # in front."""
    head = f"# {shown['file']}" if shown["file"] else "# no configuration file"
    lines = [head + (f", for {shown['path']}" if shown["path"] else "")]
    entries = shown["settings"].items()
    lefts = [_left(name, entry["value"]) for name, entry in entries]
    width = min(40, max(map(len, lefts)))
    lines += [f"{left:{width}}  # {entry['origin']}" for left, (_, entry) in zip(lefts, entries, strict=True)]
    for override in shown["overrides"]:
        lines += ["", "[[overrides]]", f"paths = {_toml(override['paths'])}"]
        lines += [f"{name} = {_toml(value)}" for name, value in override["settings"].items()]
    return "".join(safe.printable(line) + "\n" for line in lines)


def _left(name: str, value: Any) -> str:
    if value is None:
        return f"# {name} is not set"
    if name == "map":
        value = dict(text.rpartition("=")[::2] for text in value)
    return f"{name} = {_toml(value)}"


def _toml(value: Any) -> str:
    """A value as TOML writes it, on one line."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {_toml(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_toml, value)) + "]"
    return json.dumps(value, ensure_ascii=False)


def thresholds(settings: Settings, style: Style) -> str:
    """Every threshold below its diagnosis: name, value in force, unit and range, then the reason."""
    lines = []
    for rule in all_rules():
        if not rule.thresholds:
            continue
        lines += [style.paint(f"{rule.code} {rule.slug.replace('-', ' ')}", "bold")]
        for row, (threshold, value) in zip(_table(rule, settings), _values(rule, settings), strict=True):
            changed = value != threshold.default
            first, *more = manual.hung(row, style, 2)
            lines += [style.paint(first, "yellow") if changed else first, *("    " + line for line in more)]
            lines += [style.paint(line, "dim") for line in manual.hung(threshold.reason, style, 6)]
        lines.append("")
    return "\n".join(lines).rstrip("\n") + "\n"


def _values(rule: Rule, settings: Settings) -> list[tuple[Threshold, float]]:
    return [(t, settings.limits.get(t.name, t.default)) for t in rule.thresholds]


def _table(rule: Rule, settings: Settings) -> list[str]:
    return manual.rows([
        (t.name, f"{value:g}", f"{t.unit}, {t.low:g} to {t.high:g}"
         + (f", changed from {t.default:g}" if value != t.default else ""))
        for t, value in _values(rule, settings)
    ])  # fmt: skip


def thresholds_json(settings: Settings) -> str:
    """The same as one JSON document: a list of objects."""
    found = [
        {"name": t.name, "code": rule.code, "value": value, "default": t.default, "unit": t.unit, "low": t.low,
         "high": t.high, "reason": t.reason}
        for rule in all_rules() for t, value in _values(rule, settings)
    ]  # fmt: skip
    return safe.json_text(json.dumps(found, ensure_ascii=True, indent=1)) + "\n"
