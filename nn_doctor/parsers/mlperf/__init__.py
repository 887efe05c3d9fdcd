"""The marked lines of MLPerf logs."""
