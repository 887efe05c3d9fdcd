"""Small language models with experts on a made-up language: balance, gradients' norm, rates and tokens in the log.

SEEN holds what the pictures showed where that is not only what was expected. Of 89 configurations three are dropped (no trace
of the fault to be seen); 8 have second settings; 17 have other first labels than expected.
"""

from benchmarks.lab.base import Family
from benchmarks.lab.labels import ill, well
from benchmarks.lab.seen import looked_at

L, LR, V = "loss", "loss lr", "loss val_loss"
TITAN = "loss norm:grad_norm lr"
TITAN_V = "loss norm:grad_norm lr val_loss"
MEGA = "lr lm:lm_loss balance:load_balancing_loss norm"
MEGA_V = MEGA + " val_lm:val_lm_loss"
OLMO = "words:train/tokens lm:train/CE_loss balance:train/load_balancing_loss norm:optim/total_grad_norm lr:optim/LR"
OLMO_V = OLMO + " val_lm:val_CE_loss"
FOUNDRY = "loss lm:metrics/train/LanguageCrossEntropy norm lr val_lm:val_metrics/eval/LanguageCrossEntropy"
PRINT = "words:tokens loss lm aux norm"
PRINT_V = "words:tokens loss lr val_loss val_ppl"
OLMO2 = "lm:train/CrossEntropyLoss aux:train/LoadBalancingLoss lr:optim/learning_rate_group0 norm:optim/total_grad_norm"
LIT = "loss val_loss"
FORTY = {"classes": 40}
MEAN = {"log": "mean:6"}

SEEN: dict[str, str | None] = {
    "moe_high_adam": "learning-rate-too-high noisy-loss | loss-spikes saturated-early still-improving",
    "moe_high_flat": "learning-rate-too-high | noisy-loss still-improving",
    "moe_high_sgd": "non-finite-loss diverging learning-rate-too-high exploding-gradients | loss-jump loss-spikes noisy-loss underfitting",
    "moe_high_epochs": "learning-rate-too-high | wrong-initial-loss slow-start underfitting still-improving",
    "moe_low_sgd": "learning-rate-too-low | still-improving",
    "moe_misaligned": "not-learning underfitting | saturated-early noisy-loss overfitting",
    "moe_strangers": "not-learning frozen-metric | noisy-loss saturated-early",
    "moe_no_step": "not-learning | noisy-loss saturated-early",
    "moe_rate": "loss-jump learning-rate-too-high diverging | learning-rate-schedule loss-spikes noisy-loss exploding-gradients saturated-early",
    "moe_ascent": "diverging non-finite-loss exploding-gradients | loss-jump",
    "moe_undivided": "exploding-gradients diverging non-finite-loss loss-jump | learning-rate-too-high noisy-loss loss-spikes",
    "moe_tongue": "loss-jump loss-spikes | still-improving | exploding-gradients",
    "moe_tongue_half": "loss-jump | still-improving diverging | overfitting exploding-gradients loss-spikes",
    "moe_renumbered": "loss-jump loss-spikes | still-improving | exploding-gradients",
    "moe_resumed": "loss-jump learning-rate-too-high learning-rate-schedule | noisy-loss loss-spikes loss-term-imbalance | diverging exploding-gradients regularisation-dominates",
    "moe_over_few": "overfitting | severe-overfitting epoch-steps saturated-early",
    "moe_over_steps": "overfitting | severe-overfitting epoch-steps saturated-early",
    "moe_small_held": "small-validation-set healthy | validation-better-than-training still-improving saturated-early | overfitting",
    "moe_under_two": "underfitting not-learning | saturated-early noisy-loss loss-spikes",
    "moe_under_decay": "diverging underfitting regularisation-dominates | not-learning loss-jump overfitting saturated-early | severe-overfitting",
    "moe_drop": "validation-better-than-training healthy | still-improving saturated-early",
    "moe_start_head": "wrong-initial-loss | saturated-early loss-spikes still-improving | learning-rate-too-high",
    "moe_start_sum": "wrong-initial-loss | still-improving saturated-early | underfitting exploding-gradients",
    "moe_start_raw": "wrong-initial-loss | still-improving learning-rate-too-low saturated-early",
    "moe_slow_small": "slow-start | still-improving learning-rate-too-low loss-term-imbalance",
    "moe_noisy_one": "noisy-loss | still-improving loss-spikes",
    "moe_noisy_json": "noisy-loss | still-improving loss-spikes loss-term-imbalance | learning-rate-too-low not-learning underfitting",
    "moe_aux_heavy": "regularisation-dominates loss-term-imbalance | saturated-early noisy-loss still-improving | wrong-initial-loss underfitting",
    "moe_aux_loud": "loss-term-imbalance regularisation-dominates | saturated-early noisy-loss still-improving | wrong-initial-loss underfitting",
    "moe_z_loud": "loss-term-imbalance regularisation-dominates wrong-initial-loss | still-improving saturated-early",
    "moe_l2": "regularisation-dominates | underfitting loss-term-imbalance still-improving learning-rate-too-low | wrong-initial-loss",
    "moe_ratio_high": "learning-rate-too-high not-learning update-ratio underfitting | noisy-loss saturated-early | wrong-initial-loss",
    "moe_dead": "dead-units | still-improving",
    "moe_clip": "clipping-saturated | still-improving noisy-loss learning-rate-too-low saturated-early",
    "moe_clip_mega": "clipping-saturated | still-improving noisy-loss saturated-early",
    "moe_again": "learning-rate-schedule learning-rate-too-high loss-jump | noisy-loss loss-spikes still-improving | exploding-gradients loss-term-imbalance",
    "moe_never_warm": "learning-rate-schedule learning-rate-too-low | still-improving slow-start noisy-loss not-learning",
    "moe_ok_small": "healthy | still-improving | noisy-loss loss-spikes",
    "moe_ok_continued": "healthy | still-improving saturated-early | noisy-loss not-learning learning-rate-too-low underfitting",
    "moe_ok_patience": "overfitting healthy | still-improving epoch-steps saturated-early",
    "moe_ok_restarts": "healthy | still-improving | loss-spikes loss-jump learning-rate-schedule",
    "moe_ok_waves": "healthy | still-improving | noisy-loss loss-spikes learning-rate-schedule",
    "moe_ok_muddle": "healthy | saturated-early | underfitting not-learning",
    "moe_ok_sharp": "healthy | saturated-early still-improving | underfitting",
    "moe_ok_ratios": "healthy | still-improving saturated-early | update-ratio",
    "moe_ok_foundry": "healthy | still-improving | overfitting",
    "moe_ok_balanced": "healthy | still-improving saturated-early | loss-term-imbalance",
}

