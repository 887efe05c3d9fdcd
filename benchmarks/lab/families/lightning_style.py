"""What users of Lightning, timm and Hugging Face train: steps logged now and then, validation rarely, rates, norms, fine-tuning.

SEEN holds what the pictures showed where that is not only what was expected. Of 102 configurations none is dropped; 2 have
their second settings, as the first gave only NaN or left no trace. 41 were relabelled: in 4 the first diagnosis is none of
the expected, in 37 it is fewer or more of them.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LA, LR, N = ("loss",), ("loss", "acc"), ("loss", "lr"), ("loss", "norm", "lr")
V, VA, ALL = ("loss", "val_loss"), ("loss", "val_loss", "val_acc"), ("loss", "acc", "val_loss", "val_acc")
EPOCH = {"every": 0}
MEAN = {"every": 10, "mean": True}
SUM, CLIPPED = {"norm": "grad_norm"}, {"norm_after": "grad_norm"}
CHATS = {"task": "brackets", "noise": 0.05}
COUNTS = {"task": "counts", "noise": 0.0}
PLAIN = {"norm": False}
HIGH = "noisy-loss loss-spikes small-validation-set underfitting"

SEEN: dict[str, str | None] = {
    "l_high_sgd": "learning-rate-too-high not-learning diverging loss-jump | noisy-loss loss-spikes underfitting saturated-early frozen-metric",
    "l_high_adam": "learning-rate-too-high noisy-loss healthy | saturated-early loss-spikes underfitting",
    "l_high_epochs": "learning-rate-too-high not-learning underfitting | noisy-loss small-validation-set saturated-early loss-spikes",
    "l_high_calm": "healthy noisy-loss learning-rate-too-high | saturated-early loss-spikes",
    "l_high_cut": "learning-rate-too-high noisy-loss healthy | small-validation-set loss-spikes",
    "l_high_batch_norm": "learning-rate-too-high | noisy-loss loss-spikes small-validation-set not-learning underfitting loss-jump diverging",
    "l_high_no_val": "learning-rate-too-high noisy-loss healthy | loss-spikes wrong-initial-loss still-improving",
    "l_high_norm": "not-learning learning-rate-too-high | noisy-loss saturated-early loss-spikes exploding-gradients underfitting",
    "l_over_chats": "noisy-loss healthy | saturated-early underfitting | not-learning overfitting",
    "l_over_mild": "overfitting healthy | underfitting saturated-early still-improving",
    "l_over_mild_norm": "overfitting | still-improving saturated-early",
    "l_over_counts": "overfitting severe-overfitting | slow-start noisy-loss",
    "l_sorted": "unshuffled-data | noisy-loss loss-spikes underfitting learning-rate-too-high loss-jump diverging not-learning saturated-early",
    "l_sorted_no_epochs": "unshuffled-data | noisy-loss loss-spikes underfitting learning-rate-too-high loss-jump diverging not-learning saturated-early",
    "l_sorted_chats": "unshuffled-data | noisy-loss loss-spikes underfitting learning-rate-too-high loss-jump diverging not-learning saturated-early",
    "l_sorted_sgd": "unshuffled-data diverging learning-rate-too-high | noisy-loss loss-spikes underfitting learning-rate-too-high loss-jump diverging not-learning saturated-early",
    "l_sorted_steps": "unshuffled-data | noisy-loss loss-spikes underfitting learning-rate-too-high loss-jump diverging not-learning saturated-early",
    "l_other_model": "not-learning frozen-metric | noisy-loss underfitting saturated-early",
    "l_random_labels": "not-learning noisy-loss | underfitting saturated-early",
    "l_random_tokens": "not-learning noisy-loss | underfitting saturated-early",
    "l_tiny_rate": "not-learning learning-rate-too-low | noisy-loss saturated-early underfitting",
    "l_bytes_dead": "not-learning | noisy-loss saturated-early underfitting learning-rate-too-high frozen-metric",
    "l_head_tokens": "wrong-initial-loss noisy-loss healthy | loss-spikes saturated-early still-improving | learning-rate-too-high",
    "l_sum": "wrong-initial-loss | still-improving",
    "l_counts_wait": "slow-start noisy-loss | still-improving learning-rate-too-low underfitting",
    "l_small_gain": "slow-start | noisy-loss still-improving",
    "l_small_gain_sgd": "not-learning | underfitting saturated-early noisy-loss small-validation-set frozen-metric",
    "l_chats_wait": "healthy noisy-loss | saturated-early underfitting",
    "l_heart_chats": "noisy-loss | not-learning underfitting still-improving learning-rate-too-high overfitting epoch-steps",
    "l_heart_images": "healthy slow-start | noisy-loss epoch-steps overfitting still-improving",
    "l_heart_val": "severe-overfitting overfitting | epoch-steps noisy-loss",
    "l_under_narrow": "underfitting learning-rate-too-low | still-improving slow-start | not-learning",
    "l_under_head": "underfitting not-learning learning-rate-too-low overfitting | still-improving",
    "l_under_decay": "not-learning underfitting | saturated-early diverging loss-jump frozen-metric regularisation-dominates",
    "l_under_dropout": "underfitting validation-better-than-training healthy learning-rate-too-low | still-improving noisy-loss slow-start",
    "l_noisy_two": "noisy-loss | not-learning underfitting still-improving | learning-rate-too-low learning-rate-too-high",
    "l_noisy_chats": "noisy-loss | not-learning underfitting still-improving | learning-rate-too-low learning-rate-too-high",
    "l_noisy_mix": "noisy-loss | not-learning underfitting still-improving | learning-rate-too-low learning-rate-too-high",
    "l_noisy_one": "noisy-loss not-learning | underfitting saturated-early",
    "l_val_limit": "small-validation-set healthy | still-improving noisy-loss | overfitting learning-rate-too-low",
    "l_val_eight": "small-validation-set | still-improving noisy-loss | overfitting learning-rate-too-low",
    "l_val_counts": "small-validation-set noisy-loss | saturated-early loss-spikes",
    "l_better_mix": "validation-better-than-training healthy | noisy-loss still-improving",
    "l_better_easy": "healthy overfitting | still-improving underfitting learning-rate-too-low",
    "l_better_leak": "validation-better-than-training healthy | noisy-loss still-improving",
    "l_rare": "loss-metric-disagreement frozen-metric | still-improving underfitting",
    "l_sure": "overfitting severe-overfitting | loss-metric-disagreement saturated-early",
    "l_stale": "frozen-metric loss-metric-disagreement | still-improving | overfitting severe-overfitting",
    "l_sure_chats": "overfitting severe-overfitting | loss-metric-disagreement noisy-loss",
    "l_ratio_high": "update-ratio learning-rate-too-high not-learning diverging | loss-jump underfitting saturated-early noisy-loss loss-spikes",
    "l_ratio_decay": "wrong-initial-loss learning-rate-too-high | update-ratio loss-spikes noisy-loss still-improving",
    "l_clip_tiny": "clipping-saturated | learning-rate-too-low still-improving not-learning noisy-loss underfitting diverging",
    "l_clip_sum": "clipping-saturated wrong-initial-loss | still-improving noisy-loss",
    "l_collapse_small": "not-learning activation-collapse | vanishing-gradients noisy-loss saturated-early underfitting",
    "l_collapse_saturated": "activation-collapse underfitting healthy | still-improving learning-rate-too-low noisy-loss",
    "l_collapse_grow": "healthy activation-collapse | overfitting noisy-loss still-improving wrong-initial-loss",
    "l_collapse_tokens": "activation-collapse wrong-initial-loss | noisy-loss still-improving loss-spikes | learning-rate-too-high",
    "l_terms_size": "loss-term-imbalance | still-improving noisy-loss underfitting learning-rate-too-low wrong-initial-loss",
    "l_terms_tokens": "loss-term-imbalance wrong-initial-loss | underfitting noisy-loss slow-start saturated-early",
    "l_sched_per_step": "learning-rate-schedule | saturated-early underfitting noisy-loss not-learning",
    "l_sched_warm": "learning-rate-schedule learning-rate-too-low not-learning | still-improving noisy-loss slow-start",
    "l_sched_exp": "learning-rate-schedule | saturated-early underfitting noisy-loss not-learning | overfitting",
    "l_warm_cosine": "healthy | saturated-early | overfitting slow-start",
    "l_restarts": "healthy | loss-spikes | learning-rate-schedule",
    "l_fine_tune": "healthy noisy-loss | saturated-early underfitting | not-learning",
    "l_ema": "healthy | still-improving | overfitting",
    "l_small_batches": "healthy | still-improving | noisy-loss",
    "l_norm_restless": "healthy | still-improving | noisy-loss learning-rate-too-low",
    "l_noisy_names": "healthy noisy-loss underfitting | saturated-early",
    "l_batch_norm": "healthy | saturated-early | overfitting",
    "l_counts_learn": "slow-start healthy | still-improving noisy-loss",
    "l_chats_soon": "healthy | saturated-early noisy-loss",
    "l_stairs": "healthy | saturated-early | small-validation-set learning-rate-too-high loss-spikes",
    "l_terms_small": "healthy | loss-term-imbalance still-improving",
    "l_short": "healthy | still-improving | learning-rate-too-low",
}

CONFIGURATIONS = (
    # learning rate too high
    ill("l_high_sgd", "SGD with momentum at 0.5", "learning-rate-too-high", HIGH, opt="sgd", lr=0.5, net=PLAIN, show=(*VA, "lr"), dialect="lightning_steps_csv"),
    ill("l_high_adam", "AdamW at 0.08, chats", "learning-rate-too-high", HIGH, **CHATS, lr=0.08, val_every=60, show=(*VA, "lr"), dialect="hf_quoted_dicts"),
    ill("l_high_epochs", "AdamW at 0.2, epochs", "learning-rate-too-high", HIGH, **EPOCH, lr=0.2, net=PLAIN, epochs=16, show=(*VA, "lr"), dialect="timm_summary_csv"),
    ill("l_high_calm", "means of ten steps: a calm, high plateau until the rate is cut", "learning-rate-too-high", "noisy-loss saturated-early", **MEAN, **CHATS, opt="sgd", lr=0.12, batch=16, epochs=8, rate=("cut", 330, 0.03), show=LR, dialect="open_clip_log"),
    ill("l_high_cut", "AdamW at 0.03, cut late", "learning-rate-too-high", HIGH, lr=0.05, epochs=12, rate=("cut", 270, 0.03), show=(*V, "lr"), dialect="timm_tests"),
    ill("l_high_norm", "SGD at 1.0 with its gradient norm", "learning-rate-too-high", HIGH + " exploding-gradients", opt="sgd", lr=0.3, net=PLAIN | {"depth": 3}, show=N, names=SUM, dialect="hf_print"),
    ill("l_high_batch_norm", "SGD with momentum at 1.5, cut late", "learning-rate-too-high", HIGH, opt="sgd", lr=1.5, epochs=12, rate=("cut", 270, 0.02), show=(*VA, "lr"), dialect="hf_print"),
    ill("l_high_no_val", "AdamW at 0.4, losses of steps", "learning-rate-too-high", HIGH, lr=0.4, net={"width": 8}, every=3, epochs=10, rate=("cut", 230, 0.02), show=LR, dialect="lightning_steps_csv"),
    # overfitting
    ill("l_over_images", "200 pictures, 40 epochs", "overfitting severe-overfitting", "loss-metric-disagreement", rows=200, noise=0.5, batch=20, epochs=40, every=10, show=VA, dialect="lightning_csv"),
    ill("l_over_chats", "300 chats, fine-tuned too long", "overfitting severe-overfitting", "loss-metric-disagreement epoch-steps", **CHATS | {"noise": 0.15}, rows=320, batch=16, before=2, lr=1e-3, epochs=15, every=10, show=(*VA, "lr"), rate=("linear", 10), dialect="hf_print"),
    ill("l_over_mild", "validation turns a little", "overfitting", "saturated-early loss-metric-disagreement", rows=480, noise=0.5, epochs=16, **EPOCH, lr=1e-3, rate=("cosine", 0), show=ALL, dialect="lightning_csv"),
    ill("l_over_mild_norm", "batch norm, noisy pictures, a few epochs too many", "overfitting", "saturated-early loss-metric-disagreement", rows=640, noise=0.7, epochs=12, **EPOCH, show=(*VA, "lr"), dialect="timm_summary_csv"),
    ill("l_over_counts", "few rows of tokens learnt by heart", "overfitting severe-overfitting", "", **COUNTS, rows=320, batch=16, lr=3e-3, epochs=25, every=10, val_every=40, show=V, dialect="hf_notebook_table"),
    # unshuffled
    ill("l_sorted", "shuffle=False in the DataLoader of sorted pictures", "unshuffled-data", HIGH, order="sorted", every=2, epochs=10, show=LR, dialect="lightning_steps_csv"),
    ill("l_sorted_no_epochs", "the same, steps only", "unshuffled-data", HIGH, order="sorted", net=PLAIN, lr=1e-3, every=1, epochs=10, show=L, dialect="steps_only_csv"),
    ill("l_sorted_chats", "all complaints first", "unshuffled-data", HIGH, **CHATS, order="sorted", lr=1e-3, every=2, epochs=10, show=LR, dialect="logging_steps"),
    ill("l_sorted_sgd", "sorted, SGD, a line every three steps", "unshuffled-data", HIGH, order="sorted", opt="sgd", lr=0.02, every=3, epochs=14, show=LA, dialect="wandb_global_step_csv"),
    ill("l_sorted_steps", "sorted pictures, prints without epochs", "unshuffled-data", HIGH, order="sorted", batch=24, lr=3e-3, every=2, epochs=8, show=LR, dialect="step_prints"),
    # nothing is learnt
    ill("l_no_step", "optimizer.step() forgotten under manual optimisation", "not-learning", "noisy-loss", fault="no_step", show=(*LR,), dialect="lightning_steps_csv"),
    ill("l_other_model", "the optimiser holds another copy of the model", "not-learning", "noisy-loss", **CHATS, fault="other_model", val_every=60, show=(*VA, "lr"), dialect="hf_quoted_dicts"),
    ill("l_random_labels", "labels of another shuffle, small batches", "not-learning noisy-loss", "", fault="random_labels", batch=8, rows=640, epochs=5, lr=1e-3, every=4, show=LR, dialect="open_clip_log"),
    ill("l_random_tokens", "labels of another shuffle, tokens", "not-learning noisy-loss", "", **CHATS, fault="random_labels", epochs=8, show=N, names=SUM, dialect="trl_dicts"),
    ill("l_tiny_rate", "5e-7 for a head that is new", "not-learning learning-rate-too-low", "noisy-loss", opt="adamw", lr=1e-6, epochs=8, show=(*VA, "lr"), dialect="hf_print"),
    ill("l_bytes_dead", "grey values up to 255, no norm, SGD: dead after the first steps", "not-learning wrong-initial-loss", "learning-rate-too-high saturated-early", fault="bytes", net=PLAIN, opt="sgd", lr=0.05, epochs=8, show=(*LA, "lr"), dialect="imagenet_example"),
    # wrong initial loss
    ill("l_bytes", "grey values up to 255, no norm", "wrong-initial-loss", "noisy-loss overfitting", fault="bytes", net=PLAIN | {"gain": 2.0}, lr=1e-3, epochs=10, show=LR, dialect="timm_tests"),
    ill("l_head_large", "a head thirty times too large", "wrong-initial-loss", "noisy-loss still-improving", net={"head": 40.0}, epochs=10, show=LA, dialect="imagenet_example"),
    ill("l_head_tokens", "a head fifty times too large, tokens", "wrong-initial-loss", "noisy-loss still-improving", **CHATS, net={"head": 40.0}, epochs=10, val_every=90, show=(*VA, "lr"), dialect="hf_print"),
    ill("l_sum", "the loss is summed over the batch", "wrong-initial-loss", "", fault="sum", epochs=8, show=LR, options={"classes": 5}, dialect="accelerate_prints"),
    # slow start
    ill("l_counts_wait", "attention finds out late how to count", "slow-start", "still-improving noisy-loss", **COUNTS, rows=1280, epochs=16, lr=2e-3, every=10, show=LR, dialect="lightning_steps_csv"),
    ill("l_small_gain", "weights a tenth of what they should be, five layers", "slow-start", "noisy-loss", net=PLAIN | {"depth": 4, "gain": 0.2}, lr=5e-4, epochs=12, show=LA, dialect="wandb_global_step_csv"),
    ill("l_small_gain_sgd", "the same with SGD and validation", "slow-start", "noisy-loss still-improving", net=PLAIN | {"depth": 4, "gain": 0.5}, opt="sgd", lr=0.03, epochs=14, **EPOCH, show=VA, dialect="lightning_both_csv"),
    ill("l_chats_wait", "SGD without momentum on tokens", "slow-start", "still-improving noisy-loss", **CHATS, opt="sgd", momentum=0.8, lr=0.02, epochs=14, val_every=60, show=(*V,), dialect="accelerate_prints"),
    # epoch steps
    ill("l_heart_chats", "chats with random names learnt by heart", "epoch-steps healthy overfitting", "noisy-loss still-improving slow-start", task="brackets", noise=0.5, rows=240, batch=12, lr=5e-3, net={"width": 48}, epochs=14, every=1, show=LR, dialect="step_csv"),
    ill("l_heart_images", "noise with random names learnt by heart", "epoch-steps healthy overfitting", "noisy-loss still-improving slow-start", noise=3.0, rows=320, batch=16, lr=4e-3, net={"width": 32, "norm": False}, epochs=12, every=1, show=LR, dialect="logging_steps"),
    ill("l_heart_val", "the same with validation", "epoch-steps overfitting severe-overfitting", "noisy-loss slow-start", noise=2.0, rows=320, batch=16, lr=4e-3, net={"width": 32}, epochs=10, every=2, show=(*V, "lr"), dialect="hf_print"),
    # underfitting
    ill("l_under_narrow", "a width of one", "underfitting", "still-improving saturated-early learning-rate-too-low", net={"width": 1, "depth": 1}, **EPOCH, epochs=16, show=ALL, dialect="lightning_csv"),
    ill("l_under_head", "only the head is tuned, on noise that a random body gives", "underfitting", "still-improving learning-rate-too-low saturated-early", tune="head", net={"width": 3, "depth": 3}, noise=0.8, epochs=14, **EPOCH, show=(*VA, "lr"), dialect="timm_summary_csv"),
    ill("l_under_decay", "weight decay of 30", "underfitting", "saturated-early not-learning", decay=40.0, epochs=12, show=(*VA, "lr"), dialect="hf_quoted_dicts"),
    ill("l_under_dropout", "dropout of 0.9 and shifts", "underfitting", "noisy-loss validation-better-than-training still-improving", net={"dropout": 0.9}, shift=3, epochs=12, **EPOCH, show=ALL, dialect="rich_bars"),
    # noisy
    ill("l_noisy_two", "batches of two", "noisy-loss", "still-improving", batch=2, rows=960, lr=2e-4, epochs=2, every=4, show=LR, dialect="lightning_steps_csv"),
    ill("l_noisy_chats", "batches of two chats, many wrong", "noisy-loss", "underfitting still-improving", **CHATS | {"noise": 0.3}, batch=2, rows=900, lr=3e-4, epochs=2, every=4, show=N, names=SUM, dialect="hf_quoted_dicts"),
    ill("l_noisy_mix", "mixup on batches of four", "noisy-loss", "underfitting still-improving", mix=1.0, batch=4, noise=0.6, rows=960, lr=5e-4, epochs=3, every=3, show=LA, dialect="open_clip_log"),
    ill("l_noisy_one", "batch size 1, a line every five steps", "noisy-loss", "underfitting still-improving", batch=1, noise=0.8, rows=700, lr=1e-4, epochs=2, every=5, show=L, dialect="logging_steps"),
    # validation too small
    ill("l_val_limit", "limit_val_batches=1 with a shuffled loader", "small-validation-set", "", fault="fresh", amount=12.0, every=10, show=(*VA,), epochs=20, lr=1e-3, noise=0.5, dialect="lightning_csv"),
    ill("l_val_eight", "eight pictures, others each time", "small-validation-set", "", fault="fresh", amount=8.0, val_every=15, epochs=10, lr=1e-3, noise=0.5, show=(*VA, "lr"), dialect="timm_tests"),
    ill("l_val_chats", "ten chats, others each time", "small-validation-set", "", **CHATS, fault="fresh", amount=10.0, **EPOCH, epochs=20, lr=4e-4, show=(*VA,), dialect="rich_bars"),
    ill("l_val_counts", "six chats, every 20 steps", "small-validation-set", "", **CHATS, fault="fresh", amount=6.0, every=20, val_every=20, epochs=12, lr=4e-4, show=VA, dialect="hf_notebook_table"),
    # validation better
    ill("l_better_mix", "mixup and smoothing in training only", "validation-better-than-training healthy", "", mix=0.8, smoothing=0.1, epochs=12, every=10, show=(*VA, "lr"), dialect="timm_tests"),
    ill("l_better_noise", "noise and shifts in training only", "validation-better-than-training healthy", "still-improving", shift=3, epochs=12, **EPOCH, show=ALL, dialect="lightning_csv"),
    ill("l_better_easy", "validation pictures are clean", "validation-better-than-training healthy", "", noise=0.8, held_noise=0.1, epochs=10, **EPOCH, lr=1e-3, show=ALL, dialect="rich_bars"),
    ill("l_better_leak", "validation is a part of training, half is dropped", "validation-better-than-training healthy", "", fault="leak", net={"dropout": 0.6}, noise=0.6, epochs=12, every=15, show=VA, dialect="lightning_csv"),
    # loss and metric
    ill("l_rare", "one in twenty is not a bar: nothing but bars is said", "loss-metric-disagreement frozen-metric", "underfitting", rare=0.012, noise=1.0, lr=3e-4, rows=2400, epochs=8, **EPOCH, show=("loss", "val_loss", "val_balanced"), names={"val_balanced": "val_balanced_acc"}, dialect="lightning_both_csv"),
    ill("l_sure", "the loss of validation turns, accuracy does not", "overfitting loss-metric-disagreement severe-overfitting", "", rows=300, noise=0.5, wrong=0.1, batch=20, epochs=25, **EPOCH, show=ALL, dialect="lightning_csv"),
    ill("l_stale", "the model evaluated is not the one trained", "frozen-metric loss-metric-disagreement", "overfitting", fault="stale", epochs=12, every=10, show=(*VA, "lr"), dialect="hf_print"),
    ill("l_sure_chats", "ever surer on wrong chats", "overfitting severe-overfitting loss-metric-disagreement", "", **CHATS | {"noise": 0.1}, rows=400, batch=16, lr=2e-3, epochs=20, every=25, show=VA, dialect="hf_notebook_table"),
    # inside
    ill("l_ratio_high", "AdamW at 0.3, ratios by layer", "update-ratio learning-rate-too-high", HIGH, lr=0.3, decay=3.0, show=LR, inside={"ratios": "update_ratio/layers.{}"}, dialect="wandb_global_step_csv"),
    ill("l_ratio_low", "AdamW at 1e-6", "update-ratio learning-rate-too-low not-learning", "noisy-loss still-improving", lr=2e-6, show=L, inside={"ratio": "update_ratio"}, dialect="step_csv"),
    ill("l_ratio_low_tokens", "SGD at 1e-4 on tokens", "update-ratio learning-rate-too-low not-learning", "noisy-loss still-improving", **CHATS, opt="sgd", momentum=0.0, lr=3e-4, show=L, inside={"ratios": "layers.{}/update_ratio"}, dialect="step_or_epoch_csv"),
    ill("l_ratio_decay", "RMSprop at 0.1 with weights kept small", "update-ratio learning-rate-too-high", HIGH, **CHATS, opt="rmsprop", lr=0.1, epochs=8, show=L, inside={"ratio": "update_weight_ratio"}, dialect="step_csv"),
    ill("l_clip_tiny", "gradient_clip_val=0.01", "clipping-saturated", "learning-rate-too-low still-improving not-learning noisy-loss", opt="sgd", lr=0.1, clip=0.02, show=("loss", "norm_after", "lr"), names=CLIPPED, dialect="hf_print"),
    ill("l_clip_sum", "loss summed over the batch, clipped at 1", "clipping-saturated", "wrong-initial-loss still-improving noisy-loss", fault="sum", opt="sgd", momentum=0.5, lr=0.1, clip=1.0, show=("loss", "norm_after"), names=CLIPPED, dialect="lightning_steps_csv"),
    ill("l_clip_chats", "clipped at 0.05, tokens", "clipping-saturated", "learning-rate-too-low still-improving noisy-loss", **CHATS, clip=0.05, lr=5e-4, epochs=12, show=("loss", "norm_after", "lr"), names=CLIPPED, dialect="trl_dicts"),
    ill("l_clip_most", "clipped at 0.5: four of five updates", "clipping-saturated", "still-improving noisy-loss", opt="sgd", lr=0.05, noise=0.6, clip=0.5, show=("loss", "norm_after"), names=CLIPPED, dialect="wandb_global_step_csv"),
    ill("l_collapse_small", "no norm, weights a fifth: spreads shrink", "activation-collapse", "slow-start not-learning vanishing-gradients noisy-loss", net=PLAIN | {"depth": 5, "gain": 0.3, "act": "tanh"}, opt="sgd", lr=0.005, show=L, inside={"acts": "act_std/layers.{}"}, dialect="step_csv"),
    ill("l_collapse_saturated", "tanh, weights ten times too large", "activation-collapse", "wrong-initial-loss underfitting noisy-loss", net=PLAIN | {"depth": 3, "gain": 12.0, "act": "tanh"}, opt="sgd", lr=0.005, show=LA, inside={"saturated": "tanh_saturated/layers.{}"}, dialect="wandb_global_step_csv"),
    ill("l_collapse_grow", "no norm, weights too large: spreads grow by layers", "activation-collapse wrong-initial-loss", "noisy-loss learning-rate-too-high loss-spikes overfitting", net=PLAIN | {"depth": 5, "gain": 5.0}, lr=1e-3, show=V, every=10, inside={"acts": "layers.{}/out_std"}, dialect="step_or_epoch_csv"),
    ill("l_collapse_tokens", "a transformer without norms, weights four times too large", "activation-collapse", "noisy-loss learning-rate-too-high loss-spikes wrong-initial-loss", **CHATS, net=PLAIN | {"depth": 5, "gain": 3.0}, lr=1e-4, show=L, inside={"acts": "block{}/act_std"}, dialect="step_csv"),
    # terms
    ill("l_terms_size", "the size in thousandths swamps the kind", "loss-term-imbalance", "wrong-initial-loss underfitting noisy-loss", terms={"ce": 1.0, "size": 1.0}, amount=3000.0, show=("loss", "ce", "size"), names={"ce": "loss_cls", "size": "loss_reg"}, dialect="wandb_global_step_csv"),
    ill("l_terms_weight", "the weight of the kind is 1e-4", "loss-term-imbalance", "noisy-loss", terms={"ce": 1e-4, "size": 1.0}, amount=10.0, opt="sgd", lr=0.05, show=("loss", "ce", "size"), names={"ce": "train/loss_ce", "size": "train/loss_size"}, dialect="step_csv"),
    ill("l_terms_forgotten", "the size weighs 1e-7: it never improves", "loss-term-imbalance", "noisy-loss", terms={"ce": 1.0, "size": 1e-7}, amount=100.0, opt="sgd", lr=0.02, **EPOCH, epochs=14, show=("loss", "ce", "size", "val_loss"), names={"ce": "cls_loss", "size": "size_loss"}, dialect="lightning_csv"),
    ill("l_terms_tokens", "a second task on tokens, sums instead of means", "loss-term-imbalance", "wrong-initial-loss underfitting noisy-loss", **CHATS, terms={"ce": 1.0, "size": 1.0}, amount=20.0, lr=1e-3, show=("loss", "ce", "size"), names={"ce": "intent_loss", "size": "length_loss"}, dialect="step_or_epoch_csv"),
    # schedules
    ill("l_sched_per_step", "StepLR of epochs stepped each batch", "learning-rate-schedule", "saturated-early underfitting noisy-loss", rate=("stairs", 10, 0.5), epochs=12, show=(*V, "lr"), dialect="lightning_steps_csv"),
    ill("l_sched_ends", "max_steps counted for a third of the run: linear to 0", "learning-rate-schedule", "saturated-early underfitting noisy-loss", **CHATS, rate=("linear_to", 10, 90), lr=1e-3, show=(*VA, "lr"), dialect="hf_print"),
    ill("l_sched_warm", "warm-up of 10,000 steps in a run of 300", "learning-rate-schedule learning-rate-too-low slow-start", "still-improving not-learning noisy-loss", rate=("warm", 10000), lr=1e-3, show=LR, dialect="trl_dicts"),
    ill("l_sched_comes_back", "cosine with T_max of a third: it comes up again", "learning-rate-schedule healthy", "loss-spikes noisy-loss", rate=("cosine_over", 0, 100), opt="sgd", lr=0.05, epochs=12, show=LR, dialect="timm_tests"),
    ill("l_sched_exp", "0.95 a step instead of an epoch", "learning-rate-schedule", "saturated-early underfitting noisy-loss", rate=("exp", 0.95), lr=2e-3, epochs=10, show=(*VA, "lr"), dialect="timm_tests"),
    # healthy, and frightening
    well("l_warm_cosine", "warm-up and cosine", rate=("cosine", 40), epochs=12, show=(*VA, "lr"), dialect="lightning_steps_csv"),
    well("l_one_cycle", "one cycle to 0.02", rate=("one_cycle",), lr=0.01, epochs=12, show=(*V, "lr"), dialect="lightning_steps_csv"),
    well("l_restarts", "warm restarts", rate=("restarts", 90), opt="sgd", lr=0.05, epochs=15, show=(*V, "lr"), dialect="timm_tests", excused="learning-rate-schedule"),
    well("l_linear_probe", "only the head, on a trained body", before=5, tune="head", epochs=8, lr=3e-3, **EPOCH, show=(*VA, "lr"), dialect="timm_summary_csv"),
    well("l_fine_tune", "fine-tuning on nearly the same task: starts low, hardly falls", **CHATS, before=6, lr=2e-4, rate=("linear", 20), epochs=5, val_every=30, show=(*VA, "lr", "norm"), names=SUM, dialect="hf_quoted_dicts", excused="noisy-loss"),
    well("l_fine_tune_images", "a new head on a trained body", before=5, lr=1e-3, rate=("cosine", 20), epochs=6, show=(*VA, "lr"), dialect="hf_print"),
    well("l_mixup", "mixup: training stays high and restless, validation falls", mix=1.0, epochs=14, every=10, show=(*VA, "lr"), rate=("cosine", 30), dialect="timm_tests", also="validation-better-than-training", excused="noisy-loss"),
    well("l_mix_epochs", "mixup, smoothing, shifts", mix=0.4, smoothing=0.1, shift=1, epochs=14, **EPOCH, rate=("cosine", 30), show=(*VA, "lr"), dialect="timm_summary_csv", also="validation-better-than-training"),
    well("l_smoothing", "label smoothing: a high floor", smoothing=0.2, noise=0.1, epochs=12, rate=("cosine", 30), show=(*LA, "lr"), dialect="imagenet_example"),
    well("l_ema", "validation of averaged weights lags", ema=0.98, epochs=12, every=10, show=VA, dialect="lightning_csv"),
    well("l_clip_early", "clipped in the first epochs only", clip=2.0, rate=("cosine", 20), epochs=12, show=("loss", "norm_after", "lr"), names=CLIPPED, dialect="hf_print", also="clipping-saturated"),
    well("l_norm_restless", "the gradient's norm is restless and grows", lr=1e-3, noise=0.5, epochs=10, show=N, names=SUM, dialect="trl_dicts"),
    well("l_small_batches", "batches of eight with a cosine: ragged, but down", batch=8, rate=("cosine", 30), lr=1e-3, epochs=5, every=6, show=LR, dialect="open_clip_log", excused="noisy-loss"),
    well("l_noisy_names", "a fifth of the names wrong in both: a high floor", **CHATS | {"noise": 0.25}, rows=2400, lr=5e-4, rate=("linear", 20), epochs=4, show=(*VA, "lr"), dialect="hf_print", excused="noisy-loss underfitting"),
    well("l_batch_norm", "batch norm: validation is wild at first", epochs=16, lr=8e-3, rate=("cosine", 0), batch=16, rows=800, **EPOCH, show=ALL, dialect="lightning_csv"),
    well("l_counts_learn", "a plateau, then attention finds the answer", **COUNTS, rows=2400, epochs=12, lr=4e-3, every=15, rate=("linear", 30), show=(*VA, "lr"), dialect="hf_print", also="slow-start"),
    well("l_chats_soon", "all is learnt in the first epoch", **CHATS | {"noise": 0.0}, lr=5e-3, epochs=8, rate=("linear", 10), show=(*V, "lr"), dialect="accelerate_prints", also="saturated-early"),
    well("l_stairs", "ten times less at a half and three quarters", opt="sgd", lr=0.05, rate=("stairs", 150, 0.1), epochs=12, **EPOCH, show=(*VA, "lr"), dialect="timm_summary_csv"),
    well("l_gap", "a small steady gap", rows=1600, noise=0.5, decay=0.5, rate=("cosine", 20), epochs=10, **EPOCH, show=ALL, dialect="rich_bars"),
    well("l_no_val_long", "losses of steps, never validated", epochs=20, rate=("cosine", 50), every=8, lr=1e-3, show=LR, dialect="logging_steps"),
    well("l_ppl", "a language-like head: perplexity beside the loss", **CHATS, epochs=8, rate=("cosine", 20), lr=1e-3, **MEAN, show=("loss", "ppl", "lr"), dialect="wandb_global_step_csv"),
    well("l_terms_small", "a second term of a tenth, both fall", terms={"ce": 1.0, "size": 0.3}, amount=3.0, epochs=12, **MEAN, show=("loss", "ce", "size"), names={"ce": "loss_cls", "size": "loss_aux"}, dialect="step_csv"),
    well("l_dropout_big", "much dropout, much data", net={"dropout": 0.5, "width": 16}, rows=1600, epochs=9, every=15, show=VA, dialect="lightning_csv", also="validation-better-than-training"),
    well("l_short", "six evaluations", rows=480, epochs=6, **EPOCH, show=ALL, dialect="rich_bars"),
    well("l_deep_spreads", "spreads of layers differ by a factor of two, with norm", net={"depth": 4}, rate=("cosine", 20), show=L, inside={"acts": "act_std/layers.{}"}, dialect="step_csv"),
    well("l_ratio_good", "update ratios around 1e-3 that fall with the rate", lr=1e-3, rate=("cosine", 20), show=LR, inside={"ratios": "update_ratio/layers.{}"}, dialect="wandb_global_step_csv"),
)  # fmt: skip

FAMILY = Family(
    name="lightning_style",
    script="lightning_style",
    data="made-up pictures of five shapes; made-up rows of tokens",
    model="small convolutional nets and transformers",
    part="tuning",
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
