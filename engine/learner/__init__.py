"""What a learner knows, and the files in which that and their place are kept."""
