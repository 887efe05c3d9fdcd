"""The words logs use: splits, metrics with their direction, schedules, internals, system quantities.

Data only; ``roles.py`` says how names are taken apart and matched. Every entry is a token or a run of tokens
joined by a space; tokens are lower case with trailing digits removed where the bare word is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nn_doctor.series.model import Split

TRAIN_WORDS = frozenset({"train", "training", "tr", "trn", "learn", "fit", "trainer", "trainset"})
VAL_WORDS = frozenset(
    """
    val va valid validation validate dev eval evaluation holdout vld vali cv crossval heldout devel oob oos
    """.split()
)
TEST_WORDS = frozenset({"test", "testing", "tst", "te"})
SPLIT_PHRASES = {
    "out of sample": "val",
    "in sample": "train",
    "held out": "val",
    "hold out": "val",
    "unseen": "val",
}
"""Words that name a split only together (or, like "unseen", that would be a part of the loss otherwise)."""
SPLIT_PHRASE_ENDS = frozenset({"sample", "out", "unseen"})
IN_FULL = {"train": "training", "val": "validation", "test": "test"}

WHOLE_NAMES: dict[str, tuple[str, Split]] = {
    # name in lower case → (metric, split): abbreviations too short to be found by parts
    "trl": ("loss", "train"),
    "tel": ("loss", "val"),
    "tl": ("loss", "train"),
    "vl": ("loss", "val"),
    "loss_t": ("loss", "train"),
    "loss_v": ("loss", "val"),
    "vloss": ("loss", "val"),
    "tloss": ("loss", "train"),
    "vacc": ("accuracy", "val"),
    "tacc": ("accuracy", "train"),
    "trainloss": ("loss", "train"),
    "valloss": ("loss", "val"),
    "testloss": ("loss", "test"),
    "trainacc": ("accuracy", "train"),
    "valacc": ("accuracy", "val"),
    "testacc": ("accuracy", "test"),
    "trainaccuracy": ("accuracy", "train"),
    "valaccuracy": ("accuracy", "val"),
    "testaccuracy": ("accuracy", "test"),
}

SYSTEM = frozenset(
    """
    time sec secs second seconds ms minutes min hours hour elapsed eta duration runtime wall timestamp date
    datetime memory mem gpu cpu ram disk gpumem cpumem maxmem vram power temperature_gpu fan speed
    throughput samples sample fps images image imgs img examples sentences words tokens token tok toks wps
    ups flops flos mfu percentage percent progress remaining seed pid rank size count total_flos version
    vnum num bytes overflow skipped params parameters n_parameters maintenance ema_decay dt tps scale
    instances batch_size bsz network process system hostname node port id uuid bad_epochs patience counter
    len length lengths sps smpl updt epch episodes episodes_total worker workers queue load latency wait
    interval clock gb mb data ntokens nsentences
    """.split()
)
"""A name holding one of these (and no loss or metric word) is a system quantity."""

SYSTEM_PHRASES = (
    "loss scale", "loss scaler", "grad scale", "scaler scale", "batch size", "data time", "iter time",
    "time per", "step time", "train time", "training time", "per second", "per sec", "sec per", "step avg",
    "num tokens", "num samples", "num examples", "number of", "steps per", "it s", "s it", "max mem", "gpu mem",
    "num updates", "n params", "loss time", "eval time", "val time", "time loss", "best epoch", "peak",
    "num train", "num eval", "batch cost", "reader cost", "data cost", "timing",
    "updt s", "data s", "early stop", "should", "epochs since", "ckpt", "checkpoint",
)  # fmt: skip
"""Phrases that make a name a system quantity even though it holds a loss or metric word."""

SCHEDULE: dict[str, str] = {
    "learning rate": "learning_rate",
    "learn rate": "learning_rate",
    "learningrate": "learning_rate",
    "lrate": "learning_rate",
    "lr": "learning_rate",
    "l r": "learning_rate",
    "pg": "learning_rate",
    "momentum": "momentum",
    "weight decay": "weight_decay",
    "wd": "weight_decay",
    "epsilon": "epsilon",
    "eps": "epsilon",
    "beta": "beta",
    "temperature": "temperature",
    "clip range": "clip_range",
    "kl coeff": "kl_coefficient",
    "kl coef": "kl_coefficient",
    "dropout": "dropout",
    "teacher forcing": "teacher_forcing",
    "augment": "augmentation",
}

INTERNAL: dict[str, str] = {
    "update ratio": "update_ratio",
    "update to weight": "update_ratio",
    "update weight": "update_ratio",
    "update data": "update_ratio",
    "weight update": "update_ratio",
    "uw ratio": "update_ratio",
    "ud": "update_ratio",
    "dead": "dead_units",
    "zero fraction": "zero_share",
    "zero frac": "zero_share",
    "fraction zero": "zero_share",
    "frac zero": "zero_share",
    "zeros": "zero_share",
    "zero share": "zero_share",
    "activation sparsity": "zero_share",
    "activations sparsity": "zero_share",
    "act sparsity": "zero_share",
    "relu sparsity": "zero_share",
    "saturated": "saturation",
    "saturation": "saturation",
    "activation std": "activation_std",
    "activations std": "activation_std",
    "act std": "activation_std",
    "acts std": "activation_std",
    "activation mean": "activation",
    "act mean": "activation",
    "updates": "update_norm",
    "grad norm": "grad_norm",
    "grdn": "grad_norm",
    "gradient norm": "grad_norm",
    "gradnorm": "grad_norm",
    "g norm": "grad_norm",
    "gnorm": "grad_norm",
    "gradients": "grad_norm",
    "gradient": "grad_norm",
    "grads": "grad_norm",
    "grad": "grad_norm",
    "weight norm": "weight_norm",
    "param norm": "weight_norm",
    "params norm": "weight_norm",
    "activations": "activation",
    "activation": "activation",
    "sparsity": "sparsity",
    "norm": "grad_norm",
    "weights": "weight_norm",
    "biases": "weight_norm",
    "kernel": "weight_norm",
    "bias": "weight_norm",
    "entropy coeff": "entropy_coefficient",
    "entropy coef": "entropy_coefficient",
    "ent coef": "entropy_coefficient",
    "approx kl": "kl",
    "ppo kl": "kl",
    "clip fraction": "clip_fraction",
    "clip frac": "clip_fraction",
    "clipfrac": "clip_fraction",
    "approxkl": "kl",
    "logits": "logits",
    "act": "activation",
}

TIME_ENDS = frozenset({"time", "sec", "ms", "seconds", "count"})
COUNTED = frozenset("steps timesteps iter iters iteration iterations updates update samples episodes epochs".split())
BENCHMARKS = frozenset(
    "hella hellaswag swag mmlu arc piqa winogrande lambada gsm8k humaneval mbpp boolq truthfulqa squad triviaqa".split()
)
"""Sets that models are only ever evaluated on."""
RATE_SETTINGS = frozenset("decay gamma patience factor warmup scheduler power mult restarts".split())
"""What follows "lr" in the names of a schedule's settings."""
FACTORS = frozenset("weight weights coef coeff coefficient lambda".split())
WEIGHED = frozenset("kl kld vf gp reg recon adv commit percep perceptual".split())
"""Parts of losses that are named without the word "loss" where it is said how much they weigh ("kl_weight")."""
NEGATED = {
    "neg mean squared error": "mse",
    "neg root mean squared error": "rmse",
    "neg mean absolute error": "mae",
    "neg median absolute error": "mae",
    "neg log loss": "logloss",
    "neg brier score": "brier",
}
"""Scikit-learn's names for errors that it turns into scores."""

