"""A lesson's numbers as a bank of questions, each of which stands alone."""
