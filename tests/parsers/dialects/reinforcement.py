"""Reinforcement learning."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "unity ml-agents": (
        rows(
            "[INFO] 3DBall. Step: {0}. Time Elapsed: 20.123 s. Mean Reward: {1}. Std of Reward: 0.717. Training.\n",
            (12000, 1.25),
            (24000, 2.5),
            (36000, 5.5),
        ),
        {"Mean Reward": ("reward", "train", "step", [12000, 24000, 36000], [1.25, 2.5, 5.5])},
    ),
    "rsl_rl": (
        rows(
            "################################################################################\n"
            "                       Learning iteration {0}/1500                        \n\n"
            "                       Computation: 50000 steps/s (collection: 0.912s, learning 0.212s)\n"
            "               Value function loss: {1}\n                    Surrogate loss: -0.0110\n"
            "             Mean action noise std: 1.00\n                       Mean reward: {2}\n"
            "               Mean episode length: 20.12\n"
            "--------------------------------------------------------------------------------\n"
            "                   Total timesteps: 98304\n                    Iteration time: 1.12s\n"
            "                        Total time: 1.12s\n                               ETA: 100.1s\n\n",
            (0, 0.75, -1.5),
            (1, 0.5, -1.25),
            (2, 0.25, -0.75),
        ),
        {
            "Value function loss": ("loss", "train", "step", [0, 1, 2], [0.75, 0.5, 0.25]),
            "Mean reward": ("reward", "train", "step", [0, 1, 2], [-1.5, -1.25, -0.75]),
        },
    ),
    "cleanrl": (
        rows("global_step={0}, episodic_return={1}\n", (1234, 20.0), (1300, 25.0), (1402, 22.5)),
        {"episodic_return": ("reward", "train", "step", [1234, 1300, 1402], [20.0, 25.0, 22.5])},
    ),
    "tianshou": (
        rows(
            "Epoch #{0}: 10001it [00:12, 800.12it/s, env_step={1}, len=200, loss={2}, n/ep=10, n/st=2000, rew=120.50]\n"
            "Epoch #{0}: test_reward: {3} \u00b1 30.100000, best_reward: 195.500000 \u00b1 3.100000 in #2\n",
            (1, 10000, 0.5, 120.5),
            (2, 20000, 0.25, 195.5),
            (3, 30000, 0.125, 190.5),
        ),
        {
            "loss": ("loss", "train", "epoch", [1, 2, 3], [0.5, 0.25, 0.125]),
            "test_reward": ("reward", "test", "epoch", [1, 2, 3], [120.5, 195.5, 190.5]),
        },
    ),
    "keras-rl": (
        "Training for 10000 steps ...\n"
        + rows(
            " {0:5d}/10000: episode: {1}, duration: 0.512s, episode steps:  25, steps per second:  48, episode reward: "
            "{2}, mean reward:  1.000 [ 1.000,  1.000], mean action: 0.520 [0.000, 1.000],  loss: {3}, mae: 0.571, "
            "mean_q: 0.112\n",
            (25, 1, 25.0, 0.5),
            (50, 2, 26.0, 0.375),
            (75, 3, 27.0, 0.25),
        ),
        {
            "episode reward": ("reward", "train", "step", [1, 2, 3], [25.0, 26.0, 27.0]),
            "loss": ("loss", "train", "step", [1, 2, 3], [0.5, 0.375, 0.25]),
        },
    ),
    "reinforce example": (
        rows(
            "Episode {0}\tLast reward: {1}\tAverage reward: {2}\n", (10, 12.0, 10.5), (20, 25.0, 14.5), (30, 40.0, 20.5)
        ),
        {
            "Last reward": ("reward", "train", "step", [10, 20, 30], [12.0, 25.0, 40.0]),
            "Average reward": ("reward", "train", "step", [10, 20, 30], [10.5, 14.5, 20.5]),
        },
    ),
    "a2c-ppo-acktr": (
        rows(
            "Updates {0}, num timesteps {1}, FPS 1000 \n Last 10 training episodes: mean/median reward {2}/19.0, "
            "min/max reward 9.0/40.0\n\n",
            (0, 640, 20.5),
            (10, 7040, 30.5),
            (20, 13440, 40.5),
        ),
        {"mean/median reward": ("reward", "train", "step", [0, 10, 20], [20.5, 30.5, 40.5])},
    ),
    "rllib, a result": (
        rows(
            "Result for PPO_CartPole-v0_120b5_00000:\n  done: false\n  episode_len_mean: 22.577\n"
            "  episode_reward_max: 63.0\n  episode_reward_mean: {0}\n  info:\n    learner:\n      default_policy:\n"
            "        learner_stats:\n          entropy: 0.665\n          total_loss: {1}\n  time_total_s: 12.1\n"
            "  timesteps_total: {2}\n  training_iteration: {3}\n  \n",
            (22.5, 8.5, 4000, 1),
            (32.5, 7.5, 8000, 2),
            (52.5, 6.5, 12000, 3),
        ),
        {
            "episode_reward_mean": ("reward", "train", "step", [4000, 8000, 12000], [22.5, 32.5, 52.5]),
            "total_loss": ("loss", "train", "step", [4000, 8000, 12000], [8.5, 7.5, 6.5]),
        },
    ),
    "dreamer": (
        rows(
            "[{0}] model_loss {1} / actor_loss 0.12 / value_loss 5.12 / train_return {2} / fps 20.12\n",
            (2000, 9.5, 100.5),
            (4000, 8.5, 120.5),
            (6000, 7.5, 150.5),
        ),
        {
            "model_loss": ("loss", "train", "step", [2000, 4000, 6000], [9.5, 8.5, 7.5]),
            "train_return": ("reward", "train", "step", [2000, 4000, 6000], [100.5, 120.5, 150.5]),
        },
    ),
}
