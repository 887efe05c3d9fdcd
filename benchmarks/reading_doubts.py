"""Rows of the manifest of real logs that the raw files do not bear out: row → what the file shows.

Each was looked at with a script of its own that does not use nn-doctor (counts and line numbers in ``READING.md``).
A doubted row is left out of the shares of ``reading.py``, and counted in a column of its own.
"""

from __future__ import annotations

ONE_POINT = "one record, no curve: the manifest names no axis, the record holds {}"

DOUBTED: dict[str, str] = {
    "hf_all_results-01": ONE_POINT.format("'epoch'"),
    "hf_all_results-02": ONE_POINT.format("'epoch'"),
    "allennlp_metrics_epoch-01": ONE_POINT.format("'epoch'"),
    "allennlp_metrics_epoch-02": ONE_POINT.format("'epoch'"),
    "allennlp_metrics_epoch-03": ONE_POINT.format("'epoch'"),
    "allennlp_metrics_epoch-04": ONE_POINT.format("'epoch'"),
    "wandb_summary_json-01": ONE_POINT.format("'_step'"),
    "ipynb_hf_table-01": "the table's first column is 'Epoch' (0, 1, 2); there is no 'Step'",
    "json_lines_deit-01": "none of the 500 records holds an epoch: rows are all there is",
    "keras_stdout-02": "no line of the 6,226 names an epoch: 340 finished bars of several runs follow each other",
    "mxnet_gluon_log-06": "4,306 lines of batches, and 29 of epochs with the last batch printed again: not 4,335",
    "mxnet_gluonnlp_log-06": "20,800 lines of batches, and 200 of epochs with their mean: not 21,000",
    "text_generic-15": "2,400 lines 'train ---' and 600 'val ---' are two curves, not one of 3,000",
    "text_generic-16": "48 lines 'train ---' and 10 'val ---' are two curves, not one of 58",
    "text_generic-30": "four runs of 300 epochs; the manifest has one, and misses line 3221 (behind a bar)",
    "tb_events-11": "Keras writes 'epoch_loss' with the number of the epoch (0 … 50) as its step",
    "baselines_progress_csv-02": "'Timesteps' is the size of each batch (327, 34317, 45526, 43427, 36454 …): no axis",
    "text_generic_rl-01": "'Episode' is a length (18, 19 or 20 at first) that falls 311 times in 887 lines: no axis",
    "lightning_tqdm_stdout-01": "161 counts the redrawn full bars of 20 epochs, eight or nine for each",
    "ultralytics_stdout_in_md-01": "399 epochs; the 400th value is a bar at 0% that a warning cut off (line 95)",
}

DOUBTED_VALIDATION: dict[str, str] = {
    "torchvision_metriclogger-01": "'Test: [0/4]' and '[3/4]' are one of 10 evaluations under way",
    "torchvision_metriclogger-02": "'Test: [0/4]' and '[3/4]' are one of 76 evaluations under way",
}
"""Rows of which only the validation series is doubted."""
