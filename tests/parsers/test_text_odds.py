"""Lines of text logs that are not what they look like, and logs in other languages than English."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from nn_doctor import doctor
from nn_doctor.parsers.textlog.broken import last_error

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.series.model import Run


def _run(folder: Path, text: str, name: str = "run.log") -> Run:
    file = folder / name
    file.write_text(text, encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    return run


def _names(run: Run) -> set[str]:
    return {s.name for s in run.series}


def test_a_value_called_val_puts_nothing_behind_it_into_validation(tmp_path: Path) -> None:
    text = "".join(f"[Epoch {i}] train=0.{50 + i} val=0.{40 + i} loss={3.5 - i / 10:.2f} time: 5.1\n" for i in range(9))
    loss = _run(tmp_path, text).find("loss")
    assert (loss.split, len(loss), loss.y[0]) == ("train", 9, 3.5)


def test_a_heading_val_still_holds_for_what_follows(tmp_path: Path) -> None:
    text = "".join(f"epoch {i} train: loss {3.5 - i / 10:.2f} val: loss {3.6 - i / 10:.2f}\n" for i in range(5))
    run = _run(tmp_path, text)
    assert {s.split for s in run.series if s.metric == "loss"} == {"train", "val"}


def test_the_summary_of_weights_and_biases_is_no_point(tmp_path: Path) -> None:
    text = "".join(f"epoch {i} train_loss: {2.0 - i / 10:.3f} val_loss: {2.2 - i / 10:.3f}\n" for i in range(8))
    text += "wandb: Run summary:\nwandb: train_loss 1.31\nwandb: val_loss: 1.51\nwandb: best_epoch 7\n"
    run = _run(tmp_path, text)
    assert [len(run.find(n)) for n in ("train_loss", "val_loss")] == [8, 8]


def test_a_full_bar_drawn_again_is_one_point(tmp_path: Path) -> None:
    lines = []
    for epoch in range(6):
        full = (
            f"Epoch {epoch}: 100%|##########| 455/455 [03:07<00:00, 2.4it/s, v_num=2, loss={6 - epoch / 2:.3f}, cer=0.7"
        )
        lines += [full + "]", full + f"]Loss Mean - {6.5 - epoch / 2:.3f}", full + "]"]
    run = _run(tmp_path, "\n".join(lines) + "\n")
    assert len(run.find("loss")) == 6
    np.testing.assert_allclose(run.find("loss").y, 6 - np.arange(6) / 2)


GLUON = "".join(
    f"[Epoch {e}][Batch {b}], Speed: 6.9 samples/sec, RPN_Conf={1 / (e * 40 + b + 1):.4f},RCNNAcc=0.{90 + e}\n"
    + (f"[Epoch 0 Iteration {b}] Set learning rate to 0.00{b + 1}\n" if e == 0 and b < 3 else "")
    + (f"[Epoch {e}] Training cost: 13683.180, RPN_Conf={1 / (e * 40 + 40):.4f}\n" if b == 39 else "")
    for e in range(4)
    for b in range(40)
)


def test_a_step_on_a_few_lines_is_not_carried_over_the_whole_log(tmp_path: Path) -> None:
    curve = _run(tmp_path, GLUON).find("RCNNAcc")
    assert curve.axis == "epoch"
    assert curve.step is None
    assert np.all(np.diff(curve.x) > 0)


def test_seconds_called_training_cost_are_no_loss(tmp_path: Path) -> None:
    assert not [name for name in _names(_run(tmp_path, GLUON)) if "cost" in name.lower()]


def test_a_training_cost_by_itself_is_a_loss(tmp_path: Path) -> None:
    run = _run(tmp_path, "".join(f"[Epoch {i}] Training cost: {1 / (i + 1):.4f}\n" for i in range(6)))
    assert [s.metric for s in run.series] == ["loss"]


LANGUAGES = {
    "Chinese": "轮次 {i}/9，训练损失：{a}，验证损失：{b}\n",
    "Japanese": "エポック {i}/9 訓練損失: {a} 検証損失: {b}\n",
    "Korean": "에포크 {i}/9 - 훈련 손실: {a} - 검증 손실: {b}\n",
    "French": "Époque {i}/9 - perte: {a} - perte_validation: {b}\n",
    "Spanish": "Época {i}/9 | pérdida: {a} | pérdida_validación: {b}\n",
    "Portuguese": "época {i} perda_treino={a} perda_val={b}\n",
    "German": "Epoche {i}: Trainingsverlust: {a}, Validierungsverlust: {b}\n",
    "Russian": "Эпоха {i}/9, потери обучение: {a}, потери валидация: {b}\n",
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_log_in_another_language(language: str, tmp_path: Path) -> None:
    text = "".join(LANGUAGES[language].format(i=i, a=1 / i, b=1.5 / i) for i in range(1, 10))
    chosen = _run(tmp_path, text).objective
    assert chosen.train is not None
    assert chosen.val is not None
    np.testing.assert_allclose(chosen.train.y, [1 / i for i in range(1, 10)])
    np.testing.assert_allclose(chosen.val.y, [1.5 / i for i in range(1, 10)])
    assert chosen.train.axis == "epoch"


def test_a_length_called_episode_is_no_axis(tmp_path: Path) -> None:
    lengths = np.random.default_rng(3).integers(11, 21, 300)
    text = "".join(f"Episode {n}    Reward  {1000 - 10 * n + i % 7}\n" for i, n in enumerate(lengths))
    run = _run(tmp_path, text)
    assert len(run.find("Reward")) == 300
    assert run.find("Reward").axis == "row"
    assert any("counts nothing" in note.text for note in run.notes)


def test_two_steps_an_epoch_are_still_runs_of_their_own(tmp_path: Path) -> None:
    text = "".join(f"Episode {n}    Reward  {100 * r + n}\n" for r in range(30) for n in (1, 2))
    file = tmp_path / "run.log"
    file.write_text(text, encoding="utf-8")
    runs = doctor.read_runs([str(file)], doctor.Settings()).runs
    assert not any("counts nothing" in note.text for run in runs for note in run.notes)


TRACE = """Using device cuda
Traceback (most recent call last):
  File "train.py", line 12, in <module>
    import theano
