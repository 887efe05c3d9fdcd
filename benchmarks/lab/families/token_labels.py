"""Names and answers in made-up chats: a small encoder pre-trained on a newspaper, tuned for a few epochs; chains of tags on an LSTM.

SEEN holds what the pictures showed where that is not only what was expected. Of 80 configurations one is dropped (its seeds were
of different kinds); 7 have second settings, as the first left no trace; 3 of the ill ones look healthy, and are called so; one
healthy one, stopped early, is first called overfitting.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

V, VF, L, LR = "loss val_loss", "loss val_loss val_f1", "loss", "loss lr"
SEQ = "loss val_loss val_precision val_recall val_f1 val_acc"
SEQL = "loss lr val_loss val_precision val_recall val_f1 val_acc"
ACC = "loss acc val_loss val_acc"
SQUAD = "loss lr val_exact val_f1"
N = {"norm": "grad_norm"}
ENTS = "loss val_precision val_recall val_f1"
CRF = {"task": "chain", "body": "lstm", "pretrained": 0}
LSTM = {"body": "lstm", "pretrained": 0}
QA = {"task": "answers", "net": {"depth": 2}}
SCRATCH = {"pretrained": 0}
STACK = {"body": "stack", "pretrained": 0}

SEEN: dict[str, str | None] = {
    "ner_high_state": "learning-rate-too-high underfitting | noisy-loss saturated-early | loss-spikes",
    "ner_high_flair": "learning-rate-too-high | underfitting noisy-loss loss-spikes saturated-early small-validation-set frozen-metric wrong-initial-loss",
    "ner_high_crf": "learning-rate-too-high healthy | noisy-loss saturated-early still-improving | loss-spikes",
    "ner_high_answers": "learning-rate-too-high | noisy-loss underfitting loss-spikes saturated-early | overfitting small-validation-set loss-jump not-learning",
    "ner_high_momentum": "learning-rate-too-high | noisy-loss loss-spikes | loss-jump",
    "ner_low_answers": "learning-rate-too-low | still-improving underfitting noisy-loss | slow-start",
    "ner_low_lstm": "learning-rate-too-low underfitting frozen-metric | still-improving saturated-early loss-metric-disagreement",
    "ner_low_tuned": "learning-rate-too-low | still-improving underfitting | slow-start",
    "ner_other_model": "not-learning frozen-metric | noisy-loss underfitting",
    "ner_shifted": "underfitting not-learning overfitting | saturated-early loss-metric-disagreement",
    "ner_no_step": "not-learning frozen-metric | noisy-loss underfitting",
    "ner_slow_answers": "healthy | still-improving | slow-start learning-rate-too-low",
    "ner_slow_small": "slow-start healthy | still-improving underfitting | learning-rate-too-low frozen-metric",
    "ner_slow_sgd": None,
    "ner_over_mild": "overfitting | saturated-early | severe-overfitting loss-metric-disagreement",
    "ner_over_answers": "severe-overfitting overfitting | saturated-early loss-metric-disagreement small-validation-set",
    "ner_over_false": "overfitting healthy | saturated-early | severe-overfitting",
    "ner_over_chain": "overfitting | saturated-early loss-metric-disagreement | severe-overfitting",
    "ner_confident": "severe-overfitting overfitting loss-metric-disagreement | saturated-early",
    "ner_small_held": "small-validation-set | still-improving saturated-early | noisy-loss",
    "ner_under_frozen": "underfitting | saturated-early still-improving learning-rate-too-low | not-learning",
    "ner_under_decay": "healthy | saturated-early | underfitting",
    "ner_start_head": "wrong-initial-loss | saturated-early | noisy-loss",
    "ner_start_chain": "wrong-initial-loss healthy | saturated-early",
    "ner_ids_frozen": "frozen-metric | saturated-early loss-metric-disagreement | overfitting",
    "ner_terms_kind": "loss-term-imbalance | underfitting still-improving learning-rate-too-low | wrong-initial-loss",
    "ner_terms_words": "loss-term-imbalance | underfitting still-improving saturated-early | wrong-initial-loss",
    "ner_reg_l2": "regularisation-dominates | loss-term-imbalance still-improving | wrong-initial-loss underfitting",
    "ner_reg_start": "regularisation-dominates | loss-term-imbalance still-improving saturated-early",
    "ner_diverges": "diverging learning-rate-too-high | loss-spikes loss-jump",
    "ner_ascent": "diverging non-finite-loss | exploding-gradients loss-jump severe-overfitting | overfitting learning-rate-too-high",
    "ner_jump_scheme": "loss-jump | loss-spikes",
    "ner_jump_tokens": "loss-jump | loss-spikes diverging | overfitting severe-overfitting",
    "ner_jump_rate": "learning-rate-schedule loss-jump loss-spikes learning-rate-too-high | still-improving | diverging",
    "ner_spikes_answers": "loss-spikes | noisy-loss | exploding-gradients wrong-initial-loss",
    "ner_noisy_one": "noisy-loss | saturated-early still-improving | learning-rate-too-high underfitting",
    "ner_noisy_answers": "noisy-loss | not-learning still-improving learning-rate-too-low | learning-rate-too-high underfitting",
    "ner_by_kind": "unshuffled-data healthy | noisy-loss loss-spikes epoch-steps saturated-early",
    "ner_by_names": "unshuffled-data | epoch-steps still-improving noisy-loss loss-spikes | learning-rate-too-low",
    "ner_by_answers": "unshuffled-data | noisy-loss still-improving loss-spikes | learning-rate-too-low learning-rate-too-high",
    "ner_explodes": "exploding-gradients diverging non-finite-loss | loss-jump learning-rate-too-high loss-spikes",
    "ner_vanishes": "vanishing-gradients slow-start underfitting | not-learning still-improving learning-rate-too-low",
    "ner_dead": "dead-units | underfitting saturated-early wrong-initial-loss still-improving | learning-rate-too-low",
    "ner_ratio_low": "update-ratio learning-rate-too-low | still-improving noisy-loss not-learning underfitting",
    "ner_clip": "clipping-saturated | still-improving noisy-loss saturated-early | learning-rate-too-low",
    "ner_rate_zero": "learning-rate-schedule | saturated-early underfitting",
    "ner_never_warm": "learning-rate-schedule learning-rate-too-low | still-improving slow-start",
    "ner_collapse": "healthy | still-improving | slow-start activation-collapse vanishing-gradients",
    "ner_ok_flair": "healthy | still-improving | underfitting",
    "ner_ok_flair_log": "healthy | epoch-steps still-improving saturated-early",
    "ner_ok_chain": "healthy | saturated-early | wrong-initial-loss",
    "ner_ok_floor": "healthy | saturated-early overfitting | underfitting",
    "ner_ok_small_batch": "healthy | saturated-early | noisy-loss loss-spikes",
    "ner_ok_near_zero": "healthy | saturated-early overfitting | loss-spikes loss-jump learning-rate-too-high",
    "ner_ok_smooth": "healthy | validation-better-than-training saturated-early | underfitting",
    "ner_ok_stop": "overfitting healthy | saturated-early",
    "ner_ok_average": "healthy | saturated-early overfitting",
    "ner_ok_grow": "healthy | still-improving overfitting",
    "ner_ok_terms": "healthy | saturated-early overfitting | loss-term-imbalance",
    "ner_ok_answers": "healthy | still-improving | learning-rate-too-low",
    "ner_ok_two_epochs": "healthy | still-improving | noisy-loss learning-rate-too-low",
    "ner_ok_sparse": "healthy | saturated-early overfitting",
}

CONFIGURATIONS = (
    # rates
    ill("ner_high_state", "AdamW at 0.06 without warm-up, no decay until a cut", "learning-rate-too-high", "noisy-loss loss-spikes underfitting", lr=0.06, plan="cut:0.7:0.03", epochs=6, every=8, show=SEQL, dialect="seqeval_state_json"),
    ill("ner_high_flair", "plain SGD at 40, for sums of an older version, annealed late", "learning-rate-too-high", "noisy-loss loss-spikes", **LSTM, n=640, opt="plain", lr=40.0, plan="cut:0.7:0.05", epochs=12, show="loss lr val_loss val_f1", dialect="flair_loss_tsv"),
    ill("ner_high_crf", "Adam at 0.3 for the chain", "learning-rate-too-high", "noisy-loss loss-spikes", **CRF, n=480, opt="adam", lr=0.3, plan="flat", epochs=9, show=VF, dialect="allennlp_console"),
    ill("ner_high_answers", "0.03 for answers, no rate in the log", "learning-rate-too-high", "noisy-loss underfitting not-learning", **QA, lr=0.03, plan="flat", epochs=6, n=800, every=12, show=VF, dialect="hf_capture_log"),
    ill("ner_high_momentum", "momentum at 0.5 with clipping, cut at 65 %", "learning-rate-too-high", "noisy-loss loss-spikes", opt="sgd", lr=0.6, clip=1.0, plan="cut:0.65:0.05", epochs=8, every=6, show=LR, dialect="wandb_export_csv"),
    ill("ner_low_answers", "5e-5 where 1e-3 would do", "learning-rate-too-low", "still-improving underfitting", **QA, lr=5e-5, epochs=3, n=800, every=6, show="loss lr", dialect="seqeval_state_json"),
    ill("ner_low_lstm", "plain SGD at 0.02", "learning-rate-too-low", "still-improving underfitting", **LSTM, n=640, opt="plain", lr=0.02, plan="flat", epochs=10, show=VF, dialect="flair_loss_tsv"),
    ill("ner_low_tuned", "2e-5, as for a large model", "learning-rate-too-low", "still-improving underfitting", lr=2e-5, epochs=5, every=8, show=SEQ, dialect="hf_capture_log"),
    # nothing is learnt
    ill("ner_other_model", "the optimiser has the parameters of the model before from_pretrained", "not-learning", "noisy-loss frozen-metric", mishap="another", epochs=4, every=8, show=SEQ, dialect="seqeval_loop_log"),
    ill("ner_shifted", "sentences and tags joined after one of them was shuffled", "not-learning underfitting", "overfitting", mishap="shifted", epochs=8, show=VF, dialect="hf_notebook_table"),
    ill("ner_no_step", "accumulation never comes to a step", "not-learning", "noisy-loss frozen-metric", mishap="no_step", epochs=3, every=6, show="loss acc val_loss val_acc", dialect="lightning_steps_csv"),
    # slow starts
    ill("ner_slow_answers", "answers from scratch", "slow-start", "still-improving", **QA, **SCRATCH, lr=1.2e-3, plan="flat", n=880, epochs=8, every=12, show=LR, dialect="wandb_export_csv"),
    ill("ner_slow_small", "four sigmoid layers, the bias set to the share of plain words", "slow-start", "still-improving", **STACK, net={"act": "sigmoid", "depth": 4, "init": 1.0}, head_bias=(2.2,), lr=2e-3, plan="flat", epochs=16, show=ACC, dialect="accelerate_prints"),
    ill("ner_slow_sgd", "SGD, the bias set to the share of plain words", "slow-start", "still-improving", **LSTM, n=640, opt="sgd", head_bias=(2.2,), lr=0.08, plan="flat", epochs=16, show=VF, dialect="allennlp_console"),
    # generalisation
    ill("ner_over_mild", "160 sentences, 24 epochs", "overfitting", "saturated-early", n=160, epochs=24, lr=1.5e-3, plan="flat", show=VF, dialect="hf_notebook_table"),
    ill("ner_over_answers", "320 questions, 24 epochs", "overfitting severe-overfitting", "", **QA, n=320, epochs=24, lr=2e-3, plan="flat", show="loss val_loss val_exact val_f1", dialect="hf_capture_log"),
    ill("ner_over_false", "a fifth of the tags are false", "overfitting severe-overfitting", "loss-metric-disagreement", n=240, wrong=0.2, epochs=16, lr=2e-3, show=SEQ, dialect="seqeval_state_json"),
    ill("ner_over_chain", "160 sentences for the chain", "overfitting", "loss-metric-disagreement", **CRF, n=160, vague=0.25, lr=0.015, plan="flat", epochs=18, show=VF, dialect="flair_loss_tsv"),
    ill("ner_over_severe", "96 sentences, a wide body", "severe-overfitting overfitting", "loss-metric-disagreement", n=96, vague=0.3, batch=8, net={"width": 64}, pretrained=0, lr=3e-3, plan="flat", epochs=30, show=VF, dialect="simpletransformers_scores_csv"),
    ill("ner_confident", "validation loss climbs while F1 does not", "loss-metric-disagreement overfitting severe-overfitting", "", n=240, vague=0.5, mixed=0.8, lr=4e-3, plan="flat", epochs=16, show=SEQ, dialect="hf_notebook_table"),
    ill("ner_small_held", "8 of the held-out sentences, drawn anew each time", "small-validation-set", "", mishap="resampled", size=8, n=800, lr=1.5e-3, epochs=6, judge=6, every=6, vague=0.3, show=VF, dialect="seqeval_loop_log"),
    ill("ner_under_frozen", "a body from scratch, frozen", "underfitting", "saturated-early", frozen=True, pretrained=0, lr=6e-3, epochs=10, show=SEQ, dialect="hf_notebook_table"),
    ill("ner_under_decay", "weight decay 4", "underfitting", "saturated-early", decay=4.0, lr=3e-3, plan="flat", epochs=8, show=ACC, dialect="ner_notebook_prints"),
    ill("ner_val_better", "dropout of a half", "validation-better-than-training healthy", "still-improving", net={"drop": 0.5}, lr=2e-3, epochs=12, show=ACC, dialect="hf_capture_log"),
    # the start
    ill("ner_start_head", "the head is drawn sixty times as wide", "wrong-initial-loss", "saturated-early", head=60.0, lr=2e-3, epochs=5, every=5, show="loss acc", dialect="seqeval_loop_log", options={"classes": 9}),
    ill("ner_start_bias", "the bias comes from another corpus", "wrong-initial-loss", "saturated-early", head_bias=(-8.0, 6.0, 6.0), lr=3e-3, epochs=6, every=8, show=LR, dialect="seqeval_state_json", options={"classes": 9}),
    ill("ner_start_summed", "the sum over words in place of the mean", "wrong-initial-loss", "", mishap="summed", lr=1e-3, epochs=4, every=8, show="loss lr", dialect="hf_capture_log", options={"classes": 9}),
    ill("ner_start_chain", "transitions and scores drawn far too large", "wrong-initial-loss", "saturated-early", **CRF, n=480, head=150.0, lr=0.02, opt="adam", epochs=7, show=V, dialect="flair_loss_tsv"),
    # metrics that do not move
    ill("ner_ids_frozen", "id2label is of another model: no name is ever found", "frozen-metric", "", mishap="outside", lr=2e-3, epochs=8, show=SEQ, dialect="seqeval_state_json"),
    ill("ner_stale", "the model on another device is evaluated", "frozen-metric", "overfitting", mishap="stale", lr=2e-3, epochs=8, show=VF, dialect="accelerate_prints"),
    # terms
    ill("ner_terms_kind", "the kind of a sentence weighs forty times the tags", "loss-term-imbalance", "underfitting", kind_weight=40.0, lr=3e-4, epochs=6, show="loss tag_loss kind_loss val_loss val_f1", dialect="allennlp_console"),
    ill("ner_terms_words", "the masked words weigh as before, the tags a hundredth", "loss-term-imbalance", "underfitting", guess_weight=1.0, tag_weight=0.01, lr=1e-3, epochs=6, every=8, show="loss tag_loss lm_loss", dialect="wandb_export_csv"),
    ill("ner_reg_l2", "an L2 term of 0.02 over all weights", "regularisation-dominates", "underfitting", penalty="l2", strength=0.02, lr=1e-3, epochs=8, show="loss tag_loss reg_loss val_loss val_f1", dialect="wandb_export_csv"),
    ill("ner_reg_start", "an L1 term over all weights", "regularisation-dominates underfitting", "saturated-early", penalty="l1", strength=3e-4, lr=2e-3, epochs=8, every=12, show="loss tag_loss reg_loss", dialect="allennlp_console"),
    # jumps, spikes, noise, order
    ill("ner_diverges", "the rate rises three-thousandfold", "diverging learning-rate-too-high", "loss-spikes loss-jump", plan="rising:3000", lr=1e-4, opt="sgd", epochs=6, every=6, show=V, dialect="seqeval_loop_log"),
    ill("ner_ascent", "the sign turned in the second half", "diverging", "exploding-gradients", mishap="ascent", when=(0.6, 1.0), size=0.3, opt="sgd", lr=0.03, plan="flat", epochs=10, show=VF, dialect="hf_notebook_table"),
    ill("ner_nan", "a home-made log of shares in half precision, scores too large", "non-finite-loss", "", mishap="own_log", lr=6e-3, size=8.0, wrong=0.05, n=320, plan="flat", epochs=14, every=6, show=L, dialect="step_csv"),
    ill("ner_jump_scheme", "the second part of the corpus is in another scheme of tags", "loss-jump", "", mishap="scheme", when=(0.55, 0.8), lr=1e-3, plan="linear", epochs=6, every=8, show=LR, dialect="seqeval_state_json"),
    ill("ner_jump_tokens", "a new version of the tokeniser from the fifth epoch on", "loss-jump", "diverging", mishap="tokens", size=0.7, when=(0.5, 1.0), lr=6e-4, plan="flat", epochs=10, show=VF, dialect="nemo_bars"),
    ill("ner_jump_rate", "resumed with the first rate times twenty", "loss-jump learning-rate-schedule learning-rate-too-high", "", plan="hump:0.6:25", lr=1e-3, epochs=8, every=6, show=LR, dialect="hf_capture_log"),
    ill("ner_spikes", "one file in forty is tagged in another order", "loss-spikes", "noisy-loss", mishap="garbled", lr=1e-3, epochs=6, every=1, mean=False, n=880, show=L, dialect="step_csv"),
    ill("ner_spikes_answers", "offsets of some answers are those of characters", "loss-spikes", "noisy-loss", **QA, mishap="garbled", lr=2e-3, n=800, batch=16, epochs=5, every=2, mean=False, show=LR, dialect="wandb_export_csv"),
    ill("ner_noisy_one", "one sentence at a time", "noisy-loss", "", batch=1, n=500, epochs=1, lr=4e-4, every=1, mean=False, show=L, dialect="step_csv"),
    ill("ner_noisy_answers", "two questions at a time", "noisy-loss", "still-improving", **QA, batch=2, n=700, lr=4e-4, epochs=1, every=1, mean=False, show=LR, dialect="seqeval_state_json"),
    ill("ner_by_kind", "sentences lie by kind", "unshuffled-data", "noisy-loss epoch-steps", sort="kind", opt="sgd", lr=0.05, plan="flat", n=640, epochs=6, every=2, show=L, dialect="flair_training_log"),
    ill("ner_by_names", "sentences lie by the number of names", "unshuffled-data", "noisy-loss epoch-steps", **CRF, sort="names", lr=3e-3, opt="adam", plan="flat", n=480, epochs=5, every=2, show=L, dialect="flair_training_log"),
    ill("ner_by_answers", "questions lie by what is asked", "unshuffled-data", "noisy-loss epoch-steps", **QA, sort="asked", lr=1e-3, plan="flat", n=640, epochs=6, every=2, show=LR, dialect="wandb_export_csv"),
    # inside
    ill("ner_explodes", "gradients are not divided by the accumulation from half on", "exploding-gradients diverging loss-jump learning-rate-too-high", "loss-spikes noisy-loss", mishap="factor", when=(0.5, 1.0), size=12.0, opt="sgd", lr=0.05, plan="flat", epochs=8, every=8, show="loss norm", called=N, dialect="hf_capture_log"),
    ill("ner_vanishes", "five sigmoid layers without residuals", "vanishing-gradients not-learning slow-start", "underfitting", **STACK, net={"act": "sigmoid", "depth": 5}, lr=1e-3, plan="flat", epochs=6, every=6, show=L, inside={"grads": "grad_norm/layers.{}"}, dialect="wandb_export_csv"),
    ill("ner_dead", "a ReLU stack with too high a rate at the start", "dead-units", "underfitting not-learning", **STACK, net={"act": "relu", "depth": 2}, lr=0.15, plan="cut:0.1:0.02", epochs=8, every=8, show=L, inside={"dead": "dead_units/layer{}"}, dialect="wandb_export_csv"),
    ill("ner_ratio_low", "updates a millionth of the weights", "update-ratio learning-rate-too-low", "still-improving", lr=4e-6, plan="flat", epochs=5, every=12, show=LR, inside={"ratio": "update_ratio"}, dialect="wandb_export_csv"),
    ill("ner_clip", "clipped at 0.05", "clipping-saturated", "learning-rate-too-low still-improving slow-start", opt="sgd", lr=0.1, momentum=0.0, clip=0.05, plan="flat", epochs=5, every=6, mean=False, show="loss clipped", called={"clipped": "grad_norm"}, dialect="hf_capture_log"),
    ill("ner_rate_zero", "the schedule counts batches where it should count updates", "learning-rate-schedule", "saturated-early underfitting", plan="over:0.25", lr=6e-4, epochs=8, every=8, show="loss lr val_loss val_f1", dialect="hf_state"),
    ill("ner_never_warm", "a warm-up longer than the run", "learning-rate-schedule learning-rate-too-low", "still-improving slow-start", warm=4.0, lr=5e-4, epochs=4, every=6, show=LR, dialect="seqeval_state_json"),
    ill("ner_collapse", "eight tanh layers drawn far too small", "activation-collapse vanishing-gradients slow-start not-learning", "", **STACK, net={"act": "tanh", "depth": 6, "init": 0.06}, lr=3e-4, plan="flat", epochs=5, every=6, show=L, inside={"std": "act_std/layer{}"}, dialect="wandb_export_csv"),
    # nothing is wrong
    well("ner_ok_state", "plain: five epochs, decayed linearly", lr=2e-3, epochs=5, show=SEQL, dialect="seqeval_state_json"),
    well("ner_ok_steps", "plain: a line each 15 updates, evaluated each epoch", lr=2e-3, epochs=4, every=8, show=SEQ, dialect="hf_capture_log"),
    well("ner_ok_table", "plain: the epochs of a notebook", lr=1.5e-3, epochs=5, show=SEQ, dialect="hf_notebook_table"),
    well("ner_ok_two_epochs", "answers: two epochs, loss only", **QA, lr=2e-3, n=1400, epochs=2, every=6, show=LR, dialect="seqeval_state_json"),
    well("ner_ok_answers", "answers: evaluated by exact match and F1", **QA, lr=2e-3, n=880, epochs=4, every=12, show=SQUAD, dialect="hf_state"),
    well("ner_ok_flair", "SGD annealed on a plateau", **LSTM, n=640, opt="plain", lr=0.6, plan="cuts:1:0.5:0.5:0.65:0.8:0.9", epochs=12, show="loss lr val_loss val_f1", dialect="flair_loss_tsv"),
    well("ner_ok_flair_log", "a line each tenth of an epoch, a running mean that starts afresh", **LSTM, n=640, opt="plain", lr=2.5, plan="cosine", epochs=6, every=8, running=True, show="loss lr val_loss val_f1", dialect="flair_training_log"),
    well("ner_ok_spacy", "warm-up and a table of scores", lr=2e-3, warm=0.15, epochs=5, every=12, judge=12, scale=12.0, show=ENTS, dialect="spacy_entities_table"),
    well("ner_ok_chain", "a chain: losses of ten and more at the start", **CRF, n=480, opt="adam", lr=0.01, epochs=8, show=VF, dialect="allennlp_console"),
    well("ner_ok_nlp", "dropout: validation below training", lr=2e-3, net={"drop": 0.3}, n=800, epochs=8, show="loss acc val_loss val_acc", dialect="ner_notebook_prints"),
    well("ner_ok_floor", "half of the names are vague: an honest floor", lr=2e-3, vague=0.8, mixed=0.8, n=800, epochs=6, show=VF, dialect="simpletransformers_scores_csv"),
    well("ner_ok_small_batch", "batches of four, each loss written down", batch=4, n=800, lr=7e-4, epochs=4, every=4, mean=False, show=LR, dialect="wandb_export_csv"),
    well("ner_ok_near_zero", "all is learnt: jitter near zero", lr=5e-3, mixed=0.1, vague=0.0, n=800, plan="flat", epochs=12, every=6, show=V, dialect="accelerate_prints"),
    well("ner_ok_same_domain", "from a good start: the corpus is nearly the one of the pre-training", domain="news", lr=5e-4, epochs=4, every=6, show=LR, dialect="hf_capture_log"),
    well("ner_ok_restarts", "warm restarts", plan="restarts:4", lr=3e-3, epochs=12, every=8, show=LR, dialect="hf_capture_log"),
    well("ner_ok_triangle", "a cyclical rate", plan="triangle:5", lr=4e-3, opt="sgd", momentum=0.9, epochs=12, every=12, show="loss lr val_loss val_acc", dialect="lightning_steps_csv"),
    well("ner_ok_smooth", "label smoothing: a high floor in training only", smoothing=0.15, lr=2e-3, epochs=8, show=ACC, dialect="seqeval_loop_log"),
    well("ner_ok_stop", "stopped early on 320 sentences", n=320, lr=3e-3, plan="flat", patience=2, epochs=14, show=VF, dialect="hf_notebook_table"),
    well("ner_ok_average", "averaged weights are evaluated", average=0.97, lr=2e-3, plan="flat", epochs=8, show=VF, dialect="nemo_bars"),
    well("ner_ok_grow", "the corpus grows with the epochs", grow=0.3, lr=2e-3, plan="flat", epochs=10, show=VF, dialect="accelerate_prints"),
    well("ner_ok_terms", "tags, kinds and masked words, well weighed", kind_weight=0.5, guess_weight=0.1, lr=2e-3, epochs=8, show="loss tag_loss kind_loss lm_loss val_loss val_f1", dialect="allennlp_console"),
    well("ner_ok_scratch", "an LSTM from nothing, RMSprop", **LSTM, n=640, opt="rmsprop", lr=2e-3, plan="flat", epochs=12, show=ACC, dialect="fastai_history_csv"),
    well("ner_ok_sparse", "evaluated every third epoch", lr=1e-3, epochs=12, every=12, judge=120, show=VF, dialect="wandb_export_csv"),
    well("ner_ok_dump", "three epochs: the history dumped", lr=2e-3, warm=0.1, n=800, epochs=3, every=12, show=SEQL, dialect="dumped_history_json"),
    well("ner_ok_long", "2,600 updates", n=1040, batch=8, lr=6e-4, plan="cosine", warm=0.05, epochs=20, every=20, show=LR, dialect="hf_state", seeds=1),
)  # fmt: skip

FAMILY = Family(
    name="token_labels",
    script="token_labels",
    data="made-up sentences with names, questions about them",
    model="small encoder pre-trained on other sentences; LSTM with a chain of tags",
    part="tuning",
    unmet=True,
    configurations=looked_at(CONFIGURATIONS, SEEN),
)
