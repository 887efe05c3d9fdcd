"""TensorBoard event files: record framing, checksums, and the few protobuf fields that hold scalars."""
