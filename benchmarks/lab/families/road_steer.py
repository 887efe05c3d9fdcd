"""Pilots that learn to steer from made-up cameras and lidars: controls, bins of the angle, Gaussian heads.

SEEN holds what the pictures showed where that is not only what was expected. Of 80 configurations none is dropped; 2 have second
settings, 5 changed sides (an exposure, small weights and an early end are healthy; two with a widening gap are not).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, VR = "loss", "loss val_loss", "loss val_loss lr"
LR, LN = "loss lr", "loss norm:grad_norm lr"
KERAS = "loss angle:n_outputs0_loss throttle:n_outputs1_loss val_loss val_angle:val_n_outputs0_loss val_throttle:val_n_outputs1_loss"
TWO = "loss angle:steer_loss throttle:throttle_loss val_loss"
MAE = "loss mae val_loss val_mae"
R2 = "loss val_loss val_r2"
NEAR = "loss near:acc val_loss val_near:val_acc"
BINS = {"goal": "bins"}
BA = "loss acc val_loss val_acc"
ELEVEN = {"classes": 11}
LIDAR = {"view": "lidar"}
BN = {"norm": True}

SEEN: dict[str, str | None] = {
    "road_high_adam": "learning-rate-too-high healthy | overfitting loss-spikes noisy-loss saturated-early",
    "road_high_bins": "overfitting learning-rate-too-high | wrong-initial-loss severe-overfitting loss-metric-disagreement saturated-early",
    "road_high_calm": "learning-rate-too-high healthy | loss-spikes overfitting saturated-early noisy-loss",
    "road_low_sgd": "learning-rate-too-low still-improving healthy | underfitting saturated-early",
    "road_low_adam": "learning-rate-too-low | still-improving slow-start loss-term-imbalance underfitting not-learning",
    "road_joined": "not-learning underfitting | saturated-early noisy-loss | overfitting",
    "road_rate_up": "non-finite-loss diverging exploding-gradients learning-rate-too-high | loss-spikes loss-jump",
    "road_ascent": "diverging non-finite-loss | loss-jump exploding-gradients overfitting learning-rate-too-high",
    "road_undivided": "exploding-gradients diverging loss-jump non-finite-loss | learning-rate-too-high loss-spikes noisy-loss",
    "road_resumed": "loss-jump loss-spikes learning-rate-schedule learning-rate-too-high | diverging overfitting",
    "road_over_lap": "overfitting | small-validation-set saturated-early | severe-overfitting",
    "road_over_few": "overfitting | saturated-early | severe-overfitting",
    "road_over_bins": "overfitting severe-overfitting | loss-metric-disagreement",
    "road_small_near": "small-validation-set | overfitting saturated-early noisy-loss | loss-metric-disagreement",
    "road_under_half": "overfitting | saturated-early | underfitting",
    "road_under_decay": "underfitting not-learning | saturated-early | diverging learning-rate-too-high",
    "road_drop": "validation-better-than-training healthy | underfitting still-improving",
    "road_stale": "frozen-metric | overfitting",
    "road_first": "frozen-metric | overfitting loss-metric-disagreement",
    "road_start_pwm": "wrong-initial-loss | slow-start underfitting saturated-early loss-spikes",
    "road_start_bytes": "wrong-initial-loss | still-improving loss-spikes noisy-loss",
    "road_slow_sigmoid": "slow-start healthy | still-improving",
    "road_slow_sgd": "slow-start | still-improving noisy-loss | learning-rate-too-low",
    "road_noisy_two": "noisy-loss | still-improving loss-spikes saturated-early | learning-rate-too-high",
    "road_in_laps": "unshuffled-data noisy-loss | still-improving loss-spikes | learning-rate-too-high",
    "road_by_angle": "unshuffled-data | noisy-loss loss-spikes epoch-steps | learning-rate-too-high",
    "road_sessions": "unshuffled-data | noisy-loss loss-spikes epoch-steps | learning-rate-too-high not-learning",
    "road_l2": "regularisation-dominates underfitting healthy | loss-term-imbalance saturated-early",
    "road_l2_mild": "regularisation-dominates | loss-term-imbalance still-improving",
    "road_ratio_high": "update-ratio learning-rate-too-high wrong-initial-loss | noisy-loss underfitting saturated-early",
    "road_dead": "dead-units | learning-rate-too-low still-improving underfitting | slow-start not-learning",
    "road_vanish": "vanishing-gradients not-learning underfitting | saturated-early loss-spikes noisy-loss small-validation-set",
    "road_stuck": "activation-collapse | still-improving overfitting learning-rate-too-low | underfitting",
    "road_never_warm": "learning-rate-schedule learning-rate-too-low noisy-loss | still-improving not-learning",
    "road_again": "learning-rate-schedule loss-jump learning-rate-too-high overfitting | loss-spikes | diverging",
    "road_ok_lidar": "healthy | saturated-early overfitting",
    "road_ok_nll": "healthy | still-improving saturated-early overfitting validation-better-than-training",
    "road_ok_cycle": "healthy | saturated-early | loss-spikes noisy-loss",
    "road_ok_restarts": "healthy | saturated-early overfitting | loss-spikes",
    "road_ok_stairs": "overfitting | saturated-early",
    "road_ok_batches": "healthy | still-improving saturated-early | noisy-loss",
    "road_ok_pwm": "overfitting healthy | still-improving saturated-early | wrong-initial-loss",
    "road_ok_ema": "healthy | validation-better-than-training saturated-early overfitting",
    "road_ok_clear": "healthy | saturated-early still-improving | loss-spikes small-validation-set overfitting",
    "road_ok_ratios": "healthy | still-improving saturated-early | update-ratio slow-start",
    "road_ok_dead": "healthy dead-units | saturated-early overfitting",
}

CONFIGURATIONS = (
    # rates
    ill("road_high_adam", "Adam at 0.06, cut at 70 %; no rate in the log", "learning-rate-too-high", "noisy-loss loss-spikes", view="lidar", lr=0.06, net=BN, plan="cut:0.7:0.03", epochs=30, show=KERAS, dialect="donkeycar_log"),
    ill("road_high_sgd", "momentum at 0.3, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes", **LIDAR, opt="heavy", lr=0.3, n=1280, batch=32, plan="cut:0.7:0.03", epochs=28, show=VR, dialect="lightning_cells_csv"),
    ill("road_high_steps", "momentum at 0.06 with batches of 16, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes", **LIDAR, opt="heavy", lr=0.06, n=1280, batch=16, driver=0.1, plan="cut:0.7:0.03", epochs=28, log="mean:16", show=LN, dialect="lerobot_log"),
    ill("road_high_bins", "bins, RMSprop at 0.03, cut", "learning-rate-too-high", "noisy-loss loss-spikes", **BINS, opt="rms", lr=0.03, net=BN, plan="cut:0.7:0.03", epochs=30, show=BA + " lr", dialect="drivers_prints", options=ELEVEN),
    ill("road_high_calm", "mean absolute error with Adam at 0.04, averaged over epochs, cut", "learning-rate-too-high", "noisy-loss", goal="mae", view="lidar", lr=0.05, net=BN, n=1920, plan="cut:0.7:0.02", epochs=24, show=MAE, dialect="keras_verbose_2"),
    ill("road_low_sgd", "SGD at 0.002", "learning-rate-too-low", "still-improving", **LIDAR, opt="sgd", lr=2e-3, epochs=24, show=V, dialect="drivers_prints"),
    ill("road_low_adam", "Adam at 2e-5", "learning-rate-too-low", "still-improving", lr=4e-5, epochs=20, show=KERAS, dialect="donkeycar_log"),
    ill("road_low_steps", "Adam at 3e-5, running mean", "learning-rate-too-low", "still-improving", **LIDAR, goal="huber", lr=2e-5, epochs=30, log="slide:5", show=LN, dialect="lerobot_log"),
    # nothing is learnt
    ill("road_joined", "controls joined to the wrong pictures", "not-learning", "overfitting noisy-loss underfitting", **LIDAR, trouble="misjoined", n=1280, epochs=20, show=R2, dialect="drivers_prints"),
    ill("road_strangers", "the optimiser has another pilot's parameters", "not-learning", "frozen-metric noisy-loss", trouble="strangers", epochs=18, show=KERAS, dialect="donkeycar_log"),
    ill("road_no_step", "step() is commented out; each second batch", "not-learning", "noisy-loss", **LIDAR, trouble="no_step", epochs=16, log="each:2", show=L, dialect="laps_prints"),
    # jumps, spikes, the end
    ill("road_rate_up", "the rate grows fortyfold from half on", "diverging loss-jump learning-rate-too-high non-finite-loss", "loss-spikes exploding-gradients", **LIDAR, opt="heavy", lr=0.03, trouble="rate:0.5::40", epochs=24, log="each:3", show="loss norm:grad_norm", dialect="lerobot_log"),
    ill("road_ascent", "a sign was turned in the reward refactoring, weakly, from 60 % on", "diverging", "loss-jump", trouble="ascent:0.6::0.06", opt="sgd", lr=0.05, net=BN, epochs=28, show=KERAS, dialect="donkeycar_log"),
    ill("road_undivided", "accumulated gradients are no longer divided from 55 % on", "exploding-gradients diverging loss-jump", "learning-rate-too-high loss-spikes noisy-loss", trouble="undivided:0.55::60", opt="heavy", lr=0.02, net=BN, epochs=20, log="each:3", show="loss norm:grad_norm", dialect="json_lines"),
    ill("road_gap", "a new tub has frames without a recorded angle", "non-finite-loss", "", trouble="gap:0.45", epochs=20, show=MAE, dialect="drivers_prints"),
    well("road_exposure", "the camera's exposure changes at half the run: no trace", trouble="exposure:0.5::2.2", lr=2e-3, net=BN, epochs=30, log="mean:5", show=LR, also="still-improving", dialect="wandb_export_csv"),
    ill("road_degrees", "from 55 % on angles arrive in other units", "loss-jump", "diverging validation-better-than-training", **LIDAR, trouble="degrees:0.55::2.5", lr=2e-3, epochs=28, log="each:4", show="loss angle:loss_angle throttle:loss_throttle", dialect="laps_prints"),
    ill("road_resumed", "resumed with a fresh optimiser and a hundredfold rate", "loss-jump", "learning-rate-too-high learning-rate-schedule diverging", trouble="resumed:0.6::30", plan="cosine", lr=1e-3, net=BN, epochs=24, show=VR, dialect="drivers_prints"),
    ill("road_flare", "one batch in fifty looks into the sun", "loss-spikes", "noisy-loss", trouble="flare:0.03::5", lr=1e-3, epochs=40, log="each:1", show=L, dialect="step_csv"),
    ill("road_hand_off", "one batch in seventy holds joystick glitches", "loss-spikes", "noisy-loss", **LIDAR, trouble="hand_off:0.02::2.5", lr=2e-3, epochs=40, log="each:1", show=LN, dialect="lerobot_log"),
    # generalisation
    ill("road_over_lap", "a quarter lap driven ten times, another course held out", "overfitting", "severe-overfitting small-validation-set", n=320, batch=32, other_course=True, lr=1e-3, epochs=40, show=KERAS, dialect="donkeycar_log"),
    ill("road_over_few", "200 frames", "overfitting", "severe-overfitting", n=192, batch=32, lr=3e-3, net={"width": 16, **BN}, epochs=40, show=V, dialect="lightning_cells_csv"),
    ill("road_over_bins", "bins, 500 frames", "overfitting severe-overfitting", "loss-metric-disagreement", **BINS, n=480, batch=32, lr=2e-3, epochs=30, show=BA, dialect="keras_verbose_2", options=ELEVEN),
    ill("road_severe_nll", "Gaussian heads sure of what they know by heart", "severe-overfitting overfitting", "", goal="nll", n=256, batch=32, lr=2e-3, epochs=50, show=V, dialect="drivers_prints"),
    ill("road_severe_bins", "bins, 160 frames, wide", "severe-overfitting", "overfitting loss-metric-disagreement", **BINS, n=160, batch=16, lr=2e-3, net={"width": 20}, epochs=45, show=BA, dialect="lightning_cells_csv"),
    ill("road_small_held", "12 frames held out", "small-validation-set", "overfitting", **BINS, held=12, n=1280, lr=1e-3, net={"drop": 0.3}, epochs=36, show=BA, dialect="keras_checkpoints", options=ELEVEN),
    ill("road_small_near", "16 frames held out, shares of near hits", "small-validation-set", "", held=16, n=1280, lr=2e-3, net={"drop": 0.15, **BN}, driver=0.12, epochs=36, show=NEAR, dialect="drivers_prints"),
    ill("road_under_half", "a crop keeps only the hood", "underfitting not-learning", "saturated-early", trouble="low_half:11", n=1280, epochs=24, lr=2e-3, centre=(0.0, -0.6), show=R2, dialect="lightning_cells_csv"),
    ill("road_under_decay", "weight decay 0.3 in Adam", "underfitting", "saturated-early not-learning", decay=0.3, lr=2e-3, epochs=24, show=R2, dialect="drivers_prints"),
    ill("road_drop", "dropout 0.5 on a small net", "validation-better-than-training underfitting", "", net={"drop": 0.5}, lr=2e-3, n=1280, epochs=30, show=MAE, dialect="donkeycar_log"),
    ill("road_stale", "the evaluated copy is never updated", "frozen-metric", "", trouble="stale", lr=2e-3, epochs=20, show=KERAS, dialect="donkeycar_log"),
    ill("road_first", "argmax over the batch: bin 0 always", "frozen-metric", "loss-metric-disagreement", **BINS, trouble="always_first", lr=2e-3, n=1280, epochs=20, show=BA, dialect="drivers_prints"),
    # start, noise, order
    ill("road_start_pwm", "targets are pulse widths around 1500, bias not set", "wrong-initial-loss", "slow-start underfitting", unit=400.0, centre=(1500.0, 1500.0), lr=0.02, n=1280, epochs=30, show=MAE, dialect="frame_history_csv"),
    ill("road_start_bytes", "pixels 0..255 go in raw", "wrong-initial-loss", "loss-spikes noisy-loss", trouble="bytes", lr=1e-3, epochs=24, log="mean:3", show=L, dialect="laps_prints"),
    ill("road_start_hands", "the last layer is drawn with forty times the width", "wrong-initial-loss", "", **BINS, net={"last": 60.0, **BN}, lr=3e-3, epochs=20, log="mean:3", show="loss acc", dialect="wandb_export_csv", options=ELEVEN),
    well("road_slow_small", "weights a quarter as large: no plateau to be seen", **LIDAR, net={"start": 0.25, "depth": 3}, lr=1e-3, centre=(0.0, -0.6), epochs=36, show=V, also="still-improving", excused="slow-start overfitting", dialect="drivers_prints"),
    ill("road_slow_sigmoid", "three layers of sigmoids", "slow-start", "still-improving", **LIDAR, net={"act": "Sigmoid", "depth": 3}, centre=(0.0, -0.6), lr=3e-3, epochs=40, show=R2, dialect="lightning_cells_csv"),
    ill("road_slow_sgd", "plain SGD, bins: flat for a third of the run", "slow-start", "still-improving noisy-loss", **BINS, opt="heavy", lr=0.02, net={"start": 0.7}, epochs=40, log="mean:5", show="loss acc", dialect="laps_prints"),
    ill("road_noisy_two", "batches of two frames", "noisy-loss", "still-improving", batch=2, n=960, lr=2e-4, epochs=2, log="each:3", show=LN, dialect="lerobot_log"),
    ill("road_in_laps", "frames as driven, lap by lap", "unshuffled-data", "noisy-loss", order="laps", n=960, batch=16, lr=1e-3, epochs=12, log="each:2", show=L, dialect="step_csv"),
    ill("road_by_angle", "frames sorted by angle", "unshuffled-data", "noisy-loss loss-spikes", **LIDAR, order="angle", n=960, batch=32, lr=1e-3, epochs=14, log="each:1", show=LN, dialect="lerobot_log"),
    ill("road_sessions", "corner by corner, bins", "unshuffled-data", "noisy-loss", **BINS, order="sessions", n=960, batch=32, lr=1e-3, epochs=14, log="each:1", show="loss acc", dialect="wandb_export_csv"),
    # terms and inside
    ill("road_terms_pwm", "throttle in pulse widths beside an angle of one", "loss-term-imbalance", "wrong-initial-loss underfitting", weights=(1.0, 3000.0), lr=1e-3, epochs=24, log="mean:5", show="loss angle:loss_angle throttle:loss_throttle", dialect="json_lines"),
    ill("road_terms_slip", "the angle weighs 1e-4", "loss-term-imbalance", "underfitting", weights=(1e-4, 1.0), opt="sgd", lr=0.1, epochs=24, show=KERAS, dialect="donkeycar_log"),
    ill("road_l2", "sum of squares times 0.02", "regularisation-dominates", "underfitting", penalty=0.02, lr=1e-3, epochs=24, show="loss data:data_loss penalty:reg_loss val_loss val_r2", dialect="frame_history_csv"),
    ill("road_l2_mild", "sum of squares times 0.004", "regularisation-dominates", "", **LIDAR, penalty=0.004, lr=2e-3, net={"width": 16, **BN}, epochs=30, log="mean:5", show="loss data:mse penalty:l2_penalty lr", dialect="wandb_export_csv"),
    ill("road_ratio_high", "AdamW at 0.2", "update-ratio learning-rate-too-high", "noisy-loss underfitting", opt="adamw", lr=0.15, net=BN, epochs=16, log="each:3", show=L, inside="ratio_all:update_ratio", dialect="json_lines"),
    ill("road_dead", "biases at -1.5", "dead-units", "underfitting not-learning slow-start", net={"lean": -0.9}, lr=1e-3, epochs=20, show=V, inside="dead:dead_units/layer{}", dialect="lightning_cells_csv"),
    ill("road_vanish", "five layers of sigmoids", "vanishing-gradients", "not-learning slow-start underfitting", **LIDAR, net={"act": "Sigmoid", "depth": 5}, opt="sgd", lr=0.1, centre=(0.0, -0.6), epochs=18, show=V, inside="gradient:grad_norm/layer{}", dialect="json_lines"),
    ill("road_stuck", "tanh units at their ends from raw ranges", "activation-collapse", "underfitting slow-start", **LIDAR, net={"act": "Tanh", "start": 12.0}, lr=5e-4, epochs=20, show=V, inside="stuck:saturated/{} spread:act_std/{}", dialect="json_lines"),
    ill("road_clip", "clipped at 0.02", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=0.3, clip=0.02, epochs=24, log="each:3", show="loss clipped:grad_norm lr", dialect="json_lines"),
    ill("road_spent", "the decay counts a fifth of the run", "learning-rate-schedule", "saturated-early underfitting learning-rate-too-low", plan="early:0.2", lr=5e-4, epochs=28, show=VR, dialect="drivers_prints"),
    ill("road_never_warm", "warm-up of 40,000 updates", "learning-rate-schedule learning-rate-too-low", "still-improving", warm=40000, lr=1e-3, epochs=20, log="mean:4", show=LR, dialect="wandb_export_csv"),
    ill("road_again", "the rate comes back at 70 %, twice as large as ever", "learning-rate-schedule learning-rate-too-high loss-jump", "", plan="again:0.7:6", opt="heavy", lr=0.03, net=BN, epochs=30, show=VR, dialect="lightning_cells_csv"),
    well("road_early_flat", "nothing to learn after a tenth of the run", **LIDAR, n=1280, lr=4e-3, plan="cosine", driver=0.1, net={"width": 6}, epochs=90, show=V, also="saturated-early overfitting", dialect="frame_history_csv"),
    # healthy
    well("road_ok_donkey", "plain, two outputs", lr=1e-3, n=1280, driver=0.1, plan="cosine", epochs=20, show=KERAS, also="saturated-early overfitting", dialect="donkeycar_log"),
    well("road_ok_lidar", "plain, huber", **LIDAR, goal="huber", n=1280, lr=2e-3, epochs=20, show=MAE, also="saturated-early", dialect="drivers_prints"),
    well("road_ok_bins", "plain bins", **BINS, n=2560, batch=128, lr=2e-3, net={"width": 8}, epochs=12, show=BA, also="still-improving overfitting", dialect="keras_verbose_2", options=ELEVEN),
    well("road_ok_lerobot", "plain, warm-up and cosine, each fourth step", n=1280, warm=20, plan="cosine", opt="adamw", lr=2e-3, clip=10.0, epochs=16, log="each:4", show=LN, also="saturated-early", dialect="lerobot_log"),
    well("road_ok_plain_laps", "plain prints of every tenth step", n=1280, lr=1e-3, epochs=24, log="mean:10", show="loss angle:steer throttle", also="still-improving saturated-early", dialect="laps_prints"),
    well("road_ok_nll", "negative losses of a Gaussian head", **LIDAR, goal="nll", n=1280, lr=1e-3, net={"drop": 0.05}, plan="cosine", epochs=20, show=V, also="still-improving saturated-early overfitting", dialect="drivers_prints"),
    well("road_ok_cycle", "cyclical rate", **LIDAR, plan="waves:75", n=1280, lr=5e-3, net=BN, epochs=18, log="mean:5", show=LR, excused="loss-spikes", dialect="wandb_export_csv"),
    well("road_ok_restarts", "warm restarts", **LIDAR, plan="restarts:125", n=1280, lr=8e-3, epochs=25, show=VR, excused="loss-spikes", also="saturated-early", dialect="drivers_prints"),
    well("road_ok_stairs", "rate cut by ten twice", plan="stairs:0.36:0.1", opt="nesterov", lr=0.05, n=1280, net=BN, epochs=24, show=VR, also="saturated-early overfitting", dialect="lightning_cells_csv"),
    well("road_ok_hill", "one cycle", **LIDAR, plan="hill:0.3", lr=1e-2, n=1280, net=BN, epochs=20, show=VR, also="overfitting saturated-early", dialect="frame_history_csv"),
    well("road_ok_shaky", "a shaky driver: honest floor", **LIDAR, driver=0.3, n=3200, batch=128, lr=1e-3, net={"width": 6}, epochs=14, show=MAE, also="saturated-early", excused="underfitting", dialect="keras_verbose_2"),
    well("road_ok_batches", "batches of 16, each second one", batch=16, n=1920, lr=1e-3, plan="cosine", epochs=3, log="each:2", show=LN, also="still-improving", excused="noisy-loss", dialect="lerobot_log"),
    well("road_ok_tiny", "losses of 1e-6", **LIDAR, tell=1e-5, n=1280, lr=1e-3, plan="down", epochs=20, show=V, also="saturated-early overfitting", dialect="laps_prints"),
    well("road_ok_pwm", "pulse widths with the bias set: losses of thousands", unit=400.0, centre=(1500.0, 1500.0), net={"bias": (1500.0, 1800.0), "last": 300.0}, n=1280, lr=3e-3, epochs=24, show="loss val_loss val_mae", also="still-improving saturated-early", excused="wrong-initial-loss", dialect="drivers_prints"),
    well("road_ok_ema", "the average of weights is evaluated", ema=0.97, n=1280, lr=2e-3, epochs=20, show="loss val_loss val_r2", also="validation-better-than-training saturated-early overfitting", dialect="lightning_cells_csv"),
    well("road_ok_dagger", "data arrives in four parts", **LIDAR, grow=4, n=2400, lr=1e-3, epochs=24, show=V, also="still-improving epoch-steps validation-better-than-training", excused="loss-jump overfitting", dialect="drivers_prints"),
    well("road_ok_tuned", "fine-tuning from a good start", rehearsed=400, n=1280, lr=1e-4, opt="adamw", epochs=10, log="mean:5", show=LR, also="saturated-early still-improving", excused="learning-rate-too-low noisy-loss not-learning", dialect="wandb_export_csv"),
    well("road_ok_smooth", "bins with label smoothing and dropout", **LIDAR, **BINS, smooth=0.1, net={"drop": 0.2}, n=2560, lr=2e-3, epochs=16, show=BA, also="validation-better-than-training still-improving", dialect="keras_checkpoints", options=ELEVEN),
    well("road_ok_shaken", "mild augmentation: validation a little better", shake=0.15, n=2400, lr=1e-3, epochs=16, show=KERAS, also="validation-better-than-training still-improving", dialect="donkeycar_log"),
    well("road_ok_short", "six epochs", n=3200, lr=2e-3, plan="cosine", epochs=6, show=MAE, also="still-improving too-short", dialect="keras_verbose_2"),
    well("road_ok_patience", "stopped early", n=640, lr=2e-3, patience=4, epochs=60, show=V, also="overfitting saturated-early", dialect="donkeycar_log"),
    well("road_ok_long", "6,000 updates, each tenth", **LIDAR, n=1920, batch=32, lr=2e-3, warm=100, plan="cosine", opt="adamw", epochs=100, log="each:10", show=LN, also="saturated-early", excused="noisy-loss", seeds=1, dialect="lerobot_log"),
    well("road_ok_clear", "no noise anywhere: jitter near zero", **LIDAR, driver=0.0, dust=0.0, n=1280, lr=4e-3, net={"width": 16}, epochs=40, show=V, also="saturated-early still-improving", excused="loss-spikes", dialect="drivers_prints"),
    well("road_ok_ratios", "update ratios near 1e-3", **LIDAR, n=1280, lr=5e-4, plan="cosine", warm=10, epochs=16, log="mean:5", show=L, inside="ratio_all:update_ratio", also="still-improving saturated-early", dialect="json_lines"),
    well("road_ok_dead", "some units rest", n=1280, lr=1e-3, plan="cosine", epochs=16, show=V, inside="dead:dead_units/layer{}", also="saturated-early overfitting", excused="dead-units", dialect="wandb_export_csv"),
)  # fmt: skip

FAMILY = Family(
    name="road_steer",
    script="road_steer",
    data="made-up drives seen by a camera or a lidar",
    model="small convolutions or layers with two controls or bins",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
