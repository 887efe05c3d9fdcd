"""Prints of those who train or tune language models, and of laboratories that read DNA."""

from __future__ import annotations

from tests.parsers.dialects import Dialects, rows

EPOCHS = [1, 2, 3]
RECIPES_LOSSES = [2.5, 2.25, 1.75, 1.5, 1.25, 1.125]
CODERTIMO = (
    "{{'epoch': {0}, 'iter': {1}, 'avg_loss': {2}, 'loss': {2}}}\n"
    "EP{0}_train, avg_loss= {2} total_acc= {4}\nEP{0}_test, avg_loss= {3} total_acc= {4}\n"
)
RECIPES = (
    "\rTraining Epoch: {0}/3, step 3/8 completed (loss: {1}):  50%|█████     | 4/8 [00:31<00:09,  2.52it/s]"
    "\rTraining Epoch: {0}/3, step 7/8 completed (loss: {2}): 100%|██████████| 8/8 [00:31<00:09,  2.52it/s]\n"
    "evaluating Epoch: 100%|██████████| 12/12 [00:01<00:00,  9.69it/s]\n"
    " eval_ppl=tensor({3}, device='cuda:0') eval_epoch_loss=tensor({4}, device='cuda:0')\n"
    "best eval loss on epoch {0} is {4}\n"
    "Epoch {0}: train_perplexity={3}, train_epoch_loss={2}, epoch time 41.2061933s\n"
)
DIALECTS: Dialects = {
    "codertimo's BERT, one line an epoch": (
        rows(CODERTIMO, (0, 47, 2.5, 2.75, 0.25), (1, 47, 1.5, 1.75, 0.5), (2, 47, 1.25, 1.5, 0.75)),
        {
            "avg_loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25]),
            "loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25]),
            "train/avg_loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25]),
            "test/avg_loss": ("loss", "test", "epoch", [0, 1, 2], [2.75, 1.75, 1.5]),
            "test/total_acc": ("accuracy", "test", "epoch", [0, 1, 2], [0.25, 0.5, 0.75]),
        },
    ),
    "llama-recipes: the percentage of a bar is no epoch": (
        rows(RECIPES, (1, 2.5, 2.25, 8.5, 2.125), (2, 1.75, 1.5, 4.5, 1.625), (3, 1.25, 1.125, 4.25, 1.5)),
        {
            "train/loss": ("loss", "train", "epoch", [i + e for i in range(3) for e in (0.375, 0.875)], RECIPES_LOSSES),
            "eval_epoch_loss": ("loss", "val", "epoch", EPOCHS, [2.125, 1.625, 1.5]),
            "eval_ppl": ("perplexity", "val", "epoch", EPOCHS, [8.5, 4.5, 4.25]),
            "train_epoch_loss": ("loss", "train", "epoch", EPOCHS, [2.25, 1.5, 1.125]),
        },
    ),
    "torchtune: epoch and step before the loss": (
        rows(
            "\r{0}|{1}|Loss: {2}:  50%|█████     | {3}/40 [00:31<00:09,  2.52it/s]",
            (1, 20, 2.5, 20), (1, 40, 2.25, 40), (2, 60, 1.75, 20), (2, 80, 1.5, 40), (3, 100, 1.25, 20),
        ),
        {"Loss": ("loss", "train", "step", [20, 40, 60, 80, 100], [2.5, 2.25, 1.75, 1.5, 1.25])},
    ),
    "MLX: a rate without a colon": (
        rows(
            "Iter {0}: Train loss {1}, Learning Rate {2}, It/sec 41.230, Peak mem 0.214 GB\n"
            "Iter {0}: Val loss {3}, Val took 0.214s\n",
            (10, 2.5, 0.25, 2.75), (20, 1.5, 0.125, 1.75), (30, 1.25, 0.0625, 1.5),
        ),
        {
            "Train loss": ("loss", "train", "step", [10, 20, 30], [2.5, 1.5, 1.25]),
            "Learning Rate": ("learning_rate", "none", "step", [10, 20, 30], [0.25, 0.125, 0.0625]),
            "Val loss": ("loss", "val", "step", [10, 20, 30], [2.75, 1.75, 1.5]),
        },
    ),
    "perplexity beside the loss it is made of": (
        rows(
            "Step: {0}, LR: 0.001, Loss: {1}, TPS: 31.5\nepoch 0: perplexity: {2} eval_loss: {3}\n",
            (5, 2.5, 7.3891, 2.0), (10, 1.5, 4.4817, 1.5), (15, 1.25, 3.4903, 1.25),
        ),
        {
            "Loss": ("loss", "train", "step", [5, 10, 15], [2.5, 1.5, 1.25]),
            "eval_loss": ("loss", "val", "step", [5, 10, 15], [2.0, 1.5, 1.25]),
            "perplexity": ("perplexity", "val", "step", [5, 10, 15], [7.3891, 4.4817, 3.4903]),
        },
    ),
    "DPO's reference: examples seen": (
        rows(
            "train stats after {0} examples: {{'loss/train': '{1}', 'grad_norm': '{2}', 'counters/examples': {0}}}\n"
            "eval after {0}: {{'loss/eval': '{3}', 'rewards_eval/accuracies': '{4}'}}\n",
            (160, 2.5, 0.25, 2.75, 0.5), (320, 1.5, 0.125, 1.75, 0.625), (480, 1.25, 0.375, 1.5, 0.75),
        ),
        {
            "loss/train": ("loss", "train", "step", [160, 320, 480], [2.5, 1.5, 1.25]),
            "loss/eval": ("loss", "val", "step", [160, 320, 480], [2.75, 1.75, 1.5]),
            "rewards_eval/accuracies": ("accuracy", "val", "step", [160, 320, 480], [0.5, 0.625, 0.75]),
        },
    ),
    "Baskerville: r beside r2": (
        rows(
            "Epoch {0} - 11s - train_loss: {1} - valid_loss: {2} - valid_r: {3} - valid_r2: 0.25 - best!\n",
            (0, 2.5, 2.75, 0.25), (1, 1.5, 1.75, 0.5), (2, 1.25, 1.5, 0.75),
        ),
        {
            "train_loss": ("loss", "train", "epoch", [0, 1, 2], [2.5, 1.5, 1.25]),
            "valid_loss": ("loss", "val", "epoch", [0, 1, 2], [2.75, 1.75, 1.5]),
            "valid_r": ("correlation", "val", "epoch", [0, 1, 2], [0.25, 0.5, 0.75]),
        },
    ),
}  # fmt: skip
