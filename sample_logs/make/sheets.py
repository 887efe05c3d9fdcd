"""Contact sheets of what ``lab.py`` wrote: ``python sample_logs/make/sheets.py FOLDER PREFIX [PART_OF_NAME]``.

One small picture per configuration: seed 0 drawn thick, the others thin; train blue, validation red, dashed lines for
metrics (right axis). A label that the picture does not show is a wrong label.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

ROWS, COLUMNS = 6, 5


def main(trained: Path, prefix: str, part: str) -> None:
    """Write PREFIX0.png, PREFIX1.png … with ROWS × COLUMNS configurations each."""
    import matplotlib

    matplotlib.use("Agg")
    import matplotlib.pyplot as plt

    folders = sorted(p for p in trained.iterdir() if p.is_dir() and part in p.name)
    size = ROWS * COLUMNS
    for sheet in range(0, len(folders), size):
        figure, axes = plt.subplots(ROWS, COLUMNS, figsize=(COLUMNS * 4, ROWS * 2.6))
        for axis in axes.flat[len(folders[sheet : sheet + size]) :]:
            axis.set_visible(False)
        for axis, folder in zip(axes.flat, folders[sheet : sheet + size], strict=False):
            draw(axis, folder)
        figure.tight_layout()
        figure.savefig(f"{prefix}{sheet // size}.png", dpi=60)
        plt.close(figure)


def draw(axis, folder: Path) -> None:
    """All seeds of one configuration on ``axis``; a log scale where the loss spans more than 300 times."""
    right = None
    low, high = float("inf"), 0.0
    for path in sorted(folder.glob("*.json"))[::-1]:
        record = json.loads(path.read_text())
        thick = 1.6 if path.stem == "0" else 0.4
        for name, series in record["series"].items():
            if name in {"lr", "grad_norm"}:
                continue
            colour = "tab:red" if "val" in name else "tab:blue"
            if "loss" in name:
                axis.plot(series["x"], series["y"], color=colour, lw=thick)
                finite = [abs(v) for v in series["y"] if 0 < abs(v) < 1e300]
                low, high = min([low, *finite]), max([high, *finite])
            else:
                right = right or axis.twinx()
                right.plot(series["x"], series["y"], color=colour, lw=thick, ls="--", alpha=0.5)
    if high > 300 * low and min((min(s["y"]) for s in record["series"].values()), default=1) >= 0:
        axis.set_yscale("log")
    axis.set_title(f"{folder.name}\n{' '.join(record['label']['first'])[:60]}", fontsize=8)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3] if len(sys.argv) > 3 else "")
