"""What ``benchmarks/accuracy.py`` is made of: cases with labels, doctors that answer, scores, the page."""
