"""Made-up particle jets and networks on sets (deep sets, a little attention): kinds, masses, rates, clipping.

SEEN holds what the pictures showed where that is not only what was expected. Of 76 configurations none is dropped; 7 have second
settings, as the first only showed a dead net; 14 have other first labels than expected (jet_start_gev: a slow start only).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, VA, LR = ("loss",), ("loss", "val_loss"), ("loss", "val_loss", "val_acc"), ("loss", "lr")
ALL, N = ("loss", "acc", "val_loss", "val_acc"), ("loss", "norm")
PC = {"percent": "acc", "val_percent": "val_acc"}
PCT = ("loss", "percent", "val_loss", "val_percent")
NORM = {"norm": "grad_norm"}
MASS = {"task": "mass", "mass_weight": 1.0}
BOTH = {"mass_weight": 1.0}
ATT = {"attention": True, "norm": True}
LN = {"norm": True}
TERMS = ("loss", "ce", "mse", "val_loss")

SEEN: dict[str, str | None] = {
    "jet_high_adam": "learning-rate-too-high healthy | overfitting small-validation-set saturated-early loss-spikes noisy-loss",
    "jet_high_cut": "learning-rate-too-high not-learning loss-spikes | noisy-loss underfitting slow-start loss-jump saturated-early",
    "jet_high_mass": "learning-rate-too-high wrong-initial-loss | loss-spikes noisy-loss small-validation-set saturated-early",
    "jet_high_momentum": "learning-rate-too-high not-learning | underfitting loss-spikes noisy-loss small-validation-set overfitting saturated-early",
    "jet_low_sgd": "learning-rate-too-low still-improving | underfitting",
    "jet_low_adam": "learning-rate-too-low slow-start | still-improving not-learning",
    "jet_joined": "not-learning underfitting | overfitting noisy-loss saturated-early frozen-metric",
    "jet_forgotten": "not-learning frozen-metric | saturated-early underfitting",
    "jet_diverges": "loss-jump diverging non-finite-loss learning-rate-too-high | exploding-gradients loss-spikes noisy-loss saturated-early",
    "jet_ascent": "diverging non-finite-loss | loss-jump exploding-gradients learning-rate-too-high frozen-metric slow-start",
    "jet_units": "loss-spikes loss-jump | still-improving slow-start",
    "jet_pile_up": "loss-jump diverging | loss-spikes underfitting not-learning saturated-early",
    "jet_hot": "loss-spikes | noisy-loss still-improving slow-start",
    "jet_over_mild": "overfitting | small-validation-set saturated-early slow-start severe-overfitting",
    "jet_over_mass": "overfitting | saturated-early severe-overfitting slow-start wrong-initial-loss",
    "jet_over_false": "overfitting severe-overfitting | validation-better-than-training small-validation-set | loss-metric-disagreement",
    "jet_small_held": "small-validation-set | validation-better-than-training saturated-early overfitting",
    "jet_under_blind": "not-learning underfitting | saturated-early noisy-loss overfitting",
    "jet_under_decay": "underfitting learning-rate-too-high | diverging loss-jump loss-spikes noisy-loss saturated-early small-validation-set",
    "jet_under_thin": "slow-start validation-better-than-training underfitting | saturated-early",
    "jet_dropout": "healthy validation-better-than-training | slow-start still-improving",
    "jet_rare": "frozen-metric healthy loss-metric-disagreement | still-improving slow-start",
    "jet_stale": "frozen-metric | saturated-early | overfitting underfitting loss-metric-disagreement",
    "jet_first": "frozen-metric | overfitting loss-metric-disagreement saturated-early",
    "jet_start_gev": "slow-start | still-improving loss-spikes small-validation-set",
    "jet_start_head": "wrong-initial-loss | noisy-loss saturated-early loss-spikes",
    "jet_start_bias": "wrong-initial-loss | noisy-loss saturated-early still-improving slow-start",
    "jet_start_mass": "wrong-initial-loss healthy | saturated-early still-improving | loss-spikes",
    "jet_slow_sgd": "slow-start | still-improving noisy-loss loss-spikes",
    "jet_noisy_two": "noisy-loss | slow-start still-improving loss-spikes | learning-rate-too-high",
    "jet_noisy_four": "noisy-loss | still-improving slow-start not-learning loss-spikes | learning-rate-too-high underfitting",
    "jet_noisy_mass": "noisy-loss healthy | loss-spikes saturated-early | wrong-initial-loss",
    "jet_by_kind": "unshuffled-data | noisy-loss loss-spikes epoch-steps not-learning | underfitting learning-rate-too-high",
    "jet_by_mass": "unshuffled-data | noisy-loss loss-spikes epoch-steps | not-learning learning-rate-too-high",
    "jet_by_momentum": "unshuffled-data | noisy-loss loss-spikes epoch-steps still-improving | learning-rate-too-high",
    "jet_terms_gev": "loss-term-imbalance | wrong-initial-loss underfitting still-improving saturated-early slow-start",
    "jet_terms_slip": "loss-term-imbalance | underfitting not-learning still-improving saturated-early",
    "jet_terms_mass": "loss-term-imbalance | wrong-initial-loss noisy-loss underfitting still-improving",
    "jet_l2": "regularisation-dominates | underfitting not-learning loss-term-imbalance still-improving | wrong-initial-loss",
    "jet_l1": "regularisation-dominates not-learning underfitting | loss-term-imbalance still-improving saturated-early | wrong-initial-loss",
    "jet_l2_mild": "regularisation-dominates | loss-term-imbalance still-improving slow-start",
    "jet_ratio_high": "update-ratio learning-rate-too-high not-learning | noisy-loss underfitting saturated-early dead-units | wrong-initial-loss vanishing-gradients",
    "jet_ratio_layers": "learning-rate-too-high not-learning update-ratio wrong-initial-loss underfitting | saturated-early noisy-loss dead-units",
    "jet_dead": "dead-units not-learning | underfitting learning-rate-too-low | overfitting",
    "jet_clip": "clipping-saturated | learning-rate-too-low still-improving slow-start noisy-loss",
    "jet_never_warm": "learning-rate-schedule learning-rate-too-low not-learning | noisy-loss still-improving",
    "jet_ok_wave": "healthy | saturated-early | loss-spikes slow-start noisy-loss",
    "jet_ok_overlap": "healthy | saturated-early overfitting | underfitting slow-start",
    "jet_ok_ragged": "healthy | still-improving | noisy-loss slow-start",
    "jet_ok_mass": "healthy | saturated-early | clipping-saturated wrong-initial-loss",
    "jet_ok_gev": "healthy | saturated-early wrong-initial-loss still-improving",
    "jet_ok_terms": "healthy | saturated-early overfitting | loss-term-imbalance",
    "jet_ok_l2": "healthy | saturated-early overfitting",
    "jet_ok_short": "healthy | still-improving overfitting",
    "jet_ok_wide": "healthy | still-improving saturated-early overfitting | slow-start",
    "jet_ok_long": "healthy | saturated-early | noisy-loss loss-spikes",
    "jet_ok_ratios": "healthy | still-improving saturated-early | slow-start update-ratio",
    "jet_ok_near_zero": "healthy | saturated-early overfitting small-validation-set | loss-spikes",
}

CONFIGURATIONS = (
    # rates
    ill("jet_high_adam", "Adam at 0.025, cut at three quarters; no rate in the log", "learning-rate-too-high", "noisy-loss underfitting not-learning", lr=0.025, n=1536, plan="cut:0.75", net=LN, epochs=24, show=VA, dialect="timm_percent_summary_csv"),
    ill("jet_high_cut", "SGD at 1, cut at 70 %", "learning-rate-too-high", "noisy-loss loss-spikes", opt="sgd", lr=1.0, n=1536, net=LN, plan="cut:0.7", every=4, epochs=24, show=LR, dialect="wandb_export_csv"),
    ill("jet_high_mass", "the mass with RMSprop at 0.03, cut", "learning-rate-too-high", "noisy-loss loss-spikes", **MASS, opt="rmsprop", lr=0.03, net=LN, plan="cut:0.65", epochs=30, show=("loss", "val_loss", "val_mae", "lr"), dialect="metrics_split_json_lines"),
    ill("jet_high_momentum", "momentum at 0.25, cut", "learning-rate-too-high", "noisy-loss loss-spikes not-learning", opt="momentum", lr=0.25, n=1536, net=LN, plan="cut:0.7", epochs=30, show=(*VA, "lr"), dialect="weaver_log"),
    ill("jet_low_sgd", "SGD at 0.01 for the mass", "learning-rate-too-low", "still-improving", **MASS, opt="sgd", lr=3e-4, epochs=20, show=("loss", "val_loss", "val_mae"), dialect="phones_prints"),
    ill("jet_low_adam", "AdamW at 3e-5", "learning-rate-too-low", "still-improving not-learning", opt="adamw", lr=1e-4, net=ATT, epochs=16, show=VA, dialect="wandb_export_csv"),
    ill("jet_low_steps", "Adam at 3e-5, every fourth step", "learning-rate-too-low", "still-improving noisy-loss", **MASS, lr=3e-5, epochs=24, every=4, smooth=True, show=L, dialect="jets_bars"),
    # nothing is learnt
    ill("jet_joined", "labels joined by the wrong index", "not-learning", "overfitting noisy-loss", mishap="joined_wrongly", lr=1e-3, epochs=16, n=2048, show=PCT, called=PC, dialect="timm_percent_summary_csv"),
    ill("jet_other_model", "the optimiser has the parameters of another model", "not-learning", "noisy-loss frozen-metric", mishap="another_model", epochs=16, every=3, show=("loss", "acc"), dialect="jets_bars"),
    ill("jet_forgotten", "step() is forgotten", "not-learning", "frozen-metric noisy-loss", mishap="step_forgotten", epochs=20, show=VA, dialect="weaver_log"),
    # jumps, spikes, the end
    ill("jet_diverges", "momentum at 3 for the mass", "diverging non-finite-loss exploding-gradients learning-rate-too-high", "loss-spikes noisy-loss", **MASS, opt="momentum", lr=0.03, net={"pool": "sum", "init": 1.3}, mishap="rate", begin=0.5, size=8.0, epochs=20, every=3, show=N, called=NORM, dialect="metrics_split_json_lines"),
    ill("jet_ascent", "reversed sign after a refactoring from two thirds on, weakly", "diverging", "loss-jump", mishap="ascent", begin=0.65, size=0.15, opt="momentum", lr=0.03, net=LN, epochs=24, show=VA, dialect="timm_percent_summary_csv"),
    ill("jet_units", "from 60 % on angles come in other units", "loss-jump", "", mishap="units", begin=0.6, size=5.0, lr=3e-3, epochs=24, every=3, smooth=True, show=LR, dialect="wandb_export_csv"),
    ill("jet_pile_up", "from half on with strong pile-up", "loss-jump", "validation-better-than-training diverging", mishap="pile_up", begin=0.5, size=1.0, lr=3e-3, net=LN, epochs=30, show=VA, dialect="weaver_log"),
    ill("jet_hot", "one batch in fifty holds hot cells", "loss-spikes", "noisy-loss", mishap="hot_cells", size=8.0, lr=2e-3, epochs=40, every=1, show=L, dialect="step_csv"),
    ill("jet_factor", "accumulated gradients are not divided from half on", "exploding-gradients diverging loss-jump", "learning-rate-too-high loss-spikes noisy-loss", mishap="factor", begin=0.5, size=200.0, opt="momentum", lr=0.05, net=LN, epochs=20, every=3, show=N, called=NORM, dialect="jets_bars"),
    # generalisation
    ill("jet_over_mild", "300 jets", "overfitting", "severe-overfitting", n=256, batch=32, net={"width": 32, **LN}, lr=2e-3, epochs=40, show=VA, dialect="timm_percent_summary_csv"),
    ill("jet_over_att", "400 jets, attention", "overfitting severe-overfitting", "", n=320, batch=32, net=ATT, lr=3e-3, epochs=40, show=PCT, called=PC, dialect="weaver_log"),
    ill("jet_over_mass", "200 jets, the mass", "overfitting", "severe-overfitting", **MASS, n=128, batch=32, net={"width": 48, **LN}, lr=3e-3, epochs=60, show=("loss", "val_loss"), dialect="wandb_export_csv"),
    ill("jet_over_false", "a fifth of the labels false", "overfitting", "severe-overfitting loss-metric-disagreement", n=640, wrong=0.2, net={"width": 48, **ATT}, lr=2e-3, epochs=40, show=VA, dialect="metrics_split_json_lines"),
    ill("jet_over_severe", "96 jets, wide", "severe-overfitting overfitting", "loss-metric-disagreement", n=96, batch=16, net={"width": 64, **ATT}, lr=3e-3, epochs=60, show=VA, dialect="timm_percent_summary_csv"),
    ill("jet_small_held", "20 jets held out", "small-validation-set", "", held=16, lr=3e-3, net={"dropout": 0.1, **LN}, epochs=40, n=1024, show=PCT, called=PC, dialect="weaver_log"),
    ill("jet_under_blind", "the angles are dropped by a wrong column list", "underfitting", "saturated-early not-learning", mishap="no_angles", n=2048, epochs=20, lr=3e-3, show=PCT, called=PC, dialect="timm_percent_summary_csv"),
    ill("jet_under_decay", "weight decay 4 in AdamW", "underfitting not-learning", "saturated-early", opt="adamw", lr=5e-3, decay=4.0, net=LN, epochs=24, show=PCT, called=PC, dialect="weaver_log"),
    ill("jet_under_thin", "dropout 0.75", "underfitting", "saturated-early", net={"width": 16, "dropout": 0.75}, lr=5e-3, n=1536, epochs=24, show=ALL, smear=0.3, dialect="wandb_export_csv"),
    ill("jet_dropout", "dropout 0.5", "validation-better-than-training underfitting", "noisy-loss", net={"dropout": 0.5}, lr=5e-3, epochs=30, show=ALL, dialect="metrics_split_json_lines"),
    ill("jet_rare", "97 % of jets are of one kind: always that one", "frozen-metric loss-metric-disagreement", "underfitting saturated-early", rare=0.04, net={"width": 8}, lr=1e-3, epochs=16, show=VA, dialect="timm_percent_summary_csv"),
    ill("jet_stale", "the evaluated copy is never updated", "frozen-metric", "", mishap="stale", lr=5e-3, net=LN, epochs=24, show=VA, dialect="weaver_log"),
    ill("jet_first", "argmax over the wrong axis: always class 0", "frozen-metric", "loss-metric-disagreement", mishap="always_first", lr=5e-3, net=LN, epochs=20, show=PCT, called=PC, dialect="tqdm_epochs_capture"),
    # start, noise, order
    ill("jet_start_gev", "momenta in GeV go in raw", "wrong-initial-loss", "loss-spikes noisy-loss underfitting", mishap="raw_momenta", size=1.0, lr=3e-3, epochs=24, show=VA, options={"classes": 3}, dialect="timm_percent_summary_csv"),
    ill("jet_start_head", "the head is drawn with 30 times the width", "wrong-initial-loss", "", net={"head": 60.0, **LN}, lr=5e-3, epochs=16, every=2, show=("loss", "acc"), options={"classes": 3}, dialect="jets_bars"),
    ill("jet_start_bias", "the bias of class 0 is loaded from another head", "wrong-initial-loss", "", net={"bias": (12.0, -4.0, -4.0)}, opt="adam", lr=2e-2, epochs=20, every=2, show=L, options={"classes": 3}, dialect="wandb_export_csv"),
    ill("jet_start_mass", "the mass in MeV, mean not subtracted", "wrong-initial-loss learning-rate-too-low", "still-improving slow-start", **MASS, unit=1.0, lr=2e-2, epochs=30, show=("loss", "val_loss", "val_mae"), dialect="metrics_split_json_lines"),
    ill("jet_slow_tiny", "weights a fifth as large", "slow-start", "still-improving", net={"init": 0.25, "depth": 3}, lr=1.5e-3, epochs=24, show=VA, dialect="weaver_log"),
    ill("jet_slow_sgd", "plain SGD on the mean of sets: flat for half the run", "slow-start", "still-improving noisy-loss", opt="momentum", lr=0.06, epochs=40, every=4, smooth=True, show=L, dialect="step_csv"),
    ill("jet_slow_sigmoid", "sigmoid", "slow-start", "still-improving", net={"act": "sigmoid", "depth": 1}, lr=1e-2, n=1536, epochs=40, show=VA, dialect="tqdm_epochs_capture"),
    ill("jet_noisy_two", "batches of two", "noisy-loss", "still-improving", batch=2, n=1024, lr=5e-4, net=LN, epochs=2, every=2, show=LR, dialect="wandb_export_csv"),
    ill("jet_noisy_four", "batches of three, false labels", "noisy-loss", "still-improving", batch=3, n=900, wrong=0.3, lr=1e-3, epochs=2, net=LN, every=1, show=("loss", "acc"), dialect="jets_bars"),
    ill("jet_noisy_mass", "the mass, batches of two", "noisy-loss", "still-improving saturated-early", **MASS, batch=2, n=1000, lr=1e-3, epochs=2, net=LN, every=2, show=L, dialect="step_csv"),
    ill("jet_by_kind", "jets sorted by kind", "unshuffled-data", "noisy-loss", sorted_by="kind", n=768, batch=32, lr=1e-3, net=LN, epochs=14, every=1, show=L, dialect="step_csv"),
    ill("jet_by_mass", "jets sorted by mass, the mass", "unshuffled-data", "noisy-loss", **MASS, sorted_by="mass", n=768, batch=32, lr=2e-3, net=LN, epochs=14, every=1, show=LR, dialect="wandb_export_csv"),
    ill("jet_by_momentum", "jets sorted by momentum, the mass", "unshuffled-data", "noisy-loss", **MASS, sorted_by="momentum", n=768, batch=32, lr=2e-3, epochs=14, net=LN, every=2, show=L, dialect="jets_bars"),
    # inside
    ill("jet_terms_gev", "the mass term in GeV beside the kinds", "loss-term-imbalance", "wrong-initial-loss underfitting still-improving", **BOTH, unit=2.0, lr=4e-3, epochs=30, show=TERMS, called={"ce": "loss_cls", "mse": "loss_mass"}, dialect="metrics_split_json_lines"),
    ill("jet_terms_slip", "the kinds weigh 1e-4", "loss-term-imbalance", "underfitting", **BOTH, kind_weight=1e-4, opt="sgd", lr=0.05, net=LN, epochs=24, show=("loss", "ce", "mse", "val_acc"), called={"ce": "ce_loss", "mse": "mass_loss"}, dialect="wandb_export_csv"),
    ill("jet_terms_mass", "the mass weighs 500", "loss-term-imbalance", "wrong-initial-loss", mass_weight=500.0, net=LN, lr=1e-3, epochs=20, every=3, show=("loss", "ce", "mse"), called={"ce": "loss/kind", "mse": "loss/mass"}, dialect="json_lines"),
    ill("jet_l2", "sum of squares times 0.2", "regularisation-dominates", "underfitting loss-term-imbalance", penalty="l2", strength=0.1, net=LN, epochs=24, show=("loss", "ce", "reg", "val_acc"), called={"ce": "data_loss", "reg": "reg_loss"}, dialect="metrics_split_json_lines"),
    ill("jet_l1", "sum of sizes times 0.01", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", penalty="l1", strength=0.01, net=LN, lr=1e-3, epochs=20, every=4, show=("loss", "ce", "reg"), called={"ce": "ce", "reg": "l1_penalty"}, dialect="wandb_export_csv"),
    ill("jet_l2_mild", "sum of squares times 0.02", "regularisation-dominates", "loss-term-imbalance still-improving", penalty="l2", strength=0.03, net=ATT, lr=2e-3, epochs=24, show=("loss", "ce", "reg", "val_loss"), called={"ce": "data_loss", "reg": "l2_loss"}, dialect="timm_percent_summary_csv"),
    ill("jet_ratio_high", "Adam at 0.2", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting not-learning", lr=0.2, net=LN, epochs=16, every=3, show=L, inside={"ratio": "update_ratio"}, dialect="json_lines"),
    ill("jet_ratio_low", "SGD at 1e-4", "update-ratio learning-rate-too-low not-learning", "still-improving", **MASS, opt="sgd", lr=2e-5, epochs=16, show=V, inside={"ratios": "update_ratio/phi{}"}, dialect="wandb_export_csv"),
    ill("jet_ratio_layers", "RMSprop at 0.1", "update-ratio learning-rate-too-high", "noisy-loss underfitting loss-spikes not-learning", opt="rmsprop", lr=0.1, net=LN, epochs=16, show=V, inside={"ratios": "ud/layer{}"}, dialect="metrics_split_json_lines"),
    ill("jet_dead", "biases at -2", "dead-units", "underfitting not-learning", net={"shift": -1.6}, lr=1e-3, epochs=20, show=VA, inside={"dead": "dead_frac/{}"}, dialect="wandb_export_csv"),
    ill("jet_clip", "clipped at 0.01", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=0.5, clip=0.05, net=LN, epochs=20, every=3, show=("loss", "norm_clipped", "lr"), called={"norm_clipped": "grad_norm"}, dialect="wandb_export_csv"),
    ill("jet_spent", "the schedule counts a quarter of the run", "learning-rate-schedule", "saturated-early underfitting", plan="spent:0.25", lr=2e-3, epochs=24, net=LN, show=(*VA, "lr"), dialect="timm_percent_summary_csv"),
    ill("jet_never_warm", "warm-up of 30,000 steps", "learning-rate-schedule learning-rate-too-low", "still-improving not-learning", warm=30000, lr=3e-3, epochs=20, net=LN, every=4, smooth=True, show=LR, dialect="wandb_export_csv"),
    # healthy
    well("jet_ok_cosine", "warm-up and cosine, flat at the end", net=ATT, n=1536, warm=30, plan="cosine", lr=3e-3, epochs=24, show=(*VA, "lr"), also="saturated-early overfitting", dialect="timm_percent_summary_csv"),
    well("jet_ok_wave", "cyclical rate", plan="wave:72", lr=6e-3, n=1536, net=LN, epochs=18, every=4, smooth=True, show=LR, excused="loss-spikes", dialect="wandb_export_csv"),
    well("jet_ok_saw", "warm restarts", plan="saw:96", lr=6e-3, n=1536, net=LN, epochs=20, show=(*V, "lr"), also="overfitting", excused="loss-spikes", dialect="metrics_split_json_lines"),
    well("jet_ok_one", "one cycle", plan="one:0.3", lr=2e-2, n=1536, net=LN, epochs=20, show=(*VA, "lr"), also="overfitting saturated-early", dialect="weaver_log"),
    well("jet_ok_decades", "rate cut by ten twice: stairs", plan="decade:0.36", opt="momentum", lr=0.1, n=1536, net=LN, epochs=24, show=(*VA, "lr"), also="saturated-early", dialect="timm_percent_summary_csv"),
    well("jet_ok_overlap", "kinds that overlap: honest floor", smear=0.35, n=2560, batch=128, net=LN, plan="cosine", epochs=20, show=PCT, called=PC, also="saturated-early", excused="underfitting", dialect="weaver_log"),
    well("jet_ok_dropout", "a little dropout, validation better at first", net={"dropout": 0.08, **LN}, n=1536, plan="cosine", epochs=24, show=ALL, also="validation-better-than-training", dialect="metrics_split_json_lines"),
    well("jet_ok_smooth", "label smoothing 0.1", smoothing=0.1, n=1536, net=LN, plan="cosine", epochs=24, show=VA, also="validation-better-than-training saturated-early", dialect="tqdm_epochs_capture"),
    well("jet_ok_ragged", "batches of 16, each second step", batch=16, n=2048, net=LN, plan="cosine", lr=2e-3, epochs=3, every=2, show=LR, also="still-improving", excused="noisy-loss", dialect="jets_bars"),
    well("jet_ok_mass", "the mass, clipping early", **MASS, n=1536, opt="adam", lr=3e-3, clip=1.0, plan="cosine", warm=20, epochs=20, every=4, show=("loss", "norm", "lr"), called=NORM, dialect="wandb_export_csv"),
    well("jet_ok_gev", "the mass in GeV: losses of thousands", **MASS, unit=1.0, scale=1.0, n=1536, opt="adam", lr=4e-2, plan="cosine", net={"width": 32, **LN}, epochs=24, show=("loss", "val_loss", "val_mae"), excused="wrong-initial-loss", also="still-improving", dialect="phones_prints"),
    well("jet_ok_small", "losses of 1e-6", **MASS, scale=1e-5, n=1536, net=LN, plan="cosine", epochs=20, show=V, also="saturated-early", dialect="weaver_log"),
    well("jet_ok_terms", "two terms, both improve", **BOTH, n=1536, net=LN, plan="cosine", epochs=24, show=TERMS, called={"ce": "loss_kind", "mse": "loss_mass"}, dialect="metrics_split_json_lines"),
    well("jet_ok_l2", "a small penalty", penalty="l2", strength=2e-4, n=1536, net=LN, plan="cosine", epochs=20, show=("loss", "ce", "reg", "val_loss"), called={"ce": "data_loss", "reg": "reg_loss"}, dialect="wandb_export_csv"),
    well("jet_ok_short", "seven epochs", n=2048, net=LN, lr=5e-3, plan="cosine", epochs=7, show=PCT, called=PC, also="still-improving", dialect="timm_percent_summary_csv"),
    well("jet_ok_five", "five epochs", n=2048, net=LN, lr=5e-3, plan="linear", epochs=5, show=VA, also="still-improving too-short", dialect="weaver_log"),
    well("jet_ok_wide", "a first plateau of a few epochs under warm-up", n=1536, warm=90, plan="cosine", lr=4e-3, net={"depth": 3}, epochs=24, show=(*VA, "lr"), excused="slow-start", also="still-improving", dialect="wandb_export_csv"),
    well("jet_ok_long", "6,000 steps, every second one", n=4800, batch=32, net=LN, plan="cosine", warm=100, lr=3e-3, epochs=40, every=2, show=LR, also="saturated-early", seeds=1, dialect="step_csv"),
    well("jet_ok_rare_eval", "every six steps, evaluated every 48", n=1536, net=LN, plan="cosine", epochs=16, every=6, smooth=True, eval_every=48, show=(*VA, "lr"), also="overfitting", dialect="metrics_split_json_lines"),
    well("jet_ok_ratios", "update ratios near 1e-3", n=1536, net=LN, lr=1e-3, plan="cosine", warm=10, epochs=16, every=4, smooth=True, show=L, inside={"ratio": "update_ratio"}, also="still-improving", dialect="json_lines"),
    well("jet_ok_near_zero", "two kinds far apart: jitter near zero", kinds=2, smear=0.02, n=1536, net=ATT, lr=3e-3, epochs=24, show=VA, also="saturated-early", excused="loss-spikes", dialect="timm_percent_summary_csv"),
)  # fmt: skip

FAMILY = Family(
    name="jet_sets",
    script="jet_sets",
    data="made-up particle jets",
    model="deep sets and a little attention",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
