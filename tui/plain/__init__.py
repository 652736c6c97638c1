"""A walk in lines of text: for screen readers, pipes and programs."""
