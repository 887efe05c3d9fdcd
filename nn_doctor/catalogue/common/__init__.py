"""What several rules measure, ask or say alike, and the parts of the longer ones."""
