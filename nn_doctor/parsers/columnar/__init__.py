"""Tables stored by column (Parquet)."""
