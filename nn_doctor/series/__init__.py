"""The common series model: what every log becomes before it is judged."""
