"""nn-doctor inside other tools: tests of training code."""
