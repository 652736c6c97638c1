"""What handgrad knows of networks, lessons and learners; nothing of terminals."""