WHOLE_SCHEDULE = {"rate": "learning_rate"}
"""Schedules only where this is the whole name: a hit rate is none."""
WHOLE_INTERNAL = {"kl": "kl", "kld": "kl", "clip": "clip_share", "clipped": "clip_share", "clip percent": "clip_share"}
"""Inner quantities only where these words are the whole name (a split aside): "clip" beside others means much else."""

LOSS: dict[str, str] = {
    "loss": "loss",
    "losses": "loss",
    "cost": "loss",
    "nll": "nll",
    "neg log likelihood": "nll",
    "negative log likelihood": "nll",
    "neg elbo": "nelbo",
    "negative elbo": "nelbo",
    "nelbo": "nelbo",
    "cross entropy": "cross_entropy",
    "crossentropy": "cross_entropy",
    "xent": "cross_entropy",
    "binary logloss": "logloss",
    "multi logloss": "logloss",
    "mlogloss": "logloss",
    "logloss": "logloss",
    "log loss": "logloss",
    "bce": "bce",
    "elbo": "elbo",
    "objective": "loss",
}
"""Words of a loss. A bare "cross entropy" is a loss in its own right; beside "loss" it names a term."""

ERRORS: dict[str, str] = {
    "rmse": "rmse", "mse": "mse", "mae": "mae", "mape": "mape", "rmsle": "rmsle", "l1": "l1", "l2": "l2",
    "error": "error", "err": "error", "errors": "error", "wer": "wer", "cer": "cer", "ter": "ter",
    "eer": "eer", "fid": "fid", "kid": "kid", "perplexity": "perplexity", "ppl": "perplexity",
    "bpb": "bits_per_byte", "bits per byte": "bits_per_byte",
    "bpc": "bits_per_character", "bpd": "bits_per_dimension", "lpips": "lpips",
    "chamfer": "chamfer", "hausdorff": "hausdorff", "nme": "nme", "epe": "epe", "regret": "regret",
    "absrel": "absrel", "abs rel": "absrel", "fid50k": "fid", "kid50k": "kid", "hd": "hausdorff", "assd": "assd",
    "smape": "smape", "crps": "crps", "kullback leibler divergence": "kl", "kl divergence": "kl", "hinge": "hinge",
    "error rate": "error", "phoneerror": "per", "mean squared error": "mse", "mean absolute error": "mae",
    "root mean squared error": "rmse", "mean absolute percentage error": "mape", "logloss": "logloss",
    "merror": "error", "mlogloss": "logloss", "fpr": "fpr", "fnr": "fnr", "mismatch": "error", "softmax": "loss",
    "multiclass": "logloss", "crossentropy": "cross_entropy", "binary logloss": "logloss", "multi logloss": "logloss",
    "huber": "huber",
    "nrmse": "nrmse", "misclassification": "error", "misclassification rate": "error", "median absolute error": "mae",
    "bits char": "bits_per_character", "bits per char": "bits_per_character",
    "bits per character": "bits_per_character",
    "bits per dim": "bits_per_dimension", "bits dim": "bits_per_dimension", "frechet inception distance": "fid",
    "brier": "brier", "brier score": "brier", "ece": "ece", "calibration error": "ece", "min dcf": "dcf",
    "min ade": "ade", "min fde": "fde", "logcosh": "logcosh", "log cosh": "logcosh", "bits per token": "bits_per_token",
    "top1err": "error", "top5err": "error",
    "quantile": "quantile", "poisson": "poisson", "ce mean words": "cross_entropy",
}  # fmt: skip
"""Metrics where lower is better."""

