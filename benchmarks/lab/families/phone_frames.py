"""Speech-like frames and small convolutional or recurrent labellers: cross-entropy by frame, or CTC.

SEEN holds what the pictures showed where that is not only what was expected. Of the configurations kept none is dropped; two faults
left no trace and are healthy (ph_own_log, ph_loud_after), and seven more have other first labels than expected.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, VA = ("loss",), ("loss", "val_loss"), ("loss", "val_loss", "val_acc")
LR, ALL, N = ("loss", "lr"), ("loss", "acc", "val_loss", "val_acc"), ("loss", "norm")
PER = ("loss", "val_loss", "val_per_percent")
PCT = {"acc_percent": "acc", "val_acc_percent": "val_acc", "val_per_percent": "val_PER"}
NORM = {"norm": "grad_norm"}
GRU, BN = {"kind": "gru"}, {"norm": True}
BOTH = {"weights": {"ce": 1.0, "pitch": 0.3}}

SEEN: dict[str, str | None] = {
    "ph_high_adam": "learning-rate-too-high underfitting not-learning | wrong-initial-loss noisy-loss saturated-early loss-spikes | small-validation-set",
    "ph_high_cut": "learning-rate-too-high healthy | loss-spikes noisy-loss small-validation-set saturated-early overfitting",
    "ph_high_steps": "wrong-initial-loss learning-rate-too-high | underfitting saturated-early loss-spikes noisy-loss",
    "ph_low_sgd": "learning-rate-too-low | still-improving not-learning underfitting",
    "ph_low_adam": "learning-rate-too-low | still-improving noisy-loss not-learning",
    "ph_blank": "not-learning underfitting | frozen-metric saturated-early | overfitting",
    "ph_ascent": "diverging non-finite-loss | loss-jump exploding-gradients learning-rate-too-high frozen-metric",
    "ph_own_log": "healthy | overfitting loss-spikes still-improving | non-finite-loss",
    "ph_loud_after": "healthy | still-improving loss-spikes | loss-jump slow-start learning-rate-too-low",
    "ph_noise_after": "loss-jump | validation-better-than-training diverging saturated-early",
    "ph_small_held": "small-validation-set overfitting healthy | saturated-early",
    "ph_under_narrow": "underfitting | still-improving saturated-early learning-rate-too-low",
    "ph_under_double": "overfitting underfitting | saturated-early small-validation-set",
    "ph_disagree": "overfitting severe-overfitting | validation-better-than-training still-improving small-validation-set | loss-metric-disagreement",
    "ph_stale": "frozen-metric | saturated-early | overfitting underfitting loss-metric-disagreement",
    "ph_ctc_per": "frozen-metric underfitting | loss-metric-disagreement learning-rate-too-low still-improving wrong-initial-loss not-learning",
    "ph_resumed": "resumed-log healthy | saturated-early",
    "ph_slow_tiny": "slow-start | still-improving loss-spikes",
    "ph_slow_sigmoid": "healthy slow-start still-improving",
    "ph_slow_ctc": "frozen-metric underfitting slow-start not-learning | wrong-initial-loss saturated-early still-improving loss-metric-disagreement learning-rate-too-low",
    "ph_noisy_one": "noisy-loss | saturated-early learning-rate-too-high",
    "ph_by_speaker": "learning-rate-too-high noisy-loss loss-spikes unshuffled-data | underfitting not-learning loss-jump",
    "ph_by_phone": "unshuffled-data | noisy-loss epoch-steps loss-spikes still-improving slow-start",
    "ph_pitch_hz": "loss-term-imbalance | wrong-initial-loss underfitting still-improving saturated-early",
    "ph_phone_weight": "loss-term-imbalance | underfitting not-learning saturated-early",
    "ph_l2": "regularisation-dominates healthy | underfitting loss-term-imbalance saturated-early",
    "ph_l1": "regularisation-dominates not-learning underfitting | loss-term-imbalance saturated-early still-improving | wrong-initial-loss",
    "ph_ratio_high": "healthy update-ratio learning-rate-too-high | noisy-loss still-improving loss-spikes",
    "ph_dead": "dead-units not-learning | learning-rate-too-low underfitting vanishing-gradients | overfitting",
    "ph_deep_tiny": "vanishing-gradients not-learning activation-collapse | underfitting saturated-early learning-rate-too-low",
    "ph_ok_plain": "healthy | saturated-early overfitting",
    "ph_ok_restarts": "healthy | saturated-early overfitting loss-spikes",
    "ph_ok_halves": "healthy | saturated-early overfitting small-validation-set",
    "ph_ok_near_zero": "healthy | still-improving saturated-early loss-spikes",
    "ph_ok_ratio": "healthy | still-improving | slow-start update-ratio",
}

CONFIGURATIONS = (
    # rates
    ill("ph_high_adam", "Adam at 0.3", "learning-rate-too-high", "noisy-loss underfitting loss-spikes", lr=0.3, epochs=24, show=V, dialect="espnet_log"),
    ill("ph_high_cut", "momentum at 1.5, cut to a thirtieth in the last third", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", opt="momentum", lr=1.5, net=BN, rate=("cut", 0.67, 0.03), epochs=24, show=(*VA, "lr"), dialect="speechbrain_log"),
    ill("ph_high_steps", "RMSprop at 0.1, every third step", "learning-rate-too-high noisy-loss", "loss-spikes", opt="rmsprop", lr=0.1, every=3, show=LR, epochs=20, rate=("cut", 0.7, 0.02), dialect="wenet_log"),
    ill("ph_low_sgd", "SGD at 0.002", "learning-rate-too-low", "still-improving", opt="sgd", lr=0.003, epochs=20, show=VA, dialect="nemo_bars"),
    ill("ph_low_adam", "Adam at 1e-5", "learning-rate-too-low", "still-improving not-learning", lr=2e-5, epochs=20, every=4, show=L, mean=True, dialect="deepspeech_pytorch_log"),
    # nothing is learnt
    ill("ph_label_mixup", "labels sorted apart from the frames", "not-learning", "noisy-loss frozen-metric", fault="label_mixup", task="frames", opt="sgd", lr=0.1, every=4, show=("loss", "acc"), epochs=20, dialect="step_prints"),
    ill("ph_blank", "features were read as zeros", "not-learning", "frozen-metric underfitting saturated-early", fault="blank", show=ALL, epochs=20, dialect="espnet_log"),
    ill("ph_zero_first", "zero_grad() after backward()", "not-learning", "noisy-loss", fault="zero_first", opt="sgd", lr=0.1, every=4, show=N, names=NORM, epochs=14, dialect="espnet_batches_log"),
    # diverging, non-finite, jumps
    ill("ph_ascent", "the sign is wrong from two thirds on", "diverging", "loss-jump", fault="ascent", when=0.6, amount=0.3, opt="sgd", lr=0.15, epochs=24, show=VA, dialect="speechbrain_log"),
    ill("ph_own_log", "log of a softmax in half precision: log(0)", "non-finite-loss", "", fault="own_log", lr=2e-2, epochs=20, noise=0.2, show=V, dialect="phones_prints"),
    ill("ph_nan_first", "features times 1e20", "non-finite-loss", "wrong-initial-loss", fault="unscaled", amount=1e30, opt="sgd", lr=0.1, epochs=8, show=V, dialect="nemo_wer_log"),
    ill("ph_loud_after", "the second corpus is not normalised: from 60 % on frames are three times as loud", "loss-jump", "diverging wrong-initial-loss", fault="loud", when=0.6, amount=3.0, epochs=20, every=4, show=L, mean=True, opt="sgd", lr=0.05, dialect="wenet_log"),
    ill("ph_noise_after", "augmentation with strong noise is switched on at half", "loss-jump", "validation-better-than-training", fault="noisier", when=0.5, amount=2.0, epochs=24, show=V, dialect="espnet_log"),
    # generalisation
    ill("ph_overfit_mild", "60 utterances, moderate net", "overfitting", "severe-overfitting", n=80, batch=16, net={"hidden": 24}, lr=4e-3, epochs=40, noise=0.9, show=VA, dialect="speechbrain_log"),
    ill("ph_overfit_severe", "40 utterances, wide net", "severe-overfitting overfitting", "loss-metric-disagreement", n=40, batch=10, net={"hidden": 64, "depth": 3}, epochs=45, noise=1.0, show=VA, dialect="epoch_prints"),
    ill("ph_small_held", "five utterances held out, dropout", "small-validation-set", "overfitting", held=2, noise=1.2, net={"dropout": 0.2}, lr=5e-3, epochs=25, show=VA, dialect="phones_prints"),
    ill("ph_under_narrow", "three units, noise: both settle high", "underfitting", "saturated-early", net={"hidden": 1, "depth": 1}, lr=2e-2, epochs=30, noise=1.5, show=ALL, dialect="espnet_log"),
    ill("ph_under_double", "softmax twice", "underfitting", "saturated-early not-learning", fault="double_softmax", lr=1e-2, epochs=30, noise=1.5, show=ALL, dialect="phones_prints"),
    ill("ph_disagree", "wrong labels in a third: over-confident", "loss-metric-disagreement severe-overfitting overfitting", "", n=120, wrong=0.3, batch=20, net={"hidden": 64}, lr=4e-3, epochs=40, show=VA, dialect="logfmt"),
    # the log
    ill("ph_stale", "the evaluation holds the first weights", "frozen-metric", "", fault="stale", epochs=24, show=ALL, dialect="espnet_log"),
    ill("ph_ctc_per", "CTC collapses to blanks: PER 100 % for ever while the loss falls a little", "frozen-metric underfitting", "loss-metric-disagreement learning-rate-too-low still-improving", task="ctc", opt="sgd", lr=0.02, epochs=25, show=(*V, "val_per_percent"), names=PCT, dialect="wav2letter_log"),
    ill("ph_resumed", "crashed and resumed from an older checkpoint", "resumed-log", "epoch-steps", fault="crash", when=0.4, until=0.6, amount=1.0, epochs=20, every=4, show=L, mean=True, dialect="step_prints"),
    ill("ph_too_short", "stopped after two evaluations", "too-short healthy", "still-improving", epochs=2, show=VA, dialect="phones_prints"),
    # start, noise, order
    ill("ph_start_sum", "the loss is summed over the frames of the batch", "wrong-initial-loss", "", fault="sum", lr=3e-3, epochs=16, every=2, show=("loss", "acc"), options={"classes": 10}, dialect="step_csv"),
    ill("ph_start_head", "the head's weights are 40 times too large", "wrong-initial-loss", "", net={"head_gain": 40.0}, lr=3e-3, epochs=16, every=2, show=L, options={"classes": 10}, dialect="espnet_batches_log"),
    ill("ph_slow_tiny", "weights drawn a tenth as large, SGD", "slow-start", "still-improving", net={"gain": 0.25, "depth": 3}, opt="momentum", lr=0.05, epochs=24, show=VA, dialect="espnet_log"),
    ill("ph_slow_sigmoid", "sigmoid layers", "slow-start", "still-improving vanishing-gradients", net={"act": "sigmoid", "depth": 3}, lr=4e-3, epochs=30, show=V, dialect="nemo_bars"),
    ill("ph_slow_ctc", "CTC: blanks first, then phones", "slow-start", "still-improving", task="ctc", opt="momentum", lr=0.02, net={"depth": 3, "gain": 0.7}, epochs=30, show=PER, names=PCT, dialect="speechbrain_log"),
    ill("ph_noisy_one", "batches of one utterance, high noise", "noisy-loss", "still-improving", batch=1, n=400, noise=2.2, epochs=2, lr=2e-3, every=2, show=L, dialect="deepspeech_pytorch_log"),
    ill("ph_by_speaker", "utterances sorted by speaker", "unshuffled-data", "noisy-loss", order="speaker", spread=1.2, opt="momentum", lr=0.05, n=320, batch=10, epochs=12, every=1, show=L, dialect="step_csv"),
    ill("ph_by_phone", "utterances sorted by their mean phone", "unshuffled-data", "noisy-loss", order="phone", opt="sgd", lr=0.1, n=320, batch=10, epochs=12, every=1, show=("loss", "lr"), noise=1.4, dialect="wenet_log"),
    # inside
    ill("ph_pitch_hz", "the pitch's target is in Hz", "loss-term-imbalance", "wrong-initial-loss underfitting still-improving learning-rate-too-low", weights={"ce": 1.0, "pitch": 1.0, "unit": 100.0}, lr=5e-3, epochs=24, show=("loss", "ce", "mse", "val_loss"), names={"ce": "loss_phone", "mse": "loss_f0"}, dialect="espnet_log"),
    ill("ph_phone_weight", "the phones weigh 1e-5", "loss-term-imbalance", "underfitting", weights={"ce": 1e-5, "pitch": 1.0}, opt="sgd", lr=0.05, epochs=24, show=("loss", "ce", "mse", "val_acc"), names={"ce": "loss/phone", "mse": "loss/pitch"}, dialect="wandb_export_csv"),
    ill("ph_l2", "sum of squares times 0.1", "regularisation-dominates", "underfitting loss-term-imbalance", penalty=("l2", 0.05), epochs=20, show=("loss", "ce", "reg", "val_acc"), names={"ce": "data_loss", "reg": "l2_loss"}, dialect="espnet_log"),
    ill("ph_l1", "sum of sizes times 0.02", "regularisation-dominates", "underfitting loss-term-imbalance still-improving", penalty=("l1", 0.03), opt="momentum", lr=0.01, epochs=20, every=4, show=("loss", "ce", "reg"), names={"ce": "ce", "reg": "reg_loss"}, dialect="logfmt"),
    ill("ph_ratio_high", "Adam at 0.15", "update-ratio learning-rate-too-high", "noisy-loss loss-spikes underfitting", lr=0.15, epochs=16, every=4, show=L, inside={"ratio": "update_ratio"}, dialect="json_lines"),
    ill("ph_ratio_low", "SGD at 2e-4", "update-ratio learning-rate-too-low not-learning", "still-improving", opt="sgd", lr=3e-4, epochs=16, show=V, inside={"ratios": "update_to_weight/layer{}"}),
    ill("ph_dead", "hidden biases at -3", "dead-units", "underfitting learning-rate-too-low", net={"bias": -2.6, "depth": 2}, lr=1e-3, epochs=20, show=V, inside={"dead": "dead_frac/conv{}"}, dialect="json_lines"),
    ill("ph_clip", "clipped at 0.02, SGD", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=0.5, clip=0.05, every=4, epochs=20, show=("loss", "norm_after", "lr"), names={"norm_after": "grad_norm"}, dialect="espnet_batches_log"),
    ill("ph_deep_tiny", "six layers with weights a third as large", "vanishing-gradients not-learning activation-collapse", "underfitting saturated-early", net={"depth": 6, "gain": 0.4}, epochs=14, lr=3e-4, opt="sgd", show=V, inside={"grads": "grads/l{}", "std": "act_std/l{}"}),
    ill("ph_rate_gone", "the linear decay ends after a quarter", "learning-rate-schedule", "saturated-early underfitting", rate=("dead", 90, 0), lr=1e-3, opt="adam", epochs=24, show=(*VA, "lr"), dialect="speechbrain_log"),
    # healthy
    well("ph_ok_plain", "steep fall, long flat tail", net=BN, rate=("warm_cosine", 0, 0), lr=1e-2, epochs=30, noise=0.5, show=VA, also="saturated-early", dialect="espnet_log"),
    well("ph_ok_ctc_warm", "CTC with warm-up: the first epochs hardly move", task="ctc", rate=("noam", 60, 0), lr=1e-2, epochs=25, show=(*PER, "lr"), names=PCT, also="still-improving", excused="slow-start", dialect="speechbrain_log"),
    well("ph_ok_restarts", "warm restarts", rate=("restarts", 96, 0), lr=2e-2, net=BN, epochs=24, show=(*V, "lr"), dialect="wenet_log", excused="loss-spikes"),
    well("ph_ok_triangle", "cyclical rate", rate=("triangle", 48, 0), lr=2e-2, epochs=24, every=4, mean=True, show=LR, excused="loss-spikes", dialect="espnet_batches_log"),
    well("ph_ok_halves", "rate halved in the last half, stairs", opt="momentum", lr=0.1, rate=("halves", 0.5, 0.4), noise=1.2, epochs=30, show=(*VA, "lr"), dialect="wav2letter_log"),
    well("ph_ok_dropout", "dropout 0.3: validation somewhat better", net={"dropout": 0.25}, rate=("warm_cosine", 20, 0.05), epochs=30, show=ALL, also="validation-better-than-training", dialect="nemo_wer_log"),
    well("ph_ok_smoothing", "label smoothing: high floor, validation below", smoothing=0.15, epochs=30, rate=("warm_cosine", 10, 0), show=VA, also="validation-better-than-training saturated-early", dialect="phones_prints"),
    well("ph_ok_noisy_floor", "much noise in the frames: high floor for both", noise=1.8, n=480, batch=40, rate=("warm_cosine", 0, 0), epochs=20, show=ALL, also="saturated-early", dialect="espnet_log"),
    well("ph_ok_ragged", "small batches, every step, falls all the same", batch=4, n=640, lr=2e-3, epochs=3, every=2, rate=("warm_cosine", 0, 0.02), show=L, excused="noisy-loss", also="still-improving", dialect="deepspeech_pytorch_log"),
    well("ph_ok_bn_early", "batch norm: early validation is wild", net=BN | {"depth": 3}, opt="momentum", lr=0.3, rate=("warm_cosine", 0, 0), epochs=25, batch=20, n=200, noise=0.9, show=VA, also="overfitting", dialect="speechbrain_log"),
    well("ph_ok_clip", "clipping active at first only", opt="momentum", lr=0.05, clip=1.0, every=4, epochs=20, rate=("warm_cosine", 0, 0), show=("loss", "norm", "lr"), names=NORM, dialect="wenet_log"),
    well("ph_ok_scaled", "loss times 1e6", scale=1e6, epochs=24, opt="adam", lr=5e-3, rate=("warm_cosine", 0, 0), show=V, dialect="phones_prints"),
    well("ph_ok_short", "eight epochs, a sound cosine", epochs=8, lr=8e-3, rate=("warm_cosine", 0, 0), show=VA, also="still-improving", dialect="espnet_log"),
    well("ph_ok_tiny", "five epochs", epochs=5, lr=1e-2, rate=("warm_cosine", 0, 0), show=(*V, "val_acc_percent"), names=PCT, also="too-short still-improving", dialect="phones_prints"),
    well("ph_ok_near_zero", "almost no noise: jitter near zero", noise=0.15, spread=0.05, n=256, net=BN, lr=5e-3, epochs=20, show=V, dialect="logfmt", also="saturated-early", excused="loss-spikes"),
    well("ph_ok_rare_eval", "every five steps, evaluated every 80", n=512, epochs=12, every=4, mean=True, evaluate=64, rate=("warm_cosine", 20, 0), lr=1e-2, show=(*VA, "lr"), dialect="nemo_wer_log"),
    well("ph_ok_two_terms", "phones and pitch both improve", **BOTH, lr=8e-3, rate=("warm_cosine", 0, 0.02), epochs=30, show=("loss", "ce", "mse", "val_loss"), names={"ce": "loss_ctc", "mse": "loss_pitch"}, dialect="espnet_log"),
    well("ph_ok_ratio", "update ratios near 1e-3", lr=1e-3, opt="adam", rate=("warm_cosine", 10, 0.1), epochs=20, every=4, mean=True, show=L, inside={"ratio": "update_ratio"}, also="still-improving"),
)  # fmt: skip

FAMILY = Family(
    name="phone_frames",
    script="phone_frames",
    data="synthetic speech-like frames",
    model="convolutional and recurrent labellers, cross-entropy or CTC",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
