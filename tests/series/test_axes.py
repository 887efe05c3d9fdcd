from __future__ import annotations

import numpy as np
import pytest

from nn_doctor.errors import InsufficientData, ReadError
from nn_doctor.series.axes import channels_of, epoch_from_name
from nn_doctor.series.channel import Channel
from nn_doctor.series.clock import clock_of
from nn_doctor.series.table import table_of_records


def channels(records: list[dict[str, float]], x: str | None = None) -> dict[str, Channel]:
    found, _ = channels_of(table_of_records(records, range(1, len(records) + 1)), x)
    return {c.name: c for c in found}


def test_step_and_epoch_are_taken_out_and_sparse_cells_keep_their_rows() -> None:
    rows = [
        {"epoch": 0, "step": 9, "loss": 3.0},
        {"epoch": 0, "step": 9, "val_loss": 4.0},
        {"epoch": 1, "step": 19, "loss": 2.0},
    ]
    found = channels(rows)
    assert set(found) == {"loss", "val_loss"}
    assert found["loss"].step is not None
    assert found["loss"].step.tolist() == [9, 19]
    assert found["loss"].line is not None
    assert found["loss"].line.tolist() == [1, 3]
    assert found["val_loss"].epoch is not None
    assert found["val_loss"].epoch.tolist() == [0]


def test_logged_nan_is_a_value() -> None:
    found = channels([{"step": 0, "loss": float("nan")}, {"step": 1}, {"step": 2, "loss": 1.0}])
    assert found["loss"].y.size == 2
    assert np.isnan(found["loss"].y[0])


def test_batches_make_the_epoch_a_fraction_that_ends_on_the_epoch() -> None:
    rows = [{"epoch": e, "batch": b, "batches": 4, "loss": 1.0} for e in (1, 2) for b in (1, 2, 3, 4)]
    rows += [{"epoch": 2, "val/loss": 1.0}]
    found = channels(rows)
    assert found["loss"].epoch is not None
    assert found["loss"].epoch.tolist() == [0.25, 0.5, 0.75, 1, 1.25, 1.5, 1.75, 2]
    assert found["val/loss"].epoch is not None
    assert found["val/loss"].epoch.tolist() == [2]


def epochs_of(records: list[dict[str, float]], name: str) -> list[float]:
    found = channels(records)[name].epoch
    assert found is not None
    return [float(x) for x in found]


def test_epochs_counted_from_0_begin_at_0_where_batches_refine_them() -> None:
    rows = [{"epoch": e, "batch": b, "batches": 4, "loss": 1.0} for e in (0, 1) for b in (0, 2)]
    rows.insert(2, {"epoch": 0, "val/loss": 1.0})
    rows.append({"epoch": 1, "val/loss": 1.0})
    assert epochs_of(rows, "loss") == [0, 0.5, 1, 1.5]
    assert epochs_of(rows, "val/loss") == [1, 2]


def test_an_evaluation_that_counts_epochs_done_stays_where_it_is() -> None:
    rows = [{"epoch": 0, "val/loss": 1.0}]
    for epoch in (0, 1):
        rows += [{"epoch": epoch, "batch": b, "batches": 4, "loss": 1.0} for b in (1, 3)]
        rows += [{"epoch": epoch + 1, "val/loss": 1.0}]
    assert epochs_of(rows, "loss") == [0.25, 0.75, 1.25, 1.75]
    assert epochs_of(rows, "val/loss") == [0, 1, 2]


def test_ends_of_epochs_keep_their_numbers() -> None:
    rows = [{"epoch": e, "batch": 4, "batches": 4, "loss": 1.0} for e in (0, 1, 2)]
    assert epochs_of(rows, "loss") == [0, 1, 2]


def test_one_bar_cut_short_moves_no_other_epoch() -> None:
    whole = [{"epoch": e, "loss": 1.0} for e in range(15)]
    rows = [*whole, {"epoch": 0, "batch": 1, "batches": 400, "loss": 1.0}, *whole[1:]]
    assert epochs_of(rows, "loss") == [*range(15), 0, *range(1, 15)]


def test_batches_of_another_loader_stand_at_the_end_of_the_epoch() -> None:
    rows = [{"epoch": 1, "batch": b, "batches": 4, "loss": 1.0} for b in (1, 2, 3, 4)]
    rows += [{"epoch": 1, "batch": b, "batches": 3, "val/acc": 0.5} for b in (1, 3)]
    rows += [{"epoch": 2, "batch": 1, "batches": 4, "loss": 1.0}]
    found = channels(rows)
    assert found["val/acc"].epoch is not None
    assert found["val/acc"].epoch.tolist() == [1, 1]
    assert found["loss"].epoch is not None
    assert found["loss"].epoch.tolist() == [0.25, 0.5, 0.75, 1, 1.25]


def test_iterations_that_restart_with_the_epoch_are_batches() -> None:
    found = channels([{"epoch": e, "iter": i, "loss": 1.0} for e in (1, 2, 3) for i in (50, 100, 150)])
    assert found["loss"].step is None
    assert found["loss"].epoch is not None
    assert np.all(np.diff(found["loss"].epoch) > 0)


def test_unnamed_index_is_the_step_and_no_metric() -> None:
    found = channels([{"": float(i), "loss": 1.0} for i in range(1, 6)])
    assert set(found) == {"loss"}
    assert found["loss"].step is not None
    assert found["loss"].step.tolist() == [1, 2, 3, 4, 5]


def test_time_is_a_clock_only_if_it_runs() -> None:
    per_epoch = channels([{"epoch": i, "time": 14 + i % 2, "loss": 1.0} for i in range(5)])
    running = channels([{"epoch": i, "time": 100.0 * i, "loss": 1.0} for i in range(5)])
    assert "time" in per_epoch
    assert "time" not in running
    assert running["loss"].time is not None


def test_x_names_a_column_or_is_refused() -> None:
    rows = [{"kilo": 3.0 * i, "step": i, "loss": 1.0} for i in range(4)]
    found = channels(rows, x="kilo")
    assert found["loss"].step is not None
    assert found["loss"].step.tolist() == [0, 3, 6, 9]
    assert "step" in found
    with pytest.raises(ReadError, match="no column named 'nope'"):
        channels(rows, x="nope")


def test_clock_learns_batches_per_epoch_and_converts() -> None:
    step = np.arange(0, 1000, 10.0)
    clock = clock_of([Channel("loss", step * 0, step=step, epoch=np.floor(step / 100))])
    assert clock.batches_per_epoch == pytest.approx(100)
    assert clock.to_step(clock.to_epoch(np.array([490.0, 555.0]))) == pytest.approx([490, 555])


def test_clock_without_both_axes_says_so() -> None:
    clock = clock_of([Channel("loss", np.zeros(3), step=np.arange(3.0))])
    with pytest.raises(InsufficientData):
        clock.to_epoch(np.arange(3.0))


def test_keras_epoch_scalars_count_epochs() -> None:
    channel = Channel("train/epoch_loss", np.ones(4), step=np.arange(4.0))
    assert epoch_from_name(channel).step is None
    assert epoch_from_name(Channel("batch_loss", np.ones(4), step=np.arange(4.0))).epoch is None