SCORES: dict[str, str] = {
    "accuracy": "accuracy", "acc": "accuracy", "accu": "accuracy", "accuracies": "accuracy",
    "hmean": "f1", "inception score": "inception_score",
    "matthews correlation": "mcc", "spearmanr": "correlation", "pearsonr": "correlation", "io u": "iou",
    "dice coef": "dice", "dice coefficient": "dice", "cosine similarity": "cosine_similarity", "pesq": "pesq",
    "stoi": "stoi", "si sdr": "si_sdr", "sisdr": "si_sdr", "si snr": "si_snr", "sdri": "sdr", "si sdri": "si_sdr",
    "sisdri": "si_sdr", "sisnr": "si_snr", "sdr": "sdr",
    "prec": "precision", "prec 1": "accuracy", "prec 5": "accuracy", "hit rate": "hits", "success rate": "success",
    "win rate": "success",
    "precision": "precision", "recall": "recall", "f1": "f1",
    "f": "f1", "fscore": "f1", "fmeasure": "f1", "totalf1": "f1", "auc": "auc", "auroc": "auc", "roc": "auc",
    "aucpr": "auc", "map": "map", "ap": "map", "ar": "recall", "iou": "iou", "miou": "iou", "jaccard": "iou",
    "dice": "dice", "bleu": "bleu", "rouge": "rouge", "meteor": "meteor", "chrf": "chrf", "cider": "cider",
    "r2": "r2", "psnr": "psnr", "ssim": "ssim", "top": "accuracy", "top1": "accuracy", "top5": "accuracy",
    "reward": "reward", "rewards": "reward", "rew": "reward", "return": "reward", "returns": "reward",
    "ret": "reward", "score": "score", "corr": "correlation", "correlation": "correlation",
    "pearson": "correlation", "spearman": "correlation", "kappa": "kappa", "mcc": "mcc", "pck": "pck",
    "hits": "hits", "hit": "hits", "ndcg": "ndcg", "mrr": "mrr", "exact match": "exact_match",
    "em": "exact_match", "sensitivity": "recall", "specificity": "specificity", "gap": "unknown",
    "hella": "accuracy", "hellaswag": "accuracy", "success": "success", "win": "success", "winrate": "success",
    "likelihood": "log_likelihood", "loglikelihood": "log_likelihood", "explained variance": "r2",
    "agreement": "agreement", "ap50": "map", "categorical accuracy": "accuracy", "nmi": "nmi", "purity": "purity",
    "sacrebleu": "bleu", "auprc": "auc", "average precision": "map", "dsc": "dice", "uas": "uas", "las": "las",
    "r 2": "r2", "explained var": "r2", "is mean": "inception_score", "c index": "c_index", "cindex": "c_index",
    "concordance": "c_index", "concordance index": "c_index", "top1acc": "accuracy", "top5acc": "accuracy",
    "tpr": "recall", "tnr": "specificity", "translation": "bleu",
}  # fmt: skip
"""Metrics where higher is better."""

