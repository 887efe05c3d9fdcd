"""Pure functions of Report, one file a format."""
