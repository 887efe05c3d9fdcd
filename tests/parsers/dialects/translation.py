"""Translation, tagging, word vectors and the language models of old."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

DIALECTS: Dialects = {
    "transformer-xl": (
        rows(
            "| epoch   1 step {0:8d} | {0:6d} batches | lr 0.00025 | ms/batch 412.35 | loss {1:5.2f} | ppl {2:9.3f}\n",
            (200, 7.5, 1808.042),
            (400, 6.5, 665.142),
            (600, 6.25, 518.013),
        )
        + "-" * 80
        + "\n| Eval   1 at step      600 | time: 120.11s | valid loss  6.00 | valid ppl   403.429\n",
        {
            "loss": ("loss", "train", "step", [200, 400, 600], [7.5, 6.5, 6.25]),
            "ppl": ("perplexity", "train", "step", [200, 400, 600], [1808.042, 665.142, 518.013]),
            "valid loss": ("loss", "val", "step", [600], [6.0]),
        },
    ),
    "word language model": (
        rows(
            "| epoch {0:3d} |   200/  400 batches | lr 20.00 | ms/batch 11.43 | loss {1} | ppl 2079.22\n"
            "| epoch {0:3d} |   400/  400 batches | lr 20.00 | ms/batch 11.43 | loss {2} | ppl 1079.22\n"
            "-----------------------------------------\n"
            "| end of epoch {0:3d} | time: 36.93s | valid loss {3} | valid ppl   252.86\n"
            "-----------------------------------------\n",
            (1, 7.5, 6.5, 5.5),
            (2, 5.25, 5.0, 4.75),
        )
        + "=" * 40
        + "\n| End of training | test loss  4.70 | test ppl  109.95\n",
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [7.5, 6.5, 5.25, 5.0]),
            "valid loss": ("loss", "val", "epoch", [1, 2], [5.5, 4.75]),
            "test loss": ("loss", "test", "epoch", [2], [4.7]),
        },
    ),
    "sockeye": (
        rows(
            "[2019-03-17:14:36:36:INFO:sockeye.training:__call__] Epoch[0] Batch [{0}]\tSpeed: 71.18 samples/sec "
            "1971.60 tokens/sec 1.27 updates/sec\tperplexity={1}\n",
            (50, 450.5),
            (100, 300.25),
            (150, 200.125),
        ),
        {"perplexity": ("perplexity", "train", "epoch", [1 / 3, 2 / 3, 1], [450.5, 300.25, 200.125])},
    ),
    "opennmt-py 1": (
        rows(
            "[2018-09-20 15:18:39,264 INFO] Step {0}/1000; acc:  {1}; ppl: {2}; xent: {3}; lr: 0.00100; "
            "2214/2168 tok/s;    950 sec\n",
            (50, 32.5, 155.25, 5.0),
            (100, 42.5, 55.25, 4.0),
        )
        + "[2018-09-20 15:18:47,173 INFO] Validation perplexity: 56.125\n"
        "[2018-09-20 15:18:47,173 INFO] Validation accuracy: 35.5\n",
        {
            "xent": ("cross_entropy", "train", "step", [50, 100], [5.0, 4.0]),
            "acc": ("accuracy", "train", "step", [50, 100], [32.5, 42.5]),
            "Validation perplexity": ("perplexity", "val", "step", [100], [56.125]),
            "Validation accuracy": ("accuracy", "val", "step", [100], [35.5]),
        },
    ),
    "opennmt, lua": (
        rows(
            "[01/22/17 10:00:00 INFO] Epoch {0} ; Iteration {1}/200 ; Learning rate 1.0000 ; Source tokens/s 196 ; "
            "Perplexity {2}\n",
            (1, 100, 5000.5),
            (1, 200, 2500.25),
            (2, 100, 1200.5),
        ),
        {"Perplexity": ("perplexity", "train", "epoch", [0.5, 1, 1.5], [5000.5, 2500.25, 1200.5])},
    ),
    "opennmt-py 0": (
        rows(
            "Epoch  {0}, {1:5d}/  200; acc: {2:6.2f}; ppl: {3:7.2f}; xent: {4:6.2f}; 3438 src tok/s; "
            "3517 tgt tok/s;   9823 s elapsed\n",
            (1, 100, 4.0, 1200.5, 7.0),
            (1, 200, 5.0, 800.5, 6.5),
            (2, 100, 6.0, 400.5, 6.0),
        )
        + "Train perplexity: 14.5\nTrain accuracy: 50.25\nValidation perplexity: 11.5\nValidation accuracy: 55.25\n",
        {
            "xent": ("cross_entropy", "train", "epoch", [0.5, 1, 1.5], [7.0, 6.5, 6.0]),
            "acc": ("accuracy", "train", "epoch", [0.5, 1, 1.5], [4.0, 5.0, 6.0]),
        },
    ),
    "tensorflow nmt": (
        rows(
            "  step {0} lr 1 step-time 0.53s wps 12.01K ppl {1} gN 9.56 bleu 0.00, Thu May  4 10:00:00 2017\n",
            (100, 1723.5),
            (200, 823.5),
            (300, 523.5),
        ),
        {"ppl": ("perplexity", "train", "step", [100, 200, 300], [1723.5, 823.5, 523.5])},
    ),
    "flair": (
        rows(
            "2019-02-19 18:37:08,395 epoch {0} - iter 24/48 - loss {1} - time (sec): 2.45 - samples/sec: 2014.87 - "
            "lr: 0.000003 - momentum: 0.000000\n"
            "2019-02-19 18:37:08,395 epoch {0} - iter 48/48 - loss {2} - time (sec): 2.45 - samples/sec: 2014.87 - "
            "lr: 0.000003 - momentum: 0.000000\n"
            "2019-02-19 18:37:12,096 ----------------------------------------\n"
            "2019-02-19 18:37:12,097 EPOCH {0} done: loss {3} - lr 0.1000 - bad epochs 0\n"
            "2019-02-19 18:37:12,571 DEV  : loss {4} - f-score 0.5586 - acc {5}\n",
            (1, 2.5, 2.25, 2.125, 1.75, 0.5),
            (2, 1.5, 1.25, 1.125, 1.5, 0.625),
        ),
        {
            "loss": ("loss", "train", "epoch", [0.5, 1, 1.5, 2], [2.5, 2.25, 1.5, 1.25]),
            "loss_epoch": ("loss", "train", "epoch", [1, 2], [2.125, 1.125]),
            "val/loss": ("loss", "val", "epoch", [1, 2], [1.75, 1.5]),
            "val/acc": ("accuracy", "val", "epoch", [1, 2], [0.5, 0.625]),
        },
    ),
    "gensim": (
        rows("Loss after epoch {0}: {1}\n", (0, 1500.5), (1, 1200.5), (2, 1100.5)),
        {"Loss": ("loss", "train", "epoch", [0, 1, 2], [1500.5, 1200.5, 1100.5])},
    ),
    "glove": (
        "TRAINING MODEL\nRead 60666468 lines.\nInitializing parameters...done.\nvector size: 50\n"
        + rows("08/05/14 - 04:46.33PM, iter: {0:03d}, cost: {1}\n", (1, 0.125), (2, 0.0625), (3, 0.03125)),
        {"cost": ("loss", "train", "step", [1, 2, 3], [0.125, 0.0625, 0.03125])},
    ),
    "rnnlm": (
        rows(
            "Iter: {0:3d}\tAlpha: 0.100000\t   TRAIN entropy: {1}    Words/sec: 5000.1   VALID entropy: {2}\n",
            (0, 9.25, 8.75),
            (1, 8.25, 8.125),
            (2, 7.75, 7.875),
        ),
        {
            "TRAIN entropy": ("cross_entropy", "train", "step", [0, 1, 2], [9.25, 8.25, 7.75]),
            "VALID entropy": ("cross_entropy", "val", "step", [0, 1, 2], [8.75, 8.125, 7.875]),
        },
    ),
    "char-rnn": (
        rows(
            "{0}/2000 (epoch {1}), train_loss = {2}, grad/param norm = 5.1250e-01, time/batch = 0.05s\n",
            (1, "0.025", 4.25),
            (2, "0.050", 4.125),
            (3, "0.075", 4.0625),
        ),
        {"train_loss": ("loss", "train", "epoch", [0.025, 0.05, 0.075], [4.25, 4.125, 4.0625])},
    ),
}
