"""Made-up patients and policies: Cox, discrete hazards, Weibull, Poisson, negative binomial, Tweedie, gamma, by small perceptrons.

SEEN holds what the pictures showed where that is not only what was expected. Two configurations have second settings (a penalty that left no
trace, a log without its gradient). A start with a wide head looks like any other here, and shows overfitting; rates far too high show
first as a start far above the level of chance.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, LR, VLR = "loss", "loss val_loss", "loss lr", "loss val_loss lr"
C, CI, CLR = "loss val_loss val_cindex", "loss cindex val_loss val_cindex", "loss val_loss val_cindex lr"
COX, HAZARD, PMF, WEIBULL = ({"law": w} for w in ("cox", "hazard", "pmf", "weibull"))
POISSON, NEGBIN, TWEEDIE, GAMMA, BOTH = ({"law": w} for w in ("poisson", "negbin", "tweedie", "gamma", "both"))
MANY = {"n": 4096, "batch": 256, "held": 1024}
MANY_64 = {"n": 2048, "batch": 128, "held": 1024}
FLEET = {"people": {"level": 1.5}}
WEAK = {"strength": 0.35}

SEEN: dict[str, str | None] = {
    "cs_high_cox": "learning-rate-too-high wrong-initial-loss | noisy-loss underfitting not-learning frozen-metric saturated-early loss-spikes small-validation-set",
    "cs_high_tweedie": "learning-rate-too-high wrong-initial-loss | underfitting saturated-early loss-spikes noisy-loss small-validation-set",
    "cs_high_hazard": "learning-rate-too-high wrong-initial-loss | underfitting saturated-early loss-spikes noisy-loss small-validation-set overfitting",
    "cs_low_pmf": "learning-rate-too-low | still-improving not-learning",
    "cs_slow_sigmoid": "slow-start | still-improving saturated-early | underfitting",
    "cs_slow_small": "slow-start | still-improving saturated-early",
    "cs_start_count": "wrong-initial-loss | saturated-early noisy-loss | learning-rate-too-high",
    "cs_start_unscaled": "wrong-initial-loss learning-rate-too-high | loss-spikes noisy-loss small-validation-set saturated-early underfitting",
    "cs_start_head": "overfitting | wrong-initial-loss saturated-early",
    "cs_start_tweedie": "wrong-initial-loss | still-improving saturated-early overfitting | learning-rate-too-high",
    "cs_joined": "overfitting | severe-overfitting not-learning underfitting loss-metric-disagreement | learning-rate-too-low",
    "cs_lost": "not-learning underfitting | saturated-early overfitting noisy-loss | learning-rate-too-low",
    "cs_ascent": "diverging non-finite-loss loss-jump | loss-spikes frozen-metric saturated-early",
    "cs_rate_up": "diverging learning-rate-too-high loss-jump | loss-spikes noisy-loss exploding-gradients non-finite-loss learning-rate-schedule",
    "cs_nan": "non-finite-loss | noisy-loss",
    "cs_inflation": "loss-jump | validation-better-than-training diverging saturated-early loss-metric-disagreement | overfitting severe-overfitting",
    "cs_units": "loss-jump severe-overfitting overfitting | loss-spikes diverging loss-metric-disagreement",
    "cs_restored": "loss-jump | still-improving loss-spikes | diverging",
    "cs_explodes": "exploding-gradients | noisy-loss loss-spikes learning-rate-too-high | not-learning",
    "cs_over_cox": "overfitting | severe-overfitting loss-metric-disagreement",
    "cs_over_cox_mild": "overfitting healthy | severe-overfitting",
    "cs_over_tweedie": "overfitting severe-overfitting | small-validation-set loss-spikes",
    "cs_over_pmf": "overfitting | severe-overfitting loss-metric-disagreement",
    "cs_over_severe": "severe-overfitting overfitting | loss-metric-disagreement loss-spikes small-validation-set",
    "cs_over_columns": "severe-overfitting overfitting loss-metric-disagreement | ",
    "cs_small_held": "small-validation-set | noisy-loss validation-better-than-training overfitting loss-metric-disagreement saturated-early",
    "cs_under_decay": "underfitting healthy | saturated-early regularisation-dominates | overfitting diverging",
    "cs_under_narrow": "underfitting healthy | saturated-early slow-start",
    "cs_under_dropout": "underfitting validation-better-than-training | saturated-early still-improving noisy-loss learning-rate-too-low",
    "cs_constant": "frozen-metric | saturated-early | overfitting",
    "cs_stale": "frozen-metric | overfitting still-improving saturated-early",
    "cs_dead_risk": "learning-rate-too-high wrong-initial-loss not-learning | frozen-metric underfitting saturated-early",
    "cs_by_count": "unshuffled-data | noisy-loss loss-spikes epoch-steps | diverging",
    "cs_noisy_cox": "noisy-loss | still-improving | not-learning",
    "cs_noisy_poisson": "noisy-loss | still-improving loss-spikes",
    "cs_terms": "loss-term-imbalance | wrong-initial-loss still-improving saturated-early | overfitting",
    "cs_terms_slip": "loss-term-imbalance | underfitting noisy-loss still-improving",
    "cs_l2": "regularisation-dominates | underfitting loss-term-imbalance still-improving not-learning learning-rate-too-low wrong-initial-loss",
    "cs_ratio_high": "learning-rate-too-high update-ratio underfitting | not-learning wrong-initial-loss noisy-loss saturated-early dead-units vanishing-gradients loss-spikes",
    "cs_dead": "dead-units | underfitting not-learning slow-start learning-rate-too-low still-improving",
    "cs_clip": "clipping-saturated | learning-rate-too-low not-learning still-improving noisy-loss | frozen-metric",
    "cs_spent": "learning-rate-schedule | saturated-early underfitting not-learning frozen-metric",
    "cs_ok_weak": " | | not-learning underfitting overfitting",
    "cs_ok_pmf": " | | overfitting",
    "cs_ok_ema": " | | overfitting",
    "cs_ok_tuned": " | | overfitting not-learning learning-rate-too-low",
    "cs_ok_ratios": " | | update-ratio noisy-loss",
}

CONFIGURATIONS = (
    # the rate
    ill("cs_high_cox", "Adam at 0.3", "learning-rate-too-high", "noisy-loss underfitting saturated-early loss-spikes", **COX, **MANY_64, lr=0.3, log=C, dialect="pycox_log"),
    ill("cs_high_cut", "SGD at 0.9 for counts, cut late: drops", "learning-rate-too-high", "noisy-loss loss-spikes", **POISSON, **MANY_64, opt="heavy", lr=0.9, plan="change:0.65,0.03", every=5, mean=True, log=LR, dialect="actuary_json_lines"),
    ill("cs_high_tweedie", "Adam at 0.2", "learning-rate-too-high", "noisy-loss underfitting saturated-early loss-spikes small-validation-set", **TWEEDIE, **MANY_64, lr=0.2, log=V, dialect="pycox_log"),
    ill("cs_high_hazard", "RMSprop at 0.08", "learning-rate-too-high", "noisy-loss underfitting saturated-early loss-spikes small-validation-set", **HAZARD, **MANY_64, opt="rmsprop", lr=0.08, log=C, dialect="survival_prints"),
    ill("cs_low_cox", "Adam at 3e-5", "learning-rate-too-low", "still-improving not-learning noisy-loss", **COX, **MANY, lr=3e-5, epochs=30, log=C, dialect="pycox_log"),
    ill("cs_low_poisson", "SGD at 4e-4", "learning-rate-too-low", "still-improving", **POISSON, **MANY, opt="sgd", lr=4e-4, epochs=30, log=V, dialect="actuary_json_lines"),
    ill("cs_low_pmf", "Adam at 3e-5", "learning-rate-too-low", "still-improving", **PMF, **MANY, lr=3e-5, epochs=24, log=CI, dialect="survival_prints"),
    # start
    ill("cs_slow_sigmoid", "three sigmoid layers", "slow-start", "still-improving", **PMF, **MANY, net={"hidden": (24, 24, 24), "act": "Sigmoid"}, lr=3e-3, epochs=40, log=C, dialect="survival_prints"),
    ill("cs_slow_small", "weights of a fifth", "slow-start", "still-improving", **COX, **MANY_64, net={"hidden": (24, 24, 24), "gain": 0.2}, lr=6e-4, epochs=30, log=C, dialect="pycox_log"),
    ill("cs_start_count", "the bias is not at the log of the mean", "wrong-initial-loss", "", **POISSON, **MANY_64, net={"bias": 3.5}, lr=6e-3, epochs=20, every=4, log=L, dialect="actuary_json_lines"),
    ill("cs_start_unscaled", "incomes and ages go in raw", "wrong-initial-loss", "loss-spikes noisy-loss", **COX, **MANY_64, hap=(("unscaled", 0, 2, 300.0),), lr=2e-3, epochs=24, log=C, dialect="pycox_log"),
    ill("cs_start_head", "head drawn far too wide", "wrong-initial-loss", "", **HAZARD, **MANY_64, net={"head": 30.0}, lr=6e-3, epochs=24, log=CI, dialect="survival_prints"),
    ill("cs_start_tweedie", "a bias far above the log of the mean", "wrong-initial-loss", "still-improving", **TWEEDIE, **MANY_64, unit=1.0, net={"bias": 4.0}, lr=8e-3, epochs=24, log=V, dialect="sksurv_verbose"),
    # nothing moves
    ill("cs_still", "step() is missing", "not-learning", "frozen-metric noisy-loss", **COX, **MANY, hap=(("no_step", 0, 2, 1),), epochs=20, log=C, dialect="pycox_log"),
    ill("cs_joined", "claims joined with the wrong policies", "not-learning overfitting", "underfitting severe-overfitting", **NEGBIN, hap=(("joined_wrongly", 0, 2, 1),), net={"bias": -1.2}, lr=1.5e-3, log=C, dialect="actuary_json_lines"),
    ill("cs_lost", "the columns that tell are dropped", "not-learning underfitting", "saturated-early overfitting noisy-loss", **COX, **MANY, hap=(("columns_lost", 0, 2, 1),), lr=2e-3, log=C, dialect="survival_prints"),
    # jumps and ends
    ill("cs_ascent", "the likelihood without its minus from 60 % on", "diverging", "loss-jump non-finite-loss", **WEIBULL, **MANY_64, hap=(("ascent", 0.6, 2, 0.1),), opt="heavy", lr=0.03, epochs=24, log=C, dialect="survival_prints"),
    ill("cs_rate_up", "a rate that grows", "diverging learning-rate-too-high loss-jump", "loss-spikes noisy-loss exploding-gradients non-finite-loss", **POISSON, **MANY_64, opt="heavy", lr=0.02, plan="exp:1.02", epochs=20, every=5, mean=True, log=LR, dialect="deepsurv_log"),
    ill("cs_nan", "an exposure of zero", "non-finite-loss", "", **POISSON, **MANY_64, hap=(("no_exposure", 0.5, 2, 1),), epochs=16, every=4, log=L, dialect="actuary_json_lines"),
    ill("cs_inflation", "from half on claims of another year, threefold", "loss-jump", "validation-better-than-training diverging", **NEGBIN, **MANY_64, hap=(("inflation", 0.5, 2, 3.0),), lr=3e-3, epochs=24, log=C, dialect="actuary_json_lines"),
    ill("cs_units", "from 60 % on the columns in other units", "loss-jump", "validation-better-than-training diverging", **HAZARD, **MANY_64, hap=(("units", 0.6, 2, 6.0),), lr=2e-3, epochs=24, log=C, dialect="survival_prints"),
    ill("cs_restored", "goes on from the first checkpoint at 65 %", "loss-jump", "still-improving", **PMF, **MANY, hap=(("old_weights", 0.65, 2, 1),), lr=1.5e-3, epochs=24, log=C, dialect="pycox_log"),
    ill("cs_storm", "batches of storm days", "loss-spikes", "noisy-loss", **POISSON, **MANY, hap=(("storm", 0.05, 2, 12.0),), net={"bias": -1.2}, lr=1.5e-3, epochs=16, every=2, log=L, dialect="step_csv"),
    ill("cs_explodes", "accumulated gradients not divided from half on", "exploding-gradients loss-jump diverging", "loss-spikes noisy-loss non-finite-loss learning-rate-too-high", **POISSON, **MANY_64, hap=(("factor", 0.5, 2, 60.0),), opt="heavy", lr=0.03, epochs=14, every=3, log="loss norm=grad_norm", dialect="json_lines"),
    # generalisation
    ill("cs_over_cox", "500 patients", "overfitting severe-overfitting", "", **COX, n=480, batch=96, net={"hidden": (48, 48)}, lr=1.5e-3, epochs=50, log=CI, dialect="pycox_log"),
    ill("cs_over_cox_mild", "900 patients", "overfitting", "severe-overfitting", **COX, n=896, batch=128, lr=2e-3, epochs=40, log=C, dialect="pycox_log"),
    ill("cs_over_poisson", "a thousand policies", "overfitting", "severe-overfitting", **POISSON, n=1024, batch=128, net={"hidden": (48, 48)}, lr=2e-3, epochs=50, log=C, dialect="actuary_json_lines"),
    ill("cs_over_tweedie", "1,500 policies", "overfitting severe-overfitting", "", **TWEEDIE, n=1536, batch=128, lr=3e-3, epochs=36, log=V, dialect="actuary_json_lines"),
    ill("cs_over_pmf", "640 patients, classes of time", "overfitting severe-overfitting", "loss-metric-disagreement", **PMF, n=640, lr=2e-3, epochs=40, log=CI, dialect="survival_prints"),
    ill("cs_over_severe", "256 patients, wide", "severe-overfitting overfitting", "loss-metric-disagreement", **WEIBULL, n=256, batch=64, net={"hidden": (64, 64)}, lr=2e-3, epochs=50, log=C, dialect="survival_prints"),
    ill("cs_over_columns", "200 columns of genes", "severe-overfitting overfitting", "", **COX, people={"columns": 200}, n=512, batch=128, lr=6e-4, epochs=30, log=CI, dialect="pycox_log"),
    ill("cs_small_held", "12 patients held out", "small-validation-set", "noisy-loss", **HAZARD, held=12, n=2048, batch=128, lr=8e-3, net={"dropout": 0.1}, epochs=30, log=CI, dialect="survival_prints"),
    ill("cs_under_decay", "weight decay 8 in AdamW", "underfitting", "saturated-early not-learning", **PMF, **MANY, opt="adamw", lr=3e-3, wd=8.0, log=CI, dialect="survival_prints"),
    ill("cs_under_narrow", "one hidden unit", "underfitting", "saturated-early", **PMF, **MANY, net={"hidden": (1,)}, lr=1e-2, epochs=24, log=CI, dialect="survival_prints"),
    ill("cs_under_dropout", "dropout 0.8", "underfitting validation-better-than-training", "saturated-early noisy-loss", **NEGBIN, **MANY, net={"dropout": 0.8, "bias": -1.0}, lr=4e-3, log=CI, dialect="actuary_json_lines"),
    ill("cs_constant", "C-index of a constant: 0.5 for ever", "frozen-metric", "", **COX, **MANY, hap=(("constant_risk", 0, 2, 1),), lr=2e-3, log=C, dialect="survival_prints"),
    ill("cs_stale", "the evaluated copy is the first one", "frozen-metric", "", **POISSON, **MANY, hap=(("stale", 0, 2, 1),), lr=2e-3, log=C, dialect="actuary_json_lines"),
    ill("cs_dead_risk", "units die at once: the risk is the same for all", "frozen-metric not-learning", "underfitting learning-rate-too-high wrong-initial-loss saturated-early", **COX, **MANY, lr=1.0, log=C, dialect="survival_prints"),
    # order, noise
    ill("cs_by_time", "sorted by time", "unshuffled-data", "noisy-loss", **WEIBULL, **MANY_64, order="key", lr=1e-3, epochs=14, every=1, log=L, dialect="step_csv"),
    ill("cs_by_count", "sorted by number of claims", "unshuffled-data", "noisy-loss", **POISSON, **MANY_64, order="key", lr=8e-4, epochs=14, every=1, log=LR, dialect="deepsurv_log"),
    ill("cs_noisy_cox", "batches of four patients", "noisy-loss", "still-improving", **COX, n=1200, batch=4, lr=2e-4, epochs=1, every=1, log=L, dialect="step_csv"),
    ill("cs_noisy_poisson", "batches of four policies", "noisy-loss", "still-improving", **POISSON, n=1200, batch=4, lr=3e-4, epochs=1, every=1, log=LR, dialect="deepsurv_log"),
    # inside
    ill("cs_terms", "sizes in cents squared beside the frequency", "loss-term-imbalance", "wrong-initial-loss still-improving", **BOTH, **MANY_64, unit=100.0, lr=5e-3, epochs=24, log="loss freq=loss_freq sev=loss_sev val_loss", dialect="actuary_json_lines"),
    ill("cs_terms_slip", "the frequency weighs 1e-4", "loss-term-imbalance", "underfitting", **BOTH, **MANY_64, frequency=1e-4, opt="heavy", lr=0.03, every=5, mean=True, log="loss freq=poisson_nll sev=severity_mse", dialect="json_lines"),
    ill("cs_l2", "sum of squares times 0.3", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", **POISSON, **MANY_64, penalty="l2", strength=0.3, lr=4e-4, epochs=24, log="loss data=nll reg=l2_penalty val_cindex", dialect="actuary_json_lines"),
    ill("cs_ratio_high", "Adam at 0.3", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting", **HAZARD, **MANY_64, lr=0.3, epochs=12, every=4, log=L, watch="ratio=update_ratio", dialect="json_lines"),
    ill("cs_ratio_low", "Adam at 1e-6", "update-ratio learning-rate-too-low not-learning", "still-improving noisy-loss", **PMF, **MANY_64, lr=1e-6, epochs=12, every=4, mean=True, log=L, watch="ratios=update_ratio/{}", dialect="wandb_export_csv"),
    ill("cs_dead", "biases far below zero", "dead-units", "underfitting not-learning slow-start", **PMF, **MANY_64, net={"shift": -2.0}, lr=1e-3, epochs=16, log=V, watch="dead=dead_frac/{}", dialect="wandb_export_csv"),
    ill("cs_clip", "clipped at 0.02", "clipping-saturated", "learning-rate-too-low still-improving", **PMF, **MANY_64, opt="sgd", lr=0.5, clip=0.02, epochs=16, every=4, log="loss clipped=grad_norm lr", dialect="json_lines"),
    ill("cs_vanishing", "seven sigmoid layers", "vanishing-gradients not-learning", "underfitting saturated-early noisy-loss", **PMF, **MANY_64, net={"hidden": (24,) * 7, "act": "Sigmoid"}, opt="heavy", lr=0.05, epochs=14, every=4, mean=True, log=L, watch="grads=grad_norm/layer{}", dialect="wandb_export_csv"),
    ill("cs_spent", "the schedule ends after a tenth", "learning-rate-schedule", "saturated-early underfitting", **PMF, **MANY, plan="zero:0.12", lr=8e-4, epochs=24, log=CLR, dialect="sksurv_verbose"),
    ill("cs_raised", "the rate goes up by eighty at 60 %", "learning-rate-schedule loss-jump", "learning-rate-too-high noisy-loss diverging loss-spikes", **WEIBULL, **MANY_64, plan="change:0.6,80", lr=2e-3, epochs=20, every=5, mean=True, log=LR, dialect="deepsurv_log"),
    # healthy
    well("cs_ok_cox", "nothing: train and validation differ by the size of the risk sets", **COX, **MANY, lr=2e-3, log=CI, also="saturated-early still-improving", excused="overfitting", dialect="pycox_log"),
    well("cs_ok_cox_decay", "nothing, cosine", **COX, **MANY, lr=4e-3, plan="cosine", net={"dropout": 0.1}, epochs=30, log=C, also="saturated-early", excused="overfitting", dialect="survival_prints"),
    well("cs_ok_cox_sum", "partial likelihood summed: losses of hundreds", **COX, **MANY, reduce="sum", lr=2e-3, log=V, also="saturated-early", excused="overfitting wrong-initial-loss", dialect="pycox_log"),
    well("cs_ok_weak", "hardly any signal: an honest high floor", **COX, **MANY, people=WEAK, lr=1.5e-3, plan="cosine", epochs=24, log=C, also="saturated-early noisy-loss", excused="not-learning underfitting", dialect="pycox_log"),
    well("cs_ok_hazard", "nothing, discrete hazards", **HAZARD, **MANY, lr=3e-3, plan="cosine", epochs=24, log=CI, also="saturated-early", dialect="pycox_log"),
    well("cs_ok_pmf", "nothing, classes of time", **PMF, **MANY, lr=2e-3, log=C, also="still-improving saturated-early", dialect="survival_prints"),
    well("cs_ok_weibull", "likelihood of times", **WEIBULL, **MANY, lr=2e-3, plan="cosine", epochs=24, log=C, also="saturated-early", dialect="survival_prints"),
    well("cs_ok_poisson", "nothing, counts", **POISSON, **MANY, net={"bias": -1.2}, lr=1.5e-3, plan="cosine", log=C, also="saturated-early still-improving", dialect="actuary_json_lines"),
    well("cs_ok_fleet", "many claims a policy: the likelihood without constants is negative", **POISSON, **FLEET, **MANY, net={"bias": 1.5}, lr=2e-3, plan="cosine", epochs=24, log=C, also="saturated-early still-improving", dialect="actuary_json_lines"),
    well("cs_ok_negbin", "overdispersed counts: honest floor", **NEGBIN, n=4096, batch=256, held=1024, people={"dispersion": 1.0, "level": 0.0}, lr=1.5e-3, plan="cosine", epochs=20, log=C, also="saturated-early still-improving", excused="underfitting overfitting", dialect="actuary_json_lines"),
    well("cs_ok_tweedie", "sums mostly zero, one cycle", **TWEEDIE, n=6144, batch=384, held=2048, net={"bias": -0.8}, plan="onecycle:0.3", lr=4e-3, log=VLR, also="saturated-early", excused="overfitting", dialect="actuary_json_lines"),
    well("cs_ok_gamma", "sizes of claims", **GAMMA, n=6144, batch=384, held=2048, lr=8e-4, plan="cosine", epochs=16, log=V, also="saturated-early still-improving", excused="overfitting noisy-loss", dialect="pycox_log"),
    well("cs_ok_both", "frequency and severity, both learn", **BOTH, **MANY, net={"bias": -0.8}, lr=2e-3, plan="cosine", epochs=20, log="loss freq=loss_freq sev=loss_sev val_loss", also="saturated-early still-improving", excused="overfitting", dialect="actuary_json_lines"),
    well("cs_ok_tiny", "likelihood per day: losses of 1e-3", **POISSON, **MANY, factor=1 / 365, net={"bias": -0.5}, lr=2e-3, plan="cosine", log=V, also="saturated-early still-improving", dialect="actuary_json_lines"),
    well("cs_ok_huge", "likelihood of the whole book: losses of 1e6", **POISSON, **MANY, factor=3e6, net={"bias": -0.3}, lr=2e-3, plan="cosine", log=V, also="saturated-early still-improving", dialect="sksurv_verbose"),
    well("cs_ok_tri", "triangular cyclical rate", **PMF, **MANY, plan="tri:100", lr=1e-2, epochs=20, every=5, mean=True, log=LR, also="saturated-early", excused="noisy-loss loss-spikes", dialect="deepsurv_log"),
    well("cs_ok_restart", "warm restarts, as pycox has them", **HAZARD, **MANY, plan="restart:96", lr=8e-3, epochs=24, log=CLR, also="saturated-early", excused="loss-spikes overfitting", dialect="survival_prints"),
    well("cs_ok_steps", "cut by ten twice", **WEIBULL, **MANY, opt="heavy", lr=0.05, plan="steps:0.5,0.8", epochs=24, log=CLR, also="saturated-early", dialect="sksurv_verbose"),
    well("cs_ok_dropout", "dropout: validation better", **PMF, **MANY, net={"dropout": 0.2}, lr=3e-3, plan="cosine", epochs=24, log=CI, also="validation-better-than-training saturated-early", dialect="survival_prints"),
    well("cs_ok_bn", "batch norm, as pycox' examples", **HAZARD, **MANY, net={"norm": "batch", "dropout": 0.1}, lr=5e-3, plan="cosine", epochs=20, log=C, also="saturated-early validation-better-than-training", dialect="pycox_log"),
    well("cs_ok_stopped", "stopped early", **COX, n=2048, batch=256, lr=2e-3, epochs=60, patience=6, log=C, also="saturated-early", excused="overfitting", dialect="pycox_log"),
    well("cs_ok_short", "six epochs", **PMF, **MANY_64, lr=4e-3, epochs=6, log=CI, also="still-improving", dialect="survival_prints"),
    well("cs_ok_tuned", "goes on from a trained state", **HAZARD, **MANY, lr=1e-3, plan="cosine", epochs=40, start=240, log=C, also="saturated-early still-improving noisy-loss", excused="overfitting not-learning", dialect="pycox_log"),
    well("cs_ok_rare", "tested every fourth epoch", **PMF, **MANY, lr=2e-3, plan="cosine", epochs=24, test=4, log=CI, also="saturated-early still-improving", dialect="actuary_json_lines"),
    well("cs_ok_ema", "evaluated with averaged weights", **WEIBULL, **MANY, ema=0.97, lr=4e-3, epochs=20, log=C, also="saturated-early validation-better-than-training", dialect="survival_prints"),
    well("cs_ok_newton", "whole data in a batch, lifelines' way", **COX, n=2048, batch=2048, held=512, net={"hidden": (8,)}, opt="heavy", lr=0.05, epochs=150, log="loss norm", also="saturated-early still-improving", dialect="lifelines_prints"),
    well("cs_ok_newton_weak", "whole data in a batch, the likelihood of times", **WEIBULL, n=2048, batch=2048, held=512, net={"hidden": (8,)}, lr=1e-2, epochs=160, log="loss norm", also="saturated-early still-improving", dialect="statsmodels_prints"),
    well("cs_ok_clip", "a clip that hardly ever bites", **POISSON, **MANY, net={"bias": -0.5}, opt="heavy", lr=0.04, clip=0.3, plan="cosine", epochs=16, every=4, mean=True, log="loss norm=grad_norm lr", also="saturated-early still-improving", excused="noisy-loss", dialect="json_lines"),
    well("cs_ok_ratios", "update ratios near 1e-3", **PMF, **MANY, lr=1e-3, plan="warm:20+cosine", epochs=16, every=4, mean=True, log=L, watch="ratio=update_ratio", also="still-improving", dialect="json_lines"),
    well("cs_ok_long", "6,400 steps", **PMF, n=8192, batch=128, net={"hidden": (16,)}, epochs=100, plan="floor:0.02", lr=2e-3, every=16, mean=True, log=LR, also="saturated-early", excused="noisy-loss", seeds=1, dialect="deepsurv_log"),
)  # fmt: skip

FAMILY = Family(
    name="claims_survival",
    script="claims_survival",
    data="made-up patients and policies",
    model="small perceptrons of risk",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
