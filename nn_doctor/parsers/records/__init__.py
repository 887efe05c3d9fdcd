"""JSON in all the shapes logs come in: decoding leniently, flattening, columns, dialects."""
