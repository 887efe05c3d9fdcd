"""The plain data of an answer: evidence, diagnoses, outcomes, the report."""
