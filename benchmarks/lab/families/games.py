"""Reinforcement learning and adversarial nets: their losses hover and are not to be judged as supervised curves.

No diagnosis of the loss is right here except a loss that is not finite. Of 25 configurations tried none was dropped.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well

RL, GAN = {"task": "rl"}, {"task": "gan"}
A, Q, G = {"game": "actor_critic"}, {"game": "q_learning"}, {"game": "adversaries"}

FAMILY = Family("games", "games", "pole, grid, ring of Gaussians", "actor-critic, Q-net, adversarial nets", "judging", (
    well("game_a2c_pole", "actor-critic: value losses hover in the hundreds", **A, dialect="sb3_progress_csv", options=RL),
    well("game_a2c_pole_unsaid", "actor-critic, the task is not told", **A, rollouts=120, rate=5e-3, dialect="sb3_progress_csv"),
    well("game_a2c_grid", "actor-critic on a grid", **A, world="grid", rollouts=100, dialect="sb3_progress_csv", options=RL),
    well("game_a2c_boxes", "boxes of Stable-Baselines3", **A, rollouts=60, dialect="sb3_boxes"),
    well("game_a2c_slow", "a rate so small that the reward hardly rises", **A, rollouts=80, rate=2e-4, dialect="sb3_progress_csv", options=RL),
    well("game_a2c_unstable", "a rate so large that the reward collapses now and then", **A, rollouts=150, rate=3e-2, dialect="spinning_up_tsv", options=RL),
    well("game_a2c_no_discount", "no discount: value losses in the thousands", **A, rollouts=100, gamma=1.0, rate=5e-3, dialect="spinning_up_tsv"),
    well("game_q_pole", "a Q-net's loss rises as the values grow", **Q, episodes=220, dialect="episode_prints", options=RL),
    well("game_q_pole_unsaid", "a Q-net, the task is not told", **Q, episodes=200, rate=2e-3, dialect="episode_prints"),
    well("game_q_grid", "a Q-net on a grid", **Q, world="grid", episodes=250, dialect="episode_prints", options=RL),
    well("game_q_steps", "only loss and epsilon, every 20 steps", **Q, world="grid", episodes=150, by_step=20, renew=100, dialect="json_lines", options=RL),
    well("game_q_saw", "the target net is renewed seldom: a jump each time", **Q, episodes=180, by_step=25, renew=1500, dialect="step_or_epoch_csv", options=RL),
    well("game_q_monitor", "rewards of episodes alone", **Q, episodes=250, dialect="monitor_csv", options=RL),
    well("game_q_monitor_grid", "rewards of episodes alone, a grid", **Q, world="grid", episodes=300, rate=3e-3, dialect="monitor_csv"),
    well("game_gan_ring", "the usual dance of two losses", **G, dialect="dcgan_prints", options=GAN),
    well("game_gan_unsaid", "two losses, the task is not told", **G, steps=4000, every=20, dialect="dcgan_prints"),
    well("game_gan_strong", "five updates of the discriminator a step: the losses mirror each other", **G, strong=5, hidden=32, rate=3e-3, steps=2000, dialect="dcgan_prints", options=GAN),
    well("game_gan_squares", "least squares", **G, kind="squares", steps=3000, dialect="keras_gan_prints", options=GAN),
    well("game_gan_squares_csv", "least squares, the task is not told", **G, kind="squares", rate=3e-3, steps=3000, dialect="gan_csv"),
    well("game_gan_wasserstein", "negative losses of a critic", **G, kind="wasserstein", strong=5, steps=1500, every=5, dialect="gan_csv", options=GAN),
    well("game_gan_wasserstein_json", "a critic's losses, as JSON", **G, kind="wasserstein", strong=3, rate=5e-4, steps=2500, dialect="json_lines", options=GAN),
    well("game_gan_blob", "an easy target: both losses settle at ln 2", **G, real="blob", steps=3000, dialect="keras_gan_prints"),
    well("game_gan_oscillates", "a rate so large that the losses oscillate", **G, rate=2e-2, steps=2500, dialect="dcgan_prints", options=GAN),
    ill("game_gan_log_zero", "log of a probability that reaches zero", "non-finite-loss", "diverging exploding-gradients", **G, naive=True, rate=0.5, strong=5, steps=2000, dialect="dcgan_prints", options=GAN),
    ill("game_a2c_non_finite", "a rate of 1e160: overflow", "non-finite-loss", "diverging exploding-gradients", **A, rollouts=60, rate=1e160, dialect="sb3_progress_csv", options=RL),
))  # fmt: skip
