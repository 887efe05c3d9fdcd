"""Preferences made up by Bradley and Terry: reward models on pairs, and policies tuned on pairs (DPO, IPO, SimPO, ORPO).

SEEN holds what the pictures showed where that is not only what was expected. Of 85 configurations one is dropped (pairs sorted by
ask leave no trace); 12 have second settings, one of them a third; 13 have other first labels than expected.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

R = ("rewards/chosen", "rewards/rejected", "rewards/accuracies", "rewards/margins")
VR = ("val_loss", *(f"val_{r}" for r in R))
A = ("loss", "rewards/accuracies")
L, LR, N = ("loss",), ("loss", "lr"), ("loss", "grad_norm", "lr")
D = ("loss", "grad_norm", "lr", *R)
DV = (*D, *VR)
AV = (*A, "lr", "val_loss", "val_rewards/accuracies")
V = ("loss", "val_loss")
VL = ("loss", "lr", "val_loss")
RM = {"goal": "rm", "eta": 3e-3, "net": {"width": 48}}
WIDE = {"goal": "rm", "net": {"width": 48}}
ACC = {"rewards/accuracies": "accuracy", "rewards/margins": "margin"}

SEEN: dict[str, str | None] = {
    "pref_high_dpo": "learning-rate-too-high | loss-spikes loss-jump noisy-loss not-learning underfitting | diverging exploding-gradients wrong-initial-loss",
    "pref_high_rm": "learning-rate-too-high | loss-spikes loss-jump noisy-loss not-learning underfitting | diverging wrong-initial-loss slow-start",
    "pref_high_beta": "learning-rate-too-high diverging | loss-jump loss-spikes noisy-loss underfitting | wrong-initial-loss exploding-gradients",
    "pref_low_rm": "learning-rate-too-low | still-improving slow-start not-learning | underfitting",
    "pref_low_dpo": "learning-rate-too-low | still-improving not-learning slow-start | underfitting",
    "pref_small_beta": "learning-rate-too-low | still-improving slow-start loss-metric-disagreement underfitting not-learning",
    "pref_high_momentum": "learning-rate-too-high | loss-jump loss-spikes noisy-loss underfitting not-learning | diverging",
    "pref_low_sgd": "learning-rate-too-low | still-improving not-learning | underfitting slow-start",
    "pref_spikes": "loss-spikes | noisy-loss | slow-start",
    "pref_under_decay": "not-learning underfitting | frozen-metric saturated-early | regularisation-dominates dead-units vanishing-gradients",
    "pref_nan_rm": "not-learning learning-rate-too-high | underfitting frozen-metric loss-spikes noisy-loss saturated-early | wrong-initial-loss diverging",
    "pref_ok_chat": "healthy | overfitting",
    "pref_by_ask": None,
    "pref_over_flipped": "overfitting | severe-overfitting loss-metric-disagreement saturated-early",
    "pref_over_dpo": "overfitting | saturated-early loss-metric-disagreement",
    "pref_by_gap": "unshuffled-data | noisy-loss loss-spikes epoch-steps | slow-start learning-rate-too-high diverging loss-jump",
    "pref_by_gap_dpo": "unshuffled-data | noisy-loss loss-spikes epoch-steps | slow-start learning-rate-too-high diverging loss-jump",
    "pref_ok_stop": "healthy | overfitting noisy-loss",
    "pref_ok_batch": "healthy | noisy-loss",
    "pref_ok_waves": "healthy | noisy-loss",
    "pref_ok_stairs": "healthy | noisy-loss",
    "pref_anchor_moves": "not-learning frozen-metric | underfitting | vanishing-gradients",
    "pref_same_column": "not-learning frozen-metric | underfitting vanishing-gradients",
    "pref_joined": "not-learning | noisy-loss underfitting overfitting | learning-rate-too-low",
    "pref_jump_round": "loss-jump | loss-spikes",
    "pref_jump_rate": "loss-jump learning-rate-too-high | loss-spikes diverging learning-rate-schedule noisy-loss | exploding-gradients underfitting",
    "pref_explodes": "exploding-gradients loss-spikes learning-rate-too-high diverging loss-jump | learning-rate-schedule underfitting not-learning vanishing-gradients | dead-units",
    "pref_over_margins": "overfitting severe-overfitting | loss-metric-disagreement saturated-early",
    "pref_over_simpo": "overfitting severe-overfitting | loss-metric-disagreement saturated-early wrong-initial-loss",
    "pref_over_rm": "overfitting | severe-overfitting saturated-early loss-metric-disagreement | slow-start",
    "pref_over_epochs": "severe-overfitting overfitting | loss-metric-disagreement",
    "pref_small_held": "small-validation-set | noisy-loss",
    "pref_small_held_rm": "small-validation-set | noisy-loss",
    "pref_length": "not-learning frozen-metric | underfitting | vanishing-gradients learning-rate-too-low",
    "pref_house": "severe-overfitting overfitting | loss-metric-disagreement noisy-loss underfitting",
    "pref_held_swapped": "severe-overfitting overfitting | loss-metric-disagreement noisy-loss",
    "pref_easy_held": "validation-better-than-training healthy | noisy-loss",
    "pref_dropout": "validation-better-than-training healthy | noisy-loss still-improving underfitting slow-start",
    "pref_stale": "frozen-metric | noisy-loss | overfitting loss-metric-disagreement",
    "pref_stale_rm": "frozen-metric | noisy-loss | overfitting loss-metric-disagreement",
    "pref_start_head": "wrong-initial-loss | noisy-loss still-improving loss-spikes",
    "pref_slow_rm": "slow-start | still-improving noisy-loss",
    "pref_noisy_two": "noisy-loss | not-learning still-improving loss-spikes | learning-rate-too-low underfitting learning-rate-too-high",
    "pref_noisy_rm": "noisy-loss | not-learning still-improving loss-spikes | learning-rate-too-low underfitting learning-rate-too-high slow-start",
    "pref_terms_sft": "loss-term-imbalance | underfitting learning-rate-too-low still-improving noisy-loss not-learning regularisation-dominates | wrong-initial-loss",
    "pref_terms_centre": "loss-term-imbalance regularisation-dominates not-learning underfitting | saturated-early loss-metric-disagreement",
    "pref_ridge": "regularisation-dominates | loss-term-imbalance underfitting still-improving not-learning | wrong-initial-loss",
    "pref_vanishing": "vanishing-gradients not-learning | underfitting",
    "pref_ratio_low": "update-ratio learning-rate-too-low not-learning | still-improving noisy-loss underfitting | slow-start",
    "pref_dead": "dead-units not-learning | frozen-metric underfitting vanishing-gradients | learning-rate-too-low",
    "pref_schedule_short": "learning-rate-schedule | saturated-early noisy-loss underfitting | learning-rate-too-low",
    "pref_never_warm": "learning-rate-schedule learning-rate-too-low | still-improving slow-start not-learning",
    "pref_ok_ipo": "healthy | overfitting",
    "pref_ok_orpo": "healthy | noisy-loss",
    "pref_ok_flipped": "healthy | noisy-loss",
}

CONFIGURATIONS = (
    # rates
    ill("pref_high_dpo", "DPO at 0.2, cut", "learning-rate-too-high", "loss-spikes noisy-loss wrong-initial-loss", eta=0.1, course="cut:0.65", n=6000, steps=240, tell=D, dialect="hf_print"),
    ill("pref_high_rm", "reward model at 0.15, cut", "learning-rate-too-high", "loss-spikes noisy-loss", **WIDE, eta=0.12, course="cut:0.7", n=6000, log=4, tell=(*A, "lr"), dialect="openrlhf_bars"),
    ill("pref_high_momentum", "momentum at 0.6", "learning-rate-too-high", "loss-spikes noisy-loss", **WIDE, algo="momentum", eta=0.6, clip=1.0, course="cut:0.7", n=6000, steps=280, eval=40, tell=AV, dialect="hf_state"),
    ill("pref_high_beta", "beta 2 at a rate for 0.1", "learning-rate-too-high", "loss-spikes noisy-loss overfitting wrong-initial-loss", beta=3.0, eta=3e-2, course="constant", n=6000, steps=240, eval=30, tell=DV, dialect="dpo_reference_log"),
    ill("pref_low_dpo", "DPO at 2e-5", "learning-rate-too-low", "still-improving", eta=3e-5, course="constant", steps=240, eval=50, tell=DV, dialect="hf_print"),
    ill("pref_low_rm", "reward model at 1e-4", "learning-rate-too-low", "still-improving slow-start not-learning", **WIDE, eta=1.5e-4, course="constant", steps=240, eval=40, tell=AV, dialect="hf_state"),
    ill("pref_low_sgd", "SGD at 0.012", "learning-rate-too-low", "still-improving", algo="sgd", eta=0.012, course="constant", steps=240, batch=64, tell=LR, dialect="wandb_export_csv"),
    ill("pref_small_beta", "beta 0.003", "learning-rate-too-low", "still-improving loss-metric-disagreement underfitting", beta=0.003, eta=1e-3, course="constant", steps=240, eval=30, tell=DV, dialect="axolotl_dicts"),
    # nothing is learnt
    ill("pref_anchor_moves", "the reference is the policy itself: always ln 2", "not-learning", "frozen-metric", fault="anchor_moves", steps=200, eval=40, tell=DV, dialect="hf_print"),
    ill("pref_same_column", "chosen and rejected read from one column", "not-learning", "frozen-metric", fault="same_column", steps=200, tell=D, dialect="hf_print"),
    ill("pref_joined", "who was chosen is lost: at random", "not-learning", "noisy-loss overfitting", flip=0.5, **WIDE, eta=1e-3, n=6000, course="constant", steps=240, tell=(*A, "lr"), dialect="openrlhf_bars"),
    # jumps, spikes, ends
    ill("pref_jump_swapped", "chosen and rejected change places from 60 % on", "loss-jump", "diverging", fault="swapped_since", since=0.6, **WIDE, eta=1e-3, course="linear", steps=240, tell=(*A, "lr"), dialect="wandb_export_csv"),
    ill("pref_jump_round", "a new round of pairs from another house", "loss-jump", "", fault="new_round", since=0.5, eta=5e-3, n=4000, steps=240, log=6, tell=D, dialect="hf_print"),
    ill("pref_jump_rate", "twelve times the rate from 60 % on", "loss-jump learning-rate-too-high", "loss-spikes diverging", fault="rate", much=12.0, since=0.6, **RM, n=6000, course="constant", steps=240, tell=LR, dialect="pairs_prints"),
    ill("pref_spikes", "a shard with the columns swapped, here and there", "loss-spikes", "noisy-loss", fault="shards", since=0.1, sure=8.0, **RM, n=9000, batch=64, steps=280, log=2, tell=LR, dialect="wandb_export_csv"),
    ill("pref_sign", "the sign is wrong from half on", "diverging", "loss-jump exploding-gradients", fault="sign", since=0.5, eta=2e-3, course="constant", steps=240, tell=D, dialect="axolotl_dicts"),
    ill("pref_nan", "own logarithm of the sigmoid in half precision", "non-finite-loss", "", fault="own_log", much=4.0, beta=1.0, eta=2e-2, n=6000, steps=240, tell=D, dialect="hf_print"),
    ill("pref_nan_rm", "own logarithm of the sigmoid of six times the margin, at a high constant rate: it dies", "non-finite-loss", "", fault="own_log", much=6.0, goal="rm", net={"width": 48, "pool": "sum"}, flip=0.1, course="constant", eta=6e-2, n=6000, steps=240, eval=30, tell=V, dialect="pairs_prints"),
    ill("pref_explodes", "sums over answers, momentum without clipping, a higher rate from half on", "exploding-gradients diverging loss-jump learning-rate-too-high", "loss-spikes noisy-loss", fault="rate", much=60.0, since=0.5, goal="rm", net={"pool": "sum", "width": 48}, algo="momentum", eta=0.03, course="constant", steps=240, tell=(*N, "rewards/accuracies"), dialect="hf_print"),
    # generalisation
    ill("pref_over_dpo", "400 pairs, twenty epochs", "overfitting", "severe-overfitting", n=400, eta=1e-3, steps=240, eval=20, tell=DV, dialect="hf_print"),
    ill("pref_over_rm", "500 pairs", "overfitting", "severe-overfitting", **WIDE, n=500, eta=3e-3, steps=240, eval=20, tell=AV, dialect="hf_state"),
    ill("pref_over_flipped", "a quarter of labels flipped", "overfitting severe-overfitting", "", flip=0.25, n=500, eta=3e-3, steps=240, eval=25, tell=DV, dialect="wandb_export_csv"),
    ill("pref_over_margins", "beta 0.5: margins grow, accuracy stands", "overfitting severe-overfitting loss-metric-disagreement", "", beta=0.6, n=800, eta=3e-3, steps=240, eval=20, tell=DV, dialect="dpo_reference_log"),
    ill("pref_over_simpo", "SimPO, 300 pairs", "severe-overfitting overfitting", "loss-metric-disagreement", goal="simpo", beta=5.0, margin=0.8, n=300, eta=3e-3, steps=240, eval=20, tell=DV, dialect="axolotl_dicts"),
    ill("pref_over_epochs", "300 pairs, reward model, by epochs", "severe-overfitting overfitting", "loss-metric-disagreement", **WIDE, n=320, batch=32, eta=4e-3, steps=240, log=10, eval=10, tell=("loss", *VR), dialect="deepspeed_reward_log"),
    ill("pref_small_held", "24 pairs held out, others each time", "small-validation-set", "", few=12, eta=3e-3, n=6000, steps=240, eval=10, tell=AV, dialect="hf_print"),
    ill("pref_small_held_rm", "16 pairs held out", "small-validation-set", "", few=12, **RM, n=6000, steps=240, eval=10, tell=(*V, "val_rewards/accuracies"), alias=ACC, dialect="wandb_export_csv"),
    ill("pref_length", "the tokenizer gives one token for all: nothing is left to learn", "underfitting", "saturated-early not-learning", fault="only_length", longer=0.15, **RM, n=4000, steps=240, eval=30, tell=AV, dialect="hf_state"),
    ill("pref_house", "half of the houses have the columns swapped, the net cannot tell them", "underfitting not-learning", "saturated-early overfitting", fault="house_swapped", much=3.0, **RM, n=4000, steps=240, eval=30, tell=AV, dialect="openrlhf_bars"),
    ill("pref_under_decay", "weight decay 15", "underfitting", "saturated-early not-learning", **WIDE, eta=5e-3, decay=15.0, course="constant", n=4000, steps=240, eval=20, tell=AV, dialect="hf_state"),
    ill("pref_held_swapped", "the columns are swapped in what is held out", "overfitting severe-overfitting", "loss-metric-disagreement", fault="held_swapped", eta=2e-3, n=4000, steps=240, eval=30, tell=DV, dialect="hf_print"),
    ill("pref_easy_held", "only clear pairs are held out", "validation-better-than-training healthy", "", fault="easy_held", **RM, n=4000, steps=240, eval=20, tell=AV, dialect="hf_state"),
    ill("pref_dropout", "dropout 0.6", "validation-better-than-training healthy", "underfitting", **{**RM, "net": {"width": 48, "drop": 0.5}}, n=4000, steps=240, eval=20, tell=AV, dialect="hf_print"),
    ill("pref_stale", "a copy from before is evaluated", "frozen-metric", "", fault="stale", eta=2e-3, steps=240, eval=25, tell=DV, dialect="hf_print"),
    ill("pref_stale_rm", "a copy from before is evaluated", "frozen-metric", "", fault="stale", **RM, steps=240, eval=20, tell=AV, dialect="hf_state"),
    # the start
    ill("pref_start_anchor", "the reference is another checkpoint", "wrong-initial-loss", "", fault="other_anchor", much=1.2, beta=0.5, eta=3e-3, n=6000, steps=240, tell=D, dialect="hf_print"),
    ill("pref_start_head", "the head of the reward model is drawn wide", "wrong-initial-loss", "", goal="rm", net={"width": 48, "head": 40.0, "pool": "sum"}, eta=3e-3, n=6000, steps=240, log=4, tell=(*A, "lr"), options={"classes": 2}, dialect="openrlhf_bars"),
    ill("pref_slow_rm", "weights a quarter as large", "slow-start", "still-improving", goal="rm", net={"width": 32, "depth": 3, "init": 0.3, "head": 0.3}, eta=7e-4, course="constant", n=6000, steps=280, eval=40, tell=AV, dialect="hf_state"),
    ill("pref_slow_warm", "a warm-up over 70 % of the run, rate not logged", "slow-start", "still-improving learning-rate-too-low", warm=0.8, **{**RM, "eta": 2e-3}, course="constant", n=6000, steps=280, log=8, tell=A, dialect="openrlhf_bars"),
    # noise and order
    ill("pref_noisy_two", "two pairs a step", "noisy-loss", "still-improving", batch=2, eta=1e-3, steps=240, log=1, averaged=False, tell=N, dialect="hf_print"),
    ill("pref_noisy_rm", "four pairs a step", "noisy-loss", "still-improving", **WIDE, eta=1e-3, batch=4, n=4000, steps=400, log=2, averaged=False, tell=LR, dialect="wandb_export_csv"),
    ill("pref_by_gap", "pairs sorted by how clear they are", "unshuffled-data", "noisy-loss epoch-steps", line="gap", sure=2.5, n=1280, **RM, course="constant", steps=240, log=1, tell=LR, dialect="pairs_prints"),
    ill("pref_by_ask", "pairs sorted by ask", "unshuffled-data", "noisy-loss epoch-steps", line="ask", n=960, batch=16, eta=1.5e-2, steps=240, log=1, tell=N, dialect="hf_print"),
    ill("pref_by_gap_dpo", "pairs sorted by how clear they are", "unshuffled-data", "noisy-loss epoch-steps", line="gap", sure=3.0, n=1280, eta=3e-3, course="constant", steps=240, log=2, tell=D, dialect="wandb_export_csv"),
    # terms and what is inside
    ill("pref_terms_sft", "ORPO: the text term weighs 100", "loss-term-imbalance", "underfitting still-improving", goal="orpo", beta=0.1, sft=30.0, eta=1e-3, steps=240, tell=("loss", "pair", "nll", "rewards/accuracies", "lr"), alias={"pair": "log_odds_loss", "nll": "nll_loss"}, dialect="hf_print"),
    ill("pref_terms_centre", "rewards held at zero with weight 50", "loss-term-imbalance regularisation-dominates", "underfitting not-learning", centre=30.0, **RM, steps=240, eval=30, tell=("loss", "pair", "centre", "rewards/accuracies", "val_rewards/accuracies"), alias={"pair": "pair_loss", "centre": "center_loss"}, dialect="wandb_export_csv"),
    ill("pref_ridge", "sum of squares times 0.01", "regularisation-dominates", "loss-term-imbalance underfitting still-improving", ridge=0.01, **RM, steps=240, tell=("loss", "pair", "ridge", "rewards/accuracies"), alias={"pair": "data_loss", "ridge": "reg_loss"}, dialect="wandb_export_csv"),
    ill("pref_vanishing", "six sigmoid layers", "vanishing-gradients not-learning", "slow-start learning-rate-too-low", goal="rm", net={"width": 32, "depth": 6, "act": "sigmoid"}, algo="sgd", eta=0.05, steps=240, tell=("loss", "norm0", "norm5", "rewards/accuracies"), alias={"norm0": "grad_norm/layer0", "norm5": "grad_norm/layer5"}, dialect="wandb_export_csv"),
    ill("pref_ratio_low", "SGD at 0.003", "update-ratio learning-rate-too-low not-learning", "still-improving", **WIDE, algo="sgd", eta=0.01, course="constant", steps=240, tell=("loss", "lr", "ratio"), alias={"ratio": "update_ratio"}, dialect="json_lines"),
    ill("pref_dead", "biases of −3 under ReLU", "dead-units not-learning", "underfitting learning-rate-too-low", goal="rm", net={"width": 48, "bias": -3.0}, eta=1e-3, steps=240, tell=("loss", "rewards/accuracies", "silent0", "silent1"), alias={"silent0": "dead_frac/layer0", "silent1": "dead_frac/layer1"}, dialect="wandb_export_csv"),
    ill("pref_clip", "clipped to 0.05", "clipping-saturated", "learning-rate-too-low still-improving", algo="momentum", eta=0.3, clip=0.05, course="constant", steps=240, tell=("loss", "clipped", "lr"), alias={"clipped": "grad_norm"}, dialect="wandb_export_csv"),
    ill("pref_schedule_short", "no rate after a quarter of the run", "learning-rate-schedule", "saturated-early", course="early:4", eta=1e-3, n=6000, steps=240, eval=40, tell=DV, dialect="hf_print"),
    ill("pref_never_warm", "the warm-up is longer than the run", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", warm=15.0, eta=2e-3, n=6000, steps=240, tell=D, dialect="axolotl_dicts"),
    # healthy
    well("pref_ok_dpo", "", n=6000, eta=2e-3, steps=240, eval=30, tell=DV, dialect="hf_print"),
    well("pref_ok_dpo_quiet", "slow: from 0.69 to 0.6", n=6000, eta=1e-3, steps=240, tell=D, dialect="hf_print"),
    well("pref_ok_rm", "", **RM, n=6000, steps=240, eval=30, tell=AV, dialect="hf_state"),
    well("pref_ok_reference", "", n=6000, eta=3e-3, steps=240, log=10, eval=50, tell=DV, dialect="dpo_reference_log"),
    well("pref_ok_mlx", "evaluated at the start", n=6000, eta=3e-3, steps=240, log=10, eval=60, zero=True, tell=("loss", "lr", *R, *VR), dialect="mlx_dpo_log"),
    well("pref_ok_bars", "bars", **RM, n=6000, course="cosine", steps=280, log=5, tell=(*A, "rewards/margins", "lr"), dialect="openrlhf_bars"),
    well("pref_ok_chat", "ten epochs", **RM, n=5952, batch=192, steps=310, log=31, eval=31, tell=("loss", *VR), dialect="deepspeed_reward_log"),
    well("pref_ok_axolotl", "", n=6000, eta=2e-3, course="cosine", steps=240, eval=50, tell=DV, dialect="axolotl_dicts"),
    well("pref_ok_ipo", "IPO: begins at 25", goal="ipo", n=6000, eta=2e-3, steps=240, eval=30, tell=DV, dialect="hf_print"),
    well("pref_ok_hinge", "hinge: begins at 1", goal="hinge", n=6000, eta=2e-3, steps=240, eval=30, tell=DV, dialect="wandb_export_csv"),
    well("pref_ok_simpo", "SimPO: begins above ln 2", goal="simpo", beta=2.5, margin=1.0, n=6000, eta=2e-3, steps=240, tell=D, dialect="axolotl_dicts"),
    well("pref_ok_orpo", "mostly text loss, small fall", goal="orpo", beta=1.0, sft=1.0, n=6000, eta=2e-3, steps=240, tell=("loss", "grad_norm", "lr", "rewards/accuracies", "rewards/margins"), dialect="hf_print"),
    well("pref_ok_smooth", "conservative DPO: labels smoothed", smooth=0.15, n=6000, eta=3e-3, steps=240, eval=30, tell=DV, dialect="hf_state"),
    well("pref_ok_flipped", "a fifth flipped: an honest floor", flip=0.2, **RM, n=8000, steps=240, eval=30, tell=AV, dialect="hf_state"),
    well("pref_ok_unsure", "people hardly agree: floor near 0.65", sure=0.6, **{**RM, "eta": 2e-3}, n=9000, batch=64, steps=280, eval=28, tell=AV, dialect="hf_print"),
    well("pref_ok_sure", "clear pairs: down to 0.2", sure=8.0, **RM, n=9000, batch=64, steps=280, eval=28, tell=AV, dialect="pairs_prints"),
    well("pref_ok_waves", "three warm restarts", course="waves:3", **{**RM, "eta": 5e-3}, n=9000, steps=280, eval=20, tell=AV, dialect="wandb_export_csv"),
    well("pref_ok_stairs", "steps down", course="stairs:3", n=9000, eta=5e-3, steps=240, eval=30, tell=VL, dialect="wandb_export_csv"),
    well("pref_ok_ema", "evaluated by an average", ema=0.97, **RM, n=9000, steps=240, eval=20, tell=AV, dialect="hf_state"),
    well("pref_ok_stop", "early stopping", **RM, n=1500, stop=2, steps=280, eval=25, tell=AV, dialect="hf_state"),
    well("pref_ok_short", "one epoch, ten lines", n=6400, eta=3e-3, batch=64, steps=100, log=10, tell=D, dialect="hf_print"),
    well("pref_ok_batch", "batches of eight, each step", batch=8, n=6000, eta=2e-3, steps=300, log=5, tell=N, dialect="wandb_export_csv"),
    well("pref_ok_centre", "rewards held near zero, lightly", centre=0.01, **RM, n=6000, steps=240, eval=30, tell=("loss", "pair", "centre", "val_loss"), alias={"pair": "pair_loss", "centre": "center_loss"}, dialect="wandb_export_csv"),
    well("pref_ok_summed", "summed over the batch", fault="summed", **RM, n=6000, clip=1.0, steps=240, tell=LR, dialect="pairs_prints"),
    well("pref_ok_rm_norm", "gradient norms grow while it learns", goal="rm", net={"width": 48, "norm": True}, eta=2e-3, n=6000, steps=240, tell=N, dialect="hf_print"),
    well("pref_ok_drop", "dropout", **{**RM, "net": {"width": 48, "drop": 0.1}}, n=6000, steps=240, eval=30, tell=AV, dialect="hf_print"),
    well("pref_ok_silent", "half the units silent at any time", **RM, n=6000, steps=240, tell=("loss", "silent0", "silent1"), alias={"silent0": "zero_frac/layer0", "silent1": "zero_frac/layer1"}, dialect="json_lines"),
    well("pref_ok_kl", "kl grows, as it does", n=6000, eta=3e-3, steps=240, eval=30, tell=("loss", "kl", "rewards/margins", "rewards/accuracies", "val_loss"), dialect="wandb_export_csv"),
    well("pref_ok_rm_quiet", "only the loss", **{**RM, "eta": 2e-3}, n=8000, batch=64, course="cosine", steps=240, tell=L, dialect="pairs_prints"),
    well("pref_ok_dpo_big", "large batches, two epochs", n=8000, batch=64, eta=3e-3, course="cosine", steps=250, log=10, eval=50, tell=DV, dialect="hf_state"),
    well("pref_ok_rm_deep", "three layers", goal="rm", net={"width": 40, "depth": 3, "norm": True}, eta=1.5e-3, n=8000, batch=48, steps=240, eval=24, tell=AV, dialect="hf_print"),
    well("pref_ok_long", "5,000 steps", **WIDE, eta=1e-3, n=40000, batch=16, steps=5000, log=50, eval=250, tell=AV, dialect="hf_state", seeds=1),
)  # fmt: skip

FAMILY = Family("preference_pairs", "preference_pairs", "made-up preferences", "a judge of tokens; a little policy", "tuning",
                looked_at(CONFIGURATIONS, SEEN), unmet=True)  # fmt: skip
