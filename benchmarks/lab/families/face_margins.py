"""Made-up faces, embedded with margins, triplets and centres: large first losses, dips where the rate is cut.

SEEN holds what the pictures showed where that is not only what was expected. Of 95 configurations none is dropped; 4 have second
settings (face_low_arc, face_start_bytes, face_start_spread, face_flash_tri). Rates too high with scaled cosines hide well: the
loss falls and stays at a high level that only other runs give away, so healthy is accepted there.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR = ("loss",), ("loss", "lr")
T = ("loss", "lr", "val_lfw")
LA = ("loss", "acc", "lr")
V = ("loss", "val_loss")
VA = ("loss", "acc", "val_loss", "val_acc")
VR = ("loss", "val_loss", "val_ver")
G = ("loss", "gnorm", "lr")
NORM, CUT = {"gnorm": "grad_norm"}, {"gnorm_cut": "grad_norm"}
PARTS = {"cls": "loss_cls", "tri": "loss_triplet", "cen": "loss_center", "l2": "loss_reg"}
CLEAR = {"ids": 24, "shots": 32, "pose": 0.6, "grain": 0.15, "wd": 0.0}
SGD = {**CLEAR, "s": 32.0, "lr": 0.02}
ADAM = {**CLEAR, "optim": "adam", "lr": 2e-3}
TRI = {**CLEAR, "head": "triplet", "sampler": "people", "optim": "adam", "lr": 7e-4, "net": {"bottle": False}}
SOFT = {**CLEAR, "head": "softmax", "optim": "adam", "lr": 1.5e-3, "net": {"bottle": False}}
BOTH = {**CLEAR, "head": "softmax", "sampler": "people", "optim": "adam", "lr": 1.5e-3, "w_tri": 1.0}
CLASSES = {"classes": 24}

SEEN: dict[str, str | None] = {
    "face_high_arc": "learning-rate-too-high underfitting healthy | saturated-early still-improving | wrong-initial-loss",
    "face_high_cos": "learning-rate-too-high underfitting healthy | saturated-early still-improving | wrong-initial-loss",
    "face_high_triplet": "learning-rate-too-high not-learning underfitting healthy | saturated-early | wrong-initial-loss",
    "face_high_both": "learning-rate-too-high noisy-loss | loss-spikes saturated-early",
    "face_low_triplet": "learning-rate-too-low still-improving noisy-loss",
    "face_slow_triplet": "slow-start still-improving healthy | | wrong-initial-loss",
    "face_over_soft": "overfitting | severe-overfitting slow-start",
    "face_over_arc": "overfitting | severe-overfitting saturated-early",
    "face_over_triplet": "overfitting severe-overfitting | loss-metric-disagreement slow-start",
    "face_over_names": "overfitting healthy | severe-overfitting saturated-early validation-better-than-training small-validation-set",
    "face_under_narrow": "slow-start underfitting not-learning | still-improving learning-rate-too-low",
    "face_under_decay": "small-validation-set underfitting learning-rate-too-high | overfitting saturated-early",
    "face_under_occluded": "severe-overfitting overfitting underfitting loss-metric-disagreement | not-learning learning-rate-too-low small-validation-set",
    "face_under_margin": "healthy loss-metric-disagreement underfitting | still-improving saturated-early small-validation-set",
    "face_erase_half": "overfitting healthy | small-validation-set still-improving",
    "face_small_held": "overfitting small-validation-set | severe-overfitting",
    "face_small_norm": "overfitting small-validation-set | severe-overfitting saturated-early",
    "face_sure": "overfitting | severe-overfitting loss-metric-disagreement saturated-early",
    "face_centre_heavy": "loss-term-imbalance | still-improving saturated-early | wrong-initial-loss",
    "face_length_heavy": "loss-term-imbalance wrong-initial-loss | underfitting not-learning regularisation-dominates saturated-early",
    "face_l2": "underfitting regularisation-dominates not-learning | saturated-early loss-term-imbalance slow-start",
    "face_l2_mild": "healthy regularisation-dominates | loss-term-imbalance still-improving",
    "face_names_lost": "not-learning overfitting | learning-rate-too-low underfitting still-improving saturated-early",
    "face_triplet_point": "not-learning underfitting healthy | saturated-early | learning-rate-too-high wrong-initial-loss",
    "face_rate_grows": "diverging non-finite-loss learning-rate-too-high | exploding-gradients loss-jump learning-rate-schedule",
    "face_list_sorted": "loss-jump loss-spikes | saturated-early",
    "face_head_redrawn": "loss-jump loss-spikes | saturated-early",
    "face_upside": "loss-jump loss-spikes | overfitting small-validation-set",
    "face_rate_back": "loss-jump learning-rate-schedule | loss-spikes learning-rate-too-high",
    "face_flash": "loss-spikes | noisy-loss still-improving saturated-early",
    "face_noisy_four": "noisy-loss | slow-start still-improving loss-spikes",
    "face_noisy_triplet": "noisy-loss | not-learning still-improving",
    "face_noisy_names": "noisy-loss | slow-start still-improving not-learning underfitting",
    "face_folders": "unshuffled-data | slow-start learning-rate-too-low noisy-loss not-learning still-improving",
    "face_dead": "dead-units not-learning | underfitting saturated-early",
    "face_dead_rate": "dead-units learning-rate-too-high | underfitting noisy-loss not-learning",
    "face_explode": "exploding-gradients non-finite-loss diverging | loss-jump loss-spikes",
    "face_ratio_high": "learning-rate-too-high update-ratio wrong-initial-loss | loss-spikes noisy-loss saturated-early underfitting",
    "face_clip": "clipping-saturated healthy | saturated-early",
    "face_clip_soft": "clipping-saturated slow-start | still-improving learning-rate-too-low",
    "face_early_cut": "learning-rate-schedule underfitting | saturated-early learning-rate-too-low not-learning",
    "face_warm": "learning-rate-schedule healthy | still-improving slow-start",
    "face_ok_arc": "healthy | saturated-early | wrong-initial-loss",
    "face_ok_cos": "healthy | saturated-early still-improving | wrong-initial-loss",
    "face_ok_poly": "healthy | saturated-early | wrong-initial-loss",
    "face_ok_tuned": "healthy | saturated-early | wrong-initial-loss",
    "face_ok_long": "healthy | saturated-early | wrong-initial-loss loss-spikes noisy-loss loss-jump",
    "face_ok_near_zero": "healthy | saturated-early | wrong-initial-loss loss-spikes noisy-loss",
    "face_ok_norms": "healthy | saturated-early | wrong-initial-loss noisy-loss",
    "face_ok_rare_test": "healthy | saturated-early small-validation-set | wrong-initial-loss",
    "face_start_bytes": "wrong-initial-loss | slow-start underfitting learning-rate-too-low still-improving",
    "face_flash_tri": "loss-spikes | noisy-loss slow-start still-improving",
    "face_ok_names": "healthy | validation-better-than-training still-improving saturated-early",
    "face_ok_waves": "healthy | still-improving | slow-start loss-spikes noisy-loss",
    "face_ok_ratios": "healthy | still-improving saturated-early | update-ratio",
    "face_ok_restarts": "healthy | overfitting | loss-spikes loss-jump",
    "face_ok_soft": "healthy | still-improving saturated-early",
    "face_squash": "activation-collapse overfitting | still-improving",
}

CONFIGURATIONS = (
    # too high
    ill("face_high_arc", "SGD at 0.2 with s = 32, cut at two thirds", "learning-rate-too-high", "underfitting not-learning", **(SGD | {"lr": 0.2}), milestones=(16,), gamma=0.05, epochs=24, interval=6, keys=T, dialect="arcface_torch_log"),
    ill("face_high_cos", "cosine margins at s = 64 with 0.06, cut twice", "learning-rate-too-high", "underfitting saturated-early", **(SGD | {"s": 64.0, "lr": 0.06}), head="cos", milestones=(14, 20), epochs=24, interval=6, keys=("loss", "acc", "lr", "val_lfw"), dialect="insightface_mxnet_log"),
    ill("face_high_soft", "softmax with Adam at 0.03; no rate in the log", "learning-rate-too-high", "noisy-loss underfitting not-learning", **(SOFT | {"lr": 0.03}), milestones=(17,), gamma=0.03, epochs=24, keys=VA, dialect="keras_by_letter"),
    ill("face_high_triplet", "triplets with Adam at 0.02: held at the margin", "learning-rate-too-high not-learning", "underfitting saturated-early", **(TRI | {"lr": 0.02}), epochs=20, milestones=(15,), gamma=0.03, interval=4, keys=L, dialect="metric_learning_prints"),
    ill("face_high_both", "softmax and triplets with momentum at 0.4", "learning-rate-too-high", "noisy-loss loss-spikes", **(BOTH | {"optim": "sgd", "lr": 0.4}), milestones=(14,), gamma=0.05, epochs=20, interval=4, averaged=False, keys=("loss", "cls", "tri", "lr"), alias=PARTS, dialect="fastreid_log"),
    # too low
    ill("face_low_arc", "SGD at 2e-5", "learning-rate-too-low", "still-improving", **(SGD | {"lr": 2e-5, "s": 16.0}), epochs=20, interval=6, keys=T, dialect="arcface_torch_log"),
    ill("face_low_adam", "Adam at 3e-5", "learning-rate-too-low", "still-improving", **(ADAM | {"lr": 3e-5}), epochs=20, keys=VR, dialect="metric_learning_prints"),
    ill("face_low_triplet", "triplets at 1e-5", "learning-rate-too-low", "still-improving", **(TRI | {"lr": 1e-5}), epochs=20, interval=3, keys=LR, dialect="torchreid_log"),
    ill("face_low_both", "softmax and triplets with SGD at 1e-3", "learning-rate-too-low", "still-improving", **(BOTH | {"optim": "sgd", "lr": 1e-3}), epochs=20, interval=4, keys=("loss", "cls", "tri", "lr"), alias=PARTS, dialect="fastreid_log"),
    # slow
    ill("face_slow_soft", "softmax without a norm, SGD: near ln 24 for a while", "slow-start", "still-improving", **(SOFT | {"optim": "sgd", "lr": 0.015}), epochs=32, keys=VA, dialect="keras_by_letter"),
    ill("face_slow_gain", "weights half as large in four layers", "slow-start", "still-improving", **(SOFT | {"net": {"bottle": False, "depth": 4, "gain": 0.5}, "lr": 6e-4}), epochs=26, interval=4, keys=("loss", "acc"), dialect="insightface_mxnet_log"),
    ill("face_slow_triplet", "hardest triplets from a plain net: at the margin for long", "slow-start", "still-improving", **(TRI | {"lr": 3e-4, "pose": 0.75}), epochs=40, interval=4, keys=L, dialect="metric_learning_prints"),
    # generalisation
    ill("face_over_soft", "eight pictures a person", "overfitting", "severe-overfitting", **(SOFT | {"ids": 40, "shots": 8, "pose": 0.8, "grain": 0.25, "lr": 1.5e-3}), epochs=44, keys=VA, dialect="keras_by_letter"),
    ill("face_over_arc", "ten pictures a person", "overfitting severe-overfitting", "loss-metric-disagreement", **(ADAM | {"ids": 40, "shots": 10, "pose": 0.8, "grain": 0.25}), epochs=30, keys=("loss", "val_loss", "val_acc"), dialect="tabnet_epochs"),
    ill("face_over_triplet", "twelve pictures a person, triplets", "overfitting", "severe-overfitting", **(TRI | {"ids": 32, "shots": 12, "pose": 0.8, "grain": 0.25}), epochs=60, keys=VR, dialect="metric_learning_prints"),
    ill("face_over_names", "a seventh of the names wrong", "overfitting severe-overfitting", "loss-metric-disagreement", **(SOFT | {"shots": 20, "mixed_up": 0.15, "lr": 2e-3}), epochs=40, keys=VA, dialect="fold_prints"),
    ill("face_severe_few", "six pictures a person, wide net", "severe-overfitting overfitting", "loss-metric-disagreement", **(SOFT | {"ids": 30, "shots": 6, "pose": 1.0, "grain": 0.4, "lr": 2e-3, "net": {"bottle": False, "width": 128}}), batch=30, epochs=50, keys=VA, dialect="keras_by_letter"),
    ill("face_severe_alike", "siblings: faces that are alike, ten pictures", "severe-overfitting overfitting", "loss-metric-disagreement", **(SOFT | {"ids": 24, "shots": 10, "alike": 0.6, "grain": 0.3, "lr": 3e-3, "net": {"bottle": False, "width": 96}}), batch=24, epochs=50, keys=V, dialect="skorch_table"),
    ill("face_under_narrow", "two numbers behind a bottleneck of three", "underfitting", "saturated-early still-improving", **(SOFT | {"net": {"bottle": False, "width": 3, "size": 2}, "ids": 40, "shots": 20}), epochs=30, keys=VA, dialect="keras_by_letter"),
    ill("face_under_decay", "weight decay 0.06 with SGD", "underfitting not-learning", "saturated-early learning-rate-too-high", **(SGD | {"wd": 0.06, "s": 16.0}), epochs=24, keys=("loss", "acc", "val_loss", "val_acc"), dialect="fold_prints"),
    ill("face_under_occluded", "erasing nine tenths of each picture", "underfitting", "validation-better-than-training saturated-early", **SOFT, erase=0.92, epochs=30, keys=VA, dialect="keras_by_letter"),
    ill("face_under_margin", "a margin of 1.4 between siblings", "underfitting not-learning", "saturated-early wrong-initial-loss", **(ADAM | {"m": 1.4, "s": 32.0, "lr": 1e-3, "alike": 0.6, "pose": 1.2}), epochs=20, keys=("loss", "val_loss", "val_lfw"), dialect="tabnet_epochs"),
    ill("face_erase_half", "erasing half: training is worse", "validation-better-than-training healthy", "saturated-early", **ADAM, erase=0.5, epochs=24, keys=VA, dialect="fold_prints"),
    ill("face_drop_half", "dropout before the vector", "validation-better-than-training healthy", "still-improving underfitting", **(SOFT | {"net": {"bottle": False, "drop": 0.6}}), epochs=24, keys=VA, dialect="keras_by_letter"),
    ill("face_small_held", "one picture of each of sixteen is held out", "small-validation-set", "overfitting", **(SOFT | {"ids": 16, "shots": 48, "pose": 1.0, "grain": 0.35}), test_shots=1, epochs=44, keys=VA, dialect="keras_by_letter"),
    ill("face_small_norm", "twelve pictures held out, ArcFace", "small-validation-set", "overfitting saturated-early", **(ADAM | {"ids": 12, "shots": 64, "pose": 1.0, "grain": 0.35, "lr": 1e-3}), test_shots=1, epochs=44, keys=("loss", "val_loss", "val_acc"), dialect="tabnet_epochs"),
    ill("face_sure", "wrong names: more hits, worse loss", "loss-metric-disagreement overfitting severe-overfitting", "", **(ADAM | {"shots": 16, "mixed_up": 0.1, "pose": 0.8}), epochs=40, keys=VA, dialect="keras_by_letter"),
    # metrics that stand
    ill("face_frozen_limit", "pairs judged at a limit of another scale: always 'same'", "frozen-metric", "", **SGD, accident="fixed limit", milestones=(16,), epochs=24, keys=("loss", "val_loss", "val_ver"), dialect="metric_learning_prints"),
    ill("face_frozen_copy", "the copy made before training is verified", "frozen-metric", "", **ADAM, accident="old copy", epochs=20, keys=("loss", "val_loss", "val_acc"), dialect="tabnet_epochs"),
    ill("face_frozen_lfw", "the verification net is never loaded anew", "frozen-metric", "", **SGD, accident="old copy", epochs=20, interval=6, milestones=(12, 17), keys=T, dialect="arcface_torch_log"),
    # first losses
    ill("face_start_bytes", "bytes instead of floats go in", "wrong-initial-loss", "loss-spikes noisy-loss underfitting overfitting", **SOFT, accident="bytes", by=300.0, epochs=24, keys=VA, options=CLASSES, dialect="keras_by_letter"),
    ill("face_start_spread", "the head drawn three hundred times too wide", "wrong-initial-loss", "", **SOFT, spread=15.0, epochs=20, interval=4, keys=("loss", "acc"), options=CLASSES, dialect="insightface_mxnet_log"),
    ill("face_start_units", "the sum over a batch of pictures, not the mean", "wrong-initial-loss", "", **SOFT, unit=64.0, epochs=20, keys=V, options=CLASSES, dialect="skorch_table"),
    ill("face_start_norm", "a head drawn wide behind the norm", "wrong-initial-loss", "", **(SOFT | {"net": {"bottle": True}, "lr": 1e-3}), spread=1.0, epochs=20, interval=4, keys=L, options=CLASSES, dialect="step_prints"),
    # terms
    ill("face_centre_heavy", "the centres weigh three times the names", "loss-term-imbalance", "underfitting not-learning", **(BOTH | {"w_tri": 0.0, "sampler": "shuffle"}), w_cen=3.0, epochs=24, interval=4, keys=("loss", "cls", "cen", "lr"), alias=PARTS, dialect="fastreid_log"),
    ill("face_triplet_light", "triplets weigh 1e-3 beside the names", "loss-term-imbalance healthy", "saturated-early", **(BOTH | {"w_tri": 1e-3}), epochs=20, interval=4, keys=("loss", "cls", "tri", "lr"), alias=PARTS, dialect="fastreid_log"),
    ill("face_names_light", "the names weigh 2e-5: only triplets are learnt", "loss-term-imbalance", "underfitting", **(BOTH | {"w_cls": 2e-5, "optim": "sgd", "lr": 0.05}), epochs=24, keys=("loss", "cls", "tri", "val_acc"), alias=PARTS, dialect="wandb_export_csv"),
    ill("face_length_heavy", "the length's penalty on raw vectors", "loss-term-imbalance", "wrong-initial-loss regularisation-dominates", **(SOFT | {"net": {"bottle": True}}), w_len=30.0, epochs=24, keys=("loss", "cls", "len", "val_acc"), alias={"cls": "loss_id", "len": "loss_norm"}, dialect="json_lines"),
    ill("face_l2", "sum of squares times 0.03", "regularisation-dominates", "underfitting not-learning loss-term-imbalance", **SOFT, w_l2=0.03, epochs=24, keys=("loss", "cls", "l2", "val_acc"), alias={"cls": "xent", "l2": "reg_loss"}, dialect="wandb_export_csv"),
    ill("face_l2_mild", "sum of squares times 0.004", "regularisation-dominates", "loss-term-imbalance still-improving", **SOFT, w_l2=4e-3, epochs=30, keys=("loss", "cls", "l2", "val_acc"), alias={"cls": "xent", "l2": "reg_loss"}, dialect="json_lines"),
    # nothing learnt
    ill("face_names_lost", "names shuffled by a broken list", "not-learning overfitting", "underfitting saturated-early", **(SOFT | {"net": {"bottle": False, "width": 32}, "lr": 5e-4}), accident="names lost", epochs=16, keys=VA, dialect="keras_by_letter"),
    ill("face_nothing", "the optimiser was made before the net was loaded", "not-learning", "noisy-loss frozen-metric", **SGD, accident="nothing", epochs=16, interval=4, keys=T, dialect="arcface_torch_log"),
    ill("face_triplet_point", "all faces on one point: the loss stays at the margin", "not-learning", "saturated-early underfitting learning-rate-too-high", **(TRI | {"lr": 2e-3, "pose": 1.5, "alike": 0.7, "grain": 0.4}), epochs=20, interval=3, keys=L, dialect="metric_learning_prints"),
    # the end
    ill("face_ascent", "the sign turns for the last third", "diverging loss-jump", "non-finite-loss", **SGD, accident="ascent", since=0.65, by=0.05, epochs=20, interval=6, keys=T, dialect="arcface_torch_log"),
    ill("face_rate_grows", "the rate grows each epoch by a third", "diverging learning-rate-too-high", "loss-jump noisy-loss loss-spikes learning-rate-schedule", **(SOFT | {"optim": "sgd", "lr": 0.03}), curve="up", gamma=1.3, epochs=26, interval=4, keys=L, dialect="metric_learning_prints"),
    ill("face_own_root", "the root of zero distances", "non-finite-loss", "", **BOTH, accident="own root", epochs=8, interval=3, averaged=False, keys=("loss", "cls", "tri", "lr"), alias=PARTS, dialect="fastreid_log"),
    ill("face_list_sorted", "resumed with a list of people sorted anew", "loss-jump", "", **SGD, accident="list sorted anew", since=0.6, by=0.4, epochs=26, interval=6, keys=T, milestones=(22,), dialect="arcface_torch_log"),
    ill("face_head_redrawn", "resumed without the head", "loss-jump", "loss-spikes", **(SGD | {"lr": 0.01}), accident="head redrawn", since=0.55, epochs=26, interval=6, keys=LA, dialect="insightface_mxnet_log"),
    ill("face_upside", "half the pictures upside down from 60 % on", "loss-jump", "validation-better-than-training", **ADAM, accident="upside down", since=0.6, by=0.5, epochs=26, keys=VA, dialect="fold_prints"),
    ill("face_rate_back", "the rate set back to its start and more", "loss-jump learning-rate-schedule", "loss-spikes", **ADAM, accident="rate", since=0.7, by=300.0, milestones=(12,), epochs=26, interval=4, keys=LR, dialect="torchreid_log"),
    ill("face_flash", "a flash in one batch of forty", "loss-spikes", "noisy-loss", **SOFT, accident="flash", by=15.0, epochs=40, interval=2, averaged=False, keys=L, dialect="step_csv"),
    ill("face_flash_tri", "a flash in one batch of forty, both losses", "loss-spikes", "noisy-loss", **(BOTH | {"net": {"bottle": False}}), accident="flash", by=15.0, epochs=36, interval=2, averaged=False, keys=("loss", "cls", "tri", "lr"), alias=PARTS, dialect="fastreid_log"),
    # noise, order
    ill("face_noisy_four", "batches of four", "noisy-loss", "still-improving", **(SOFT | {"lr": 3e-4, "pose": 0.9, "grain": 0.3}), batch=4, epochs=3, interval=2, averaged=False, keys=L, dialect="step_csv"),
    ill("face_noisy_triplet", "triplets in batches of eight", "noisy-loss", "still-improving", **(TRI | {"lr": 2e-4}), batch=8, epochs=5, interval=2, averaged=False, keys=L, dialect="metric_learning_prints"),
    ill("face_noisy_names", "batches of six, wrong names", "noisy-loss", "still-improving not-learning underfitting", **(SOFT | {"mixed_up": 0.4, "lr": 7e-4}), batch=6, epochs=4, interval=2, averaged=False, keys=("loss", "acc"), dialect="insightface_mxnet_log"),
    ill("face_folders", "folder after folder, never shuffled", "unshuffled-data", "noisy-loss not-learning", **(SOFT | {"lr": 3e-4}), sampler="folders", batch=64, epochs=16, interval=1, averaged=False, keys=L, dialect="step_csv"),
    ill("face_folders_arc", "folder after folder, cosine margins", "unshuffled-data", "noisy-loss loss-spikes not-learning", **(ADAM | {"lr": 3e-4, "head": "cos", "m": 0.1, "s": 8.0}), sampler="folders", epochs=16, interval=1, averaged=False, keys=LR, dialect="torchreid_log"),
    # inside
    ill("face_dead", "biases at -0.6", "dead-units", "underfitting not-learning slow-start", **(SOFT | {"net": {"bottle": False, "depth": 3, "lean": -0.6}}), epochs=20, keys=V, watch={"dead": "dead_frac/fc{}"}, dialect="wandb_export_csv"),
    ill("face_dead_rate", "Adam at 0.06 kills units", "dead-units learning-rate-too-high not-learning", "underfitting noisy-loss", **(SOFT | {"lr": 0.06, "net": {"bottle": False, "depth": 3}}), epochs=16, keys=V, watch={"dead": "dead/fc{}"}, dialect="json_lines"),
    ill("face_explode", "accumulated gradients not divided from 60 % on", "exploding-gradients loss-jump diverging", "loss-spikes learning-rate-too-high noisy-loss", **(SOFT | {"optim": "sgd", "lr": 0.04, "net": {"bottle": False}}), accident="not divided", since=0.6, by=80.0, epochs=24, interval=4, averaged=False, keys=G, alias=NORM, dialect="wandb_export_csv"),
    ill("face_vanish", "seven layers of sigmoids", "vanishing-gradients not-learning", "underfitting slow-start", **(SOFT | {"net": {"bottle": False, "depth": 7, "act": "sigmoid"}}), epochs=16, keys=V, watch={"grad": "grad_norm/fc{}"}, dialect="wandb_export_csv"),
    ill("face_ratio_low", "SGD at 2e-4, plain softmax", "update-ratio learning-rate-too-low not-learning", "still-improving", **(SOFT | {"optim": "sgd", "lr": 2e-4}), epochs=16, keys=V, watch={"ratio": "update_ratio/fc{}"}, dialect="wandb_export_csv"),
    ill("face_ratio_high", "RMSprop at 0.03", "update-ratio learning-rate-too-high", "noisy-loss underfitting not-learning loss-spikes", **(SOFT | {"optim": "rmsprop", "lr": 0.03}), epochs=16, interval=3, keys=L, watch={"ratio": "ud/fc{}"}, dialect="json_lines"),
    ill("face_clip", "clipped at 0.5 where norms are 20", "clipping-saturated", "learning-rate-too-low still-improving", **SGD, clip=0.5, epochs=24, interval=4, averaged=False, keys=("loss", "gnorm_cut", "lr"), alias=CUT, dialect="wandb_export_csv"),
    ill("face_clip_soft", "clipped at 0.05, softmax", "clipping-saturated", "learning-rate-too-low still-improving slow-start", **(SOFT | {"optim": "sgd", "lr": 0.1}), clip=0.05, epochs=30, interval=4, averaged=False, keys=("loss", "gnorm_cut"), alias=CUT, dialect="key_value"),
    ill("face_spent", "the curve reaches zero after a fifth", "learning-rate-schedule", "saturated-early underfitting", **(ADAM | {"lr": 1e-3}), curve="gone", period=5, epochs=24, keys=(*VR, "lr"), dialect="wandb_export_csv"),
    ill("face_early_cut", "milestones in steps, counted in epochs of another list", "learning-rate-schedule", "learning-rate-too-low saturated-early underfitting", **SGD, milestones=(2, 3, 4), epochs=26, interval=6, keys=T, dialect="arcface_torch_log"),
    ill("face_warm", "warm-up longer than the run", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", **SGD, warmup=12000, epochs=22, interval=6, keys=LR, dialect="torchreid_log"),
    ill("face_squash", "tanh with large weights", "activation-collapse", "overfitting underfitting saturated-early", **(SOFT | {"net": {"bottle": False, "depth": 3, "act": "tanh", "gain": 15.0}}), epochs=16, keys=V, watch={"spread": "act_std/fc{}"}, dialect="json_lines"),
    # healthy
    well("face_ok_arc", "plain ArcFace: from 20 down with two cuts", **SGD, milestones=(14, 20), epochs=24, interval=6, keys=T, dialect="arcface_torch_log"),
    well("face_ok_cos", "cosine margins at s = 48: from 30 down", **(SGD | {"s": 48.0, "lr": 5e-3, "m": 0.25}), head="cos", milestones=(18, 22), epochs=26, interval=6, keys=("loss", "acc", "lr", "val_lfw"), also="still-improving", dialect="insightface_mxnet_log"),
    well("face_ok_adam", "plain: ArcFace with Adam, a gap from the margin", **(ADAM | {"shots": 48}), curve="cosine", epochs=16, keys=VA, also="saturated-early", dialect="keras_by_letter"),
    well("face_ok_soft", "plain softmax", **(SOFT | {"shots": 48}), curve="cosine", epochs=20, keys=VA, also="still-improving", dialect="keras_by_letter"),
    well("face_ok_triplet", "triplets: a while at the margin, then down", **(TRI | {"pose": 0.5, "grain": 0.1, "lr": 1e-3}), epochs=20, interval=4, keys=L, excused="slow-start", also="still-improving saturated-early", dialect="metric_learning_prints"),
    well("face_ok_both", "plain: names and triplets, both get better", **BOTH, curve="cosine", warmup=20, epochs=26, interval=6, keys=("loss", "cls", "tri", "lr"), alias=PARTS, also="still-improving", dialect="fastreid_log"),
    well("face_ok_centre", "names and a light centre loss", **(BOTH | {"w_tri": 0.0, "sampler": "shuffle", "lr": 3e-3}), w_cen=3e-3, curve="cosine", epochs=24, keys=("loss", "cls", "cen", "val_acc"), alias=PARTS, also="still-improving", excused="loss-term-imbalance", dialect="wandb_export_csv"),
    well("face_ok_contrast", "contrasted pairs", **(TRI | {"head": "contrast", "lr": 1e-3}), m=1.0, epochs=24, keys=VR, also="saturated-early overfitting still-improving", dialect="metric_learning_prints"),
    well("face_ok_soft_margin", "softplus of triplets beside names", **BOTH, tri_margin=0.0, curve="cosine", epochs=24, interval=6, keys=("loss", "cls", "tri", "lr"), alias=PARTS, also="still-improving", dialect="fastreid_log"),
    well("face_ok_poly", "polynomial decay, the way of arcface_torch", **(SGD | {"lr": 0.03}), curve="poly", warmup=12, epochs=24, interval=6, keys=T, also="saturated-early", dialect="arcface_torch_log"),
    well("face_ok_waves", "cyclical rate", **(SOFT | {"lr": 3e-3, "shots": 48}), curve="waves", period=72, epochs=20, interval=4, keys=LR, excused="loss-spikes noisy-loss", dialect="torchreid_log"),
    well("face_ok_restarts", "warm restarts", **(SOFT | {"lr": 4e-3, "shots": 48}), curve="restarts", period=108, epochs=24, keys=(*V, "lr"), excused="loss-spikes", dialect="wandb_export_csv"),
    well("face_ok_hump", "one cycle", **(ADAM | {"lr": 4e-3, "shots": 48}), curve="hump", epochs=16, keys=("loss", "val_loss", "val_acc"), also="saturated-early", dialect="tabnet_epochs"),
    well("face_ok_tuned", "fine-tuned: a new head on a trained net", **SGD, tuned_from=6, curve="cosine", epochs=14, interval=6, keys=T, also="saturated-early", dialect="arcface_torch_log"),
    well("face_ok_names", "a tenth of the names wrong, stopped in time: a high floor", **(SOFT | {"mixed_up": 0.1, "shots": 64}), curve="cosine", epochs=12, keys=VA, also="still-improving", dialect="fold_prints"),
    well("face_ok_grain", "grainy pictures: honest floor", **(SOFT | {"grain": 0.6, "shots": 80, "alike": 0.3}), epochs=10, curve="cosine", keys=VA, also="still-improving overfitting", excused="underfitting", dialect="keras_by_letter"),
    well("face_ok_erase", "a little erasing: validation better", **(SOFT | {"shots": 48}), erase=0.25, curve="cosine", epochs=24, keys=VA, also="validation-better-than-training still-improving", dialect="fold_prints"),
    well("face_ok_ragged", "batches of 16, each second step", **(SOFT | {"shots": 64, "lr": 1e-3}), batch=16, curve="cosine", epochs=5, interval=2, averaged=False, keys=LR, also="still-improving", excused="noisy-loss", dialect="torchreid_log"),
    well("face_ok_long", "6,000 steps, every twelfth", **(SGD | {"shots": 64, "lr": 0.01}), milestones=(150, 210), epochs=250, interval=15, keys=LR, also="saturated-early", seeds=1, dialect="step_csv"),
    well("face_ok_near_zero", "few people far apart: jitter near zero", **(ADAM | {"ids": 8, "shots": 64, "grain": 0.05, "pose": 0.3, "s": 32.0}), epochs=20, interval=2, keys=L, also="saturated-early", excused="loss-spikes", dialect="metric_learning_prints"),
    well("face_ok_units", "a loss in thousands by a factor", **(SOFT | {"shots": 48}), unit=1e3, curve="cosine", epochs=16, keys=V, also="still-improving", excused="wrong-initial-loss", dialect="skorch_table"),
    well("face_ok_six", "six epochs", **(ADAM | {"shots": 96}), curve="cosine", epochs=6, keys=VA, also="still-improving too-short", dialect="keras_by_letter"),
    well("face_ok_norms", "norms of gradients, clipped early only", **(SGD | {"lr": 0.01}), clip=40.0, curve="cosine", epochs=24, interval=4, averaged=False, keys=G, alias=NORM, excused="noisy-loss", also="saturated-early", dialect="wandb_export_csv"),
    well("face_ok_rare_test", "verified each fourth epoch", **SGD, milestones=(14, 20), epochs=24, interval=6, test_interval=4, keys=T, dialect="arcface_torch_log"),
    well("face_ok_ratios", "update ratios near 1e-3", **(SOFT | {"shots": 48, "lr": 8e-4}), curve="cosine", epochs=20, keys=V, watch={"ratio": "update_ratio/fc{}"}, also="still-improving", dialect="wandb_export_csv"),
    well("face_ok_conv", "plain: a small convolution, AdamW", **(SOFT | {"optim": "adamw", "shots": 40, "net": {"bottle": True, "kind": "conv"}, "lr": 2e-3}), curve="cosine", epochs=12, keys=VA, also="saturated-early", dialect="fold_prints"),
)  # fmt: skip

FAMILY = Family(
    name="face_margins",
    script="face_margins",
    data="made-up faces",
    model="embeddings with margins",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
