"""A lesson's every step: paths and δ, the script of an epoch, its numbers in any epoch, what if."""
