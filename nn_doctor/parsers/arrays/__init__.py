"""NumPy's NPZ and NPY files, never with pickled objects."""
