"""One file a diagnosis; see base.py for what a rule is and triage.py for how diagnoses are ranked.

``common`` holds what several rules share, ``likeness`` the second opinion: trees that learned from labelled runs.
"""
