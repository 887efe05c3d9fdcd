"""Commands: click functions, one file each; no logic."""