ImportError: No module named theano
"""


def test_a_run_that_broke_off_before_it_logged_anything(tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    file.write_text(TRACE, encoding="utf-8")
    (failure,) = doctor.read_runs([str(file)], doctor.Settings()).failures
    assert "the run broke off: ImportError: No module named theano" in failure.message


def test_the_last_error_of_a_text() -> None:
    assert last_error("no error here\nValueError: told, not raised\n") == ""
    assert last_error(TRACE + TRACE.replace("ImportError: No", "torch.cuda.OutOfMemoryError: no")).startswith(
        "torch.cuda"
    )
    assert last_error(TRACE.rpartition("ImportError")[0] + "KeyboardInterrupt\n") == "KeyboardInterrupt"


def test_a_bar_that_counts_batches_and_prints_the_step_as_well(tmp_path: Path) -> None:
    """Bars of diffusers: the bar's own count and ``step=`` stand on one line, an empty line after each epoch."""
    text = ""
    for epoch in range(6):
        for batch in (6, 16, 28, 32):
            step = 32 * epoch + batch
            text += (
                f"\rEpoch {epoch}: {100 * batch // 32:3d}%|{'█' * (batch // 4):<8}| {batch}/32 [00:02<00:00, 7.31it/s, "
            )
            text += f"loss={1 / (1 + step / 40):.3g}, lr={1e-3 * (1 - step / 200):.3g}, step={step}]"
        text += "\n\n"
    loss = _run(tmp_path, text).find("loss")
    assert loss.y[[0, -1]].tolist() == [0.87, 0.172]  # at steps 6 and 192
    assert loss.step is not None
    assert loss.step.tolist() == [32 * epoch + batch for epoch in range(6) for batch in (6, 16, 28, 32)]


def test_bars_that_are_all_full_are_no_step(tmp_path: Path) -> None:
    """Rows by their order where the only counter, of batches, stands at its end on every line."""
    text = "".join(f"lap {i}/∞ ━━━━ 8/8 0:00:03 • 14.21it/s train_loss_epoch: {2 - i / 10:.3f}\n" for i in range(9))
    loss = _run(tmp_path, text).find("train_loss_epoch")
    assert np.diff(loss.x).tolist() == [1.0] * 8
    assert loss.y.tolist() == pytest.approx([2 - i / 10 for i in range(9)])


def test_the_bar_of_a_new_epoch_that_still_shows_the_last_one(tmp_path: Path) -> None:
    """A bar at 0 of N repeats what the epoch before had come to: no point of the new one."""
    text, shown = "", ""
    for epoch in range(5):
        text += f"Epoch {epoch}:   0%|          | 0/20 [00:00<?, ?it/s{shown}]\n" if epoch else ""
        shown = f", loss={2 - epoch / 4:.2f}"
        text += f"Epoch {epoch}: 100%|██████████| 20/20 [00:02<00:00, 8.10it/s{shown}]\n"
    loss = _run(tmp_path, text).find("loss")
    assert loss.y.tolist() == [2.0, 1.75, 1.5, 1.25, 1.0]
    assert np.diff(loss.x).tolist() == [1.0] * 4


def test_a_clock_before_a_lone_cell_makes_no_table_of_it(tmp_path: Path) -> None:
    lines = [
        f"2023-05-11 14:02:{i:02},118 DEBUG TRAIN Batch {i // 5}/{i % 5 + 1} loss {2 - i / 20:.3f} lr 0.1 rank 0"
        for i in range(20)
    ]
    loss = _run(tmp_path, "\n".join(lines) + "\n").find("train/loss")
    np.testing.assert_allclose(loss.y, 2 - np.arange(20) / 20)


def test_a_mean_over_an_epoch_is_no_count_but_a_part_of_an_epoch_is(tmp_path: Path) -> None:
    text = "".join(f"Current epoch: {i / 2:.2f}\nTraining loss epoch: {3.5 - i / 10:.2f}\n" for i in range(9))
    loss = _run(tmp_path, text).find("Training loss")
    assert (loss.axis, loss.x.tolist(), loss.y[0]) == ("epoch", [i / 2 for i in range(9)], 3.5)
