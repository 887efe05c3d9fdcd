"""The trainings: each module has ``train(seed, **args)`` → records, a dict of numbers for each line of the log.

A record has ``step`` (optimiser updates so far, from 1) and ``epoch`` (from 0), and of the names that the dialects
know: loss, accuracy, val_loss, val_accuracy, lr, grad_norm; any other name is written as it is.
"""
