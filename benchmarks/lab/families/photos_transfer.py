"""Transfer of a small pre-trained conv net to made-up photographs: frozen, thawed, rates by depth, and the usual mistakes.

SEEN holds what the pictures showed where that is not only what was expected. Of 83 configurations one is dropped (photo_bad_files: its
broken batches were easier, not harder); half precision never overflowed (photo_half); four expected to be healthy learn by heart.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

FOUR = {"classes": 4}
ALL = "loss acc val_loss val_acc"
SIZE = "loss val_loss val_mae"
RATE = "loss lr"


def whole(epochs: int, rate: float, plan: str = "flat") -> tuple:
    """One phase that trains everything."""
    return (("all", epochs, rate, plan),)


def frozen(epochs: int, rate: float, plan: str = "flat") -> tuple:
    """One phase that trains the head."""
    return (("head", epochs, rate, plan),)


def thawed(first: int, rate: float, then: int, smaller: float, plan: str = "cosine") -> tuple:
    """The head first, then everything."""
    return (("head", first, rate, "flat"), ("all", then, smaller, plan))


SEEN: dict[str, str | None] = {
    "photo_high_cut": "learning-rate-too-high overfitting healthy | small-validation-set saturated-early loss-spikes noisy-loss",
    "photo_high_plain": "learning-rate-too-high not-learning | underfitting noisy-loss wrong-initial-loss saturated-early",
    "photo_high_adam": "loss-jump loss-spikes learning-rate-too-high | small-validation-set still-improving slow-start",
    "photo_high_steps": "learning-rate-too-high healthy | small-validation-set loss-spikes saturated-early underfitting overfitting",
    "photo_high_head": "learning-rate-too-high | noisy-loss small-validation-set underfitting loss-spikes saturated-early wrong-initial-loss | overfitting severe-overfitting",
    "photo_low_sgd": "learning-rate-too-low still-improving",
    "photo_slow_scale": "slow-start overfitting | still-improving saturated-early",
    "photo_slow_scratch": "slow-start | still-improving saturated-early",
    "photo_over_size": "overfitting | saturated-early underfitting small-validation-set",
    "photo_under_random": "underfitting learning-rate-too-low | still-improving overfitting saturated-early",
    "photo_under_blurred": "underfitting overfitting | saturated-early loss-spikes not-learning loss-jump slow-start",
    "photo_under_decay": "not-learning underfitting | diverging loss-jump saturated-early frozen-metric",
    "photo_under_erased": "overfitting underfitting | saturated-early small-validation-set",
    "photo_disagree": "overfitting | severe-overfitting loss-metric-disagreement saturated-early",
    "photo_small_held": "small-validation-set overfitting | severe-overfitting saturated-early loss-metric-disagreement",
    "photo_better": "healthy validation-better-than-training | saturated-early",
    "photo_frozen_rare": "frozen-metric learning-rate-too-low loss-metric-disagreement | still-improving | underfitting",
    "photo_frozen_copy": "frozen-metric | saturated-early | overfitting underfitting",
    "photo_nothing": "not-learning frozen-metric | noisy-loss | wrong-initial-loss",
    "photo_mixed": "not-learning | overfitting underfitting noisy-loss small-validation-set saturated-early",
    "photo_softmax": "learning-rate-too-low not-learning | underfitting still-improving",
    "photo_thaw_jump": "loss-spikes learning-rate-too-high loss-jump not-learning | underfitting saturated-early diverging small-validation-set",
    "photo_exposure": "loss-jump diverging | saturated-early | severe-overfitting overfitting",
    "photo_renamed": "loss-jump loss-spikes | diverging still-improving",
    "photo_turned": "loss-jump severe-overfitting overfitting | diverging loss-spikes validation-better-than-training loss-metric-disagreement",
    "photo_diverges": "learning-rate-schedule loss-jump healthy | saturated-early noisy-loss learning-rate-too-high | wrong-initial-loss",
    "photo_backwards": "diverging loss-jump | exploding-gradients | severe-overfitting overfitting learning-rate-too-high",
    "photo_half": "healthy | still-improving saturated-early wrong-initial-loss",
    "photo_bad_files": None,
    "photo_blips": "loss-spikes loss-jump | noisy-loss learning-rate-schedule still-improving",
    "photo_noisy_three": "noisy-loss | still-improving loss-spikes not-learning learning-rate-too-low underfitting",
    "photo_by_folder": "unshuffled-data | noisy-loss loss-spikes not-learning wrong-initial-loss | underfitting learning-rate-too-high",
    "photo_rebound": "learning-rate-schedule healthy | saturated-early",
    "photo_ok_size": "overfitting | saturated-early",
    "photo_ok_huge": "overfitting | saturated-early",
    "photo_ok_easy": "healthy overfitting | saturated-early loss-spikes",
    "photo_ok_terms": "overfitting | saturated-early",
    "photo_start_bytes": "wrong-initial-loss | loss-spikes noisy-loss underfitting still-improving",
    "photo_start_size": "overfitting wrong-initial-loss | saturated-early slow-start severe-overfitting",
    "photo_terms_pixels": "loss-term-imbalance | wrong-initial-loss underfitting still-improving overfitting",
    "photo_terms_slip": "loss-term-imbalance | underfitting not-learning saturated-early",
    "photo_exploding": "exploding-gradients loss-jump non-finite-loss | loss-spikes diverging not-learning learning-rate-too-high noisy-loss",
    "photo_vanishing": "not-learning vanishing-gradients | learning-rate-too-low saturated-early underfitting frozen-metric",
    "photo_ratio_high": "healthy update-ratio | learning-rate-too-high still-improving wrong-initial-loss",
    "photo_ratio_low": "update-ratio learning-rate-too-low | still-improving underfitting | wrong-initial-loss",
    "photo_dead": "dead-units not-learning slow-start | underfitting still-improving frozen-metric",
}

CONFIGURATIONS = (
    # too high
    ill("photo_high_cut", "SGD at 0.8, cut to a 30th after 60 %: all falls there", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set overfitting", phases=whole(20, 0.6, "cut/0.6"), opt="sgd", n=720, tell="loss val_loss val_acc lr", dialect="transfer_tutorial_prints"),
    ill("photo_high_plain", "SGD at 0.25 without batch norm, no rate in the log", "learning-rate-too-high", "noisy-loss underfitting not-learning loss-spikes", phases=whole(16, 0.2), opt="sgd", norm=False, n=720, every=6, tell="loss", dialect="imagenet_example"),
    ill("photo_high_adam", "the head's 0.1 goes on for the whole net", "learning-rate-too-high loss-jump", "noisy-loss loss-spikes small-validation-set underfitting", phases=thawed(4, 2e-2, 10, 8e-2, "flat"), n=720, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_high_steps", "SGD at 1, stairs: each cut helps", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set overfitting", phases=whole(21, 1.0, "steps/3"), opt="sgd", n=720, tell="loss val_loss val_acc lr", dialect="json_lines"),
    ill("photo_high_head", "only the head, Adam at 0.5", "learning-rate-too-high", "noisy-loss loss-spikes small-validation-set underfitting", phases=frozen(20, 0.5), n=600, tell="loss val_loss val_err", dialect="fastai_fine_tune_tables"),
    # too low, slow
    ill("photo_low_tutorial", "1e-5 for the thawed net: nothing happens there", "learning-rate-too-low", "still-improving underfitting", phases=whole(14, 3e-5), n=720, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_low_head", "the head alone at 2e-4", "learning-rate-too-low", "still-improving underfitting", phases=frozen(16, 3e-4), n=600, tell="loss val_loss val_err", dialect="fastai_fine_tune_tables"),
    ill("photo_low_sgd", "SGD at 2e-4", "learning-rate-too-low", "still-improving underfitting", phases=whole(12, 4e-4), opt="sgd", n=720, every=6, tell="loss acc lr", dialect="torchvision_reference_log"),
    ill("photo_slow_scale", "the weights of the backbone were scaled by an export to a fifth", "slow-start", "still-improving", phases=whole(24, 1.2e-3), norm=False, body_scale=0.4, n=600, tell="loss val_loss val_acc", dialect="transfer_tutorial_prints"),
    ill("photo_slow_scratch", "weights=None, without batch norm, SGD", "slow-start", "still-improving overfitting", phases=whole(24, 0.02), opt="sgd", norm=False, weights="none", n=720, every=10, tell="loss", dialect="imagenet_example"),
    # generalisation
    ill("photo_over_mild", "300 pictures, all layers", "overfitting", "loss-metric-disagreement saturated-early severe-overfitting", phases=whole(16, 1.5e-3), n=288, tell=ALL, dialect="transfer_tutorial_prints"),
    ill("photo_over_thaw", "the thawed net learns 240 pictures by heart", "overfitting", "loss-metric-disagreement severe-overfitting", phases=thawed(6, 1e-2, 16, 2e-3, "flat"), n=240, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_over_false", "a fifth of the names false", "overfitting severe-overfitting", "loss-metric-disagreement", phases=whole(20, 2e-3), n=480, false=0.2, tell="loss val_loss val_acc", dialect="json_lines"),
    ill("photo_over_size", "sizes of 150 pictures", "overfitting", "saturated-early severe-overfitting", phases=whole(30, 3e-3), target="size", n=144, batch=16, hidden=48, tell=SIZE, dialect="step_or_epoch_csv"),
    ill("photo_severe", "100 pictures, a wide head, 60 epochs", "severe-overfitting overfitting", "loss-metric-disagreement saturated-early", phases=whole(45, 3e-3), n=96, batch=16, hidden=96, tell=ALL, dialect="transfer_tutorial_prints"),
    ill("photo_severe_false", "a third of the names false, weights=None", "severe-overfitting overfitting", "loss-metric-disagreement", phases=whole(40, 3e-3), n=240, false=0.3, weights="none", tell="loss val_loss val_err", dialect="fastai_fine_tune_tables"),
    ill("photo_under_random", "the backbone is frozen, its weights were not loaded", "underfitting", "saturated-early not-learning", phases=frozen(24, 2e-2), weights="none", n=720, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_under_blurred", "all pictures come as thumbnails of two by two", "underfitting", "saturated-early not-learning overfitting", phases=thawed(3, 1e-2, 9, 1e-3), trouble=("thumbnails", 0, 1, 7.0), n=960, tell=ALL, dialect="transfer_tutorial_prints"),
    ill("photo_under_decay", "weight decay of 30", "underfitting not-learning", "saturated-early", phases=whole(16, 4e-3), opt="adamw", decay=20.0, n=720, tell="loss acc val_loss val_acc lr", dialect="torchvision_reference_log"),
    ill("photo_under_erased", "three quarters of the pixels erased in training", "underfitting validation-better-than-training", "saturated-early small-validation-set", phases=whole(16, 3e-3, "cosine"), erase=0.8, n=720, tell=ALL, dialect="json_lines"),
    ill("photo_disagree", "sure and wrong: the loss rises, the accuracy too", "loss-metric-disagreement overfitting severe-overfitting", "saturated-early", phases=thawed(2, 1e-2, 26, 4e-3, "cosine"), n=360, false=0.1, tell="loss val_loss val_acc", dialect="fastai_fine_tune_tables"),
    ill("photo_small_held", "twelve pictures are held out", "small-validation-set", "overfitting", phases=whole(24, 1.5e-3), held=12, n=720, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_small_drawn", "another 16 pictures at each evaluation", "small-validation-set", "overfitting", phases=whole(24, 1e-3, "cosine"), fresh_held=16, n=600, tell="loss val_loss val_acc", dialect="transfer_tutorial_prints"),
    ill("photo_better", "dropout 0.6 and mixed pictures: validation far better", "validation-better-than-training healthy", "saturated-early underfitting", phases=whole(16, 4e-3, "cosine"), hidden=64, drop=0.6, blend=0.5, n=960, tell=ALL, dialect="json_lines"),
    # metrics, not learning
    ill("photo_frozen_rare", "96 % show one thing: always that", "frozen-metric", "loss-metric-disagreement underfitting", phases=frozen(14, 1e-3), weights="none", shares=[0.955, 0.015, 0.015, 0.015], n=720, tell="loss val_loss val_acc", dialect="transfer_tutorial_prints"),
    ill("photo_frozen_answer", "argmax over the batch", "frozen-metric", "loss-metric-disagreement overfitting", phases=thawed(3, 1e-2, 9, 1e-3), trouble=("one_answer", 0, 1, 1), n=600, tell="loss val_loss val_err", dialect="fastai_fine_tune_tables"),
    ill("photo_frozen_copy", "the averaged copy is never updated", "frozen-metric", "", phases=whole(12, 2e-3), trouble=("forgotten_copy", 0, 1, 1), n=600, every=5, tell="loss lr val_loss val_acc", dialect="torchvision_reference_log"),
    ill("photo_nothing", "the optimiser holds what was there before the new head", "not-learning", "frozen-metric noisy-loss", phases=whole(12, 3e-3), trouble=("copied", 0, 1, 1), norm=False, n=600, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_mixed", "names and files joined wrongly", "not-learning", "overfitting noisy-loss", phases=frozen(14, 5e-3), trouble=("names_mixed", 0, 1, 1), n=960, tell="loss val_loss val_acc", options=FOUR, dialect="fastai_fine_tune_tables"),
    ill("photo_softmax", "a softmax in front of the loss, SGD", "not-learning learning-rate-too-low", "underfitting still-improving slow-start", phases=frozen(12, 2e-3), trouble=("activation_in_front", 0, 1, 1), opt="sgd", n=600, tell=ALL, dialect="transfer_tutorial_prints"),
    # jumps, spikes, the end
    ill("photo_thaw_jump", "thawed with the head's rate: what was learnt is gone", "loss-jump learning-rate-too-high", "loss-spikes noisy-loss small-validation-set", phases=(("head", 8, 0.1, "flat"), ("all", 10, 1.0, "flat")), opt="sgd", norm=False, n=600, tell=ALL, dialect="keras_transfer_log"),
    ill("photo_exposure", "from 60 % on another camera: three times as bright", "loss-jump", "diverging", phases=whole(20, 5e-4), trouble=("grain", 0.6, 1, 2.5), n=600, tell="loss val_loss val_acc", dialect="transfer_tutorial_prints"),
    ill("photo_renamed", "from 55 % on the folders are counted from one", "loss-jump", "diverging", phases=frozen(22, 2e-3), trouble=("renamed", 0.55, 1, 1), n=600, every=10, tell="loss acc lr", dialect="torchvision_reference_log"),
    ill("photo_turned", "colours swapped and turned from half on, in training only", "loss-jump", "validation-better-than-training diverging", phases=whole(20, 3e-4), trouble=("turned", 0.5, 1, 1), things=(4, 3, 6, 7), n=720, tell=ALL, dialect="json_lines"),
    ill("photo_diverges", "the rate grows twentyfold at half for the size", "diverging", "loss-jump loss-spikes noisy-loss learning-rate-too-high", phases=whole(16, 2e-3), opt="sgd", momentum=0.99, norm=False, target="size", trouble=("rate", 0.4, 1, 40.0), n=600, every=5, tell=RATE, dialect="metrics_lines"),
    ill("photo_backwards", "from 60 % on the sign is turned, weakly", "diverging", "loss-jump", phases=whole(20, 5e-3), opt="sgd", trouble=("backwards", 0.6, 1, 0.3), n=600, tell="loss val_loss val_acc", dialect="fastai_fine_tune_tables"),
    ill("photo_half", "logarithms of half-precision probabilities", "non-finite-loss", "", phases=whole(12, 3e-3), trouble=("half_log", 0, 1, 6.0), n=480, every=4, tell=RATE, dialect="torchvision_reference_log"),
    ill("photo_bad_files", "one batch in thirty is over-exposed and misnamed", "loss-spikes", "noisy-loss", phases=whole(10, 5e-4), norm=False, trouble=("bad_file", 0, 1, 5.0), n=960, every=2, raw=True, tell="loss", dialect="imagenet_example"),
    ill("photo_bad_sizes", "a few sizes in another unit", "loss-spikes", "noisy-loss", phases=whole(12, 5e-4), target="size", trouble=("bad_file", 0, 1, 6.0), n=720, every=2, raw=True, tell=RATE, dialect="step_csv"),
    ill("photo_blips", "the scheduler multiplies the rate for three steps", "loss-spikes loss-jump", "noisy-loss", phases=whole(14, 2e-3), trouble=("rate", 0.5, 0.515, 60.0), n=600, every=4, tell=RATE, dialect="metrics_lines"),
    # noise, order, the first value
    ill("photo_noisy_two", "batches of two, batch norm still", "noisy-loss", "still-improving loss-spikes", phases=whole(2, 2e-4), batch=2, bn_still=True, n=600, every=2, tell="loss", dialect="imagenet_example"),
    ill("photo_noisy_three", "the head, batches of three, names false", "noisy-loss", "still-improving loss-spikes", phases=frozen(2, 1e-3), batch=3, false=0.2, n=900, every=2, raw=True, tell="loss lr", dialect="step_csv"),
    ill("photo_by_folder", "ImageFolder without shuffle", "unshuffled-data", "noisy-loss loss-spikes", phases=whole(12, 1e-3), order="kind", norm=False, n=480, every=1, tell="loss", dialect="imagenet_example"),
    ill("photo_by_size", "sorted by size, the size", "unshuffled-data", "noisy-loss", phases=whole(10, 5e-4), order="large", target="size", n=576, every=1, tell="loss", dialect="metrics_lines"),
    ill("photo_start_bytes", "pictures from 0 to 255", "wrong-initial-loss", "loss-spikes noisy-loss overfitting", phases=whole(10, 1e-3), byte=True, norm=False, n=720, every=5, tell="loss acc", options=FOUR, dialect="torchvision_reference_log"),
    ill("photo_start_top", "the new top is drawn with 30 times the spread", "wrong-initial-loss", "saturated-early", phases=whole(10, 3e-3), top_scale=30.0, n=600, every=3, tell="loss", options=FOUR, dialect="imagenet_example"),
    ill("photo_start_size", "sizes in square pixels, not centred", "wrong-initial-loss", "saturated-early still-improving", phases=whole(20, 5e-3), target="size", size_unit=30.0, n=480, tell=SIZE, dialect="keras_epochs"),
    # inside
    ill("photo_terms_pixels", "a term of sizes in pixels beside the kinds", "loss-term-imbalance", "wrong-initial-loss underfitting", phases=whole(12, 2e-3), size_weight=1.0, size_unit=40.0, n=600, tell="loss ce=loss_cls weighted_mse=loss_size val_loss val_acc", dialect="json_lines"),
    ill("photo_terms_slip", "the kinds weigh 1e-4", "loss-term-imbalance", "underfitting not-learning", phases=whole(12, 1e-2), opt="sgd", size_weight=1.0, kind_weight=1e-4, n=600, tell="loss weighted_ce=loss_kind weighted_mse=loss_size val_acc", dialect="torchvision_reference_log"),
    ill("photo_l2", "sum of squares times 0.05", "regularisation-dominates", "loss-term-imbalance still-improving underfitting", phases=whole(12, 1e-3), l2=0.05, n=600, tell="loss data=data_loss reg=reg_loss val_acc", dialect="json_lines"),
    ill("photo_l1", "sum of sizes times 0.005", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", phases=whole(12, 1e-3), l1=0.006, n=600, every=5, tell="loss data=ce reg=l1_loss", dialect="step_or_epoch_csv"),
    ill("photo_exploding", "accumulation without division from half on, no batch norm", "exploding-gradients loss-jump diverging", "loss-spikes learning-rate-too-high noisy-loss", phases=whole(14, 0.01), opt="sgd", norm=False, trouble=("undivided", 0.5, 1, 80.0), n=600, every=5, tell="loss norm=grad_norm", dialect="metrics_lines"),
    ill("photo_vanishing", "a backbone of tiny weights: its first stage gets nothing", "vanishing-gradients not-learning", "frozen-metric saturated-early slow-start", phases=whole(12, 1e-3), opt="sgd", norm=False, weights="none", body_scale=0.1, n=480, tell="loss val_loss", watch=("grads",), dialect="json_lines"),
    ill("photo_ratio_high", "SGD at 1", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting", phases=whole(12, 0.2), n=480, every=5, tell="loss", watch=("ratio",), dialect="step_or_epoch_csv"),
    ill("photo_ratio_low", "SGD at 1e-5", "update-ratio learning-rate-too-low", "still-improving not-learning", phases=whole(12, 3e-5), opt="sgd", norm=False, n=480, tell="loss val_loss", watch=("ratio",), dialect="metrics_lines"),
    ill("photo_dead", "biases of -2 in all stages", "dead-units", "underfitting still-improving not-learning slow-start", phases=whole(12, 1e-3), norm=False, body_bias=-2.0, n=480, tell="loss val_loss val_acc", watch=("dead",), dialect="json_lines"),
    ill("photo_clip", "clipped at 0.02", "clipping-saturated", "learning-rate-too-low still-improving", phases=whole(12, 0.1), opt="sgd", clip=0.03, n=600, every=5, tell="loss norm_cut=grad_norm lr", dialect="metrics_lines"),
    ill("photo_spent", "the cosine ends after a fifth of the run", "learning-rate-schedule", "saturated-early underfitting learning-rate-too-low", phases=whole(20, 2e-3, "cosine/0.15"), n=600, tell=ALL + " lr", dialect="keras_transfer_log"),
    ill("photo_rebound", "T_max is a third of the epochs: the rate comes back up", "learning-rate-schedule", "overfitting", phases=whole(24, 5e-3, "rebound/2"), shift=1, n=720, tell=ALL + " lr", dialect="json_lines"),
    ill("photo_warm_ever", "linear warm-up for a hundred epochs of twelve", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", phases=whole(12, 2e-3, "up/40"), norm=False, n=600, every=5, tell=RATE, dialect="torchvision_reference_log"),
    # healthy
    well("photo_ok_fine_tune", "two phases, epochs counted anew", phases=thawed(2, 1e-2, 8, 1.5e-3, "onecycle"), n=1200, shift=1, again=True, tell="loss val_loss val_err", also="resumed-log", excused="loss-jump", dialect="fastai_fine_tune_tables"),
    well("photo_ok_tutorial", "two phases: the thaw shows as a new fall", phases=thawed(4, 1e-2, 10, 1e-3), n=1200, shift=1, tell=ALL, excused="slow-start", dialect="keras_transfer_log"),
    well("photo_ok_plain", "", phases=whole(12, 2e-3, "cosine"), n=1200, shift=1, tell=ALL, dialect="transfer_tutorial_prints"),
    well("photo_ok_head", "the head only: a calm, high floor", phases=frozen(12, 1e-2, "cosine"), n=640, tell="loss val_loss val_acc", also="saturated-early", excused="underfitting", dialect="fastai_fine_tune_tables"),
    well("photo_ok_spread", "rates by depth", phases=whole(10, 4e-3, "onecycle"), spread=2.6, n=640, shift=1, tell="loss val_loss val_acc", dialect="fastai_fine_tune_tables"),
    well("photo_ok_onecycle", "one cycle, logged by steps", phases=whole(8, 1e-2, "onecycle"), n=640, shift=1, every=6, tell="loss acc lr", dialect="torchvision_reference_log"),
    well("photo_ok_steps", "SGD, stairs of the rate", phases=whole(15, 0.05, "steps/3"), opt="sgd", n=640, shift=1, tell=ALL + " lr", also="saturated-early", excused="loss-spikes", dialect="json_lines"),
    well("photo_ok_waves", "a cyclical rate", phases=whole(12, 6e-3, "waves/4"), n=640, shift=1, tell="loss val_loss lr", excused="learning-rate-schedule loss-spikes", dialect="step_or_epoch_csv"),
    well("photo_ok_restarts", "warm restarts", phases=whole(15, 5e-3, "restarts/3"), n=640, shift=1, every=10, tell=RATE, excused="learning-rate-schedule loss-spikes loss-jump", dialect="metrics_lines"),
    well("photo_ok_false", "a quarter of the names false, the head only", phases=frozen(10, 5e-3, "cosine"), false=0.25, n=640, tell=ALL, also="validation-better-than-training saturated-early", excused="underfitting", dialect="transfer_tutorial_prints"),
    well("photo_ok_mixed", "mixed pictures and label smoothing: validation lower", phases=whole(14, 4e-3, "cosine"), blend=0.3, smooth=0.1, n=640, tell="loss val_loss val_acc", also="validation-better-than-training", dialect="transfer_tutorial_prints"),
    well("photo_ok_batch_norm", "batch norm in small batches: the first validations jump", phases=whole(14, 0.08, "cosine"), opt="sgd", batch=16, weights="none", shift=1, n=640, tell="loss val_loss val_acc lr", excused="small-validation-set loss-spikes", dialect="json_lines"),
    well("photo_ok_average", "averaged weights are evaluated", phases=whole(12, 3e-3), average=0.95, shift=2, n=640, tell=ALL, also="validation-better-than-training still-improving", dialect="step_or_epoch_csv"),
    well("photo_ok_early", "may stop early", phases=whole(30, 1e-3), stop_after=3, shift=1, n=640, tell="loss val_loss val_acc", also="overfitting saturated-early still-improving", dialect="fastai_fine_tune_tables"),
    well("photo_ok_five", "five epochs", phases=whole(5, 3e-3, "onecycle"), n=640, tell="loss val_loss val_err", also="still-improving too-short", dialect="fastai_fine_tune_tables"),
    well("photo_ok_seldom", "evaluated every fourth epoch", phases=whole(20, 2e-3, "cosine"), judge_every=4, shift=2, n=640, tell="loss lr val_loss val_acc", dialect="step_or_epoch_csv"),
    well("photo_ok_ragged", "batches of eight, each second", phases=whole(3, 1e-3, "cosine"), batch=8, n=640, every=2, raw=True, tell="loss lr", also="still-improving", excused="noisy-loss loss-spikes", dialect="step_csv"),
    well("photo_ok_size", "sizes: a small loss", phases=whole(14, 3e-3, "cosine"), target="size", n=640, tell=SIZE, also="saturated-early", dialect="keras_epochs"),
    well("photo_ok_huge", "sizes in square microns: losses of millions", phases=whole(14, 3e-3, "cosine"), target="size", factor=1e8, n=640, tell=SIZE, also="saturated-early", dialect="json_lines"),
    well("photo_ok_easy", "two things far apart: jitter near zero", phases=whole(14, 4e-3, "cosine"), things=(2, 1), grain=0.1, n=640, tell=ALL, also="saturated-early", excused="loss-spikes", dialect="transfer_tutorial_prints"),
    well("photo_ok_terms", "two terms that both fall", phases=whole(14, 3e-3, "cosine"), size_weight=3.0, shift=0, n=640, tell="loss ce=loss_kind weighted_mse=loss_size val_loss", dialect="step_or_epoch_csv"),
    well("photo_ok_norms", "gradients calm down", phases=whole(10, 2e-3, "cosine"), clip=5.0, shift=1, n=640, every=6, tell="loss norm=grad_norm lr", dialect="metrics_lines"),
    well("photo_ok_long", "1,800 steps from scratch", phases=whole(50, 3e-3, "cosine"), weights="none", shift=2, n=1200, every=20, judge_every=5, tell="loss lr val_loss val_acc", also="saturated-early", seeds=1, dialect="step_or_epoch_csv"),
)  # fmt: skip

FAMILY = Family(
    name="photos_transfer",
    script="photos_transfer",
    data="made-up photographs",
    model="a small pre-trained conv net",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