CONFIGURATIONS = (
    # rates
    ill("moe_high_adam", "Adam at 0.15, cut at two thirds", "learning-rate-too-high", "noisy-loss loss-spikes", lr=0.15, n=5000, plan="cut:0.66:0.02", show=TITAN, dialect="titan_moe_log"),
    ill("moe_high_flat", "AdamW at 0.15, means, cut; no rate in the log", "learning-rate-too-high", "noisy-loss not-learning", opt="adamw", lr=0.15, n=5000, plan="cut:0.7:0.02", **MEAN, exam=30, show=V, dialect="litgpt_log"),
    ill("moe_high_sgd", "momentum at 1.5, cut", "learning-rate-too-high", "noisy-loss loss-spikes", opt="heavy", lr=1.5, n=5000, plan="cut:0.68:0.1", show=MEGA, dialect="megatron_moe_log"),
    ill("moe_high_epochs", "RMSprop at 0.05, few sentences, cut", "learning-rate-too-high", "noisy-loss", opt="rms", lr=0.05, n=1200, epochs=5, plan="cut:0.7:0.02", log="mean:5", exam=25, show=PRINT_V, dialect="tokens_prints"),
    ill("moe_low_adam", "Adam at 6e-5", "learning-rate-too-low", "still-improving", lr=6e-5, n=5000, **MEAN, show=TITAN, dialect="titan_moe_log"),
    ill("moe_low_sgd", "plain SGD at 0.025", "learning-rate-too-low", "still-improving", opt="sgd", lr=0.025, n=5000, **MEAN, exam=60, show=MEGA_V, dialect="megatron_moe_log"),
    ill("moe_low_steps", "AdamW at 1e-4, every fourth step", "learning-rate-too-low", "still-improving noisy-loss", opt="adamw", lr=1e-4, n=5000, show=OLMO, dialect="olmo_core_log"),
    ill("moe_low_foundry", "Adagrad at 1e-3", "learning-rate-too-low", "still-improving", opt="adagrad", lr=1e-3, n=4000, **MEAN, exam=30, show=FOUNDRY, dialect="llm_foundry_log"),
    # nothing is learnt
    ill("moe_misaligned", "targets of another sentence: only the words' shares", "underfitting not-learning", "saturated-early noisy-loss", trouble="misaligned", lr=5e-3, n=4000, **MEAN, exam=30, show=TITAN_V, dialect="titan_moe_log", options=FORTY),
    ill("moe_strangers", "the optimiser has a copy's parameters", "not-learning", "noisy-loss frozen-metric", trouble="strangers", lr=5e-3, n=4000, **MEAN, exam=60, show=PRINT_V, dialect="tokens_prints"),
    ill("moe_no_step", "the scaler skips every step", "not-learning", "noisy-loss", trouble="no_step", lr=5e-3, n=4000, show=MEGA, dialect="megatron_moe_log"),
    # jumps, spikes, the end
    ill("moe_rate", "the rate grows a hundredfold from 55 % on", "diverging loss-jump learning-rate-too-high exploding-gradients", "noisy-loss loss-spikes", lr=5e-3, n=5000, trouble="rate:0.55::60", show=TITAN, dialect="titan_moe_log"),
    ill("moe_ascent", "a wrong sign from 60 % on, weakly", "diverging", "loss-jump exploding-gradients", opt="sgd", lr=0.8, n=5000, trouble="ascent:0.6::0.3", **MEAN, show=PRINT, dialect="tokens_prints"),
    ill("moe_half_now", "the same, with a head drawn too wide", "non-finite-loss", "wrong-initial-loss", trouble="own_exp", net={"last": 14.0}, lr=5e-3, n=2400, show=MEGA, dialect="megatron_moe_log"),
    ill("moe_undivided", "gradients summed over micro-batches from half on", "exploding-gradients loss-jump diverging", "learning-rate-too-high noisy-loss loss-spikes", opt="heavy", lr=0.15, n=5000, trouble="undivided:0.5::60", show=MEGA, dialect="megatron_moe_log"),
    ill("moe_tongue", "another language's shards from 55 % on", "loss-jump", "", trouble="other_tongue:0.55::1", lr=5e-3, n=6000, show=TITAN, dialect="titan_moe_log"),
    ill("moe_tongue_half", "half of the sentences of another language from 60 % on", "loss-jump", "", trouble="other_tongue:0.6::0.6", lr=6e-3, plan="cosine:0.1", n=6000, **MEAN, exam=60, show=OLMO_V, dialect="olmo_core_log"),
    ill("moe_renumbered", "resumed with another tokenizer", "loss-jump", "", trouble="renumbered:0.65", lr=5e-3, n=5000, **MEAN, show=PRINT, dialect="tokens_prints"),
    ill("moe_resumed", "resumed without the optimiser's state at a rate of warm-up", "loss-jump learning-rate-too-high", "learning-rate-schedule noisy-loss", trouble="resumed:0.6::25", plan="down:0.1", lr=5e-3, n=6000, show=MEGA, dialect="megatron_moe_log"),
    ill("moe_rubbish", "one batch in fifty is rubbish from a crawl", "loss-spikes", "noisy-loss", trouble="rubbish:0.1::1", lr=5e-3, n=8000, log="each:1", show=L, dialect="step_csv"),
    ill("moe_rubbish_norm", "the same, milder, norms in the log", "loss-spikes", "noisy-loss", trouble="rubbish:0.1::0.7", lr=8e-3, n=6400, log="each:1", show=LR, dialect="wandb_export_csv"),
    # generalisation
    ill("moe_over_few", "400 sentences, again and again", "overfitting", "severe-overfitting epoch-steps", n=400, epochs=24, lr=4e-3, log="epoch", exam=0, show="loss lr val_loss", dialect="litgpt_log"),
    ill("moe_over_steps", "480 sentences", "overfitting severe-overfitting", "epoch-steps", n=480, epochs=22, lr=5e-3, log="mean:10", exam=30, show=TITAN_V, dialect="titan_moe_log"),
    ill("moe_over_foundry", "400 sentences, wide experts", "overfitting", "severe-overfitting epoch-steps", n=400, epochs=18, lr=6e-3, net={"wide": 32}, log="mean:8", exam=40, show=FOUNDRY, dialect="llm_foundry_log"),
    ill("moe_severe", "160 sentences, wide", "severe-overfitting overfitting", "epoch-steps", n=160, epochs=50, lr=6e-3, net={"wide": 32}, log="mean:10", exam=0, show=PRINT_V, dialect="tokens_prints"),
    ill("moe_severe_two", "192 muddled sentences, two layers", "severe-overfitting overfitting", "epoch-steps", n=192, muddle=0.2, epochs=36, lr=5e-3, net={"depth": 2}, log="epoch", exam=0, show=MEGA_V, dialect="megatron_moe_log"),
    ill("moe_small_held", "two sentences held out", "small-validation-set", "validation-better-than-training", n=3200, held=2, epochs=2, lr=3e-3, net={"drop": 0.1}, log="mean:8", exam=0, show="loss lm:ce val_loss", dialect="wandb_export_csv"),
    ill("moe_under_two", "two numbers for a word", "underfitting", "saturated-early still-improving", net={"wide": 2, "experts": 2, "chosen": 1}, n=6000, lr=2e-2, **MEAN, exam=60, show=TITAN_V, dialect="titan_moe_log", options=FORTY),
    ill("moe_under_decay", "weight decay 0.1 in AdamW's place in Adam", "underfitting", "saturated-early not-learning", opt="adam", decay=0.1, lr=5e-3, n=5000, **MEAN, exam=60, show=PRINT_V, dialect="tokens_prints", options=FORTY),
    ill("moe_drop", "dropout 0.6", "validation-better-than-training underfitting", "", net={"drop": 0.6}, lr=5e-3, n=5000, **MEAN, exam=30, show=OLMO_V, dialect="olmo_core_log"),
    ill("moe_stale", "the evaluated copy is never updated", "frozen-metric", "", trouble="stale", lr=5e-3, n=4000, **MEAN, exam=24, show=FOUNDRY, dialect="llm_foundry_log"),
    ill("moe_constant", "hits counted on the padded targets", "frozen-metric", "loss-metric-disagreement", trouble="constant_hit", lr=5e-3, n=4000, **MEAN, exam=24, show="words:tokens loss lr val_loss val_acc", dialect="tokens_prints"),
    # start, noise, order
    ill("moe_start_head", "the head is drawn with thirty times the width", "wrong-initial-loss", "", net={"last": 30.0}, lr=8e-3, n=4000, show=TITAN, dialect="titan_moe_log", options=FORTY),
    ill("moe_start_sum", "summed over the sentence in place of the mean", "wrong-initial-loss", "", trouble="summed", lr=4e-3, n=4000, **MEAN, show=OLMO, dialect="olmo_core_log", options=FORTY),
    ill("moe_start_raw", "no norms, words drawn wide", "wrong-initial-loss", "loss-spikes", net={"calm": False, "start": 2.5, "last": 3.0}, lr=3e-3, n=4000, **MEAN, exam=30, show=LIT, dialect="litgpt_log", options=FORTY),
    ill("moe_slow_small", "no norms, weights a fiftieth as large", "slow-start", "still-improving", net={"calm": False, "start": 0.02, "depth": 2}, lr=2e-3, n=5000, **MEAN, show=PRINT, dialect="tokens_prints"),
    ill("moe_slow_sgd", "momentum, weights small: flat for a third", "slow-start", "still-improving", opt="heavy", lr=0.3, net={"start": 0.02, "calm": False}, n=6000, **MEAN, show=MEGA, dialect="megatron_moe_log"),
    ill("moe_noisy_one", "one sentence a batch", "noisy-loss", "still-improving", batch=1, n=700, lr=5e-4, log="each:2", show=TITAN, dialect="titan_moe_log"),
    ill("moe_noisy_json", "one very muddled sentence a batch", "noisy-loss", "still-improving", batch=1, n=700, muddle=0.6, lr=2e-3, log="each:2", show="loss lm aux", dialect="json_lines"),
    ill("moe_by_subject", "sentences sorted by subject", "unshuffled-data", "noisy-loss epoch-steps", order="subject", n=512, epochs=12, lr=2e-3, log="each:1", show=LR, dialect="wandb_export_csv"),
    ill("moe_by_word", "sentences with certain words last", "unshuffled-data", "noisy-loss", order="rich", n=512, epochs=14, lr=1e-3, log="each:1", show=L, dialect="step_csv"),
    ill("moe_by_subject_mild", "sorted by subject, muddled, each second step", "unshuffled-data", "noisy-loss epoch-steps", order="subject", muddle=0.15, n=640, epochs=12, lr=4e-3, log="each:2", show=TITAN, dialect="titan_moe_log"),
    # terms and inside
    ill("moe_aux_heavy", "the balance weighs ten", "regularisation-dominates loss-term-imbalance", "", aux=10.0, lr=5e-3, n=4000, show="loss lm:lm_loss aux:aux_loss norm:grad_norm", dialect="json_lines"),
    ill("moe_aux_loud", "the balance weighs sixty, per layer not averaged", "loss-term-imbalance regularisation-dominates", "", aux=60.0, lr=5e-3, n=4000, **MEAN, show=PRINT, dialect="tokens_prints"),
    ill("moe_z_loud", "the leash on a router drawn wide weighs one", "loss-term-imbalance regularisation-dominates", "wrong-initial-loss", z=1.0, net={"sharp_router": 40.0}, lr=2e-3, n=4000, show="loss lm:ce_loss aux:load_balancing_loss z:router_z_loss", dialect="wandb_export_csv"),
    ill("moe_l2", "sum of squares times 0.02", "regularisation-dominates", "underfitting", penalty=0.02, lr=3e-3, n=4000, **MEAN, exam=30, show="loss lm:lm_loss penalty:reg_loss val_lm:val_lm_loss", dialect="json_lines"),
    ill("moe_ratio_high", "Adam at 0.25", "update-ratio learning-rate-too-high", "noisy-loss not-learning", lr=0.25, n=3000, show=L, inside="ratio_all:update_ratio", dialect="json_lines"),
    ill("moe_ratio_low", "SGD at 1e-3", "update-ratio learning-rate-too-low not-learning", "still-improving noisy-loss", opt="sgd", lr=1e-3, n=3000, **MEAN, show=L, inside="ratio:update_ratio/layer{}", dialect="wandb_export_csv"),
    ill("moe_dead", "experts of ReLU with biases at -3", "dead-units", "underfitting", net={"act": "ReLU", "lean": -3.0, "depth": 2}, lr=2e-3, n=3000, **MEAN, show=L, inside="dead:dead_units/experts{}", dialect="wandb_export_csv"),
    ill("moe_clip", "clipped at 0.05", "clipping-saturated", "learning-rate-too-low still-improving", opt="sgd", lr=2.0, clip=0.05, n=5000, show="loss clipped:grad_norm lr", dialect="titan_moe_log"),
    ill("moe_clip_mega", "clipped at 0.1 under momentum", "clipping-saturated", "learning-rate-too-low still-improving", opt="heavy", lr=0.5, clip=0.1, n=5000, show="lr lm:lm_loss balance:load_balancing_loss clipped:norm", dialect="megatron_moe_log"),
    ill("moe_spent", "the schedule counts a quarter of the run", "learning-rate-schedule", "learning-rate-too-low saturated-early underfitting", plan="early:0.25", lr=2e-3, n=6000, **MEAN, exam=60, show=OLMO_V, dialect="olmo_core_log"),
    ill("moe_never_warm", "warm-up of 20,000 updates", "learning-rate-schedule learning-rate-too-low", "still-improving", warm=20000, lr=5e-3, n=5000, **MEAN, show=TITAN, dialect="titan_moe_log"),
    ill("moe_again", "the rate comes back eightfold at two thirds", "learning-rate-schedule learning-rate-too-high loss-jump", "noisy-loss", plan="again:0.66:12", lr=6e-3, n=6000, show=MEGA, dialect="megatron_moe_log"),
    # healthy
    well("moe_ok_titan", "plain, warm-up and decay, one pass", warm=20, plan="cosine:0.1", opt="adamw", lr=8e-3, clip=1.0, n=6000, show=TITAN, also="still-improving", excused="noisy-loss", dialect="titan_moe_log"),
    well("moe_ok_mega", "plain, validation", warm=30, plan="cosine:0.1", opt="adamw", lr=6e-3, clip=1.0, n=6000, **MEAN, exam=60, show=MEGA_V, also="still-improving", dialect="megatron_moe_log"),
    well("moe_ok_olmo", "plain, terms on separate lines", warm=20, plan="cosine:0.1", opt="adamw", lr=8e-3, n=5000, **MEAN, show=OLMO, also="still-improving", dialect="olmo_core_log"),
    well("moe_ok_old_olmo", "plain, eight experts", net={"experts": 8}, warm=20, plan="down:0.1", opt="adamw", lr=6e-3, n=5000, **MEAN, show=OLMO2, also="still-improving", dialect="json_lines"),
    well("moe_ok_foundry", "plain, evaluated five times", plan="cosine:0.1", warm=20, opt="adamw", lr=5e-3, net={"wide": 32}, n=4400, **MEAN, exam=60, show=FOUNDRY, also="still-improving", dialect="llm_foundry_log"),
    well("moe_ok_prints", "plain prints, two layers", net={"depth": 2}, lr=5e-3, n=4000, log="mean:8", show=PRINT, also="still-improving", dialect="tokens_prints"),
    well("moe_ok_lit", "plain, validation each fifth note", opt="adamw", lr=1e-2, plan="down:0.05", n=5000, **MEAN, exam=30, show=LIT, also="still-improving", dialect="litgpt_log"),
    well("moe_ok_constant", "plain, constant rate, two experts of one chosen", net={"experts": 2, "chosen": 1}, lr=6e-3, n=5000, **MEAN, show=LR, also="still-improving", dialect="wandb_export_csv"),
    well("moe_ok_epochs", "three passes over enough text", lr=5e-3, n=2400, epochs=3, plan="cosine", log="mean:8", exam=0, show=PRINT_V, also="still-improving epoch-steps overfitting", dialect="tokens_prints"),
    well("moe_ok_muddle", "muddled language: high honest floor", muddle=0.5, batch=32, n=9600, lr=8e-3, plan="cosine", **MEAN, exam=60, show=TITAN_V, also="saturated-early", excused="underfitting", dialect="titan_moe_log"),
    well("moe_ok_balanced", "balance, leash and words all go down", z=0.01, aux=0.05, net={"sharp_router": 4.0}, lr=6e-3, plan="cosine", n=5000, **MEAN, show="loss lm:lm_loss aux:aux_loss z:z_loss", also="still-improving", dialect="json_lines"),
    well("moe_ok_restarts", "warm restarts", plan="restarts:100", lr=1.5e-2, n=6400, **MEAN, show=LR, excused="loss-spikes", also="still-improving", dialect="wandb_export_csv"),
    well("moe_ok_stairs", "rate cut by five twice", plan="stairs:0.4:0.15", lr=1.5e-2, n=6000, **MEAN, exam=60, show=MEGA_V, also="still-improving saturated-early", dialect="megatron_moe_log"),
    well("moe_ok_hill", "one cycle", plan="hill:0.3", lr=2e-2, n=5000, **MEAN, show=TITAN, also="still-improving", dialect="titan_moe_log"),
    well("moe_ok_small", "batches of four: honest noise", batch=4, n=3000, lr=4e-3, plan="cosine", log="each:5", show=TITAN, also="still-improving", excused="noisy-loss", dialect="titan_moe_log"),
    well("moe_ok_tuned", "tuned to another language: short and steep", rehearsed=400, other_tongue=1, n=2400, lr=3e-3, plan="down", log="mean:4", exam=0, show=V, also="still-improving", excused="wrong-initial-loss", dialect="litgpt_log"),
    well("moe_ok_continued", "continued from a good start: nearly flat", rehearsed=600, n=3200, lr=3e-4, plan="cosine", log="mean:4", show=MEGA, also="still-improving saturated-early", excused="noisy-loss not-learning learning-rate-too-low", dialect="megatron_moe_log"),
    well("moe_ok_longer", "sentences grow longer", short=6, lr=6e-3, n=6000, **MEAN, exam=60, show=OLMO_V, also="still-improving validation-better-than-training", dialect="olmo_core_log"),
    well("moe_ok_smooth", "label smoothing", smooth=0.1, lr=6e-3, n=5000, **MEAN, exam=30, show=V, also="validation-better-than-training still-improving", dialect="litgpt_log"),
    well("moe_ok_drop", "a little dropout: validation better", net={"drop": 0.1}, lr=6e-3, n=5000, plan="cosine", **MEAN, exam=30, show=FOUNDRY, also="validation-better-than-training still-improving", dialect="llm_foundry_log"),
    well("moe_ok_ema", "the average of weights is evaluated", ema=0.97, lr=5e-3, n=5000, **MEAN, exam=30, show=PRINT_V, also="validation-better-than-training still-improving", dialect="tokens_prints"),
    well("moe_ok_waves", "cyclical rates", plan="waves:80", lr=2e-2, n=5600, **MEAN, show=TITAN, also="still-improving", excused="noisy-loss loss-spikes", dialect="titan_moe_log"),
    well("moe_ok_root", "plain, inverse square root after warm-up", plan="root:60", warm=30, opt="adamw", lr=1.2e-2, n=5000, **MEAN, exam=30, show=V, also="still-improving", dialect="litgpt_log"),
    well("moe_ok_calm", "large batches: a calm loss", batch=64, n=9600, lr=1.5e-2, plan="cosine:0.1", log="each:4", show=PRINT, also="still-improving", dialect="tokens_prints"),
    well("moe_ok_sgd", "plain, momentum", opt="heavy", lr=0.4, warm=20, plan="cosine", n=5600, **MEAN, exam=60, show=OLMO_V, also="still-improving", dialect="olmo_core_log"),
    well("moe_ok_sharp", "a language of less sure words: a high floor", sharp=0.05, lr=6e-3, plan="cosine", n=5000, **MEAN, exam=30, show=FOUNDRY, also="saturated-early still-improving", excused="underfitting", dialect="llm_foundry_log"),
    well("moe_ok_few_epochs", "eight epochs over enough text", n=1200, epochs=8, lr=3e-3, plan="cosine", net={"drop": 0.1}, log="epoch", exam=0, show="loss lr val_loss val_acc", also="still-improving epoch-steps validation-better-than-training", dialect="wandb_export_csv"),
    well("moe_ok_patience", "stopped early by patience", n=800, epochs=20, lr=5e-3, patience=3, log="epoch", exam=0, show=V, also="still-improving overfitting epoch-steps", dialect="litgpt_log"),
    well("moe_ok_tiny", "the loss times 1e-4", tell=1e-4, aux=1e-6, opt="adam", lr=5e-3, plan="cosine", n=5000, **MEAN, show="loss norm:grad_norm", also="still-improving", excused="wrong-initial-loss", dialect="json_lines"),
    well("moe_ok_long", "5,200 updates, each tenth", batch=8, n=41600, lr=6e-3, warm=100, plan="cosine:0.1", opt="adamw", log="mean:10", show=TITAN, also="still-improving saturated-early", excused="noisy-loss", seeds=1, dialect="titan_moe_log"),
    well("moe_ok_ratios", "update ratios of 1e-2 that fall with the rate", lr=2e-3, n=4000, plan="cosine", warm=10, **MEAN, show=L, inside="ratio_all:update_ratio", also="still-improving", dialect="json_lines"),
    well("moe_ok_clip", "clipped now and then", clip=0.6, opt="adamw", lr=6e-3, n=4000, plan="cosine", show="lr lm:lm_loss balance:load_balancing_loss clipped:norm", also="still-improving", excused="clipping-saturated noisy-loss", dialect="megatron_moe_log"),
)  # fmt: skip

FAMILY = Family(
    name="mixed_experts",
    script="mixed_experts",
    data="a made-up language of four subjects",
    model="a small causal model with experts",
    part="tuning",
    configurations=looked_at(CONFIGURATIONS, SEEN),
    unmet=True,
)
