"""The vocabulary of text logs: words that count, words that measure, words that name a split."""

from __future__ import annotations

from nn_doctor.series.languages import in_english

EPOCH = frozenset(
    "epoch ep epochs_done cur_epoch current_epoch epoch_num epoche époque época epoca эпоха "
    "轮次 轮 轮数 エポック 에폭 에포크".split()
)
STEP = frozenset(
    "step iter iteration iterations it itr update up global_step globalstep global_steps num_updates updates s round "
    "episode kimg iter_num nb_iter steps_done trainstep train_step current_steps total_timesteps "
    "num_timesteps timesteps total_env_steps iterno iters gradient_step minibatches".split()
)
BATCH = frozenset("batch minibatch mini-batch batch_idx mb batches".split())
BESIDE_X = frozenset(
    "train training val validation valid test testing eval evaluation global current start starting begin "
    "beginning end finished of on for the at loss results result saving dict evaluating perplexity reward "
    "summary stats step epoch net completed learning finishing".split()
)
"""Words that may stand before a counting word without making it something else."""

MEASURES = frozenset(
    "loss losses acc accuracy ppl perplexity lr mfu bleu auc f1 map miou pixacc error err cost rmse mse mae norm "
    "gnorm precision recall iou psnr ssim wer cer reward dice elbo kl entropy xent nll score bce ce mape smape "
    "l.r l.r. fscore top1 top5 acc1 acc5 acc@1 acc@5 prec@1 prec@5 r2 l1 l2 logloss bpc bpb rmsle tl vl f1-score "
    "learningrate top-1 top-5 ap ap50 ap75 grad_norm perp likelihood rouge meteor cider fid hella trl tel lm_loss accu "
    "hit hits mrr ndcg contrast contrastive cindex c-index csi hss".split()
)
"""Words that need no colon before their value: ``loss 2.3``."""

NAMED = frozenset(
    "return returns rew rewards hmean mcc auroc cycle_a cycle_b idt_a idt_b d_a d_b g_a g_b g_gan g_l1 "
    "j rank-1 rank-5 rank-10 rank-20 rank1 rank5 rank10 rank20 concordance nse kge".split()
)
"""Words that are a measure where a colon or an equals sign follows; bare they are too common."""
MEASURE_ENDS = ("loss", "_acc", "accuracy", "norm", "error", "_return", "_reward", "_f1", "_auc", "_ppl", "_score",
                "rewards_mean", "reward_mean")  # fmt: skip
"""Ends of names that need no colon before their value."""

TRAIN = frozenset("train training tr trn train_inner".split())
VAL = frozenset(
    "val va valid validation validate validating dev eval evaluation evaluate evaluating vali holdout held cv "
    "crossval".split()
)
TEST = frozenset("test testing".split())
_SPLITS = TRAIN | VAL | TEST

DROPPED = frozenset(
    "eta time elapsed date timestamp version v_num seed pid port rank cuda xla gpu node threshold maxdets "
    "scale bs batch_size batchsize workers num_workers best patience worker size speed duration took "
    "loss_scale remaining runtime line thread threads port id hours minutes seconds secs sec ms days "
    "loss_weight weight_decay http https samples sen ips wps ups wpb bsz wall train_wall gb_free mom skipped ppo_ep "
    "batch_cost reader_cost data_cost required sents lineno micro_step ips trial trials wal sched evals".split()
)
"""Keys ending in one of these are times, counts and settings, never curves."""
DROPPED_PHRASES = ("loss scale", "loss_scale", "_time", "time_", "time ", "best ", "best_", "number of", "max mem",
                   "time/", "early_stop",
                   "elapsed", "early stop", "memory", "weight_", "_weight", "patience", "runtime", ".py", "_thr",
                   "min_pos", "per_second",
                   "per second", "time-cost", "num_train", "batch size", "max_", "min_lr", "lambda_",
                   "_lambda", "cost time", "time cost", "batch_cost", "reader_cost", "data_cost", "timing")  # fmt: skip

NUMBERS = frozenset("steps batches samples examples images".split())
"""What is counted of a split, which says nothing of the split of the values behind it."""

UNITS = frozenset(
    "s sec secs seconds ms us ns min mins m h hr samples/sec img/s imgs/s it/s s/it samples/s tok/s tks/s k mb "
    "gb mib gib images/sec wps words/s and with the is was in at % db samples/second tokens/s iters/s".split()
)
"""Words between two pairs that belong to the number before, or to nothing."""
STOPPERS = frozenset("to from than of by at below above over after last for".split())
"""Words that cannot end the name of a value standing bare: ``improved from 0.5 to 0.4``."""


def split_of(word: str) -> str:
    """The split a word names: "train", "val", "test", or "" for none."""
    word = word.lower()
    if word not in _SPLITS:
        word = in_english(word).strip()
    if word in TRAIN:
        return "train"
    if word in VAL:
        return "val"
    return "test" if word in TEST else ""
