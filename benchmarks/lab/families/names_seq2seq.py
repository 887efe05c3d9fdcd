"""Names letter by letter: vowels put back, camels to snakes, dates, codes by heart, lines of source.

SEEN holds what the pictures showed where that is not only what was expected. Of 83 configurations none is dropped; nine have their
second settings, as the first left no trace (or only NaN). The first labels of 31 were changed: 2 faults are
healthy to the eye, in 2 more none of the expected labels was left, the others have more or fewer.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, V, LR, N = ("loss",), ("loss", "val_loss"), ("loss", "lr"), ("loss", "grad_norm")
VL, VA, VB = (*V, "lr"), ("loss", "acc", "val_loss", "val_acc"), (*V, "val_bleu")
P, PP = ("loss", "ppl"), ("loss", "ppl", "val_loss", "val_ppl")
NLL = ("loss", "nll_loss", "val_loss", "val_nll_loss")
BITS = {"bits": "loss", "nll_bits": "nll_loss", "val_bits": "val_loss", "val_nll_bits": "val_nll_loss"}
FS = {"show": ("bits", "nll_bits", "ppl", "lr", "grad_norm", "val_bits", "val_nll_bits", "val_ppl"), "names": BITS}
TF, RNN = {"kind": "tf"}, {"kind": "rnn"}
EXP = {"task": "expand", "net": TF, "rows": 640}
SNA = {"task": "snake", "net": TF, "rows": 640}
GRU = {"task": "expand", "net": {"dim": 40}, "rows": 512}
DAT = {"task": "dates", "net": TF, "rows": 512}
COD = {"task": "codes", "net": TF, "rows": 512}
LIN = {"task": "lines", "net": TF, "rows": 800}

SEEN: dict[str, str | None] = {
    "ns_high_tf": "learning-rate-too-high | underfitting noisy-loss loss-spikes saturated-early diverging",
    "ns_high_dates": "wrong-initial-loss learning-rate-too-high | loss-spikes noisy-loss still-improving",
    "ns_high_lines": "overfitting learning-rate-too-high | still-improving",
    "ns_high_mild": "learning-rate-too-high loss-spikes | wrong-initial-loss noisy-loss saturated-early underfitting",
    "ns_slow_small": "slow-start learning-rate-too-low still-improving",
    "ns_slow_snake": "slow-start learning-rate-too-low still-improving",
    "ns_stairs_codes": "noisy-loss | still-improving saturated-early underfitting",
    "ns_diverge_ascent": "non-finite-loss | diverging exploding-gradients",
    "ns_explode_grow": "exploding-gradients diverging learning-rate-too-high loss-spikes | loss-jump noisy-loss",
    "ns_explode_resumed": "loss-jump exploding-gradients loss-spikes | learning-rate-too-high noisy-loss diverging",
    "ns_low_lines": "healthy learning-rate-too-low | still-improving underfitting",
    "ns_over_lines": "overfitting | still-improving",
    "ns_over_tuned": "overfitting severe-overfitting | loss-metric-disagreement",
    "ns_order_length": "unshuffled-data | noisy-loss loss-spikes still-improving",
    "ns_order_snake": "healthy unshuffled-data | loss-spikes saturated-early",
    "ns_order_lines": "unshuffled-data | noisy-loss saturated-early still-improving",
    "ns_not_step": "not-learning frozen-metric | noisy-loss",
    "ns_not_noise": "learning-rate-too-low not-learning | noisy-loss still-improving underfitting",
    "ns_first_tied": "wrong-initial-loss | overfitting still-improving",
    "ns_first_last": "wrong-initial-loss | saturated-early",
    "ns_slow_dates": "slow-start healthy still-improving",
    "ns_stairs_lines": "epoch-steps noisy-loss | still-improving",
    "ns_apart_spaces": "frozen-metric loss-metric-disagreement | saturated-early",
    "ns_apart_sure": "overfitting | loss-metric-disagreement severe-overfitting",
    "ns_better_feed": "healthy validation-better-than-training | saturated-early",
    "ns_tiny_val": "small-validation-set | overfitting",
    "ns_tiny_lines": "small-validation-set | overfitting still-improving",
    "ns_tiny_snake": "healthy | small-validation-set still-improving",
    "ns_under_narrow": "underfitting | still-improving saturated-early",
    "ns_under_pairs": "overfitting underfitting | still-improving",
    "ns_under_decay": "underfitting not-learning saturated-early | frozen-metric",
    "ns_noisy_two": "noisy-loss | saturated-early loss-spikes",
    "ns_noisy_expand": "noisy-loss | still-improving",
    "ns_noisy_codes": "noisy-loss saturated-early healthy | underfitting",
    "ns_jump_letters": "loss-jump | loss-spikes still-improving",
    "ns_jump_feed": "healthy | loss-jump loss-spikes saturated-early",
    "ns_jump_text": "loss-jump loss-spikes",
    "ns_jump_rate": "loss-jump learning-rate-too-high diverging | learning-rate-schedule noisy-loss loss-spikes",
    "ns_diverge_rms": "diverging learning-rate-too-high loss-spikes | loss-jump",
    "ns_explode_rate": "learning-rate-too-high noisy-loss learning-rate-schedule exploding-gradients | loss-spikes underfitting diverging",
    "ns_rate_noam": "learning-rate-schedule learning-rate-too-low slow-start | still-improving",
    "ns_dead_bias": "dead-units healthy | still-improving",
    "ns_dead_rate": "learning-rate-too-high dead-units diverging wrong-initial-loss | noisy-loss loss-spikes underfitting not-learning loss-jump",
    "ns_dead_lines": "dead-units | overfitting still-improving",
    "ns_short_gru": "still-improving healthy",
    "ns_short_steps": "still-improving | noisy-loss",
    "ns_spent_lines": "saturated-early underfitting | overfitting",
    "ns_tuned": "healthy | | noisy-loss not-learning learning-rate-too-low",
    "ns_tuned_eval": "healthy | overfitting | noisy-loss",
    "ns_pads": "healthy | still-improving",
    "ns_summed": "healthy | | wrong-initial-loss",
    "ns_stairs_rate": "healthy | | overfitting",
    "ns_long_tail": "healthy | saturated-early | overfitting",
}

CONFIGURATIONS = (
    # rates
    ill("ns_high_tf", "Adam at 0.03, cut in the last quarter", "learning-rate-too-high", "underfitting noisy-loss", **EXP, lr=0.03, cut=0.7, epochs=10, every=4, show=LR, dialect="joeynmt_log"),
    ill("ns_high_dates", "Adam at 0.06 for dates, cut late", "learning-rate-too-high", "noisy-loss loss-spikes", **DAT, lr=0.06, cut=0.7, epochs=16, show=VL, dialect="keras_verbose_two"),
    ill("ns_high_lines", "Adam at 0.04, cut late", "learning-rate-too-high", "underfitting noisy-loss loss-spikes", **LIN, lr=0.04, cut=0.65, epochs=12, show=PP, dialect="notebook_prints"),
    ill("ns_high_mild", "Adam at 0.04 for snakes, cut late", "learning-rate-too-high", "noisy-loss loss-spikes", **SNA, lr=0.04, cut=0.65, epochs=10, every=4, show=LR, dialect="seq2seq_trainer_dicts"),
    ill("ns_low_snake", "Adam at 3e-5", "learning-rate-too-low", "still-improving underfitting", **SNA, lr=3e-5, epochs=10, show=PP, dialect="notebook_prints"),
    ill("ns_low_dates", "Adam at 2e-5", "learning-rate-too-low", "still-improving underfitting", **DAT, lr=2e-5, epochs=15, show=VA, dialect="keras_verbose_two"),
    ill("ns_low_lines", "Adagrad at 1e-3", "learning-rate-too-low", "still-improving underfitting", **LIN, opt="adagrad", lr=1e-3, epochs=9, show=VL, dialect="allennlp_console"),
    # memorising
    ill("ns_over_expand", "512 names", "overfitting", "", task="expand", net=TF, rows=512, epochs=14, show=PP, dialect="notebook_prints"),
    ill("ns_over_lines", "640 lines", "overfitting", "", task="lines", net=TF, rows=640, epochs=10, lr=3e-3, show=VL, dialect="allennlp_console"),
    ill("ns_over_tuned", "fine-tuned too long on few names", "overfitting", "", task="expand", net=TF, rows=192, start="expand", lr=1e-3, epochs=10, batch=24, show=VB, dialect="seq2seq_trainer_dicts"),
    ill("ns_severe_expand", "200 names for 40 epochs", "severe-overfitting", "overfitting", task="expand", net=TF, rows=192, epochs=34, show=V, dialect="sockeye_log"),
    ill("ns_severe_codes", "names have nothing to do with the codes", "severe-overfitting", "overfitting", task="codes", net=TF | {"dim": 64}, rows=320, epochs=38, lr=5e-3, show=PP, dialect="notebook_prints"),
    ill("ns_severe_tuned", "fine-tuned at a high rate on 96 names", "severe-overfitting overfitting", "", task="expand", net=TF, rows=96, batch=16, start="expand", lr=4e-3, epochs=19, show=VL, dialect="seq2seq_trainer_dicts"),
    # order
    ill("ns_order_length", "sorted by length, the same each epoch", "unshuffled-data", "noisy-loss", **(EXP | {"rows": 960}), order="length", batch=24, epochs=8, every=2, show=L, dialect="minutes_prints"),
    ill("ns_order_lines", "lines in the order of the files", "unshuffled-data healthy", "noisy-loss", **(LIN | {"rows": 1200}), order="file", batch=24, epochs=8, every=2, lr=2e-3, show=N, dialect="seq2seq_trainer_dicts"),
    ill("ns_order_snake", "sorted by length, camels", "unshuffled-data", "noisy-loss", **(SNA | {"rows": 960}), order="length", batch=24, epochs=8, every=2, lr=1e-3, show=P, dialect="nmt_tutorial_log"),
    # nothing is learnt
    ill("ns_not_step", "optimizer.step() forgotten", "not-learning", "noisy-loss", **EXP, fault="no_step", epochs=8, show=PP, dialect="notebook_prints"),
    ill("ns_not_detached", "the loss is detached", "not-learning", "vanishing-gradients noisy-loss", **DAT, fault="detached", epochs=8, every=4, show=N, dialect="seq2seq_trainer_dicts"),
    ill("ns_not_noise", "targets were decoded with another table: random letters", "not-learning", "noisy-loss overfitting", **(EXP | {"rows": 960}), fault="no_alphabet", lr=1e-3, epochs=6, every=4, show=L, dialect="minutes_prints"),
    # the beginning
    ill("ns_first_tied", "tied letters from N(0, 1), not scaled", "wrong-initial-loss", "", **(EXP | {"net": TF | {"tied_std": 1.5}}), epochs=10, show=PP, options={"classes": 68}, dialect="notebook_prints"),
    ill("ns_first_last", "last layer thirty times too large", "wrong-initial-loss", "", **(SNA | {"net": TF | {"last": 30.0}}), epochs=10, every=4, show=L, dialect="slash_prints"),
    ill("ns_slow_small", "warm-up of 3,000 updates, not logged", "slow-start learning-rate-too-low", "still-improving", **EXP, rate=("flat", 3000, 0), lr=1e-3, epochs=12, every=4, show=L, dialect="minutes_prints"),
    ill("ns_slow_dates", "recurrent without a start: long at the letters' frequencies", "slow-start", "", task="dates", net={"dim": 40, "gain": 0.3}, rows=512, lr=3e-3, epochs=15, show=VA, dialect="keras_verbose_two"),
    ill("ns_slow_snake", "Noam with 8,000 updates of warm-up, not logged", "slow-start learning-rate-too-low", "still-improving", **SNA, rate=("noam", 8000, 0), lr=0.012, epochs=12, show=V, dialect="allennlp_console"),
    # stairs
    ill("ns_stairs_codes", "codes learnt by heart", "epoch-steps", "", task="codes", net=TF | {"dim": 96}, rows=160, batch=8, epochs=11, every=1, lr=4e-3, show=L, dialect="logfmt"),
    ill("ns_stairs_lines", "few lines, a wide net", "epoch-steps", "", task="lines", net=TF | {"dim": 128}, rows=480, batch=16, epochs=8, every=2, lr=4e-3, show=LR, dialect="opennmt_tf_log"),
    # loss and metric
    ill("ns_apart_spaces", "BLEU compares letters with spaces to names without: 0", "frozen-metric loss-metric-disagreement", "", **SNA, fault="bleu_spaces", epochs=9, show=VB, dialect="seq2seq_trainer_dicts"),
    ill("ns_apart_pads", "exact match compares the padding too: 0", "frozen-metric loss-metric-disagreement", "", **DAT, fault="pads_compared", epochs=9, show=("loss", "val_loss", "val_exact"), dialect="keras_verbose_two"),
    ill("ns_apart_sure", "over-sure: the loss turns, letters get better", "loss-metric-disagreement overfitting severe-overfitting", "", task="expand", net=TF, rows=640, epochs=16, lr=5e-3, show=VA, dialect="sacred_metrics_json"),
    ill("ns_stale", "the first checkpoint is validated", "frozen-metric", "loss-metric-disagreement", **EXP, fault="stale", epochs=9, show=VB, dialect="joeynmt_log"),
    # validation
    ill("ns_better_dropout", "much dropout", "validation-better-than-training healthy", "still-improving", **(EXP | {"net": TF | {"dropout": 0.25}}), epochs=10, show=PP, dialect="notebook_prints"),
    ill("ns_better_smooth", "label smoothing in training only", "validation-better-than-training healthy", "", **SNA, smoothing=0.2, epochs=10, show=V, dialect="allennlp_console"),
    ill("ns_better_feed", "a third of the read letters is replaced in training", "validation-better-than-training healthy", "", **SNA, feed_noise=0.35, epochs=10, show=VA, dialect="keras_verbose_two"),
    ill("ns_tiny_val", "five names for validation, redrawn", "small-validation-set", "", **EXP, fault="redrawn", amount=5, epochs=18, lr=2e-3, show=VA, dialect="keras_verbose_two"),
    ill("ns_tiny_lines", "four lines for validation, redrawn", "small-validation-set", "", **(LIN | {"rows": 960}), fault="redrawn", amount=4, epochs=18, lr=1e-3, show=PP, dialect="notebook_prints"),
    ill("ns_tiny_snake", "three names for validation, redrawn", "small-validation-set", "", **SNA, fault="redrawn", amount=3, epochs=18, lr=5e-4, show=VB, dialect="sockeye_log"),
    # too little
    ill("ns_under_narrow", "four numbers a letter", "underfitting", "saturated-early", task="expand", net=TF | {"dim": 4}, rows=960, lr=8e-3, epochs=10, show=VA, dialect="keras_verbose_two"),
    ill("ns_under_pairs", "sources and targets in different orders: only a language model", "underfitting", "saturated-early overfitting", task="snake", net=TF, rows=960, fault="misaligned", lr=2e-3, epochs=9, show=PP, dialect="notebook_prints"),
    ill("ns_under_decay", "weight decay of 40", "underfitting", "saturated-early", **EXP, opt="adamw", decay=40.0, epochs=10, show=VA, dialect="allennlp_console"),
    ill("ns_noisy_two", "batches of two", "noisy-loss", "", **(LIN | {"rows": 600}), batch=2, epochs=1, every=1, lr=2e-3, show=L, dialect="slash_prints"),
    ill("ns_noisy_expand", "batches of two, expanded names", "noisy-loss", "", **(EXP | {"rows": 800}), batch=2, epochs=1, every=2, lr=2e-3, show=LR, dialect="joeynmt_log"),
    ill("ns_noisy_codes", "batches of two, codes", "noisy-loss not-learning", "", **(COD | {"rows": 600}), batch=2, epochs=1, every=1, lr=1e-3, show=N, dialect="logfmt"),
    # accidents
    ill("ns_spikes_garbage", "one batch in forty is binary rubbish", "loss-spikes", "", **(SNA | {"rows": 800}), fault="garbage", when=0.2, amount=0.03, epochs=10, every=2, lr=2e-3, show=LR, dialect="opennmt_tf_log"),
    ill("ns_spikes_dates", "one batch in forty is binary rubbish, dates", "loss-spikes", "exploding-gradients", **(DAT | {"rows": 800}), fault="garbage", when=0.25, amount=0.03, epochs=10, every=2, lr=1e-3, show=N, dialect="seq2seq_trainer_dicts"),
    ill("ns_jump_letters", "resumed with another table of letters", "loss-jump", "", **EXP, fault="other_vocabulary", when=0.5, amount=12, epochs=12, every=4, lr=2e-3, show=LR, dialect="joeynmt_log"),
    ill("ns_jump_feed", "scheduled sampling begins all at once", "loss-jump", "", **SNA, fault="feed_more", when=0.5, amount=0.6, epochs=12, every=4, lr=2e-3, show=L, dialect="hand_columns"),
    ill("ns_jump_text", "dates instead of names from the middle on", "loss-jump", "diverging", **(LIN | {"rows": 640}), fault="other_text", next="codes", when=0.6, epochs=10, every=4, show=P, lr=3e-3, dialect="nmt_tutorial_log"),
    ill("ns_jump_rate", "resumed at twenty times the rate", "loss-jump learning-rate-too-high diverging", "learning-rate-schedule noisy-loss", **EXP, fault="resumed", when=0.5, amount=30.0, lr=2e-3, epochs=10, every=4, show=LR, dialect="sockeye_log"),
    ill("ns_diverge_ascent", "the sign turns in a branch of the code", "diverging", "loss-jump exploding-gradients", **EXP, fault="ascent", when=0.6, lr=0.03, opt="sgd", epochs=12, show=V, dialect="notebook_prints"),
    ill("ns_diverge_rms", "RMSprop, the rate grows 2 % an update", "diverging learning-rate-too-high", "learning-rate-schedule loss-jump", **EXP, rate=("decay", 1.02, 0), opt="rmsprop", lr=3e-4, epochs=14, show=PP, dialect="notebook_prints"),
    ill("ns_explode_grow", "RMSprop, the rate grows 2 % an update", "exploding-gradients diverging learning-rate-too-high", "loss-spikes noisy-loss", **EXP, rate=("decay", 1.02, 0), opt="rmsprop", lr=6e-4, epochs=12, every=2, show=N, dialect="seq2seq_trainer_dicts"),
    ill("ns_explode_resumed", "resumed at forty times the rate", "exploding-gradients diverging loss-jump", "loss-spikes learning-rate-too-high noisy-loss", **SNA, fault="resumed", when=0.6, amount=40.0, lr=1e-3, epochs=12, every=2, show=N, dialect="json_lines"),
    ill("ns_explode_rate", "the rate grows, plain recurrent net", "exploding-gradients diverging learning-rate-too-high", "loss-spikes learning-rate-schedule", task="expand", net=RNN, rows=640, rate=("decay", 1.02, 0), opt="momentum", lr=0.01, epochs=10, every=4, show=(*N, "lr"), dialect="logfmt"),
    # schedules
    ill("ns_rate_noam", "warm-up of 40,000 updates", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", **EXP, rate=("noam", 40000, 0), lr=0.02, epochs=12, every=4, show=LR, dialect="joeynmt_log"),
    ill("ns_rate_batch", "0.97 an epoch, stepped every batch", "learning-rate-schedule", "underfitting saturated-early", **SNA, rate=("decay", 0.95, 0), lr=3e-3, epochs=10, show=VL, dialect="keras_verbose_two"),
    ill("ns_rate_spent", "linear to zero in a fifth", "learning-rate-schedule", "underfitting saturated-early", **LIN, rate=("linear", 0, 70), lr=3e-3, epochs=10, every=5, rare=25, show=("loss", "lr", "val_loss"), dialect="sockeye_log"),
    # inside
    ill("ns_dead_bias", "biases at -4 before the ReLU", "dead-units", "", **(EXP | {"net": TF | {"bias": -4.0}}), epochs=9, every=4, show=("loss", "dead"), names={"dead": "dead_relu"}, dialect="json_lines"),
    ill("ns_dead_rate", "a rate that kills ReLUs", "dead-units learning-rate-too-high", "underfitting noisy-loss", **EXP, opt="adam", lr=0.1, epochs=9, every=4, show=("loss", "dead"), names={"dead": "frac_dead"}, dialect="logfmt"),
    ill("ns_dead_lines", "biases at -5, lines", "dead-units", "", **(LIN | {"net": TF | {"bias": -5.0}}), epochs=8, show=("loss", "val_loss", "dead"), names={"dead": "dead_units"}, dialect="sacred_metrics_json"),
    # the end
    ill("ns_short_snake", "five epochs", "still-improving", "", task="snake", net=TF, rows=640, lr=8e-4, epochs=6, show=PP, dialect="notebook_prints"),
    ill("ns_short_gru", "stopped in the fall", "still-improving", "", **DAT, lr=8e-4, epochs=6, show=VA, dialect="keras_verbose_two"),
    ill("ns_short_steps", "stopped in the fall, by updates", "still-improving", "", **EXP, lr=7e-4, epochs=8, every=2, show=LR, dialect="joeynmt_log"),
    ill("ns_spent_dates", "flat for two thirds", "saturated-early healthy", "", **DAT, rate=("linear", 0, 200), lr=5e-3, epochs=22, show=VA, dialect="keras_verbose_two", excused="learning-rate-schedule"),
    ill("ns_spent_lines", "flat for most of the run", "saturated-early", "", task="lines", net=TF | {"dim": 8}, rows=960, lr=1e-2, rate=("cosine", 0, 150), epochs=15, show=V, dialect="allennlp_console"),
    # healthy, and frightening
    well("ns_tuned", "fine-tuning: a small, slow, noisy decline", task="expand", net=TF, rows=960, start="expand", lr=2e-4, rate=("linear", 0, 0), epochs=4, every=2, show=LR, dialect="seq2seq_trainer_dicts", excused="noisy-loss"),
    well("ns_tuned_eval", "fine-tuning with rare evaluations", task="expand", net=TF, rows=1152, start="expand", lr=4e-4, rate=("linear", 10, 0), epochs=4, every=6, rare=36, show=("loss", "grad_norm", "lr", "val_loss", "val_bleu"), dialect="seq2seq_trainer_dicts"),
    well("ns_smooth", "label smoothing: a high floor", **SNA, smoothing=0.2, smooth_all=True, rate=("cosine", 20, 0), epochs=12, show=NLL, dialect="allennlp_console"),
    well("ns_bits", "bits, not nats; perplexity beside it", task="snake", net=TF, rows=960, rate=("cosine", 40, 0), smoothing=0.1, smooth_all=True, epochs=9, every=6, **FS, dialect="fairseq_inner_log"),
    well("ns_noam", "Noam's schedule", **SNA, rate=("noam", 60, 0), lr=6e-3, epochs=10, every=4, show=LR, dialect="joeynmt_log"),
    well("ns_lines_floor", "a language: the floor is high", task="lines", net=TF, rows=1440, batch=48, rate=("cosine", 20, 0), lr=3e-3, epochs=7, show=PP, dialect="notebook_prints"),
    well("ns_plateau", "recurrent: accuracy of three quarters", task="dates", net={"dim": 48}, rows=512, epochs=14, lr=5e-3, rate=("cosine", 0, 0), show=VA, dialect="keras_verbose_two"),
    well("ns_one_epoch", "one pass over the data, still falling by design", task="snake", net=TF, rows=5760, epochs=1, every=2, rate=("cosine", 20, 0), show=LR, dialect="opennmt_tf_log", also="still-improving"),
    well("ns_clipped", "clipped now and then", task="dates", net=TF, rows=512, clip=1.0, epochs=10, every=4, rate=("cosine", 0, 0), lr=6e-3, show=N, dialect="seq2seq_trainer_dicts"),
    well("ns_summed", "summed over letters: losses of forty", **SNA, summed=True, rate=("cosine", 0, 0), epochs=10, every=4, show=LR, dialect="joeynmt_log"),
    well("ns_pads", "padding counts in the loss", **SNA, fault="pads_count", lr=2e-3, rate=("cosine", 0, 0), epochs=10, show=VA, dialect="keras_verbose_two"),
    well("ns_restarts", "warm restarts", **SNA, rate=("restarts", 70, 0), lr=4e-3, epochs=10, every=4, show=LR, dialect="opennmt_tf_log"),
    well("ns_stairs_rate", "steps of the rate", **SNA, rate=("stairs", 100, 0.2), lr=4e-3, epochs=12, show=VL, dialect="sockeye_log"),
    well("ns_small_batches", "small batches: ragged", **(SNA | {"rows": 960}), batch=6, epochs=3, every=2, rate=("cosine", 30, 0), lr=2e-3, show=L, dialect="step_or_epoch_csv", excused="noisy-loss"),
    well("ns_dropout", "dropout: validation below", **(SNA | {"net": TF | {"dropout": 0.1}}), rate=("cosine", 0, 0), epochs=12, show=PP, also="validation-better-than-training", dialect="notebook_prints"),
    well("ns_perplexity", "perplexities from 40 to one", **SNA, rate=("cosine", 0, 0), lr=3e-3, epochs=10, every=4, rare=20, show=("ppl", "lr", "val_ppl"), dialect="nmt_tutorial_log"),
    well("ns_bleu", "BLEU at zero for the first evaluations", **SNA, lr=2e-3, rate=("cosine", 40, 0), epochs=12, every=5, rare=20, show=("loss", "lr", "val_loss", "val_bleu"), dialect="joeynmt_log"),
    well("ns_short", "six epochs: done", task="dates", net=TF, rows=1024, lr=4e-3, rate=("cosine", 0, 0), epochs=6, show=VA, dialect="keras_verbose_two"),
    well("ns_long_tail", "a long tail near zero, with jitter", **DAT, rate=("cosine", 0, 0), lr=3e-3, epochs=22, show=V, also="saturated-early", dialect="sacred_metrics_json"),
)  # fmt: skip

FAMILY = Family(
    name="names_seq2seq",
    script="names_seq2seq",
    data="names and lines of the standard library's source",
    model="small translators, recurrent and transformers",
    part="judging",
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
