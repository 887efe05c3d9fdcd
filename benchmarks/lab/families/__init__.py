"""One file a family: its configurations and labels. Nothing here imports PyTorch."""