EVALUATION_ONLY = frozenset(
    """
    map bleu rouge meteor chrf cider wer cer ter fid kid auc ndcg mrr pesq stoi eer inception_score
    """.split()
)
"""Metrics that are hardly ever computed on the training set: without a split word they are validation's."""

NEUTRAL = frozenset(
    """
    epoch epochs step steps batch iter iteration iterations main total avg average mean running metrics
    metric overall current curr cur the of per all sum final log logs scalar scalars vs s model global mini
    at in on for and full fn function raw set phase info stats summary performance lm reduced score percent pct
    ema smoothed curve curves learning opt optim optimizer
    """.split()
)
"""Words that say nothing about which part of the loss it is."""

SMOOTHED = frozenset({"ema", "smooth", "smoothed", "moving"})
BESTS = frozenset({"best", "min", "max"})
SPREADS = frozenset({"std", "stdev", "stddev", "sd"})
GAN_TERMS = frozenset(
    """
    g d gen dis disc generator discriminator critic gan adv adversarial dloss gloss d_real d_fake fake real
    """.split()
)
RL_ONLY = frozenset(
    "episode episodes ep rollout actor dqn ppo sac returns timesteps qf td epsilon explained kl_coeff ret".split()
)
"""Words that only logs of reinforcement learning use among their names."""
VAGUE = frozenset({"score", "error", "err", "errors", "rate", "hit", "hits", "success", "gap"})
"""Metric words that say less than any other word beside them ("f1 score")."""
WEAK_ERRORS = frozenset("l1 l2 hinge quantile poisson huber softmax multiclass".split())
"""Errors by themselves that tell which one it is beside the word of a score ("multiclass_f1", "l1_accuracy")."""
