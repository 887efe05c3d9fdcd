"""Body points of made-up silhouettes: heat maps, coordinates, likelihoods, classes of rows and columns, box with points and visibility.

SEEN holds what the pictures showed where that is not only what was expected. Of 97 configurations written down 23 were dropped for the
time they take and one for its picture (a start above ln 10 in two seeds of three); 7 have second settings, as the first left no trace;
23 have other first labels than expected, none of them none of the expected. Many faults end at the same level, that of the mean body.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, LR = "loss", "loss val_loss", "loss lr"
ACC, ACC_LR = "loss pck=acc_pose val_pck=val_PCK", "loss pck=acc_pose lr val_pck=val_PCK"
HR, HR_AP = "loss pck val_loss val_pck", "loss pck val_loss val_pck val_ap"
KPT, D2 = "heat=heatmap_loss loss pck=acc_pose val_ap=val_AP", "loss heat lr"
YOLO = "box pose kobj val_box val_pose val_kobj val_pck val_ap lr"
COORD, WING, RLE, SIMCC, BOX, TWO = ({"way": w} for w in ("coord", "wing", "rle", "simcc", "yolo", "stages"))
BN, GN = {"norm": "batch"}, {"norm": "group"}
TEN = {"classes": 10}

SEEN: dict[str, str | None] = {
    "bp_high_heat": "learning-rate-too-high not-learning frozen-metric | wrong-initial-loss underfitting saturated-early dead-units",
    "bp_high_yolo": "learning-rate-too-high underfitting | saturated-early loss-spikes noisy-loss wrong-initial-loss not-learning small-validation-set",
    "bp_high_simcc": "learning-rate-too-high underfitting | noisy-loss saturated-early small-validation-set",
    "bp_high_wing": "learning-rate-too-high underfitting | noisy-loss saturated-early wrong-initial-loss loss-spikes",
    "bp_low_adam": "learning-rate-too-low | still-improving not-learning noisy-loss frozen-metric slow-start",
    "bp_low_simcc": "learning-rate-too-low slow-start | still-improving not-learning",
    "bp_slow_sigmoid": "underfitting slow-start | saturated-early still-improving noisy-loss | learning-rate-too-high",
    "bp_slow_simcc": "slow-start | still-improving saturated-early noisy-loss underfitting",
    "bp_start_raw": "wrong-initial-loss | saturated-early underfitting",
    "bp_start_bias": "wrong-initial-loss | loss-term-imbalance saturated-early",
    "bp_start_pixels": "wrong-initial-loss | still-improving small-validation-set",
    "bp_still": "not-learning frozen-metric | ",
    "bp_blank": "underfitting | saturated-early not-learning noisy-loss small-validation-set | learning-rate-too-high",
    "bp_joined": "underfitting not-learning | saturated-early overfitting small-validation-set | learning-rate-too-high",
    "bp_ascent": "diverging | loss-jump non-finite-loss underfitting saturated-early slow-start",
    "bp_growing_rate": "diverging learning-rate-too-high learning-rate-schedule | loss-jump loss-spikes noisy-loss underfitting exploding-gradients",
    "bp_exposure": "loss-jump loss-spikes | loss-metric-disagreement | overfitting severe-overfitting diverging",
    "bp_left_right": "loss-jump severe-overfitting overfitting | loss-spikes diverging",
    "bp_explodes": "exploding-gradients | loss-jump loss-spikes saturated-early noisy-loss underfitting diverging",
    "bp_over_simcc": "overfitting | severe-overfitting loss-metric-disagreement still-improving",
    "bp_small_held": "small-validation-set | validation-better-than-training still-improving noisy-loss",
    "bp_under_narrow": "healthy underfitting | saturated-early still-improving",
    "bp_under_decay": "underfitting | saturated-early small-validation-set not-learning | learning-rate-too-high",
    "bp_under_dropout": "underfitting validation-better-than-training | saturated-early still-improving small-validation-set noisy-loss",
    "bp_by_size": "unshuffled-data healthy | noisy-loss still-improving",
    "bp_noisy_one": "noisy-loss healthy | slow-start still-improving loss-spikes",
    "bp_noisy_two": "noisy-loss healthy | slow-start still-improving loss-spikes saturated-early",
    "bp_terms_box": "loss-term-imbalance | wrong-initial-loss still-improving",
    "bp_terms_kobj": "loss-term-imbalance | saturated-early underfitting noisy-loss still-improving",
    "bp_ratio_high": "learning-rate-too-high wrong-initial-loss update-ratio underfitting | not-learning saturated-early noisy-loss dead-units",
    "bp_ratio_low": "not-learning learning-rate-too-low update-ratio | noisy-loss",
    "bp_dead": "dead-units learning-rate-too-low | still-improving underfitting not-learning",
    "bp_clip": "clipping-saturated | learning-rate-too-low underfitting saturated-early slow-start noisy-loss",
    "bp_spent": "learning-rate-schedule learning-rate-too-low | still-improving underfitting",
    "bp_raised": "learning-rate-schedule loss-jump loss-spikes | learning-rate-too-high underfitting diverging noisy-loss",
    "bp_high_cut": "learning-rate-too-high underfitting healthy | saturated-early noisy-loss wrong-initial-loss",
    "bp_start_head": None,
    "bp_over_rle": "overfitting severe-overfitting | loss-metric-disagreement loss-spikes",
    "bp_l2": "regularisation-dominates underfitting not-learning | saturated-early loss-metric-disagreement loss-term-imbalance",
    "bp_ok_clip": "healthy underfitting | saturated-early still-improving | noisy-loss not-learning",
    "bp_ok_dropout": "healthy | still-improving validation-better-than-training | small-validation-set",
    "bp_ok_ratios": "healthy | still-improving saturated-early | slow-start",
    "bp_flash": "loss-spikes | noisy-loss still-improving",
}

CONFIGURATIONS = (
    # the rate
    ill("bp_high_heat", "Adam at 0.05 for heat maps", "learning-rate-too-high", "underfitting saturated-early not-learning frozen-metric", lr=0.06, epochs=20, log=HR, dialect="hrnet_log"),
    ill("bp_high_cut", "SGD at 0.5, cut late: drops", "learning-rate-too-high", "noisy-loss loss-spikes", **COORD, net=BN, opt="heavy", lr=1.0, plan="change:0.65,0.02", epochs=18, every=4, mean=True, log=LR, dialect="mmpose_json_lines"),
    ill("bp_high_yolo", "AdamW at 0.03", "learning-rate-too-high", "noisy-loss loss-spikes underfitting small-validation-set", **BOX, opt="adamw", lr=0.05, epochs=24, log=YOLO, dialect="ultralytics_pose_results_csv"),
    ill("bp_high_simcc", "SGD at 0.3 for classes: flat at a poor level", "learning-rate-too-high", "underfitting saturated-early noisy-loss", **SIMCC, opt="heavy", lr=0.5, epochs=20, every=4, mean=True, log=ACC_LR, options=TEN, dialect="mmpose_log"),
    ill("bp_high_wing", "Adam at 0.05 for the wing loss", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", **WING, lr=0.06, epochs=16, every=2, log=L, dialect="step_csv"),
    ill("bp_low_adam", "Adam at 1e-5 for coordinates", "learning-rate-too-low", "still-improving not-learning", **COORD, lr=1.5e-5, epochs=20, every=4, mean=True, log=ACC_LR, dialect="mmpose_log"),
    ill("bp_low_sgd", "SGD at 1e-3, box and points", "learning-rate-too-low", "still-improving", **BOX, opt="sgd", lr=8e-5, epochs=20, log=YOLO, dialect="ultralytics_pose_results_csv"),
    ill("bp_low_simcc", "Adam at 2e-5 for classes", "learning-rate-too-low", "still-improving not-learning slow-start", **SIMCC, lr=5e-5, epochs=16, every=4, mean=True, log=LR, options=TEN, dialect="detectron_keypoints_json_lines"),
    # start
    ill("bp_slow_heat", "heat maps collapse to zero first", "slow-start", "still-improving", net={"gain": 0.2, "head": 0.3}, opt="heavy", lr=0.25, epochs=24, log=HR, dialect="hrnet_log"),
    ill("bp_slow_sigmoid", "sigmoid", "slow-start", "still-improving", **COORD, net={"act": "Sigmoid"}, lr=2e-3, epochs=30, every=4, mean=True, log=ACC, dialect="mmpose_log"),
    ill("bp_slow_simcc", "plain SGD on classes", "slow-start", "still-improving", **SIMCC, opt="heavy", lr=0.012, epochs=30, every=4, mean=True, log=L, options=TEN, dialect="openpose_light_prints"),
    ill("bp_start_pixels", "coordinates in pixels of the original", "wrong-initial-loss", "slow-start still-improving", way="coord", unit=640.0, lr=1e-2, epochs=30, log=HR, dialect="hrnet_log"),
    ill("bp_start_head", "the head is drawn far too wide", "wrong-initial-loss", "", **SIMCC, net={"head": 300.0}, lr=5e-3, epochs=16, every=4, log=ACC, options=TEN, dialect="mmpose_log"),
    ill("bp_start_raw", "pictures of 0 to 255 into Gaussians", "wrong-initial-loss", "loss-spikes noisy-loss", hap=(("raw", 0, 2, 255.0),), lr=2e-3, epochs=16, every=2, log=L, dialect="step_csv"),
    ill("bp_start_bias", "visibility starts at certainty", "wrong-initial-loss", "loss-term-imbalance", **BOX, net={"bias": -9.0}, lr=6e-3, epochs=24, log=YOLO, dialect="ultralytics_pose_results_csv"),
    # nothing moves
    ill("bp_still", "step() only in the debug branch", "not-learning", "frozen-metric", **COORD, hap=(("no_step", 0, 2, 1),), epochs=16, log=HR, dialect="hrnet_log"),
    ill("bp_blank", "the crop misses the person: blank pictures", "not-learning underfitting", "saturated-early frozen-metric noisy-loss", **SIMCC, hap=(("blank", 0, 2, 1),), epochs=16, every=4, mean=True, log=ACC, options=TEN, dialect="mmpose_log"),
    ill("bp_joined", "annotations joined with the wrong pictures", "underfitting not-learning", "saturated-early overfitting", **BOX, hap=(("joined_wrongly", 0, 2, 1),), epochs=24, log=YOLO, dialect="ultralytics_pose_results_csv"),
    # jumps and ends
    ill("bp_ascent", "a lost minus from 60 % on", "diverging", "loss-jump non-finite-loss", **COORD, hap=(("ascent", 0.6, 2, 0.03),), opt="heavy", lr=0.08, epochs=24, log=HR, dialect="hrnet_log"),
    ill("bp_growing_rate", "a rate that grows by mistake", "diverging learning-rate-too-high loss-jump", "loss-spikes noisy-loss exploding-gradients", **COORD, opt="heavy", lr=0.05, plan="exp:1.017", epochs=20, every=4, log="loss lr grad_norm=grad_norm", dialect="mmpose_log"),
    ill("bp_nan", "an empty box gives 0/0", "non-finite-loss", "", **BOX, hap=(("empty_box", 0.55, 2, 1),), epochs=16, every=3, log="loss box pose kobj", dialect="detectron_keypoints_json_lines"),
    ill("bp_exposure", "from half on another camera", "loss-jump", "validation-better-than-training diverging", **COORD, hap=(("exposure", 0.5, 2, 3.0),), lr=2e-3, epochs=24, every=4, mean=True, log=ACC, dialect="mmpose_log"),
    ill("bp_left_right", "from 60 % on left and right are exchanged", "loss-jump", "validation-better-than-training overfitting", hap=(("left_right", 0.6, 2, 1),), lr=5e-3, epochs=24, log=HR, dialect="hrnet_log"),
    ill("bp_flash", "overexposed batches now and then", "loss-spikes", "noisy-loss", **COORD, hap=(("flash", 0.05, 2, 7.0),), lr=1.5e-3, epochs=24, every=2, log=L, dialect="step_csv"),
    ill("bp_explodes", "accumulated gradients not divided from half on", "exploding-gradients loss-jump diverging", "loss-spikes noisy-loss", **COORD, hap=(("factor", 0.5, 2, 60.0),), opt="heavy", lr=0.03, epochs=16, every=3, log="loss norm=grad_norm", dialect="mmpose_json_lines"),
    # generalisation
    ill("bp_over_coord", "24 pictures, coordinates", "overfitting", "severe-overfitting", **COORD, n=24, batch=8, net={"width": 12}, lr=3e-3, epochs=90, test=2, log=HR_AP, dialect="hrnet_log"),
    ill("bp_over_yolo", "24 pictures, box and points", "overfitting", "severe-overfitting", **BOX, n=24, batch=8, lr=3e-3, epochs=90, log=YOLO, dialect="ultralytics_pose_results_csv"),
    ill("bp_over_simcc", "96 pictures, classes", "overfitting", "severe-overfitting loss-metric-disagreement", **SIMCC, n=96, lr=2e-3, epochs=30, log="loss pck=acc_pose val_loss val_pck=val_PCK", dialect="tf_epoch_prints"),
    ill("bp_over_rle", "24 pictures, likelihood: sure of itself", "severe-overfitting overfitting", "loss-metric-disagreement", **RLE, n=24, batch=8, lr=3e-3, epochs=100, test=2, log=HR, dialect="hrnet_log"),
    ill("bp_small_held", "two pictures held out", "small-validation-set", "", **COORD, held=2, lr=6e-3, n=192, net={"dropout": 0.1}, epochs=30, log=HR, dialect="hrnet_log"),
    ill("bp_under_narrow", "two channels", "underfitting", "saturated-early", net={"width": 2, "depth": 1}, lr=1e-2, epochs=24, log=HR, dialect="hrnet_log"),
    ill("bp_under_decay", "weight decay 0.05 on coordinates", "underfitting", "saturated-early", **COORD, opt="heavy", lr=0.05, wd=0.05, epochs=24, log=HR, dialect="tf_epoch_prints"),
    ill("bp_under_dropout", "dropout 0.8", "underfitting validation-better-than-training", "saturated-early noisy-loss", **BOX, net={"dropout": 0.75}, lr=3e-3, epochs=30, log=YOLO, dialect="ultralytics_pose_results_csv"),
    ill("bp_frozen_scale", "the distance is normalised by the wrong length: PCK stays 0", "frozen-metric", "loss-metric-disagreement", hap=(("wrong_scale", 0, 2, 1),), lr=4e-3, epochs=20, log=HR, dialect="hrnet_log"),
    ill("bp_stale", "the evaluation loads the first checkpoint", "frozen-metric", "", **COORD, hap=(("stale", 0, 2, 1),), lr=2e-3, epochs=20, log=HR, dialect="tf_epoch_prints"),
    # order, noise
    ill("bp_by_lean", "sorted by how they lean", "unshuffled-data", "noisy-loss", **COORD, order="lean", lr=2e-3, epochs=14, every=1, log=L, dialect="step_csv"),
    ill("bp_by_size", "sorted by size", "unshuffled-data", "noisy-loss", **COORD, order="size", lr=2e-3, epochs=14, every=1, log=LR, dialect="mmpose_json_lines"),
    ill("bp_noisy_one", "batches of one", "noisy-loss", "still-improving", **COORD, batch=1, n=240, lr=3e-4, epochs=1, every=1, log=L, dialect="step_csv"),
    ill("bp_noisy_two", "batches of two, box and points", "noisy-loss", "still-improving", **BOX, batch=2, n=280, lr=6e-4, epochs=2, every=1, log="loss box pose kobj", dialect="detectron_keypoints_json_lines"),
    # inside
    ill("bp_terms_box", "the box weighs a thousand", "loss-term-imbalance", "underfitting", **BOX, weights=(1500.0, 1.0, 0.05), epochs=20, log=YOLO, dialect="ultralytics_pose_results_csv"),
    ill("bp_terms_kobj", "points weigh 1e-4 beside the box", "loss-term-imbalance", "underfitting", **BOX, weights=(7.5, 1e-3, 1.0), opt="heavy", lr=5e-3, epochs=20, every=4, log="loss box pose kobj", dialect="detectron_keypoints_log"),
    ill("bp_l2", "sum of squares times 0.03", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", penalty="l2", strength=3e-2, lr=2e-3, epochs=24, log="loss data=heatmap_loss reg=l2_loss val_pck", dialect="tf_epoch_prints"),
    ill("bp_ratio_high", "RMSprop at 0.05", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting wrong-initial-loss", **COORD, opt="rmsprop", lr=0.03, epochs=12, every=3, log=L, watch="ratio=update_ratio", dialect="json_lines"),
    ill("bp_ratio_low", "Adam at 1e-6", "update-ratio learning-rate-too-low not-learning", "still-improving", **COORD, lr=2e-6, epochs=12, every=4, log=L, watch="ratios=update_ratio/{}", dialect="wandb_export_csv"),
    ill("bp_dead", "biases far below zero", "dead-units", "underfitting not-learning slow-start", **COORD, net={"shift": -0.8}, lr=1e-3, epochs=16, log=V, watch="zeros=zero_frac/relu{}", dialect="wandb_export_csv"),
    ill("bp_clip", "clipped at 1e-3", "clipping-saturated", "learning-rate-too-low still-improving", **COORD, opt="sgd", lr=1.0, clip=0.02, epochs=16, every=4, log="loss clipped=grad_norm lr", dialect="mmpose_log"),
    ill("bp_spent", "milestones in steps, not epochs: spent at once", "learning-rate-schedule", "saturated-early underfitting learning-rate-too-low", **COORD, plan="steps:0.05,0.1", lr=1.5e-3, epochs=24, every=4, mean=True, log=ACC_LR, dialect="mmpose_log"),
    ill("bp_raised", "the rate goes up thirtyfold at 60 %", "learning-rate-schedule loss-jump", "learning-rate-too-high noisy-loss diverging loss-spikes", **BOX, plan="change:0.6,40", lr=1e-3, epochs=24, log=YOLO, dialect="ultralytics_pose_results_csv"),
    # healthy
    well("bp_ok_heat", "nothing: losses of 1e-2 with heat maps", n=240, batch=24, lr=4e-3, plan="warm:30+steps:0.7,0.9", epochs=20, log=HR, also="still-improving saturated-early", dialect="hrnet_log"),
    well("bp_ok_mmpose", "nothing, MMPose: warm-up and steps", n=240, batch=24, lr=5e-3, plan="warm:40+steps:0.65,0.85", epochs=20, every=5, mean=True, log=KPT + " lr", also="still-improving saturated-early", excused="slow-start", dialect="mmpose_log"),
    well("bp_ok_yolo", "nothing, box and points", **BOX, n=240, batch=24, opt="adamw", plan="warm:30+poly:1", epochs=20, log=YOLO, also="still-improving", dialect="ultralytics_pose_results_csv"),
    well("bp_ok_yolo_short", "ten epochs", **BOX, n=240, batch=24, lr=2e-3, plan="poly:1", epochs=10, log=YOLO, also="still-improving", dialect="ultralytics_pose_results_csv"),
    well("bp_ok_detectron", "nothing, Detectron2's smoothed lines", n=240, batch=24, lr=5e-3, plan="warm:40", epochs=14, every=4, mean=True, log=D2, also="still-improving", excused="slow-start", dialect="detectron_keypoints_log"),
    well("bp_ok_stages", "two stages of heat maps", **TWO, n=240, batch=24, lr=5e-3, epochs=16, every=5, mean=True, log="stage0=stage1_heatmaps_loss stage1=stage2_heatmaps_loss loss", also="still-improving", excused="slow-start", dialect="openpose_light_prints"),
    well("bp_ok_coord", "coordinates, cosine", **COORD, n=288, batch=24, lr=2e-3, plan="cosine", epochs=20, log=HR, also="still-improving", dialect="tf_epoch_prints"),
    well("bp_ok_rle", "likelihood: through zero to negative losses", **RLE, n=288, batch=24, lr=2e-3, plan="cosine", epochs=20, log=HR, also="still-improving", dialect="hrnet_log"),
    well("bp_ok_rle_steps", "likelihood by steps", **RLE, n=288, batch=24, lr=2e-3, plan="cosine", epochs=14, every=4, mean=True, log=ACC_LR, also="still-improving", excused="noisy-loss", dialect="mmpose_log"),
    well("bp_ok_simcc", "classes: from ln 10 to a high floor", **SIMCC, n=288, batch=24, scene={"fuzz": 0.2}, lr=2e-3, plan="cosine", epochs=16, every=6, mean=True, log=ACC_LR, also="still-improving", options=TEN, dialect="mmpose_log"),
    well("bp_ok_mirror", "mirrored pictures rightly: validation a little better", **COORD, n=240, batch=24, flip=0.5, lr=2e-3, epochs=20, log=HR, also="still-improving validation-better-than-training", dialect="hrnet_log"),
    well("bp_ok_hidden", "hidden limbs: honest floor", n=288, batch=24, scene={"hidden": 0.7, "fuzz": 0.15}, lr=4e-3, plan="cosine", epochs=20, log=HR_AP, also="saturated-early still-improving overfitting", excused="underfitting", dialect="hrnet_log"),
    well("bp_ok_tri", "triangular cyclical rate", **COORD, n=240, batch=24, plan="tri:60", lr=5e-3, epochs=20, every=4, mean=True, log=LR, excused="loss-spikes", also="still-improving", dialect="mmpose_json_lines"),
    well("bp_ok_restart", "warm restarts", n=240, batch=24, plan="restart:60", lr=1e-2, epochs=20, log=HR, excused="loss-spikes", also="still-improving", dialect="tf_epoch_prints"),
    well("bp_ok_onecycle", "one cycle", **COORD, n=240, batch=24, plan="onecycle:0.3", lr=8e-3, epochs=20, every=5, mean=True, log=ACC_LR, also="still-improving saturated-early", dialect="mmpose_log"),
    well("bp_ok_pixels", "distances in pixels from a good start: losses of tens", way="coord", unit=64.0, net={"head": 30.0, "bias": 30.0}, n=240, batch=24, lr=8e-3, plan="cosine", epochs=20, log=HR, also="still-improving", excused="wrong-initial-loss", dialect="tf_epoch_prints"),
    well("bp_ok_tiny", "squared shares times 1e-4: losses of 1e-6", way="l2", factor=1e-4, n=240, batch=24, lr=2e-3, plan="cosine", epochs=20, every=4, mean=True, log=LR, also="still-improving saturated-early", dialect="mmpose_json_lines"),
    well("bp_ok_small", "batches of six, each third step", **COORD, batch=6, n=360, lr=1e-3, plan="cosine", epochs=9, every=3, log=LR, also="still-improving", excused="noisy-loss", dialect="mmpose_json_lines"),
    well("bp_ok_dropout", "a little dropout", **COORD, net={"dropout": 0.1}, n=240, batch=24, lr=2e-3, epochs=20, log=HR, also="still-improving validation-better-than-training", dialect="tf_epoch_prints"),
    well("bp_ok_bn", "batch norm: bumpy validation at first", **COORD, net=BN, n=240, batch=24, lr=4e-3, plan="cosine", epochs=20, log=HR, also="still-improving", excused="small-validation-set", dialect="hrnet_log"),
    well("bp_ok_tuned", "goes on from a trained state", n=240, batch=24, lr=1.5e-3, plan="cosine", epochs=34, start=200, log=HR, also="still-improving saturated-early overfitting", dialect="hrnet_log"),
    well("bp_ok_five", "five epochs", n=384, lr=6e-3, epochs=5, log=HR, also="still-improving too-short", dialect="tf_epoch_prints"),
    well("bp_ok_stopped", "stopped early", **COORD, n=240, batch=24, lr=3e-3, epochs=40, patience=5, log=HR, also="saturated-early", excused="overfitting", dialect="tf_epoch_prints"),
    well("bp_ok_ema", "evaluated with averaged weights", **BOX, ema=0.98, n=240, batch=24, lr=3e-3, epochs=20, log=YOLO, also="still-improving validation-better-than-training", dialect="ultralytics_pose_results_csv"),
    well("bp_ok_clip", "clipping early only", **COORD, opt="heavy", lr=0.08, clip=0.35, plan="cosine", n=240, batch=24, epochs=16, every=4, log="loss norm=grad_norm lr", also="still-improving", excused="noisy-loss", dialect="mmpose_log"),
    well("bp_ok_ratios", "update ratios near 1e-3", **COORD, n=240, batch=24, lr=1.2e-3, plan="warm:20+cosine", epochs=14, every=4, mean=True, log=L, watch="ratio=update_ratio", also="still-improving", dialect="json_lines"),
)  # fmt: skip

FAMILY = Family(
    name="body_points",
    script="body_points",
    data="made-up silhouettes with seven points",
    model="small convolutional nets with heat maps or coordinates",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
