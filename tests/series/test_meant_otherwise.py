"""Names whose values or neighbours say more than the name: shares above one, monitors, totals of validation terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from nn_doctor import doctor
from nn_doctor.series.explain import explained
from nn_doctor.series.languages import in_english
from nn_doctor.series.neighbours import meanings
from nn_doctor.series.task import guess_task

if TYPE_CHECKING:
    from pathlib import Path

    from nn_doctor.series.model import Run


def _run(folder: Path, header: str, rows: list[str]) -> Run:
    file = folder / "run.csv"
    file.write_text("\n".join([header, *rows]) + "\n", encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    return run


def test_a_log_loss_beside_a_named_train_loss_and_auc_is_validations() -> None:
    found = meanings(["Train loss", "logloss", "AUC"])
    assert [m.split for m in found.values()] == ["train", "val", "val"]
    for names in (["logloss", "AUC"], ["train_loss", "val_loss", "logloss", "AUC"], ["train_loss", "logloss", "acc"]):
        assert meanings(names)["logloss"].split == "train", names


def test_a_dropout_above_one_is_not_understood(tmp_path: Path) -> None:
    run = _run(tmp_path, "epoch,Dropout 0.0,Dropout 0.5", [f"{i},{3.6 / i:.3f},{3.7 / i:.3f}" for i in range(1, 30)])
    assert [s.role for s in run.series] == ["unknown", "unknown"]
    assert all(u.option for u in explained(run).curves)


def test_a_dropout_below_one_is_a_schedule(tmp_path: Path) -> None:
    run = _run(tmp_path, "epoch,loss,dropout", [f"{i},{3.6 / i:.3f},{0.5 - i / 100}" for i in range(1, 30)])
    assert run.find("dropout").role == "schedule"


def test_the_reward_of_a_monitor_file(tmp_path: Path) -> None:
    run = _run(tmp_path, "r,l,t", [f"{-90.5 + i % 7},{110 + i % 3},{2.5 * i}" for i in range(1, 30)])
    assert (run.find("r").metric, run.find("r").goal) == ("reward", "max")


def test_r_by_itself_is_not_known(tmp_path: Path) -> None:
    run = _run(tmp_path, "epoch,loss,r", [f"{i},{3.6 / i:.3f},{i % 3}" for i in range(1, 30)])
    assert run.find("r").metric != "reward"


def _terms(i: int, scale: float) -> list[float]:
    return [round(scale / i, 4), round(scale / 2 / i, 4), round(scale / 3 / i, 4)]


def test_validation_terms_are_summed_beside_a_logged_total(tmp_path: Path) -> None:
    rows = []
    for i in range(1, 30):
        train, val = _terms(i, 1.0), _terms(i, 1.5)
        rows.append(",".join(map(str, [i, *train, round(sum(train), 4), *val])))
    names = "epoch,train/box_loss,train/obj_loss,train/cls_loss,train/total_loss,val/box_loss,val/obj_loss,val/cls_loss"
    chosen = _run(tmp_path, names, rows).objective
    assert chosen.train is not None
    assert chosen.train.name == "train/total_loss"
    assert chosen.val is not None
    np.testing.assert_allclose(chosen.val.y, [sum(_terms(i, 1.5)) for i in range(1, 30)])


def test_validation_terms_are_left_alone_where_those_of_training_do_not_add_up(tmp_path: Path) -> None:
    rows = []
    for i in range(1, 30):
        train, val = _terms(i, 1.0), _terms(i, 1.5)
        rows.append(",".join(map(str, [i, *train, round(2 * sum(train), 4), *val])))
    names = "epoch,train/box_loss,train/obj_loss,train/cls_loss,train/total_loss,val/box_loss,val/obj_loss,val/cls_loss"
    assert _run(tmp_path, names, rows).objective.val is None


def test_the_step_of_a_group_is_the_one_that_stands_in_every_row(tmp_path: Path) -> None:
    rows = [f"{i if i % 3 else ''},{100 * i},{i / 10 if i % 3 == 0 else ''},{1 / i:.4f}" for i in range(1, 40)]
    run = _run(tmp_path, "time/iterations,time/total_timesteps,eval/mean_reward,train/loss", rows)
    np.testing.assert_allclose(run.find("train/loss").x, [100 * i for i in range(1, 40)])


def test_an_axis_that_was_found_and_is_of_no_use_is_told_so(tmp_path: Path) -> None:
    file = tmp_path / "run.log"
    file.write_text("".join(f"task {i} epoch 1 training loss: {1 / (i + 1):.4f}\n" for i in range(9)), encoding="utf-8")
    (run,) = doctor.read_runs([str(file)], doctor.Settings()).runs
    assert all(s.axis == "row" for s in run.series)
    assert "'epoch' cannot put the points in order" in explained(run).advice[0][0]


def test_names_in_english() -> None:
    assert in_english("val_loss") == "val_loss"
    assert in_english("trainingset_loss") == "trainingset_loss"
    assert in_english("pérdida_validación") == "loss_validation"
    assert in_english("验证集准确率").split() == ["validation", "accuracy"]
    assert in_english("Validierungsverlust").split() == ["validation", "loss"]
    assert in_english("が") == "が"


def test_the_entropy_of_a_policy_is_no_loss() -> None:
    assert meanings(["train/entropy"])["train/entropy"].metric == "cross_entropy"
    for other in ("train/policy_loss", "rollout/ep_rew_mean", "train/clip_fraction"):
        assert meanings(["train/entropy", other])["train/entropy"].role == "internal"


def test_a_share_of_clipped_updates_is_of_gradients_where_no_policy_is_learnt() -> None:
    for name in ("train/clip_frac", "clipped_fraction", "pct_clipped"):
        assert meanings(["loss", name])[name].metric == "clip_share"
        for other in ("train/policy_loss", "train/approx_kl", "rollout/ep_rew_mean", "train/entropy"):
            assert meanings(["train/loss", name, other])[name].metric == "clip_fraction"


def test_a_penalty_that_never_changes_is_a_setting(tmp_path: Path) -> None:
    run = _run(
        tmp_path, "epoch,loss,l2_penalty,l1_penalty", [f"{i},{1 / i:.3f},0.01,{3 - i / 30:.3f}" for i in range(1, 30)]
    )
    assert {s.name: s.role for s in run.series} == {"loss": "objective", "l2_penalty": "schedule", "l1_penalty": "term"}
    assert run.objective.train is not None and run.objective.train.name == "loss"


def test_a_bare_metric_beside_the_one_of_validation_is_training_s() -> None:
    found = meanings(["loss", "val_loss", "auc", "val_auc", "bleu"])
    assert (found["auc"].split, found["bleu"].split) == ("train", "val")


def test_the_losses_of_actor_and_critic_are_not_added_up(tmp_path: Path) -> None:
    run = _run(tmp_path, "epoch,act_loss,cri_loss", [f"{i},{1 / i:.3f},{2 / i:.3f}" for i in range(1, 30)])
    assert run.objective.train is None


def test_a_validation_loss_does_not_make_a_run_one_of_boosting(tmp_path: Path) -> None:
    run = _run(tmp_path, "epoch,train_loss,valid_loss", [f"{i},{1 / i:.3f},{2 / i:.3f}" for i in range(1, 30)])
    assert guess_task(run) == "auto"
    names = "iteration,training's l2,valid_0's l2"
    assert guess_task(_run(tmp_path, names, [f"{i},{1 / i:.3f},{2 / i:.3f}" for i in range(1, 30)])) == "boosting"


def test_a_policy_held_near_its_reference_is_one_though_it_is_validated(tmp_path: Path) -> None:
    rows = [f"{i},{i / 1e3:.3f},{i / 1e3:.3f},{i / 40:.3f},{i / 1e4:.4f}" for i in range(1, 30)]
    assert guess_task(_run(tmp_path, "step,train_loss,val_loss,rewards_mean,kl", rows)) == "rl"
    assert guess_task(_run(tmp_path, "step,train_loss,val_loss,rewards_mean,acc", rows)) == "auto"
    assert guess_task(_run(tmp_path, "step,train_loss,val_loss,rewards/margins,kl", rows)) == "auto"  # preferences
