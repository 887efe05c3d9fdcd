"""One file a diagnosis; see base.py for what a rule is and triage.py for how diagnoses are ranked."""
