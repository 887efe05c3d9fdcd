"""The words of losses and of metrics, with their direction.

Data only; ``roles.py`` says how names are taken apart and matched. Every entry is a token or a run of tokens joined by
a space; tokens are lower case with trailing digits removed where the bare word is listed.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from nn_doctor.series.model import Goal

NEGATED = {
    "neg mean squared error": "mse",
    "neg root mean squared error": "rmse",
    "neg mean absolute error": "mae",
    "neg median absolute error": "mae",
    "neg log loss": "logloss",
    "neg brier score": "brier",
}
"""Scikit-learn's names for errors that it turns into scores."""

WHOLE_LOSSES = {"j": "loss"}
"""Losses only where this is the whole name, a split aside: "J" beside other words is much else."""

LOSS: dict[str, str] = {
    "loss": "loss",
    "losses": "loss",
    "lossvalue": "loss",
    "cost": "loss",
    "nll": "nll",
    "mnll": "nll",
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
    "huber": "huber", "contrastive": "loss", "contrast": "loss", "deviance": "deviance",
    "nrmse": "nrmse", "misclassification": "error", "misclassification rate": "error", "median absolute error": "mae",
    "bits char": "bits_per_character", "bits per char": "bits_per_character",
    "bits per character": "bits_per_character",
    "bits per dim": "bits_per_dimension", "bits dim": "bits_per_dimension", "frechet inception distance": "fid",
    "brier": "brier", "brier score": "brier", "ece": "ece", "calibration error": "ece", "min dcf": "dcf",
    "min ade": "ade", "min fde": "fde", "logcosh": "logcosh", "log cosh": "logcosh", "bits per token": "bits_per_token",
    "top1err": "error", "top5err": "error", "false alarm ratio": "far", "false alarm rate": "far", "ibs": "brier",
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
    "hits": "hits", "hit": "hits", "rank 1": "hits", "rank 5": "hits", "rank 10": "hits", "rank 20": "hits",
    "ndcg": "ndcg", "mrr": "mrr", "exact match": "exact_match",
    "em": "exact_match", "sensitivity": "recall", "specificity": "specificity", "gap": "unknown",
    "hella": "accuracy", "hellaswag": "accuracy", "success": "success", "win": "success", "winrate": "success",
    "likelihood": "log_likelihood", "loglikelihood": "log_likelihood", "explained variance": "r2",
    "agreement": "agreement", "ap50": "map", "categorical accuracy": "accuracy", "nmi": "nmi", "purity": "purity",
    "sacrebleu": "bleu", "auprc": "auc", "average precision": "map", "dsc": "dice", "uas": "uas", "las": "las",
    "explained deviance": "r2", "deviance explained": "r2",
    "r 2": "r2", "explained var": "r2", "is mean": "inception_score", "c index": "c_index", "cindex": "c_index",
    "concordance": "c_index", "concordance index": "c_index", "top1acc": "accuracy", "top5acc": "accuracy",
    "tpr": "recall", "tnr": "specificity", "translation": "bleu", "ctd": "c_index", "csi": "csi",
    "critical success index": "csi", "threat score": "csi", "equitable threat score": "ets", "hss": "hss",
    "heidke skill score": "hss", "skill score": "skill", "probability of detection": "pod", "nse": "nse", "kge": "kge",
    "objf": "log_likelihood", "accuracy map": "map", "editsimilarity": "edit_similarity",
}  # fmt: skip
"""Metrics where higher is better."""

WHOLE_METRICS: dict[str, tuple[str, Goal]] = {"pod": ("pod", "max"), "far": ("far", "min"), "ets": ("ets", "max")}
"""Scores of forecasts only where this is the whole name, a split and a threshold aside: "so far" is none."""

EVALUATION_ONLY = frozenset(
    """
    map bleu rouge meteor chrf cider wer cer ter fid kid auc ndcg mrr pesq stoi eer inception_score
    """.split()
)
"""Metrics that are hardly ever computed on the training set: without a split word they are validation's."""

VAGUE = frozenset({"score", "error", "err", "errors", "rate", "hit", "hits", "success", "gap"})
"""Metric words that say less than any other word beside them ("f1 score")."""
WEAK_ERRORS = frozenset("l1 l2 hinge quantile poisson huber softmax multiclass deviance".split())
"""Errors by themselves that tell which one it is beside the word of a score ("multiclass_f1", "l1_accuracy")."""
