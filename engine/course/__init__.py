"""Which lessons there are; a lesson file to start from; noticing that one was saved."""
