"""Made-up molecules, nets that pass messages or take sets: energies (with units of their own), six labels at once, or both.

SEEN holds what the pictures showed where that is not only what was expected. Of 95 configurations tried one is dropped (a
penalty of the activations that went down at once); 10 have their second or third settings, as the first left no trace of
the fault. 29 have another set of first labels than expected; in 4 of them the first is none of the expected (a weight decay
that does no harm, dropout that only puts the validation below the training, small weights with a rate too high for sums,
noisy energies of which nothing is learnt by heart).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR, V, VM = ("loss",), ("loss", "lr"), ("loss", "val_loss"), ("loss", "val_loss", "val_mae")
VA, VAC = ("loss", "val_loss", "val_auc"), ("loss", "val_loss", "val_acc")
MAE, BOTH = ("mae", "val_mae"), ("loss", "energy", "tox", "val_loss", "val_mae", "val_auc")
N, NORM, AFTER = ("loss", "norm"), {"norm": "grad_norm"}, {"norm_after": "grad_norm"}
PARTS = {"energy": "loss_energy", "tox": "loss_tox", "reg": "reg_loss"}
TOX, TWO = {"task": "labels"}, {"task": "both"}
RAW = {"standard": False, "error": "l2"}
COS = ("warm_cosine", 0.1)

SEEN: dict[str, str | None] = {
    "chem_slow_small": "slow-start | still-improving underfitting vanishing-gradients small-validation-set",
    "chem_high_adam": "learning-rate-too-high not-learning wrong-initial-loss underfitting | saturated-early frozen-metric",
    "chem_high_drop": "learning-rate-too-high | loss-spikes noisy-loss small-validation-set",
    "chem_high_tox": "wrong-initial-loss learning-rate-too-high | saturated-early underfitting noisy-loss not-learning loss-spikes exploding-gradients",
    "chem_high_steps": "learning-rate-too-high noisy-loss | loss-spikes wrong-initial-loss still-improving",
    "chem_low_sgd": "learning-rate-too-low underfitting not-learning | still-improving saturated-early",
    "chem_low_tox": "learning-rate-too-low still-improving | loss-metric-disagreement",
    "chem_low_steps": "learning-rate-too-low noisy-loss still-improving",
    "chem_no_step": "not-learning frozen-metric",
    "chem_old_model": "not-learning frozen-metric",
    "chem_no_features": "not-learning underfitting | saturated-early frozen-metric",
    "chem_no_bonds": "underfitting not-learning | saturated-early overfitting",
    "chem_decay": "healthy | underfitting loss-spikes saturated-early small-validation-set",
    "chem_drop": "validation-better-than-training healthy | underfitting still-improving",
    "chem_means": "underfitting not-learning | still-improving slow-start learning-rate-too-low overfitting",
    "chem_batch_two": "noisy-loss | still-improving loss-spikes | not-learning",
    "chem_batch_one": "noisy-loss | loss-spikes still-improving | not-learning",
    "chem_batch_tox": "noisy-loss | loss-spikes still-improving | not-learning",
    "chem_not_standard": "wrong-initial-loss | underfitting saturated-early",
    "chem_unit": "wrong-initial-loss | still-improving",
    "chem_head": "wrong-initial-loss healthy | still-improving",
    "chem_rare": "loss-metric-disagreement frozen-metric | underfitting",
    "chem_heart_mild": "healthy overfitting | still-improving",
    "chem_heart_tox": "severe-overfitting overfitting loss-metric-disagreement | saturated-early",
    "chem_raw_both": "loss-term-imbalance wrong-initial-loss | still-improving",
    "chem_tox_forgotten": "loss-term-imbalance | loss-metric-disagreement noisy-loss loss-spikes learning-rate-too-high",
    "chem_summed": "loss-term-imbalance | noisy-loss still-improving",
    "chem_l2": "regularisation-dominates | loss-term-imbalance wrong-initial-loss still-improving",
    "chem_l1": "regularisation-dominates not-learning underfitting | loss-term-imbalance saturated-early",
    "chem_l2_sgd": "regularisation-dominates not-learning | underfitting loss-term-imbalance saturated-early",
    "chem_slow_init": "learning-rate-too-high noisy-loss | loss-spikes small-validation-set still-improving",
    "chem_slow_sigmoid": "slow-start | still-improving underfitting",
    "chem_slow_steps": "slow-start still-improving learning-rate-too-low | noisy-loss",
    "chem_by_energy": "unshuffled-data | noisy-loss not-learning loss-spikes learning-rate-too-high",
    "chem_by_size": "unshuffled-data | noisy-loss not-learning underfitting learning-rate-too-high",
    "chem_by_ring": "unshuffled-data | loss-spikes still-improving noisy-loss",
    "chem_maximised": "diverging | loss-jump | severe-overfitting overfitting",
    "chem_piles_up": "diverging learning-rate-too-high | loss-spikes noisy-loss not-learning | unshuffled-data",
    "chem_empty": "non-finite-loss | frozen-metric",
    "chem_bad_shard": "loss-spikes | noisy-loss | unshuffled-data",
    "chem_other_method": "loss-jump | diverging saturated-early",
    "chem_rate_slip": "loss-jump learning-rate-too-high | loss-spikes diverging saturated-early",
    "chem_stopped": "still-improving healthy | | learning-rate-too-low",
    "chem_idle": "saturated-early healthy | learning-rate-schedule frozen-metric",
    "chem_clean_held": "validation-better-than-training healthy | underfitting",
    "chem_over_sure": "overfitting severe-overfitting | loss-metric-disagreement saturated-early",
    "chem_held_unit": "overfitting | small-validation-set saturated-early | severe-overfitting",
    "chem_stairs": "not-learning noisy-loss | underfitting",
    "chem_deep_sum": "wrong-initial-loss exploding-gradients | noisy-loss loss-spikes",
    "chem_vanish": "vanishing-gradients not-learning | underfitting small-validation-set saturated-early",
    "chem_smooth": "not-learning activation-collapse underfitting learning-rate-too-low | vanishing-gradients still-improving",
    "chem_grows": "activation-collapse wrong-initial-loss exploding-gradients | still-improving overfitting",
    "chem_ratio_large": "learning-rate-too-high update-ratio | small-validation-set noisy-loss wrong-initial-loss loss-spikes underfitting",
    "chem_ratio_one": "update-ratio not-learning learning-rate-too-low | noisy-loss",
    "chem_dead": "dead-units | still-improving learning-rate-too-low",
    "chem_dead_rate": "dead-units wrong-initial-loss learning-rate-too-high | underfitting not-learning saturated-early noisy-loss loss-spikes",
    "chem_clip": "clipping-saturated | noisy-loss still-improving learning-rate-too-low",
    "chem_clip_both": "clipping-saturated wrong-initial-loss | exploding-gradients still-improving",
    "chem_rises": "learning-rate-schedule learning-rate-too-high loss-jump | loss-spikes noisy-loss small-validation-set saturated-early",
    "chem_fine": "healthy | still-improving | learning-rate-too-low underfitting",
    "chem_clip_some": "healthy | | clipping-saturated noisy-loss",
    "chem_large_unit": "healthy | still-improving | overfitting wrong-initial-loss",
}

CONFIGURATIONS = (
    # rates
    ill("chem_high_adam", "Adam at 0.1", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", lr=0.1, epochs=24, log=VM, dialect="zinc_prints"),
    ill("chem_high_drop", "momentum at 0.06, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes", opt="sgd", lr=0.06, net={"norm": True}, schedule=("drops", 0.05, 0.7), epochs=30, log=(*VM, "lr"), dialect="schnetpack_csv"),
    ill("chem_high_tox", "RMSprop at 0.05 on labels, constant", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", **TOX, opt="rmsprop", lr=0.05, epochs=20, every=4, log=LR, dialect="chemprop_log"),
    ill("chem_high_steps", "Adam at 0.05 with layer norms", "learning-rate-too-high noisy-loss", "loss-spikes", lr=0.05, net={"norm": True}, rows=512, epochs=20, every=4, log=("loss", "mae"), dialect="tqdm_capture"),
    ill("chem_low_sgd", "SGD at 3e-4 without momentum", "learning-rate-too-low", "still-improving not-learning", opt="sgd", momentum=0.0, lr=3e-4, epochs=20, log=VM, dialect="mace_log"),
    ill("chem_low_tox", "Adam at 3e-5 on labels", "learning-rate-too-low", "still-improving", **TOX, lr=3e-5, epochs=20, log=VA, dialect="ogb_prints"),
    ill("chem_low_steps", "AdamW at 5e-5, loss only", "learning-rate-too-low", "still-improving", opt="adamw", lr=5e-5, epochs=20, every=4, log=L, dialect="deepchem_log"),
    # nothing is learnt
    ill("chem_unpaired", "targets of other molecules after a merge by the wrong key", "not-learning", "noisy-loss", mishap="unpaired", lr=1e-3, epochs=16, error="l2", every=4, log=("loss", "mae"), dialect="wandb_panel_csv"),
    ill("chem_no_step", "a scheduler's step() instead of the optimiser's", "not-learning", "frozen-metric", mishap="no_step", epochs=20, **TOX, log=VA, dialect="zinc_prints"),
    ill("chem_old_model", "the optimiser holds a model that was built again", "not-learning", "frozen-metric", mishap="old_model", epochs=20, log=MAE, dialect="zinc_prints"),
    ill("chem_no_features", "the features of the atoms are zeros", "not-learning underfitting", "frozen-metric saturated-early", mishap="no_features", net={"rounds": 0, "pool": "mean", "bonds": False}, epochs=24, log=VM, dialect="lightning_graphs_csv"),
    # poor
    ill("chem_no_bonds", "a set network of three units without the bonds", "underfitting", "saturated-early", net={"bonds": False, "rounds": 1, "width": 3, "pool": "mean"}, epochs=40, log=("loss", "val_loss", "val_r2"), dialect="nequip_epoch_csv"),
    ill("chem_decay", "weight decay of 0.15 in Adam", "underfitting", "saturated-early", decay=0.15, epochs=30, log=("loss", "val_loss", "val_r2"), dialect="wandb_run_history_csv"),
    ill("chem_drop", "dropout of 0.8 everywhere", "underfitting", "noisy-loss validation-better-than-training", net={"drop": 0.8}, **TOX, epochs=24, log=VA, dialect="lifesci_prints"),
    ill("chem_means", "means of means: rings cannot be counted", "underfitting", "saturated-early", net={"gather": "mean", "pool": "mean", "width": 6, "rounds": 1, "skip": False}, epochs=30, log=("loss", "val_loss", "val_r2"), error="l2", dialect="lightning_graphs_csv"),
    # noise
    ill("chem_batch_two", "two molecules a batch", "noisy-loss", "", batch=2, rows=400, lr=5e-4, blur=0.5, epochs=3, every=4, log=L, dialect="deepchem_log"),
    ill("chem_batch_one", "one molecule a batch, squared error", "noisy-loss", "loss-spikes", batch=1, rows=500, lr=1e-4, error="l2", epochs=2, every=4, log=("loss", "mae"), dialect="deepchem_log"),
    ill("chem_batch_tox", "two molecules a batch, labels", "noisy-loss", "", **TOX, batch=2, rows=600, lr=3e-4, epochs=3, every=5, flips=0.05, log=LR, dialect="chemprop_log"),
    # the first loss
    ill("chem_not_standard", "energies of -60 kcal/mol as they are, the last bias at 0", "wrong-initial-loss", "", **RAW, lr=5e-3, net={"pool": "mean"}, epochs=30, log=VM, dialect="zinc_prints"),
    ill("chem_unit", "energies in cm-1: the first loss is 1e8", "wrong-initial-loss", "learning-rate-too-low", standard=False, error="l2", unit=300.0, lr=0.02, epochs=30, log=V, dialect="train_mse_prints"),
    ill("chem_head", "the last layer drawn sixty times too large", "wrong-initial-loss", "", **TOX, net={"head": 60.0, "pool": "mean"}, epochs=20, lr=5e-3, log=VAC, dialect="percent_prints"),
    # what does not move
    ill("chem_rare", "1 % positives: nothing is ever found", "frozen-metric loss-metric-disagreement", "", **TOX, rare=0.05, opt="sgd", momentum=0.0, lr=0.004, net={"pool": "mean"}, epochs=24, log=("loss", "val_loss", "val_f1"), dialect="percent_prints"),
    ill("chem_first_weights", "validation with the weights from before the training", "frozen-metric", "overfitting", mishap="first_weights", epochs=24, log=VM, dialect="schnetpack_csv"),
    ill("chem_first_tox", "the exported model is evaluated, never exported again", "frozen-metric", "", mishap="first_weights", **TOX, epochs=20, log=("loss", "val_auc", "val_f1"), dialect="ogb_prints"),
    # by heart
    ill("chem_heart", "64 molecules with noisy energies, wide", "overfitting severe-overfitting", "saturated-early", rows=64, batch=16, blur=0.5, net={"width": 96}, epochs=70, lr=2e-3, log=VM, dialect="zinc_prints"),
    ill("chem_heart_mild", "120 molecules with noisy energies", "overfitting", "saturated-early still-improving", rows=120, batch=20, blur=0.5, net={"width": 64}, epochs=50, lr=1e-3, log=MAE, names={"mae": "train_mae"}, dialect="wandb_run_history_csv"),
    ill("chem_heart_tox", "80 molecules, labels, wide", "severe-overfitting overfitting", "saturated-early loss-metric-disagreement", **TOX, rows=80, batch=16, flips=0.05, net={"width": 64}, epochs=80, lr=3e-3, log=VA, dialect="lifesci_prints"),
    ill("chem_heart_flips", "an eighth of the labels is wrong", "severe-overfitting overfitting", "loss-metric-disagreement", **TOX, rows=160, batch=16, flips=0.12, net={"width": 64}, epochs=50, lr=3e-3, log=VAC, dialect="lightning_graphs_csv"),
    # terms
    ill("chem_raw_both", "energies not standardised swamp the labels", "loss-term-imbalance", "wrong-initial-loss", **TWO, **RAW, lr=1e-3, epochs=24, log=BOTH, names=PARTS, dialect="wandb_run_history_csv"),
    ill("chem_tox_forgotten", "weight 0.0003 of the labels", "loss-term-imbalance", "", **TWO, weights={"tox": 3e-4}, epochs=24, opt="sgd", lr=0.02, log=("loss", "energy", "tox", "val_auc"), names=PARTS, dialect="lightning_graphs_csv"),
    ill("chem_summed", "the energies' error is summed over the batch", "loss-term-imbalance", "", **TWO, error="summed", clip=1.0, lr=3e-4, epochs=20, every=4, log=("loss", "energy", "tox"), names=PARTS, dialect="structlog_json_lines"),
    ill("chem_l2", "0.05 times the sum of squares", "regularisation-dominates", "underfitting", penalty=("l2", 0.05), epochs=24, log=("loss", "energy", "reg", "val_mae"), names=PARTS, dialect="wandb_run_history_csv"),
    ill("chem_l1", "0.005 times the sum of sizes, labels", "regularisation-dominates", "underfitting", **TOX, penalty=("l1", 0.005), lr=1e-3, epochs=24, log=("loss", "tox", "reg", "val_auc"), names={"tox": "bce", "reg": "l1_penalty"}, dialect="zinc_prints"),
    ill("chem_l2_sgd", "0.3 times the sum of squares, SGD", "regularisation-dominates", "underfitting still-improving", penalty=("l2", 0.3), opt="sgd", lr=0.002, epochs=20, every=4, log=("loss", "energy", "reg"), names={"energy": "data_loss", "reg": "reg_loss"}, dialect="structlog_json_lines"),
    # late
    ill("chem_slow_init", "weights drawn small, no skip, a rate too high for sums", "slow-start", "", net={"gain": 0.3, "skip": False, "head": 0.1}, opt="sgd", lr=0.02, epochs=36, log=VM, dialect="tqdm_epochs_capture"),
    ill("chem_slow_small", "seven rounds of sigmoids without skips", "slow-start", "vanishing-gradients", net={"unit": "sigmoid", "skip": False, "rounds": 7, "pool": "mean"}, lr=1.5e-3, epochs=24, log=("loss", "val_mae"), dialect="wandb_panel_csv"),
    ill("chem_slow_sigmoid", "sigmoids without skips, labels", "slow-start", "", **TOX, net={"unit": "sigmoid", "skip": False, "pool": "mean"}, lr=2e-3, epochs=40, log=VA, dialect="nequip_epoch_csv"),
    ill("chem_slow_steps", "a rate that grows by 2 % an update from 2e-6, not logged", "slow-start", "still-improving", lr=2e-6, schedule=("exponential", 1.02), epochs=24, every=3, log=L, dialect="deepchem_log"),
    # order
    ill("chem_by_energy", "sorted by energy, shuffle=False", "unshuffled-data", "noisy-loss", order="energy", batch=16, lr=1e-3, epochs=8, every=2, log=("loss", "mae"), dialect="wandb_panel_csv"),
    ill("chem_by_size", "sorted by the number of atoms to save padding", "unshuffled-data", "", order="size", batch=16, opt="sgd", lr=0.002, epochs=10, every=2, log=L, dialect="chemprop_log"),
    ill("chem_by_ring", "first those without a ring, then those with one", "unshuffled-data", "", **TOX, order="ring", batch=16, lr=2e-3, epochs=10, every=2, log=("loss", "lr"), dialect="chemprop_log"),
    # breaks
    ill("chem_maximised", "a score's sign after a refactoring, from half-time on", "diverging", "loss-jump", mishap="maximised", since=0.5, opt="sgd", lr=1e-3, epochs=24, **TOX, log=VA, dialect="lifesci_prints"),
    ill("chem_piles_up", "zero_grad() forgotten", "diverging learning-rate-too-high", "loss-spikes noisy-loss", mishap="piles_up", opt="sgd", lr=2e-3, epochs=20, every=4, log=LR, dialect="chemprop_log"),
    ill("chem_zero_spread", "a feature that is constant is divided by its spread: NaN at once", "non-finite-loss", "", mishap="constant_feature", epochs=8, log=VM, dialect="zinc_prints"),
    ill("chem_empty", "an empty molecule is averaged: NaN from the sixth epoch on", "non-finite-loss", "", mishap="empty", since=0.3, epochs=20, log=BOTH, **TWO, dialect="lightning_graphs_csv"),
    ill("chem_bad_shard", "a shard in other units now and then", "loss-spikes", "", mishap="bad_shard", size=6.0, period=41, since=0.1, rows=640, epochs=16, every=1, lr=1e-3, log=L, dialect="deepchem_log"),
    ill("chem_other_method", "at half-time data of another level of theory", "loss-jump", "", mishap="other_method", size=2.5, since=0.5, net={"norm": True}, epochs=24, opt="sgd", lr=2e-4, log=VM, dialect="wandb_run_history_csv"),
    ill("chem_rate_slip", "resumed with the rate of another config", "loss-jump learning-rate-too-high", "loss-spikes", mishap="rate_slip", size=40.0, since=0.6, lr=2e-3, epochs=24, every=4, log=L, dialect="chemprop_log"),
    ill("chem_resumed", "died at 70 %, resumed from half", "resumed-log healthy", "", resume=(0.7, 0.5, False), epochs=24, every=8, log=("loss", "mae", "lr"), dialect="structlog_json_lines"),
    ill("chem_resumed_epochs", "died at 60 %, resumed from 40 % without the optimiser", "resumed-log healthy", "", resume=(0.6, 0.4, True), epochs=30, log=VM, dialect="zinc_prints"),
    ill("chem_four", "four epochs", "too-short still-improving healthy", "", epochs=4, log=VM, dialect="schnetpack_csv"),
    ill("chem_stopped", "stopped early in the fall", "still-improving", "", **TOX, epochs=12, lr=6e-4, log=VA, dialect="ogb_prints"),
    ill("chem_idle", "the cosine ended long ago", "saturated-early healthy", "learning-rate-schedule", lr=4e-3, rows=256, epochs=70, schedule=("ends", 0.3), log=VM, dialect="tqdm_epochs_capture"),
    ill("chem_few_held", "eight molecules to validate with", "small-validation-set", "overfitting", **TOX, held=8, rows=480, epochs=40, lr=2e-3, log=("loss", "val_acc", "val_exact"), dialect="percent_prints"),
    ill("chem_clean_held", "a fifth of the training labels is wrong, none of the others", "validation-better-than-training healthy", "", **TOX, flips=0.2, held_flips=0.0, epochs=16, rows=800, log=V, dialect="lightning_graphs_csv"),
    ill("chem_over_sure", "the loss turns and the AUC holds", "loss-metric-disagreement severe-overfitting overfitting", "saturated-early", **TOX, rows=240, batch=16, net={"width": 64}, epochs=70, lr=3e-3, log=VA, dialect="wandb_run_history_csv"),
    ill("chem_held_unit", "validation energies in another unit", "loss-metric-disagreement overfitting", "", mishap="held_unit", size=3.0, epochs=20, log=MAE, names={"mae": "train_mae"}, dialect="step_or_epoch_csv"),
    ill("chem_stairs", "energies that are half noise, four a batch", "epoch-steps overfitting healthy", "", blur=1.0, rows=480, batch=4, net={"width": 96}, lr=1e-3, epochs=6, every=4, log=L, dialect="deepchem_log"),
    # inside
    ill("chem_deep_sum", "ten rounds of sums without norms", "exploding-gradients wrong-initial-loss", "loss-spikes noisy-loss", net={"rounds": 10, "skip": True}, lr=3e-4, error="l2", epochs=16, every=4, log=N, names=NORM, dialect="chemprop_log"),
    ill("chem_explode_late", "the rate grows for ever", "exploding-gradients diverging non-finite-loss learning-rate-too-high", "loss-spikes", opt="sgd", lr=2e-4, schedule=("exponential", 1.03), epochs=20, error="l2", every=3, log=(*N, "lr"), names=NORM, dialect="chemprop_log"),
    ill("chem_vanish", "seven rounds of sigmoids without skips, SGD", "vanishing-gradients not-learning", "underfitting", net={"rounds": 7, "unit": "sigmoid", "skip": False, "pool": "mean", "gather": "mean"}, opt="sgd", lr=0.01, epochs=16, log=V, probe={"grad": "grad_norm/conv{}"}, dialect="step_or_epoch_csv"),
    ill("chem_smooth", "seven rounds of means without skips: all atoms alike", "activation-collapse not-learning", "underfitting vanishing-gradients", net={"rounds": 7, "gather": "mean", "skip": False, "gain": 0.4, "pool": "mean"}, lr=3e-4, epochs=16, log=V, probe={"alike": "node_std/conv{}"}, dialect="step_or_epoch_csv"),
    ill("chem_grows", "six rounds of sums, gain 1.6: each is larger", "activation-collapse wrong-initial-loss exploding-gradients", "loss-spikes", net={"rounds": 6, "gain": 1.6, "skip": False}, lr=1e-4, epochs=16, log=V, probe={"std": "act_std/layer{}"}, dialect="step_or_epoch_csv"),
    ill("chem_ratio_large", "RMSprop at 0.03 with layer norms", "update-ratio learning-rate-too-high", "underfitting loss-spikes", opt="rmsprop", lr=0.03, net={"norm": True, "unit": "silu"}, epochs=20, log=VM, probe={"ratio": "update_ratio/conv{}"}, dialect="step_or_epoch_csv"),
    ill("chem_ratio_small", "Adam at 2e-6", "update-ratio learning-rate-too-low not-learning", "still-improving", lr=2e-6, epochs=16, **TOX, log=VA, probe={"log_ratio": "log10_update_ratio/conv{}"}, dialect="structlog_json_lines"),
    ill("chem_ratio_one", "SGD at 1e-5", "update-ratio learning-rate-too-low", "still-improving not-learning", opt="sgd", lr=1e-5, epochs=16, every=4, net={"rounds": 1}, log=L, probe={"ratio": "update_to_weight_ratio"}, dialect="wandb_panel_csv"),
    ill("chem_dead", "biases at -3 before ReLUs", "dead-units", "underfitting", net={"bias": -3.0}, lr=1e-3, epochs=20, log=VM, probe={"dead": "dead_units/conv{}"}, dialect="step_or_epoch_csv"),
    ill("chem_dead_rate", "RMSprop at 0.1 kills the ReLUs", "dead-units learning-rate-too-high", "underfitting wrong-initial-loss loss-spikes", opt="rmsprop", lr=0.1, epochs=20, every=4, log=L, probe={"dead": "frac_dead/{}"}, dialect="structlog_json_lines"),
    ill("chem_clip", "clipped at 0.05, SGD", "clipping-saturated learning-rate-too-low", "still-improving", clip=0.05, opt="sgd", lr=0.01, epochs=20, every=4, log=("loss", "norm_after"), names=AFTER, dialect="chemprop_log"),
    ill("chem_clip_both", "clipped at 1 while energies are of hundreds", "clipping-saturated", "still-improving wrong-initial-loss", **RAW, clip=1.0, lr=2e-3, epochs=16, log=("loss", "val_mae", "norm", "clipped"), names=NORM | {"clipped": "clip_frac"}, dialect="lightning_graphs_csv"),
    ill("chem_gamma", "a decay of 0.96 meant for epochs, an update each", "learning-rate-schedule", "saturated-early underfitting", schedule=("exponential", 0.96), lr=2e-3, epochs=24, log=("lr", *VM), dialect="zinc_prints"),
    ill("chem_rises", "the schedule starts again where it should have ended", "learning-rate-schedule healthy loss-jump", "loss-spikes", schedule=("rises_again", 0.6), lr=0.03, epochs=26, log=(*VM, "lr"), dialect="schnetpack_csv"),
    # healthy, and frightening
    well("chem_good", "all in order", rows=700, epochs=20, schedule=COS, log=VM, dialect="schnetpack_csv"),
    well("chem_cycles", "warm restarts", schedule=("cycles", 64), lr=6e-3, epochs=20, every=4, log=LR, dialect="chemprop_log"),
    well("chem_triangles", "a cyclical rate, labels", **TOX, schedule=("triangles", 48, 0.05), lr=8e-3, rows=640, epochs=20, log=("lr", *VA), dialect="zinc_prints"),
    well("chem_average", "validated with a moving average: late, then better", average=0.97, rows=640, lr=3e-3, epochs=20, log=VM, also="validation-better-than-training", dialect="wandb_run_history_csv"),
    well("chem_masked", "a quarter of the atoms hidden in training", masked=0.25, rows=640, epochs=20, schedule=COS, log=V, also="validation-better-than-training", dialect="lightning_graphs_csv"),
    well("chem_dropout", "dropout of a quarter, labels", **TOX, net={"drop": 0.25}, rows=640, epochs=20, schedule=COS, log=VA, also="validation-better-than-training", dialect="ogb_prints"),
    well("chem_smoothing", "smoothed labels: a high floor", **TOX, smooth=0.2, rows=640, epochs=20, schedule=COS, log=("loss", "val_auc"), dialect="nequip_epoch_csv"),
    well("chem_nll", "a likelihood: goes below zero", error="nll", rows=640, epochs=24, schedule=COS, lr=4e-3, log=V, dialect="mace_json_lines"),
    well("chem_denoise", "noise is added to the targets: a high, ragged floor", mishap="denoise", size=0.5, error="l2", rows=960, epochs=14, schedule=COS, every=6, log=LR, excused="noisy-loss", dialect="chemprop_log"),
    well("chem_fine", "fine-tuned: starts low", before=8, blur=0.1, lr=3e-4, rows=640, epochs=14, log=VM, dialect="mace_log"),
    well("chem_blur", "noisy energies: a floor of four tenths", blur=0.4, rows=960, epochs=12, schedule=COS, log=V, dialect="train_mse_prints"),
    well("chem_clip_some", "clipped now and then", clip=4.0, rows=640, epochs=16, schedule=COS, every=4, log=("loss", "norm_after"), names=AFTER, dialect="structlog_json_lines"),
    well("chem_drops", "the rate falls three times", schedule=("drops", 0.2, 0.5, 0.75, 0.9), opt="adam", lr=6e-3, epochs=28, log=(*VM, "lr"), dialect="wandb_run_history_csv"),
    well("chem_one_cycle", "one cycle", schedule=("one_cycle", 0.3), lr=1e-2, net={"norm": True}, rows=640, epochs=20, log=("lr", *VM), dialect="zinc_prints"),
    well("chem_tiny_unit", "energies in megajoules: losses of 1e-7", standard=True, weights={"energy": 1e-7}, opt="adamw", rows=640, epochs=16, schedule=COS, log=V, dialect="tqdm_epochs_capture"),
    well("chem_large_unit", "a summed loss: more for the larger validation set", error="summed", lr=2e-3, rows=640, epochs=20, schedule=COS, log=V, dialect="deepchem_log"),
    well("chem_batch_eight", "small batches: jitter", batch=8, rows=640, lr=1e-3, epochs=6, every=5, schedule=("ends", 1.0), log=L, excused="noisy-loss", dialect="tqdm_capture"),
    well("chem_rare_evals", "evaluated each fifth epoch", rows=512, epochs=25, evals=5, every=8, schedule=COS, log=("loss", "val_loss", "val_mae"), dialect="chemprop_log"),
    well("chem_two_terms", "two terms of different sizes, both fall", **TWO, weights={"tox": 4.0}, rows=640, epochs=22, schedule=COS, lr=4e-3, log=BOTH, names=PARTS, dialect="wandb_run_history_csv"),
    well("chem_long", "a long run, thousands of points", rows=512, epochs=200, batch=32, every=1, schedule=COS, lr=2e-3, log=L, seeds=1, also="saturated-early", dialect="deepchem_log"),
    well("chem_ratio", "update ratios near 1e-3", rows=512, lr=1e-3, epochs=16, log=V, probe={"ratio": "update_ratio/conv{}"}, also="still-improving", dialect="step_or_epoch_csv"),
    well("chem_relu", "half of the activations is zero, few units dead", rows=640, lr=2e-3, epochs=18, schedule=COS, log=V, probe={"dead": "dead_units/conv{}"}, dialect="step_or_epoch_csv"),
)  # fmt: skip

FAMILY = Family(
    name="chem_graphs",
    script="chem_graphs",
    data="made-up molecules",
    model="message-passing and set networks",
    part="judging",
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
