"""``[tool.nn-doctor]`` in pyproject.toml, or nn-doctor.toml: found, checked, and laid under the command line."""
