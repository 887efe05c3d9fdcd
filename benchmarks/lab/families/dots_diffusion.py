"""Diffusion and flow matching on dots and tiny pictures: noise predicted, floors reached early, averages of weights judged.

SEEN holds what the pictures showed where that is not what was expected. Of 72 configurations none is dropped; 9 have second settings,
as dots are hardly learnt by heart and Adam forgave the first rates; a time that is not given to the net, momentum at its edge and
sigmoids show nothing here and are healthy.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, LR = ("loss",), ("loss", "val_loss"), ("loss", "lr")
VLR = ("loss", "val_loss", "lr")
VE = ("loss", "val_loss", "val_energy")
Q = ("loss", "mse", "loss_q0", "loss_q1", "loss_q2", "loss_q3")
TERMS = ("loss", "mse", "vb")
NORM = {"norm": "grad_norm"}
PIC = {"data": "pictures"}
FLOW = {"target": "flow"}
EMA = {"ema": 0.98}
RAW = {"mean": False}

SEEN: dict[str, str | None] = {
    "dots_high_boxes": "wrong-initial-loss learning-rate-too-high | noisy-loss loss-term-imbalance saturated-early",
    "dots_high_never": "learning-rate-too-high wrong-initial-loss underfitting | noisy-loss saturated-early loss-spikes",
    "dots_low_flow": "learning-rate-too-low not-learning | noisy-loss still-improving underfitting",
    "dots_slow_sigmoid": "healthy | still-improving saturated-early | slow-start",
    "dots_over_flow": "overfitting | severe-overfitting noisy-loss saturated-early",
    "dots_under_thin": "underfitting | saturated-early not-learning",
    "dots_under_decay": "diverging underfitting | overfitting loss-jump",
    "dots_under_time": "healthy | saturated-early | underfitting noisy-loss",
    "dots_dropout": "healthy validation-better-than-training | saturated-early",
    "dots_other_noise": "not-learning underfitting | saturated-early noisy-loss | wrong-initial-loss",
    "dots_jump_rate": "loss-jump diverging learning-rate-too-high loss-spikes | exploding-gradients noisy-loss learning-rate-schedule",
    "dots_snr": "noisy-loss not-learning | loss-spikes saturated-early | underfitting",
    "dots_ascent": "diverging | loss-jump non-finite-loss exploding-gradients",
    "dots_start_bytes": "wrong-initial-loss healthy | still-improving saturated-early slow-start",
    "dots_start_flow": "wrong-initial-loss healthy | slow-start still-improving learning-rate-too-low",
    "dots_noisy_two": "noisy-loss | still-improving not-learning loss-spikes saturated-early",
    "dots_ridge": "regularisation-dominates underfitting | saturated-early loss-term-imbalance",
    "dots_ratio_high": "learning-rate-too-high update-ratio loss-spikes diverging | loss-jump noisy-loss wrong-initial-loss underfitting",
    "dots_dead": "dead-units not-learning | underfitting frozen-metric saturated-early",
    "dots_high_momentum": "healthy | saturated-early still-improving | learning-rate-too-high",
    "dots_slow_tiny": "learning-rate-too-low underfitting | slow-start still-improving",
    "dots_raised": "non-finite-loss | diverging exploding-gradients loss-jump learning-rate-too-high learning-rate-schedule",
}

CONFIGURATIONS = (
    # rates
    ill("dots_high_cut", "AdamW at 0.05, cut at 70 %: a drop", "learning-rate-too-high", "noisy-loss loss-spikes", **PIC, lr=0.05, plan="cut", at=0.7, net={"depth": 3}, steps=400, log=8, show=VLR, dialect="wandb_export_csv"),
    ill("dots_high_pictures", "pictures with AdamW at 0.03, cut late, no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes", **PIC, lr=0.03, plan="cut", at=0.75, net={"depth": 4}, steps=400, log=8, show=V, dialect="dots_prints"),
    ill("dots_high_boxes", "AdamW at 0.04, cut, quartiles of the loss", "learning-rate-too-high", "noisy-loss loss-spikes", data="roll", lr=0.05, plan="cut", at=0.65, net={"depth": 5}, steps=360, log=9, show=Q, dialect="guided_boxes"),
    ill("dots_high_momentum", "momentum at its edge", "learning-rate-too-high", "noisy-loss loss-spikes", **PIC, opt="momentum", lr=1.0, plan="cut", at=0.7, steps=400, log=8, show=LR, dialect="dit_log"),
    ill("dots_high_never", "AdamW at 0.1 all the time", "learning-rate-too-high", "underfitting noisy-loss loss-spikes", **FLOW, data="board", lr=0.1, net={"depth": 4}, steps=300, log=6, show=VLR, dialect="json_lines"),
    ill("dots_low_adam", "AdamW at 1e-5", "learning-rate-too-low", "still-improving underfitting", **PIC, lr=2e-5, steps=320, log=8, show=L, dialect="dit_log"),
    ill("dots_low_flow", "a zero too many, flow", "learning-rate-too-low", "still-improving underfitting", **FLOW, data="four", lr=2e-5, steps=288, log=8, show=V, dialect="flow_prints"),
    ill("dots_low_sgd", "SGD at 2e-4", "learning-rate-too-low", "still-improving underfitting", opt="sgd", lr=2e-4, steps=280, log=7, show=VE, sample=70, dialect="wandb_export_csv"),
    # slow
    ill("dots_slow_tiny", "no residuals, weights a fifth as large", "slow-start", "still-improving", **PIC, net={"residual": False, "init": 0.15, "depth": 4, "act": "tanh"}, lr=3e-3, steps=480, log=10, show=V, dialect="dots_prints"),
    ill("dots_slow_sigmoid", "six plain sigmoid layers", "slow-start", "still-improving", net={"residual": False, "act": "sigmoid", "depth": 4}, lr=3e-3, steps=400, log=8, show=L, dialect="ddpm_bars"),
    # generalisation
    ill("dots_over_mild", "24 pictures, flow", "overfitting", "severe-overfitting", **PIC, **FLOW, n=24, batch=24, lr=3e-3, net={"width": 128}, steps=500, log=10, show=V, dialect="wandb_export_csv"),
    ill("dots_over_pictures", "14 pictures, velocities", "overfitting", "severe-overfitting", **PIC, target="v", noise="cosine", n=14, batch=14, lr=3e-3, net={"width": 128}, steps=500, log=10, show=V, dialect="guided_progress_csv"),
    ill("dots_over_x0", "ten pictures, flow", "overfitting severe-overfitting", "", **PIC, **FLOW, n=10, batch=10, lr=4e-3, net={"width": 128}, steps=600, log=12, show=V, dialect="json_lines"),
    ill("dots_over_severe", "five pictures, flow, wide", "severe-overfitting overfitting", "", **PIC, **FLOW, n=5, batch=5, lr=6e-3, net={"width": 160}, steps=700, log=14, show=V, dialect="wandb_export_csv"),
    ill("dots_over_flow", "twelve dots, flow", "severe-overfitting overfitting", "", **FLOW, n=10, batch=40, lr=4e-3, net={"width": 128}, steps=500, log=10, show=V, dialect="flow_prints"),
    ill("dots_under_thin", "two units for pictures", "underfitting", "saturated-early", **PIC, net={"width": 2, "depth": 1}, lr=1e-2, plan="cosine", steps=280, log=7, show=V, dialect="dots_prints"),
    ill("dots_under_decay", "weight decay of 5", "underfitting", "saturated-early", **PIC, decay=8.0, lr=5e-3, steps=280, log=7, show=V, dialect="wandb_export_csv"),
    ill("dots_under_time", "the time is not given to the net, flow", "underfitting", "saturated-early", **FLOW, data="four", net={"timeless": True}, lr=3e-3, plan="cosine", steps=280, log=7, show=V, dialect="flow_prints"),
    ill("dots_small_held", "six dots held out, other times at each evaluation", "small-validation-set", "", held=6, new_times=True, lr=2e-3, steps=400, log=8, show=V, dialect="wandb_export_csv"),
    ill("dots_dropout", "dropout 0.3", "validation-better-than-training healthy", "still-improving", **PIC, net={"dropout": 0.3}, lr=3e-3, plan="cosine", steps=320, log=8, show=V, dialect="dots_prints"),
    # nothing happens
    ill("dots_other_noise", "the noise of another picture is the target", "not-learning", "noisy-loss saturated-early", **PIC, fault="other_noise", steps=280, log=7, lr=1e-3, show=L, dialect="ddpm_bars"),
    ill("dots_asleep", "step() sits in the wrong branch", "not-learning", "frozen-metric noisy-loss", **PIC, fault="asleep", steps=200, log=4, show=("loss", "norm"), names=NORM, dialect="guided_boxes"),
    ill("dots_stale", "the average is never updated", "frozen-metric", "overfitting", **EMA, fault="ema_off", lr=2e-3, steps=320, log=8, show=V, dialect="dots_prints"),
    ill("dots_stale_flow", "the evaluated copy is that of the start", "frozen-metric", "overfitting", **FLOW, judged="start", data="roll", lr=2e-3, plan="cosine", steps=320, log=8, show=V, dialect="flow_prints"),
    ill("dots_stale_pictures", "the average decays by 1.0", "frozen-metric", "overfitting", **PIC, judged="start", lr=2e-3, steps=300, log=6, judge=30, show=VLR, dialect="wandb_export_csv"),
    # jumps, spikes, ends
    ill("dots_jump_bright", "pictures are not scaled from half on", "loss-jump", "", **PIC, fault="brighter", begins=0.5, force=3.0, target="x0", lr=2e-3, steps=400, log=8, show=V, dialect="dit_log"),
    ill("dots_jump_resumed", "resumed from a rounded file", "loss-jump", "loss-spikes", **PIC, fault="resumed", begins=0.6, force=0.7, lr=1e-3, plan="cosine", steps=400, log=8, show=LR, dialect="guided_boxes"),
    ill("dots_jump_rate", "the rate times thirty at 60 %", "loss-jump learning-rate-too-high", "noisy-loss loss-spikes learning-rate-schedule", **PIC, fault="rate", begins=0.6, force=60.0, lr=2e-3, steps=400, log=8, show=LR, dialect="wandb_export_csv"),
    ill("dots_corrupt", "a broken shard: one batch in fifty", "loss-spikes", "noisy-loss", **PIC, target="x0", fault="corrupt", force=2.0, chance=0.02, lr=1e-3, steps=480, log=4, show=L, dialect="k_diffusion_prints"),
    ill("dots_snr", "weighted by the signal over noise, without a limit", "loss-spikes noisy-loss", "", weigh="snr", times=200, lr=2e-4, steps=480, log=4, show=L, dialect="step_csv"),
    ill("dots_ascent", "a sign lost in a refactoring at 60 %", "diverging", "loss-jump", **PIC, fault="ascent", begins=0.6, force=0.1, opt="sgd", lr=0.3, steps=300, log=6, show=V, dialect="dots_prints"),
    ill("dots_raised", "momentum, the rate times ten at half", "diverging non-finite-loss loss-jump", "exploding-gradients learning-rate-too-high loss-spikes", opt="momentum", lr=0.02, fault="rate", begins=0.5, force=30.0, net={"depth": 5}, steps=300, log=6, show=("loss", "norm"), names=NORM, dialect="guided_progress_csv"),
    ill("dots_nan_snr", "no noise at the first time: a division by zero", "non-finite-loss", "", weigh="snr", noise="sharp", times=1000, batch=16, lr=1e-3, steps=300, log=4, show=L, **RAW, dialect="k_diffusion_prints"),
    ill("dots_undivided", "accumulated gradients are not divided from half on", "exploding-gradients loss-jump diverging", "learning-rate-too-high loss-spikes", **PIC, fault="undivided", begins=0.5, force=40.0, opt="momentum", lr=0.08, net={"depth": 4}, steps=300, log=6, show=("loss", "norm"), names=NORM, dialect="json_lines"),
    # the start
    ill("dots_start_bytes", "pictures between 0 and 255, x0", "wrong-initial-loss", "slow-start still-improving", **PIC, target="x0", levels=255.0, lr=8e-3, plan="cosine", steps=320, log=8, show=V, dialect="guided_progress_csv"),
    ill("dots_start_head", "the head is drawn ten times too wide", "wrong-initial-loss", "", net={"head": 20.0}, lr=5e-3, plan="cosine", steps=300, log=6, show=L, dialect="ddpm_bars"),
    ill("dots_start_flow", "dots in pixels of a screen", "wrong-initial-loss", "slow-start still-improving learning-rate-too-low", **FLOW, levels=200.0, lr=1e-2, steps=300, log=6, show=V, dialect="flow_prints"),
    # noise, order
    ill("dots_noisy_one", "one picture a step", "noisy-loss", "still-improving", **PIC, batch=1, lr=3e-4, steps=600, log=4, **RAW, show=L, dialect="step_csv"),
    ill("dots_noisy_two", "two dots a step", "noisy-loss", "still-improving", batch=2, lr=5e-4, steps=600, log=4, **RAW, show=LR, dialect="diffusers_bars"),
    ill("dots_by_time", "times in order instead of drawn", "unshuffled-data", "noisy-loss", order="time", n=2560, batch=64, lr=1e-3, steps=320, log=2, show=L, dialect="step_csv"),
    ill("dots_by_time_x0", "times in order, clean pictures predicted", "unshuffled-data", "noisy-loss", **PIC, target="x0", order="time", n=2560, batch=64, lr=1e-3, steps=320, log=2, show=LR, dialect="wandb_export_csv"),
    ill("dots_by_distance", "dots sorted by their distance, x0", "unshuffled-data", "noisy-loss", target="x0", data="roll", order="far", n=2560, batch=64, lr=1e-3, steps=320, log=2, show=L, dialect="k_diffusion_prints"),
    # terms and penalties
    ill("dots_terms_vb", "the bound weighs thousand times", "loss-term-imbalance", "", vb=300.0, lr=1e-3, steps=320, log=8, show=TERMS, dialect="guided_boxes"),
    ill("dots_terms_pictures", "the bound swamps the squares", "loss-term-imbalance", "", **PIC, vb=60.0, lr=1e-3, steps=320, log=8, show=TERMS, names={"mse": "loss_mse", "vb": "loss_vb"}, dialect="json_lines"),
    ill("dots_ridge", "squares of all weights times 0.01", "regularisation-dominates", "underfitting", **PIC, ridge=0.02, lr=1e-3, steps=320, log=8, show=("loss", "mse", "reg", "val_loss"), names={"mse": "mse_loss", "reg": "reg_loss"}, dialect="json_lines"),
    # inside
    ill("dots_vanish", "seven plain sigmoid layers, drawn small", "vanishing-gradients not-learning", "slow-start saturated-early", **PIC, net={"residual": False, "act": "sigmoid", "depth": 6, "init": 0.7}, opt="sgd", lr=0.05, steps=200, log=4, show=L, watch={"grads": "grad_norm/block{}"}, dialect="json_lines"),
    ill("dots_ratio_high", "AdamW at 0.3", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting wrong-initial-loss", **PIC, lr=0.2, steps=200, log=4, show=L, watch={"ratio": "update_ratio/block{}"}, dialect="wandb_export_csv"),
    ill("dots_ratio_low", "SGD at 1e-5", "update-ratio learning-rate-too-low not-learning", "noisy-loss", **PIC, opt="sgd", lr=1e-4, steps=200, log=4, show=L, watch={"ratio": "update_ratio/block{}"}, dialect="json_lines"),
    ill("dots_dead", "ReLU with biases at -3 in a plain net", "dead-units not-learning", "underfitting", **PIC, net={"residual": False, "act": "relu", "shift": -1.2}, lr=5e-4, steps=200, log=4, show=V, watch={"dead": "dead_frac/{}"}, dialect="json_lines"),
    ill("dots_clip", "clipped at 0.005", "clipping-saturated", "learning-rate-too-low still-improving", **PIC, opt="sgd", lr=1.0, clip=0.01, steps=300, log=6, **RAW, show=("loss", "clipped", "lr"), names={"clipped": "grad_norm"}, dialect="wandb_export_csv"),
    ill("dots_spent", "the schedule ends after a fifth", "learning-rate-schedule", "underfitting saturated-early", **PIC, plan="over", at=0.2, lr=1e-3, steps=400, log=8, show=VLR, dialect="wandb_export_csv"),
    ill("dots_warm", "a warm-up of 20,000 steps", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", **PIC, warm=20000, lr=2e-3, steps=320, log=8, show=LR, dialect="dit_log"),
    # healthy
    well("dots_ok_plain", "the floor after a tenth of the run", lr=1e-3, steps=400, log=8, show=V, also="saturated-early", dialect="dots_prints"),
    well("dots_ok_bars", "single batches: hovers at its floor and is noisy by nature", lr=1e-3, steps=375, log=3, **RAW, show=L, also="saturated-early", excused="noisy-loss", dialect="ddpm_bars"),
    well("dots_ok_diffusers", "", **PIC, n=2048, batch=64, lr=1e-3, plan="cosine", warm=30, steps=384, log=6, show=LR, dialect="wandb_export_csv"),
    well("dots_ok_boxes", "quartiles of the loss differ by decades", **PIC, lr=1e-3, ema=0.99, steps=400, log=8, show=(*Q, "norm"), names=NORM, excused="loss-term-imbalance", dialect="guided_boxes"),
    well("dots_ok_progress", "mean squares beside the bound", vb=0.02, lr=1e-3, steps=400, log=8, show=(*TERMS, "norm"), names=NORM, also="saturated-early", excused="loss-term-imbalance", dialect="guided_progress_csv"),
    well("dots_ok_ema", "an average of the weights is judged: better than training", **PIC, ema=0.99, lr=3e-3, steps=400, log=8, show=V, also="validation-better-than-training", dialect="dots_prints"),
    well("dots_ok_flow", "a high honest floor", **FLOW, data="board", lr=2e-3, plan="cosine", steps=400, log=8, show=V, also="saturated-early", excused="underfitting", dialect="flow_prints"),
    well("dots_ok_v", "velocities: flat at 0.9 from early on", target="v", noise="cosine", data="roll", batch=256, lr=1e-3, steps=320, log=8, show=V, also="saturated-early", excused="underfitting not-learning", dialect="dit_log"),
    well("dots_ok_stairs", "the rate is cut by five twice", **PIC, lr=4e-3, plan="stairs", at=0.4, steps=400, log=8, show=VLR, also="saturated-early", dialect="wandb_export_csv"),
    well("dots_ok_again", "warm restarts", **PIC, lr=6e-3, plan="again", at=0.25, steps=360, log=6, show=LR, excused="loss-spikes loss-jump", dialect="wandb_export_csv"),
    well("dots_ok_wave", "a cyclical rate", target="x0", **PIC, lr=6e-3, plan="wave", at=0.2, steps=400, log=8, show=VLR, excused="loss-spikes", dialect="json_lines"),
    well("dots_ok_edm", "", **PIC, lr=2e-3, ema=0.98, plan="cosine", steps=360, log=9, show=V, dialect="edm_stats_json_lines"),
    well("dots_ok_energy", "samples get better while the loss is flat", data="roll", ema=0.99, lr=2e-3, plan="cosine", steps=360, log=9, sample=36, show=VE, also="saturated-early", excused="small-validation-set loss-metric-disagreement", dialect="wandb_export_csv"),
    well("dots_ok_pixels", "summed over pixels: hundreds", **PIC, pixels=36.0, multiply=10.0, lr=2e-3, plan="cosine", steps=320, log=8, show=L, dialect="ddpm_bars"),
    well("dots_ok_tiny", "losses of 1e-5", target="x0", **PIC, multiply=1e-4, lr=2e-3, plan="cosine", steps=320, log=8, show=V, dialect="guided_progress_csv"),
    well("dots_ok_epochs", "ten epochs of single lines", n=1024, batch=32, **FLOW, data="four", lr=2e-3, plan="cosine", steps=240, log=24, show=V, also="too-short saturated-early", excused="underfitting", dialect="epoch_prints"),
    well("dots_ok_grows", "the data grow by the hour", **PIC, grows=0.2, lr=2e-3, plan="cosine", steps=360, log=9, show=V, dialect="dots_prints"),
    well("dots_ok_sparse", "judged five times", **PIC, lr=2e-3, plan="cosine", steps=400, log=4, judge=80, ema=0.95, show=VLR, also="validation-better-than-training", excused="noisy-loss", dialect="wandb_export_csv"),
    well("dots_ok_dropout", "a little dropout", **PIC, net={"dropout": 0.1}, lr=3e-3, plan="cosine", steps=320, log=8, show=V, also="validation-better-than-training", dialect="k_diffusion_prints"),
    well("dots_ok_long", "5,000 steps at the floor", data="roll", lr=1e-3, plan="cosine", steps=5000, log=40, show=LR, also="saturated-early", excused="noisy-loss", seeds=1, dialect="dit_log"),
)  # fmt: skip

FAMILY = Family(
    name="dots_diffusion",
    script="dots_diffusion",
    data="clouds of dots and tiny pictures",
    model="nets that take noise away",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
