"""Texts that several ranks, workers or trials printed into: one series a quantity, or one run a trial."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from nn_doctor import doctor
from nn_doctor.errors import ReadError
from nn_doctor.parsers.base import ReadOptions
from nn_doctor.parsers.source import Source
from nn_doctor.parsers.text import read

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.series.channel import Recording

LOSSES = {10: (4.0, 5.0), 20: (3.0, 2.0), 30: (2.0, 2.5), 40: (1.5, 1.0)}
"""Step → what the first and the second rank print."""
MEANS = [4.5, 2.5, 2.25, 1.25]

HEADS = {
    "torchrun with NCCL names": ("[rank0]: ", "[rank1]: "),
    "torchrun, tee": ("[default0]:", "[default1]:"),
    "torchrun, template": ("[trainer0|0]:", "[trainer1|1]:"),
    "mpirun": ("[1,0]<stdout>:", "[1,1]<stdout>:"),
    "mpirun, version 5": ("[prterun-host-77@1,0]<stdout>: ", "[prterun-host-77@1,1]<stdout>: "),
    "horovodrun": ("[0]<stdout>:", "[1]<stdout>:"),
    "sagemaker": ("[1,mpirank:0,algo-1]<stdout>:", "[1,mpirank:1,algo-1]<stdout>:"),
    "srun": ("0: ", "1: "),
    "ray": ("(RayTrainWorker pid=1234) ", "(RayTrainWorker pid=1235, ip=10.0.0.2) "),
    "ray, coloured": ("\x1b[36m(RayTrainWorker pid=1234)\x1b[0m ", "\x1b[36m(RayTrainWorker pid=1235)\x1b[0m "),
    "ray, nameless": ("(pid=1234) ", "(pid=1235) "),
    "xla": ("[xla:0]", "[xla:1]"),
    "gpu": ("GPU 0: ", "GPU 1: "),
    "gpu in brackets": ("[GPU0] ", "[GPU1] "),
    "containers": ("worker-1  | ", "worker-2  | "),
    "hosts": ("llama-worker-0: ", "llama-worker-1: "),
    "rank and comma": ("Rank 0, ", "Rank 1, "),
    "rank in parentheses": ("(rank 0) ", "(rank 1) "),
    "rank behind a clock": ("2024-01-01 10:00:00,123 INFO [rank0] ", "2024-01-01 10:00:00,125 INFO [rank1] "),
    "process behind loggers": (
        "10/01/2023 10:00:00 - INFO - app - Process 0: ",
        "10/01/2023 10:00:00 - INFO - app - Process 1: ",
    ),
    "deepspeed": ("[2024-01-01 10:00:00,123] [INFO] [Rank 0] ", "[2024-01-01 10:00:00,123] [INFO] [Rank 1] "),
}


def _read(text: str) -> list[Recording]:
    return read(Source("run.log", given=text.encode()), ReadOptions())


def _series(recording: Recording, name: str) -> tuple[list[float], list[float]]:
    (channel,) = [c for c in recording.channels if c.name == name]
    x = channel.step if channel.step is not None else channel.epoch
    assert x is not None
    return x.tolist(), channel.y.tolist()


def _interleaved(heads: tuple[str, str], line: str = "step {} loss {}") -> str:
    """Rank 1 prints before rank 0 in every second step, as it happens."""
    text = ""
    for i, (step, pair) in enumerate(LOSSES.items()):
        rows = [f"{head}{line.format(step, loss)}\n" for head, loss in zip(heads, pair, strict=True)]
        text += "".join(rows[:: -1 if i % 2 else 1])
    return text


@pytest.mark.parametrize("name", HEADS)
def test_ranks_that_differ_are_averaged(name: str) -> None:
    (recording,) = _read(_interleaved(HEADS[name]))
    assert _series(recording, "loss") == ([10, 20, 30, 40], MEANS)
    assert {c.name for c in recording.channels} == {"loss"}
    assert any("mean" in note.text for note in recording.notes)


@pytest.mark.parametrize("name", HEADS)
def test_ranks_that_agree_are_taken_once(name: str) -> None:
    text = "".join(f"{head}step {s} loss {pair[0]}\n" for s, pair in LOSSES.items() for head in HEADS[name])
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([10, 20, 30, 40], [4.0, 3.0, 2.0, 1.5])
    assert any("taken once" in note.text for note in recording.notes)


@pytest.mark.parametrize("name", HEADS)
def test_one_rank_alone_is_read_without_its_head(name: str) -> None:
    text = "".join(f"{HEADS[name][0]}step {s} loss {pair[0]}\n" for s, pair in LOSSES.items())
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([10, 20, 30, 40], [4.0, 3.0, 2.0, 1.5])
    assert {c.name for c in recording.channels} == {"loss"}


@pytest.mark.parametrize("line", ["Epoch {0} | Rank {{}} | loss: {1}", "epoch {0} rank={{}} loss={1}"])
def test_a_rank_within_the_line(line: str) -> None:
    text = ""
    for epoch, pair in enumerate(LOSSES.values()):
        text += "".join(line.format(epoch, loss).format(rank) + "\n" for rank, loss in enumerate(pair))
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([0, 1, 2, 3], MEANS)


def test_the_epoch_of_all_ranks_and_what_the_first_alone_prints() -> None:
    text = "launching\n"
    for epoch, (a, b) in enumerate(LOSSES.values()):
        text += f"Epoch {epoch}\n[rank1]: loss: {b}\n[rank0]: loss: {a}\n[rank0]: val_loss: {a + 1}\n"
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([0, 1, 2, 3], MEANS)
    assert _series(recording, "val_loss") == ([0, 1, 2, 3], [5.0, 4.0, 3.0, 2.5])


def test_ranks_that_print_other_things_are_one_text() -> None:
    text = "".join(f"[rank0]: step {s} loss {a}\n[rank1]: step {s} val_loss {b}\n" for s, (a, b) in LOSSES.items())
    (recording,) = _read(text)
    assert _series(recording, "loss")[1] == [4.0, 3.0, 2.0, 1.5]
    assert _series(recording, "val_loss")[1] == [5.0, 2.0, 2.5, 1.0]


def test_a_metric_called_rank_names_no_process() -> None:
    text = "".join(f"epoch {e} loss {4 - e} mean rank: {9 - e}\n" for e in range(4))
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([0, 1, 2, 3], [4, 3, 2, 1])
    text = "".join(f"epoch {e} rank {9 - e} loss {4 - e}\n" for e in range(4))
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([0, 1, 2, 3], [4, 3, 2, 1])


def test_numbered_lines_that_count_are_no_processes() -> None:
    text = "".join(f"{i}: {9.5 - i}, {9.5 - i} avg, 0.001 rate, 0.19 seconds, {i} images\n" for i in range(1, 6))
    (recording,) = _read(text)
    assert _series(recording, "loss") == ([1, 2, 3, 4, 5], [8.5, 7.5, 6.5, 5.5, 4.5])


def test_a_nan_on_one_rank_is_seen() -> None:
    (recording,) = _read(_interleaved(HEADS["mpirun"]).replace("loss 2.5", "loss nan"))
    assert [y == y for y in _series(recording, "loss")[1]] == [True, True, False, True]


FOLDS = "".join(
    f"[Fold {fold}] Epoch {epoch} train loss: {9 - epoch - fold / 10} val loss: {9.5 - epoch}\n"
    for fold in (1, 2)
    for epoch in (1, 2, 3)
)


def test_folds_are_runs() -> None:
    first, second = _read(FOLDS)
    assert (first.name, second.name) == ("fold 1", "fold 2")
    assert _series(first, "train loss") == ([1, 2, 3], [7.9, 6.9, 5.9])
    assert _series(second, "train loss") == ([1, 2, 3], [7.8, 6.8, 5.8])


def _result(trial: str, iteration: int, reward: float) -> str:
    return (
        f"Result for {trial}:\n  done: false\n  episode_reward_mean: {reward}\n  info:\n    learner:\n"
        f"      default_policy:\n        total_loss: {9 - iteration}\n  pid: 77\n"
        f"  timesteps_total: {4000 * iteration}\n"
        f"  training_iteration: {iteration}\n  trial_id: '{trial[-5:]}'\n  \n"
    )


def test_what_each_fold_came_to_is_no_curve() -> None:
    results = "".join(f"Fold {k} | val_loss: 0.{k}5 | acc: 0.8{k}\n" for k in range(1, 6))
    with pytest.raises(ReadError):
        _read(results)
    placed = "".join(f"Fold {k} | epoch {k} | val_loss: 0.{k}5\n" for k in range(1, 6))
    assert _series(_read(placed)[0], "val_loss")[0] == [1, 2, 3, 4, 5]


def test_trials_of_rllib_are_runs() -> None:
    text = "".join(
        _result(f"PPO_CartPole-v1_1a2b3_0000{t}", i, 20.5 * i + t) + "== Status ==\nMemory usage: 3.4/94.1\n"
        for i in (1, 2, 3)
        for t in (0, 1)
    )
    first, second = _read(text)
    assert (first.name, second.name) == ("PPO_CartPole-v1_1a2b3_00000", "PPO_CartPole-v1_1a2b3_00001")
    assert _series(first, "episode_reward_mean") == ([4000, 8000, 12000], [20.5, 41.0, 61.5])
    assert _series(second, "episode_reward_mean") == ([4000, 8000, 12000], [21.5, 42.0, 62.5])


def _boxed(trial: str, iteration: int, loss: float) -> str:
    rows = ("time_this_iter_s", 0.125), ("time_total_s", 9.5), ("training_iteration", iteration), ("loss", loss)
    body = "".join(f"│ {name:<30} {value:>20} │\n" for name, value in rows)
    edge = "─" * 53
    return (
        f"\nTrial {trial} finished iteration {iteration} at 2024-05-08 15:30:42. Total running time: 14s\n"
        f"╭{edge}╮\n│ {f'Trial {trial} result':<51} │\n├{edge}┤\n{body}╰{edge}╯\n"
    )


def test_result_boxes_of_ray_tune_are_runs() -> None:
    text = "".join(_boxed(f"train_8dace_0000{t}", i, 8 - i + t / 2) for i in (1, 2, 3) for t in (0, 1))
    first, second = _read(text)
    assert (first.name, second.name) == ("train_8dace_00000", "train_8dace_00001")
    assert _series(first, "loss") == ([1, 2, 3], [7, 6, 5])
    assert _series(second, "loss") == ([1, 2, 3], [7.5, 6.5, 5.5])
    (alone,) = _read("".join(_boxed("train_8dace_00000", i, 8 - i) for i in (1, 2, 3)))
    assert _series(alone, "loss") == ([1, 2, 3], [7, 6, 5])


def _status(*trials: tuple[str, int, float]) -> str:
    rule = "------------+----------+-------+-------+--------+------------------+--------"
    rows = "".join(f"| {name} | RUNNING  | 10.1:7 | 5e-05 | {i} | {9.5 * i} | {loss} |\n" for name, i, loss in trials)
    head = "| Trial name | status | loc | lr | iter | total time (s) | loss |\n"
    return f"== Status ==\nCurrent time: 2024-05-08\n+{rule}+\n{head}|{rule}|\n{rows}+{rule}+\n\n"


def test_status_tables_of_ray_tune_are_runs() -> None:
    a, b = "train_d48b7_00000", "train_d48b7_00001"
    text = _status((a, 1, 4.5), (b, 1, 5.5)) + _status((a, 1, 4.5), (b, 2, 4.0)) + _status((a, 2, 3.5), (b, 3, 3.0))
    text += _status((a, 3, 2.5), (b, 3, 3.0))
    first, second = _read(text)
    assert (first.name, second.name) == (a, b)
    assert _series(first, "loss") == ([1, 2, 3], [4.5, 3.5, 2.5])
    assert _series(second, "loss") == ([1, 2, 3], [5.5, 4.0, 3.0])


def test_a_cut_at_any_byte_gives_one_series() -> None:
    text = _interleaved(HEADS["torchrun with NCCL names"])
    for cut in range(len(text) // 2, len(text)):
        (recording,) = _read(text[:cut])
        steps, losses = _series(recording, "loss")
        assert steps == sorted(steps)
        assert all(abs(y - m) <= 1 for y, m in zip(losses, MEANS, strict=False)), cut


def test_the_doctor_sees_no_saw_tooth(tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    file.write_text(_interleaved(HEADS["gpu"]), encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    (loss,) = run.series
    assert loss.y.tolist() == MEANS
