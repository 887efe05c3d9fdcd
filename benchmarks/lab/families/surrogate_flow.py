"""Surrogates of flows in a ring, seepage and drift: small Fourier operators with relative L2 and step decay.

SEEN holds what the pictures showed where that is not what was expected. Of 63 configurations none is dropped; 2 have second settings
(blown-up batches that fell between the lines, a raised rate that helped). Smoothed inputs and a net of sigmoids show nothing and are
healthy; a raised rate ends at once in no number at all.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

T = ("train_l2", "test_l2")
TM = ("train_mse", "train_l2", "test_l2")
TLR = ("train_l2", "test_l2", "lr")
LL = ("train_loss", "test_loss")
LLR = ("train_loss", "lr")
S = ("train_loss",)
AS = {"train_l2": "loss", "test_l2": "val_loss"}
MSE = {"criterion": "mse"}
SEEP, DRIFT = {"kind": "seepage"}, {"kind": "drift"}
FLAT = {"schedule": "none"}
COS = {"schedule": "cosine"}
NET = {"net": {"modes": 0, "width": 64}}

SEEN: dict[str, str | None] = {
    "flow_high_momentum": "learning-rate-too-high | diverging not-learning loss-spikes noisy-loss underfitting small-validation-set",
    "flow_high_net": "learning-rate-too-high not-learning underfitting | loss-spikes noisy-loss saturated-early wrong-initial-loss",
    "flow_low_adam": "learning-rate-too-low | still-improving underfitting not-learning",
    "flow_low_steps": "learning-rate-too-low | still-improving not-learning noisy-loss underfitting",
    "flow_slow_tiny": "slow-start healthy | still-improving",
    "flow_slow_sigmoid": "healthy | saturated-early | slow-start underfitting",
    "flow_over_mild": "overfitting | severe-overfitting saturated-early small-validation-set",
    "flow_under_smooth": "healthy | still-improving | underfitting slow-start",
    "flow_under_decay": "underfitting not-learning | saturated-early | diverging wrong-initial-loss",
    "flow_dropout": "validation-better-than-training underfitting healthy | saturated-early",
    "flow_mispaired": "not-learning overfitting underfitting | noisy-loss saturated-early | wrong-initial-loss",
    "flow_no_step": "not-learning frozen-metric | saturated-early underfitting",
    "flow_jump_unit": "loss-jump loss-spikes | still-improving",
    "flow_jump_rate": "loss-jump learning-rate-too-high learning-rate-schedule | diverging loss-spikes noisy-loss underfitting",
    "flow_ascent": "diverging non-finite-loss | loss-jump exploding-gradients learning-rate-too-high noisy-loss",
    "flow_raised": "non-finite-loss | learning-rate-too-high exploding-gradients diverging noisy-loss",
    "flow_undivided": "exploding-gradients diverging non-finite-loss | loss-jump learning-rate-too-high loss-spikes",
    "flow_start_pascal": "wrong-initial-loss healthy | overfitting still-improving slow-start saturated-early",
    "flow_noisy_two": "noisy-loss | loss-spikes still-improving slow-start saturated-early",
    "flow_terms_law": "loss-term-imbalance | underfitting regularisation-dominates saturated-early wrong-initial-loss | not-learning",
    "flow_vanish": "vanishing-gradients not-learning | underfitting saturated-early | wrong-initial-loss",
    "flow_ratio_high": "learning-rate-too-high wrong-initial-loss not-learning update-ratio | underfitting saturated-early",
    "flow_dead": "dead-units not-learning underfitting | learning-rate-too-low still-improving",
    "flow_clip": "clipping-saturated | learning-rate-too-low still-improving underfitting | slow-start",
    "flow_ok_floor": "healthy | saturated-early validation-better-than-training | underfitting",
}

CONFIGURATIONS = (
    # rates
    ill("flow_high_cut", "AdamW at 0.1, cut at 70 %: a drop", "learning-rate-too-high", "noisy-loss loss-spikes", lr=0.1, schedule="late", period=0.7, epochs=40, log=TLR, rename=AS, dialect="wandb_export_csv"),
    ill("flow_high_seep", "AdamW at 0.08 on seepage, cut at three quarters, no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes", **SEEP, lr=0.08, schedule="late", period=0.75, epochs=40, log=TM, dialect="fno_prints"),
    ill("flow_high_drift", "AdamW at 0.05, never cut", "learning-rate-too-high", "noisy-loss loss-spikes", **DRIFT, **FLAT, lr=0.06, epochs=40, log=T, rename=AS, dialect="neuralop_prints"),
    ill("flow_high_momentum", "momentum at its edge, cut", "learning-rate-too-high", "noisy-loss loss-spikes", opt="momentum", lr=0.3, schedule="late", period=0.65, epochs=40, log=(*LL, "lr"), dialect="physicsnemo_log"),
    ill("flow_high_net", "a plain net with AdamW at 0.05, mean squares", "learning-rate-too-high", "noisy-loss loss-spikes", **NET, **MSE, lr=0.05, schedule="late", period=0.7, epochs=50, log=(*LL, "test_l2"), dialect="fno_epochs_csv"),
    ill("flow_low_adam", "AdamW at 3e-5", "learning-rate-too-low", "still-improving underfitting", **FLAT, lr=4e-5, epochs=30, log=TM, dialect="fno_prints"),
    ill("flow_low_sgd", "SGD at 1e-3, mean squares", "learning-rate-too-low", "still-improving underfitting", **SEEP, **MSE, **FLAT, opt="sgd", lr=2e-3, epochs=20, log=LL, dialect="neuralop_prints"),
    ill("flow_low_steps", "a zero too many, every other step", "learning-rate-too-low", "still-improving", **DRIFT, **FLAT, lr=5e-5, epochs=20, per=4, window=True, log=LLR, dialect="wandb_export_csv"),
    # slow
    ill("flow_slow_tiny", "weights a thirtieth as large", "slow-start", "still-improving", **FLAT, net={"init": 0.1, "depth": 4}, lr=8e-4, epochs=26, log=T, rename=AS, dialect="fno_bare_prints"),
    ill("flow_slow_sigmoid", "a deep plain net of sigmoids", "slow-start", "still-improving", **FLAT, net={"modes": 0, "width": 48, "act": "sigmoid", "depth": 3}, lr=2e-3, epochs=39, log=LL, dialect="physicsnemo_log"),
    # generalisation
    ill("flow_over_mild", "32 simulations", "overfitting", "severe-overfitting", ntrain=32, batch=8, decay=0.0, **FLAT, net={"width": 20}, lr=4e-3, epochs=70, log=T, rename=AS, dialect="fno_prints"),
    ill("flow_over_seep", "24 simulations of seepage", "overfitting", "severe-overfitting", **SEEP, ntrain=24, batch=8, decay=0.0, lr=4e-3, schedule="step", period=30, epochs=80, log=TM, dialect="fno_epochs_csv"),
    ill("flow_over_noise", "noisy measurements of 64 fields, a plain net", "severe-overfitting overfitting", "", **NET, ntrain=64, batch=16, noise=0.5, decay=0.0, **FLAT, lr=3e-3, epochs=70, log=T, rename=AS, dialect="wandb_export_csv"),
    ill("flow_over_wide", "16 noisy simulations, wide", "severe-overfitting overfitting", "", ntrain=16, batch=8, noise=0.3, decay=0.0, **FLAT, net={"modes": 0, "width": 128}, lr=3e-3, epochs=100, log=LL, dialect="neuralop_prints"),
    ill("flow_under_modes", "two units and one wave", "underfitting", "saturated-early", size=1.2, net={"width": 2, "modes": 1, "depth": 1}, lr=1e-2, **COS, epochs=20, log=T, rename=AS, dialect="fno_prints"),
    ill("flow_under_smooth", "inputs smoothed by a wrong resampling", "underfitting", "saturated-early", trouble="smoothed", lr=4e-3, epochs=26, log=TM, dialect="fno_epochs_csv"),
    ill("flow_under_decay", "weight decay of 20", "underfitting", "saturated-early", decay=20.0, lr=5e-3, **FLAT, epochs=26, log=T, rename=AS, dialect="physicsnemo_log"),
    ill("flow_small_test", "three simulations at each evaluation", "small-validation-set", "", subset=2, size=1.0, **FLAT, lr=2e-3, epochs=32, log=LL, dialect="wandb_export_csv"),
    ill("flow_dropout", "dropout 0.15 in an operator", "validation-better-than-training", "underfitting", net={"dropout": 0.15}, lr=3e-3, epochs=26, log=T, rename=AS, dialect="fno_prints"),
    # nothing happens
    ill("flow_mispaired", "inputs and outputs of different runs", "not-learning overfitting", "underfitting noisy-loss", trouble="mispaired", lr=1e-3, epochs=20, log=T, rename=AS, dialect="neuralop_prints"),
    ill("flow_no_step", "step() is missing in the mixed-precision branch", "not-learning", "frozen-metric", trouble="no_step", epochs=20, log=T, rename=AS, dialect="fno_prints"),
    ill("flow_stale", "the test uses the model before training", "frozen-metric", "overfitting", trouble="stale", lr=2e-3, epochs=26, log=TM, dialect="fno_epochs_csv"),
    ill("flow_stale_eval", "the evaluation loads the first checkpoint", "frozen-metric", "overfitting", **SEEP, trouble="stale", lr=3e-3, epochs=20, log=LL, dialect="neuralop_prints"),
    # jumps, spikes, the end
    ill("flow_jump_unit", "the second half of the shards comes in other units", "loss-jump", "", trouble="other_unit", start=0.5, strength=2.5, lr=3e-3, epochs=26, per=6, window=True, log=S, dialect="json_lines"),
    ill("flow_jump_resumed", "resumed from a rounded checkpoint", "loss-jump", "loss-spikes", trouble="resumed", start=0.6, strength=0.6, lr=2e-3, **COS, epochs=26, log=TLR, rename=AS, dialect="physicsnemo_log"),
    ill("flow_jump_rate", "the rate times thirty at 60 %", "loss-jump learning-rate-too-high", "loss-spikes noisy-loss learning-rate-schedule", trouble="rate", start=0.6, strength=60.0, **FLAT, lr=2e-3, epochs=26, log=TLR, rename=AS, dialect="fno_epochs_csv"),
    ill("flow_blown", "one batch in thirty is a simulation that blew up", "loss-spikes", "noisy-loss", **MSE, trouble="blown_up", strength=8.0, window=True, lr=2e-3, epochs=32, per=3, log=S, dialect="step_csv"),
    ill("flow_ascent", "a sign lost at 60 %", "diverging", "loss-jump", trouble="ascent", start=0.6, strength=0.2, opt="sgd", lr=0.05, **FLAT, epochs=20, log=LL, dialect="pdebench_prints"),
    ill("flow_raised", "momentum, the rate times twenty at half", "diverging non-finite-loss loss-jump", "learning-rate-too-high exploding-gradients loss-spikes", **MSE, opt="momentum", lr=0.05, trouble="rate", start=0.5, strength=400.0, **FLAT, epochs=20, per=4, log=("train_loss", "grad_norm"), dialect="json_lines"),
    ill("flow_empty", "one target is empty: a relative error of nothing", "non-finite-loss", "", trouble="empty_case", ntrain=512, batch=16, lr=2e-3, epochs=6, per=2, log=S, dialect="step_csv"),
    ill("flow_undivided", "gradients of four devices are added from half on", "exploding-gradients loss-jump diverging", "loss-spikes learning-rate-too-high", opt="momentum", lr=0.03, trouble="undivided", start=0.5, strength=40.0, **FLAT, epochs=20, per=4, log=("train_loss", "grad_norm"), dialect="json_lines"),
    # the start
    ill("flow_start_pascal", "pressures in pascal, mean squares", "wrong-initial-loss", "slow-start still-improving learning-rate-too-low underfitting", **SEEP, **MSE, unit=300.0, lr=2e-2, **FLAT, epochs=26, log=LL, dialect="neuralop_prints"),
    ill("flow_start_head", "the last layer is drawn forty times too wide", "wrong-initial-loss", "", net={"head": 60.0}, lr=8e-3, epochs=26, log=T, rename=AS, dialect="fno_prints"),
    # noise and order
    ill("flow_noisy_one", "one simulation a step", "noisy-loss", "still-improving", batch=1, **MSE, size=0.8, lr=3e-4, **FLAT, ntrain=400, epochs=1, per=3, log=S, dialect="step_csv"),
    ill("flow_noisy_two", "two simulations a step, seepage", "noisy-loss", "still-improving", **SEEP, **MSE, batch=2, lr=5e-4, **FLAT, ntrain=400, epochs=2, per=3, log=LLR, dialect="wandb_export_csv"),
    ill("flow_sorted_size", "simulations sorted by their energy, mean squares", "unshuffled-data", "noisy-loss", **MSE, sort="size", size=0.8, ntrain=256, batch=8, lr=4e-4, **FLAT, epochs=9, per=2, log=S, dialect="step_csv"),
    ill("flow_sorted_seep", "seepage sorted by energy", "unshuffled-data", "noisy-loss", **SEEP, **MSE, sort="size", ntrain=256, batch=8, lr=3e-4, **FLAT, epochs=9, per=2, log=LLR, dialect="wandb_export_csv"),
    # terms and penalties
    ill("flow_terms_slope", "slopes weigh 500 times", "loss-term-imbalance", "", h1=500.0, lr=2e-3, epochs=20, log=("train_loss", "train_l2", "train_h1_term", "test_l2"), rename={"train_l2": "loss_l2", "train_h1_term": "loss_h1"}, dialect="json_lines"),
    ill("flow_terms_law", "the law of the flow swamps the data", "loss-term-imbalance", "underfitting", law=3000.0, lr=3e-3, epochs=20, log=("train_loss", "train_l2", "train_law_term", "test_l2"), rename={"train_l2": "data_loss", "train_law_term": "physics_loss"}, dialect="fno_epochs_csv"),
    ill("flow_penalty", "squares of all weights times 0.03", "regularisation-dominates", "underfitting", penalty=0.05, **FLAT, lr=1e-3, epochs=20, log=("train_loss", "train_l2", "train_reg", "test_l2"), rename={"train_l2": "data_loss", "train_reg": "reg_loss"}, dialect="json_lines"),
    # inside
    ill("flow_vanish", "six sigmoid layers in a plain net", "vanishing-gradients not-learning", "underfitting slow-start saturated-early", net={"modes": 0, "width": 32, "depth": 6, "act": "sigmoid", "init": 0.5}, opt="sgd", lr=0.05, **FLAT, epochs=20, log=S, probe={"slope": "grad_norm/{}"}, dialect="json_lines"),
    ill("flow_ratio_high", "AdamW at 0.5", "update-ratio learning-rate-too-high", "loss-spikes noisy-loss underfitting wrong-initial-loss", lr=0.5, **FLAT, epochs=20, log=S, probe={"ratio": "update_ratio/{}"}, dialect="wandb_export_csv"),
    ill("flow_dead", "ReLU with biases at -2 in a plain net", "dead-units not-learning underfitting", "saturated-early", net={"modes": 0, "width": 48, "act": "relu", "shift": -1.0}, lr=5e-4, epochs=20, log=LL, probe={"dead": "dead_frac/{}"}, dialect="json_lines"),
    ill("flow_clip", "clipped at 0.005", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=1.0, clip=0.02, **FLAT, epochs=20, per=4, log=("train_loss", "clipped", "lr"), rename={"clipped": "grad_norm", "train_loss": "loss"}, dialect="wandb_export_csv"),
    ill("flow_per_batch", "the decay is counted in batches, not epochs", "learning-rate-schedule", "saturated-early underfitting", schedule="step_per_batch", period=10, gamma=0.5, lr=2e-3, epochs=26, log=TLR, rename=AS, dialect="fno_epochs_csv"),
    ill("flow_never_warm", "a warm-up of 20,000 steps", "learning-rate-schedule learning-rate-too-low", "slow-start still-improving", warm=20000, **FLAT, lr=3e-3, epochs=26, log=TLR, rename=AS, dialect="physicsnemo_log"),
    # healthy
    well("flow_ok_plain", "", lr=2e-3, epochs=40, log=TM, dialect="fno_prints"),
    well("flow_ok_seep", "", **SEEP, lr=3e-3, period=12, epochs=50, log=T, rename=AS, dialect="fno_bare_prints"),
    well("flow_ok_drift", "errors of one in thousand", **DRIFT, lr=4e-3, **COS, epochs=20, log=LL, dialect="neuralop_prints"),
    well("flow_ok_stairs", "stairs of the step decay", lr=1e-2, gamma=0.3, period=8, epochs=31, log=TLR, rename=AS, also="saturated-early", excused="learning-rate-too-high noisy-loss", dialect="fno_epochs_csv"),
    well("flow_ok_net", "a plain net, a small steady gap", **NET, ntrain=512, lr=2e-3, **COS, epochs=20, log=LL, also="overfitting", dialect="pdebench_prints"),
    well("flow_ok_nemo", "", lr=3e-3, **COS, warm=16, epochs=26, log=(*LL, "lr"), dialect="physicsnemo_log"),
    well("flow_ok_floor", "noisy measurements: an honest floor", noise=0.4, lr=3e-3, ntrain=512, **COS, epochs=20, log=LL, also="saturated-early overfitting validation-better-than-training", excused="underfitting", dialect="neuralop_prints"),
    well("flow_ok_mse", "mean squares of 1e-4 and less", **MSE, **DRIFT, scale=0.01, lr=3e-3, **COS, epochs=26, log=LL, dialect="fno_prints"),
    well("flow_ok_restarts", "warm restarts", schedule="restarts", period=0.25, lr=8e-3, epochs=31, log=TLR, rename=AS, excused="loss-spikes loss-jump", dialect="wandb_export_csv"),
    well("flow_ok_cycle", "one cycle", schedule="onecycle", lr=1.5e-2, epochs=26, per=6, window=True, log=LLR, also="saturated-early", dialect="json_lines"),
    well("flow_ok_finetune", "fine-tuned from a thicker fluid", finetune=True, lr=6e-4, **COS, epochs=20, log=T, rename=AS, also="still-improving", excused="learning-rate-too-low", dialect="fno_bare_prints"),
    well("flow_ok_batches", "batches of four, single steps: honest noise", batch=4, lr=1e-3, ntrain=512, **COS, epochs=4, per=4, log=LLR, excused="noisy-loss", dialect="wandb_export_csv"),
    well("flow_ok_ema", "averages of the weights are judged", ema=0.97, lr=4e-3, epochs=26, log=LL, also="validation-better-than-training", dialect="pdebench_prints"),
    well("flow_ok_terms", "values and slopes, both improve", h1=0.3, lr=3e-3, **COS, epochs=20, log=("train_loss", "train_l2", "train_h1_term", "test_l2"), rename={"train_l2": "loss_l2", "train_h1_term": "loss_h1"}, dialect="json_lines"),
    well("flow_ok_short", "eight epochs", lr=4e-3, **COS, ntrain=512, epochs=8, log=TM, also="still-improving too-short", dialect="fno_epochs_csv"),
    well("flow_ok_sparse", "tested each eighth epoch", test_every=8, lr=3e-3, **COS, epochs=31, log=TLR, rename=AS, dialect="wandb_export_csv"),
    well("flow_ok_norm", "gradients clipped at one, seldom", clip=1.0, lr=3e-3, **COS, epochs=26, per=8, log=("train_loss", "grad_norm", "lr"), rename={"train_loss": "loss"}, dialect="json_lines"),
)  # fmt: skip

FAMILY = Family(
    name="surrogate_flow",
    script="surrogate_flow",
    data="made-up flows, seepage and drift on a ring",
    model="small Fourier neural operators and plain nets",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
