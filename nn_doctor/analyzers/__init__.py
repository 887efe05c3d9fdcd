"""Numbers about a curve or two: pure functions of numpy arrays with frozen results."""
