"""The laboratory: real trainings with known faults, and healthy ones that look frightening.

``families/`` holds one file a family (data set, model, script): the configurations with the fault as injected and
the labels that somebody gave who looked at the plotted curves. ``scripts/`` holds the trainings (PyTorch only here,
dependency group ``lab``). ``logs/`` holds what the trainings logged, so that scoring needs neither PyTorch nor time:

    python -m benchmarks.lab train FAMILY [CONFIGURATION]   train, and store the logs
    python -m benchmarks.lab plot FAMILY FOLDER             a sheet of pictures to label from
    python -m benchmarks.lab count                          configurations and runs by label and part
"""
