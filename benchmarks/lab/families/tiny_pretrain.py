"""Small language models from nothing.

SEEN holds what the pictures showed where that is not only what was expected. Of 84 configurations 2 are dropped (nothing to be seen);
8 have second settings; 12 have other first labels than expected (pre_over_shard: a curriculum that never came to its second part).
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR, G, LG = ("loss",), ("loss", "lr"), ("loss", "grad_norm"), ("loss", "lr", "grad_norm")
V, VR, VG = ("loss", "val_loss"), ("loss", "val_loss", "lr"), ("loss", "grad_norm", "val_loss")
A, P, PL = ("loss", "acc", "val_loss", "val_acc"), ("ppl", "val_ppl"), ("ppl", "lr", "val_ppl")
FULL = ("loss", "ppl", "grad_norm", "lr")
B = ("loss", "val_loss", "val_bpb")
WORD = {"level": "word"}
BARE = {"norm": "none"}
CLIPPED = {"clipped": "grad_norm"}
OLMO = {"loss": "train/CE loss", "ppl": "train/PPL", "grad_norm": "optim/total grad norm", "lr": "optim/LR (group 0)"}

SEEN: dict[str, str | None] = {
    "pre_high_drop": "learning-rate-too-high | noisy-loss underfitting saturated-early | small-validation-set",
    "pre_high_calm": "learning-rate-too-high | noisy-loss underfitting saturated-early loss-spikes | loss-jump",
    "pre_high_bare": "diverging exploding-gradients learning-rate-too-high loss-jump loss-spikes | wrong-initial-loss slow-start noisy-loss",
    "pre_high_signs": "learning-rate-too-high | noisy-loss loss-spikes loss-jump underfitting saturated-early | diverging not-learning",
    "pre_high_wsd": "learning-rate-too-high | noisy-loss underfitting saturated-early loss-spikes | loss-jump diverging",
    "pre_slow_deep": None,
    "pre_slow_warm": "diverging learning-rate-too-high | loss-jump exploding-gradients slow-start",
    "pre_over_word": "overfitting severe-overfitting | saturated-early",
    "pre_over_mild": "overfitting | still-improving | severe-overfitting",
    "pre_over_sources": "overfitting | saturated-early noisy-loss | severe-overfitting underfitting",
    "pre_over_severe": "overfitting severe-overfitting | saturated-early",
    "pre_disagree": "overfitting | loss-metric-disagreement saturated-early | severe-overfitting",
    "pre_under_head": "underfitting healthy | saturated-early",
    "pre_under_torn": "underfitting frozen-metric not-learning | saturated-early",
    "pre_under_thin": "underfitting healthy | saturated-early",
    "pre_dead": "dead-units | still-improving | frozen-metric",
    "pre_summed": "wrong-initial-loss | noisy-loss still-improving | exploding-gradients",
    "pre_start_tied": "wrong-initial-loss | saturated-early underfitting",
    "pre_ascent": "diverging | loss-jump exploding-gradients learning-rate-too-high",
    "pre_shifted": "loss-jump loss-spikes | | overfitting severe-overfitting diverging",
    "pre_other_text": "loss-jump | loss-spikes | diverging",
    "pre_order": "unshuffled-data | noisy-loss loss-spikes epoch-steps still-improving",
    "pre_order_two": "unshuffled-data | noisy-loss loss-spikes epoch-steps | learning-rate-too-high",
    "pre_shrink": "regularisation-dominates | underfitting saturated-early still-improving loss-term-imbalance | wrong-initial-loss",
    "pre_z": "loss-term-imbalance wrong-initial-loss | still-improving regularisation-dominates | slow-start",
    "pre_two_ahead": "loss-term-imbalance | wrong-initial-loss underfitting still-improving overfitting | severe-overfitting diverging",
    "pre_explode": None,
    "pre_vanish": "vanishing-gradients underfitting not-learning | saturated-early activation-collapse",
    "pre_collapse": "activation-collapse underfitting not-learning | saturated-early vanishing-gradients",
    "pre_ratio_high": "learning-rate-too-high update-ratio | noisy-loss underfitting saturated-early | diverging",
    "pre_clip": "clipping-saturated | learning-rate-too-low still-improving | frozen-metric",
    "pre_warm_forever": "learning-rate-too-low learning-rate-schedule | still-improving slow-start",
    "pre_rewarm": "learning-rate-schedule learning-rate-too-high | loss-jump noisy-loss loss-spikes diverging",
    "pre_ok_slow": "healthy | still-improving noisy-loss | learning-rate-too-low overfitting small-validation-set",
    "pre_ok_bump": "loss-spikes healthy | still-improving | loss-jump exploding-gradients",
    "pre_ok_bump_two": "healthy | still-improving",
    "pre_over_shard": "severe-overfitting overfitting | still-improving saturated-early diverging",
    "pre_ok_clip": "healthy clipping-saturated | still-improving",
    "pre_ok_waves": "healthy | still-improving saturated-early | loss-spikes",
    "pre_ok_memorise": "healthy | saturated-early still-improving | loss-spikes",
}

CONFIGURATIONS = (
    # rates
    ill("pre_high_drop", "AdamW at 0.1, cut to a twentieth at 70 %; no rate in the log", "learning-rate-too-high", "noisy-loss", peak=0.1, plan="drop:0.7", clip=0, marks=V, updates=320, dialect="golf_log"),
    ill("pre_high_calm", "AdamW at 0.3, means of ten updates, cut at 65 %", "learning-rate-too-high", "noisy-loss underfitting", peak=0.3, plan="drop:0.65", clip=0, every=10, mean=True, marks=LR, updates=320, dialect="nanotron_log"),
    ill("pre_high_bare", "0.1 without any normalisation, cut at 70 %", "learning-rate-too-high", "loss-spikes noisy-loss", peak=0.1, plan="drop:0.7", clip=0, model=BARE, marks=LG, updates=320, dialect="lingua_log"),
    ill("pre_high_signs", "steps of signs at 0.05, cut at 60 %", "learning-rate-too-high", "noisy-loss", optimiser="signs", peak=0.05, plan="drop:0.6", marks=L, updates=320, dialect="maxtext_log"),
    ill("pre_high_wsd", "a stable phase at 0.15, then down", "learning-rate-too-high", "noisy-loss", peak=0.15, plan="wsd:0.2", every=10, dev_every=20, mean=True, marks=VR, updates=320, dialect="olmo_panel_csv"),
    ill("pre_low_adam", "3e-5 all along", "learning-rate-too-low", "still-improving", peak=3e-5, plan="flat", marks=VR, updates=320, dialect="llama2c_log"),
    ill("pre_low_sgd", "plain SGD at 3e-3", "learning-rate-too-low", "still-improving", optimiser="sgd", peak=3e-3, plan="flat", warm=0, marks=G, updates=320, dialect="megatron_log"),
    ill("pre_low_moderate", "2e-4 where 3e-3 would do", "learning-rate-too-low", "still-improving", peak=1.5e-4, plan="flat", marks=FULL, rename=OLMO, updates=280, dialect="olmo_core_log"),
    ill("pre_slow_tiny", "weights drawn with 0.002, no normalisation", "slow-start", "still-improving", model={**BARE, "std": 0.004}, peak=1.5e-4, plan="flat", warm=0, marks=VR, updates=320, dialect="llama2c_log"),
    ill("pre_slow_deep", "a chain of states, small weights, momentum", "slow-start", "still-improving", corpus="chain:48:2.5", model={"std": 0.02, "width": 24}, optimiser="momentum", peak=0.03, plan="flat", every=6, mean=True, marks=L, updates=300, dialect="tokens_seen_csv"),
    ill("pre_slow_warm", "the rate grows by 2.5 % every update", "diverging learning-rate-too-high", "loss-jump exploding-gradients", corpus="sources", peak=3e-3, optimiser="adam", model={"std": 0.02}, plan="gamma:1.025", warm=0, marks=V, updates=320, dialect="nanogpt_eval"),
    # generalisation
    ill("pre_over_mild", "12,000 letters", "overfitting", "severe-overfitting", letters=9000, read="epochs", model={"width": 48}, peak=4e-3, marks=V, updates=280, dialect="nanogpt_eval"),
    ill("pre_over_word", "words, 14,000 letters", "overfitting", "severe-overfitting", **WORD, letters=12_000, read="epochs", model={"width": 48}, peak=4e-3, marks=P, updates=240, dialect="perplexities_log"),
    ill("pre_over_sources", "a few files of sources, over and over", "overfitting", "severe-overfitting", corpus="sources", letters=9000, model={"width": 40}, peak=4e-3, marks=A, updates=240, dialect="json_lines"),
    ill("pre_over_severe", "2,500 letters", "severe-overfitting overfitting", "loss-metric-disagreement", letters=1400, model={"width": 56}, peak=5e-3, plan="flat", marks=V, updates=340, dialect="llm_foundry_log"),
    ill("pre_disagree", "few tales; accuracy held out goes on rising", "loss-metric-disagreement overfitting", "severe-overfitting", letters=2200, model={"width": 48}, peak=6e-3, plan="flat", marks=A, updates=320, dev_every=16, dialect="json_lines"),
    ill("pre_under_head", "only the head is trained, the rest frozen", "underfitting", "saturated-early", flaw="only_head", peak=2e-2, marks=V, updates=280, dialect="nanogpt_eval"),
    ill("pre_under_torn", "targets belong to the next row", "underfitting not-learning", "saturated-early", flaw="pairs_torn", marks=A, updates=280, every=10, dev_every=20, dialect="step_or_epoch_csv"),
    ill("pre_under_thin", "width 4", "underfitting", "saturated-early", model={"width": 4, "heads": 1, "layers": 1}, peak=1e-2, marks=VR, updates=300, every=10, dialect="llama2c_log"),
    ill("pre_dev_one", "one held-out row, drawn anew", "small-validation-set", "noisy-loss", flaw="dev_anew", dev_rows=1, dev_every=8, every=8, mean=True, marks=V, dialect="golf_log"),
    ill("pre_dev_two", "two held-out rows of words, drawn anew", "small-validation-set", "", **WORD, flaw="dev_anew", dev_rows=2, dev_every=10, every=10, mean=True, marks=A, dialect="step_or_epoch_csv"),
    ill("pre_dropout", "dropout 0.4", "validation-better-than-training healthy", "", model={"drop": 0.4}, peak=4e-3, every=10, mean=True, dev_every=20, marks=V, dialect="nanogpt_eval"),
    ill("pre_stale", "the evaluated copy is the one of the start", "frozen-metric", "", flaw="stale", marks=VR, every=10, dev_every=20, dialect="olmo_panel_csv"),
    ill("pre_stale_word", "words, the evaluator keeps its first figures", "frozen-metric", "", **WORD, flaw="dev_exhausted", marks=("loss", "val_loss", "val_ppl"), every=10, dev_every=20, dialect="nanotron_log"),
    # start
    ill("pre_start_head", "a head drawn 25 times too wide", "wrong-initial-loss", "", model={"head": 25.0}, marks=L, every=4, updates=240, options={"classes": 96}, dialect="build_nanogpt"),
    ill("pre_start_tied", "tied to embeddings drawn from N(0, 1)", "wrong-initial-loss", "", model={"tie": True, "std": 1.0}, marks=V, peak=1e-2, every=4, options={"classes": 96}, dialect="modded_nanogpt_log"),
    ill("pre_summed", "the losses of a batch are added up", "wrong-initial-loss", "", flaw="summed", marks=G, every=5, updates=280, options={"classes": 96}, dialect="nanotron_log"),
    # nothing is learnt
    ill("pre_other_params", "the optimiser has another model's parameters", "not-learning", "noisy-loss", flaw="other_parameters", marks=LG, updates=240, dialect="lingua_log"),
    ill("pre_never", "the scaler skips every step", "not-learning", "frozen-metric", flaw="never_stepped", marks=V, updates=240, dialect="litgpt_log"),
    ill("pre_cipher", "the shards are still compressed", "not-learning", "saturated-early", corpus="noise", marks=FULL, rename=OLMO, updates=240, model={"std": 0.02}, dialect="olmo_core_log"),
    # jumps, spikes, noise
    ill("pre_ascent", "a sign lost in a merge at 60 %", "diverging", "loss-jump", flaw="ascent", at=0.6, size=0.4, optimiser="momentum", peak=0.05, plan="flat", marks=VG, dialect="torchtitan_log"),
    ill("pre_half", "an own cross-entropy in half precision", "non-finite-loss", "", flaw="own_half_log", peak=0.004, warm=60, clip=0, model={"head": 9.0}, every=2, marks=LG, dialect="lingua_log"),
    ill("pre_other_text", "the second shard is of another kind", "loss-jump", "", flaw="other_text", marks=L, dialect="maxtext_log"),
    ill("pre_shifted", "another tokenizer after the restart", "loss-jump loss-spikes", "", flaw="shifted_numbers", at=0.6, size=7, marks=VR, updates=280, every=5, dialect="olmo_panel_csv"),
    ill("pre_junk", "one batch in thirty is garbage", "loss-spikes", "noisy-loss", flaw="junk", at=0.15, size=0.033, marks=L, every=1, updates=260, dialect="tokens_seen_csv"),
    ill("pre_noisy_row", "one row of 8 letters", "noisy-loss", "still-improving", rows=1, ctx=8, peak=5e-4, plan="flat", every=4, updates=300, marks=L, dialect="nanogpt_eval"),
    ill("pre_order", "three kinds of documents, never mixed", "unshuffled-data", "noisy-loss loss-spikes", corpus="tales+sums+receipts", letters=21_000, read="order", peak=1.5e-3, plan="flat", every=2, updates=280, marks=L, dialect="tokens_seen_csv"),
    ill("pre_order_two", "sources after tales, read as they lie", "unshuffled-data", "noisy-loss loss-spikes", corpus="tales+sources", letters=24_000, read="order", peak=2e-3, every=2, updates=280, marks=LR, dialect="nanotron_log"),
    # inside
    ill("pre_z", "the z loss weighs 3", "loss-term-imbalance", "wrong-initial-loss underfitting still-improving", z=3.0, marks=("loss", "ce", "z"), rename={"ce": "train/CE loss", "z": "train/Z loss", "loss": "train/loss"}, updates=260, dialect="json_lines"),
    ill("pre_two_ahead", "the token after the next weighs 40", "loss-term-imbalance", "wrong-initial-loss underfitting", later=40.0, marks=("loss", "ce", "two", "val_loss"), rename={"ce": "loss_next", "two": "loss_second"}, updates=260, dialect="step_or_epoch_csv"),
    ill("pre_shrink", "sum of squares times 0.03", "regularisation-dominates", "underfitting still-improving loss-term-imbalance", shrink=0.03, marks=("loss", "ce", "reg"), rename={"ce": "lm_loss", "reg": "l2_loss"}, updates=280, dialect="json_lines"),
    ill("pre_explode", "deep, wide draw, no normalisation, momentum, no clipping", "exploding-gradients diverging non-finite-loss learning-rate-too-high", "loss-spikes noisy-loss wrong-initial-loss loss-jump", model={**BARE, "layers": 5, "std": 0.2, "width": 24}, optimiser="momentum", peak=0.04, plan="flat", clip=0, every=5, updates=260, marks=G, dialect="torchtitan_log"),
    ill("pre_vanish", "no residual ways, five layers of tanh", "vanishing-gradients not-learning", "underfitting saturated-early activation-collapse", model={**BARE, "layers": 5, "skip": False, "act": "tanh", "width": 24}, marks=("loss", "grad"), rename={f"grad/{i}": f"grad_norm/layers.{i}" for i in range(5)}, every=10, updates=200, dialect="json_lines"),
    ill("pre_collapse", "no residual ways: activations shrink layer by layer", "activation-collapse not-learning", "underfitting saturated-early vanishing-gradients", model={**BARE, "layers": 5, "skip": False, "std": 0.1, "width": 24}, marks=("loss", "std"), rename={f"std/{i}": f"act_std/layer_{i}" for i in range(5)}, every=10, updates=200, dialect="step_or_epoch_csv"),
    ill("pre_ratio_high", "0.2", "update-ratio learning-rate-too-high", "noisy-loss underfitting", peak=0.2, plan="flat", clip=0, marks=("loss", "ratio"), rename={"ratio": "update_ratio"}, updates=260, dialect="json_lines"),
    ill("pre_dead", "biases of ReLU at -3", "dead-units", "underfitting", model={"act": "relu", "sunk": 3.0}, marks=("loss", "val_loss", "dead"), rename={f"dead/{i}": f"dead_frac/layer{i}" for i in range(2)}, every=10, dev_every=20, updates=260, dialect="json_lines"),
    ill("pre_clip", "clipped at 0.02, SGD", "clipping-saturated", "learning-rate-too-low still-improving", optimiser="sgd", peak=0.4, clip=0.04, plan="flat", marks=("loss", "clipped", "lr"), rename=CLIPPED, updates=280, dialect="lingua_log"),
    ill("pre_early", "the schedule counts a fifth of the run", "learning-rate-schedule", "saturated-early underfitting", plan="early:0.2", marks=VR, every=10, updates=280, dialect="llama2c_log"),
    ill("pre_warm_forever", "a warm-up of 20,000 steps", "learning-rate-schedule learning-rate-too-low", "still-improving", warm=20_000, peak=3e-3, plan="flat", marks=LG, dialect="lingua_log"),
    ill("pre_rewarm", "the rate goes up again at 60 %, threefold", "learning-rate-schedule", "loss-jump learning-rate-too-high noisy-loss loss-spikes", plan="rewarm:0.6", peak=0.02, clip=0, model=BARE, marks=LR, dialect="nanotron_log"),
    # healthy
    well("pre_ok_plain", "plain", marks=V, also="still-improving", dialect="nanogpt_eval"),
    well("pre_ok_plain_word", "plain, words", **WORD, marks=VR, also="still-improving saturated-early", dialect="llama2c_log"),
    well("pre_ok_slow", "the slow, almost straight fall of a short run", corpus="sources", model={"width": 24}, peak=1.2e-3, warm=5, every=10, updates=260, marks=V, also="still-improving", excused="learning-rate-too-low", dialect="litgpt_log"),
    well("pre_ok_straight", "a tail that falls straight: continued past the steep part", corpus="sources", letters=200_000, peak=1.5e-3, plan="flat", warm=10, rows=24, updates=260, every=5, mean=True, marks=FULL, rename=OLMO, also="still-improving", excused="learning-rate-too-low", dialect="olmo_core_log"),
    well("pre_ok_wsd", "warm-up, stable, down in the last fifth: the loss drops there", plan="wsd:0.2", floor=0.0, peak=5e-3, updates=300, every=10, mean=True, marks=LR, also="still-improving", dialect="nanotron_log"),
    well("pre_ok_ppl", "perplexities only: from 200 to a few", **WORD, marks=P, also="still-improving saturated-early", excused="wrong-initial-loss", dialect="perplexities_log"),
    well("pre_ok_tokens", "tokens instead of steps", marks=("loss", "val_loss", "lr", "tokens"), also="still-improving", dialect="tokens_seen_csv"),
    well("pre_ok_mfu", "MFU, TPS and tokens among the columns", corpus="receipts", marks=("loss", "ppl", "grad_norm", "lr", "tokens"), also="still-improving", dialect="olmo_panel_csv"),
    well("pre_ok_bump", "a bump of the loss in mid run that is gone after a few steps", flaw="rate", at=0.5, until=0.515, size=14.0, peak=5e-3, clip=0, every=4, marks=LG, updates=300, also="still-improving loss-spikes", dialect="nanotron_log"),
    well("pre_ok_bump_two", "a garbage batch or two in a long run", flaw="junk", at=0.3, until=0.5, size=0.03, every=4, updates=280, marks=L, also="still-improving loss-spikes", dialect="megatron_log"),
    well("pre_ok_chain", "a Markov chain: a high honest floor", corpus="chain:64:1.5", marks=V, also="still-improving saturated-early", excused="underfitting", dialect="modded_nanogpt_log"),
    well("pre_ok_sums", "sums: random digits are a floor; exact answers come late", corpus="sums", peak=5e-3, updates=280, every=12, dev_every=48, marks=("loss", "val_loss", "val_acc"), also="saturated-early still-improving", excused="underfitting", dialect="json_lines"),
    well("pre_ok_small_rows", "two rows: ragged, honest", rows=2, peak=1.5e-3, updates=300, every=8, marks=LR, also="still-improving", excused="noisy-loss", dialect="build_nanogpt"),
    well("pre_ok_restarts", "warm restarts", plan="restarts:75", peak=6e-3, updates=300, every=8, mean=True, marks=LR, also="still-improving", excused="loss-spikes", dialect="llama2c_log"),
    well("pre_ok_waves", "cyclical rate", plan="waves:60", peak=8e-3, **WORD, updates=240, every=8, marks=LG, also="still-improving", excused="loss-spikes", dialect="lingua_log"),
    well("pre_ok_stairs", "the rate times 0.3 three times", plan="stairs:0.28", peak=8e-3, updates=280, every=9, mean=True, marks=VR, dev_every=36, also="still-improving", dialect="olmo_panel_csv"),
    well("pre_ok_average", "the held-out loss of a moving average lags at first", average=0.96, marks=V, every=10, dev_every=10, also="still-improving", excused="overfitting", dialect="golf_log"),
    well("pre_ok_smooth", "label smoothing 0.1: a high floor, held out lower", smoothing=0.1, marks=V, also="still-improving validation-better-than-training", dialect="modded_nanogpt_log"),
    ill("pre_over_shard", "only the first shard is ever read; held out is of all", "severe-overfitting overfitting", "still-improving", corpus="sums+receipts", letters=420_000, dev_corpus="sums+receipts", read="order", rows=16, peak=3e-3, updates=300, every=10, mean=True, marks=V, dev_every=40, dialect="nanogpt_eval"),
    well("pre_ok_clip", "clipped at 1 at first, never later", clip=1.0, peak=3e-3, marks=("loss", "clipped", "lr"), rename=CLIPPED, also="still-improving", excused="clipping-saturated", dialect="nanotron_log"),
    well("pre_ok_sgd", "plain SGD falls steadily and slowly", optimiser="sgd", peak=0.4, plan="linear", warm=0, updates=280, marks=V, also="still-improving", dialect="golf_log"),
    well("pre_ok_short", "sixty updates, every one", updates=60, every=2, peak=6e-3, warm=5, marks=LR, also="still-improving", dialect="nanotron_log"),
    well("pre_ok_memorise", "on purpose a small text to the end: near zero, jitters", letters=600, ctx=24, model={"width": 48}, peak=4e-3, plan="linear", updates=320, every=10, marks=L, also="saturated-early", excused="loss-spikes", dialect="maxtext_log"),
    well("pre_ok_long", "2,800 updates", model={"width": 16, "layers": 1}, rows=8, ctx=24, peak=3e-3, updates=2800, every=25, dev_every=500, marks=V, seeds=1, also="saturated-early still-improving", excused="noisy-loss", dialect="golf_log"),
    well("pre_ok_root", "one over the root after the warm-up", plan="root", warm=40, peak=5e-3, **WORD, marks=LR, also="still-improving saturated-early", dialect="tokens_seen_csv"),
    well("pre_ok_plain_rate", "plain, rate and norms", marks=LG, also="still-improving", dialect="lingua_log"),
    well("pre_ok_plain_loss", "plain, the loss only", corpus="receipts", marks=L, also="still-improving", dialect="maxtext_log"),
    well("pre_ok_plain_titan", "plain, norms, throughput", peak=2e-3, marks=VG, updates=240, also="still-improving", dialect="torchtitan_log"),
    well("pre_ok_drop", "a little dropout, held out lower", model={"drop": 0.1}, every=10, mean=True, dev_every=20, marks=A, also="still-improving validation-better-than-training", dialect="step_or_epoch_csv"),
    well("pre_ok_z", "a small z loss as it should be", z=1e-4, marks=("loss", "ce", "z", "lr"), rename={"loss": "train/loss", "ce": "train/CE loss", "z": "train/Z loss"}, also="still-improving", excused="loss-term-imbalance", dialect="json_lines"),
    well("pre_ok_wsd_val", "stable, then down, words, evaluated", **WORD, plan="wsd:0.25", floor=0.02, peak=4e-3, updates=280, every=10, dev_every=40, marks=VR, also="still-improving saturated-early", dialect="olmo_panel_csv"),
    well("pre_ok_ppl_rate", "perplexities of letters and the rate", corpus="tales", marks=PL, updates=240, also="still-improving", excused="wrong-initial-loss", dialect="perplexities_log"),
    well("pre_ok_gather", "gathered over two, calm", rows=8, gather=2, peak=4e-3, updates=200, marks=G, also="still-improving", dialect="build_nanogpt"),
    well("pre_ok_plain_neox", "plain, letters of receipts, norms nowhere", corpus="receipts", peak=1.5e-3, updates=280, marks=VR, also="still-improving", dialect="neox_log"),
)  # fmt: skip

FAMILY = Family(
    name="tiny_pretrain",
    script="tiny_pretrain",
    data="made-up tales, sums, receipts, Markov chains and sources of the standard library",
    model="small decoder-only transformers",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
