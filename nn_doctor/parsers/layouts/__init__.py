"""Bundles: which members of a folder make one run; one file a bundle."""
