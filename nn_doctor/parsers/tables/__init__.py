"""Parts of the delimited-table parser."""
