"""Logs of reinforcement learning and of adversarial nets as their usual tools write them."""

from __future__ import annotations

Records = list[dict[str, float]]


def sb3_progress_csv(records: Records) -> str:
    """Stable-Baselines3's progress.csv."""
    names = [n for n in records[0] if n not in {"step", "epoch"}]
    head = ["time/iterations", *names, "time/fps", "time/total_timesteps"]
    lines = [",".join(head)]
    for i, r in enumerate(records, 1):
        lines.append(",".join([str(i), *(f"{r[n]:.8g}" for n in names), "811", f"{r['step']:.0f}"]))
    return "\n".join(lines) + "\n"


def sb3_boxes(records: Records) -> str:
    """The boxes that Stable-Baselines3 prints."""
    text = "Using cpu device\nWrapping the env with a `Monitor` wrapper\n"
    for i, r in enumerate(records, 1):
        text += "-" * 41 + "\n"
        cells = {"time/iterations": i, "time/fps": 811, "time/total_timesteps": r["step"]}
        cells |= {n: v for n, v in r.items() if n not in {"step", "epoch"}}
        for group in ("rollout", "time", "train"):
            text += f"| {group + '/':<20} | {'':<14} |\n"
            text += "".join(
                f"|    {n.split('/')[1]:<17} | {v:<14.3g} |\n" for n, v in cells.items() if n.startswith(group)
            )
        text += "-" * 41 + "\n"
    return text


def monitor_csv(records: Records) -> str:
    """Stable-Baselines3's Monitor: an episode a row."""
    head = '#{"t_start": 1700000000.0, "env_id": "CartPole-v1"}\nr,l,t\n'
    return head + "".join(f"{r['reward']:.6g},{r['length']:.0f},{0.01 * r['step']:.6f}\n" for r in records)


def spinning_up_tsv(records: Records) -> str:
    """Spinning Up's progress.txt."""
    names = {"rollout/ep_rew_mean": "AverageEpRet", "rollout/ep_len_mean": "EpLen", "train/policy_loss": "LossPi",
             "train/value_loss": "LossV", "train/entropy_loss": "Entropy"}  # fmt: skip
    lines = ["\t".join(["Epoch", *names.values(), "TotalEnvInteracts", "Time"])]
    for i, r in enumerate(records):
        lines.append("\t".join([str(i), *(f"{r[n]:.6g}" for n in names), f"{r['step']:.0f}", f"{0.3 * i:.2f}"]))
    return "\n".join(lines) + "\n"


def episode_prints(records: Records) -> str:
    """``Episode 10/200 | Reward: 23.00 | Loss: 0.5100 | Epsilon: 0.90``"""
    last = records[-1]["epoch"] + 1
    return "".join(f"Episode {r['epoch'] + 1:.0f}/{last:.0f} | Reward: {r['reward']:.2f} | Loss: {r['loss']:.4f} | "
                   f"Epsilon: {r['epsilon']:.2f}\n" for r in records)  # fmt: skip


def dcgan_prints(records: Records) -> str:
    """PyTorch's DCGAN example."""
    last = records[-1]["epoch"] + 1
    text = "Starting Training Loop...\n"
    for r in records:
        text += f"[{r['epoch']:.0f}/{last:.0f}][{(r['step'] - 1) % 500:.0f}/500]\tLoss_D: {r['loss_d']:.4f}\t"
        text += f"Loss_G: {r['loss_g']:.4f}\tD(x): {r['d_x']:.4f}\tD(G(z)): {r['d_g_z1']:.4f} / {r['d_g_z2']:.4f}\n"
    return text


def keras_gan_prints(records: Records) -> str:
    """``120 [D loss: 0.612, acc.: 71.88%] [G loss: 0.843]``"""
    return "".join(f"{r['step']:.0f} [D loss: {r['loss_d']:f}, acc.: {50 * (1 + r['d_x'] - r['d_g_z1']):.2f}%] "
                   f"[G loss: {r['loss_g']:f}]\n" for r in records)  # fmt: skip


def gan_csv(records: Records) -> str:
    """A table of both losses."""
    return "iteration,d_loss,g_loss\n" + "".join(
        f"{r['step']:.0f},{r['loss_d']:.6g},{r['loss_g']:.6g}\n" for r in records
    )
