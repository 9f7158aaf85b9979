"""The rules of a slate and of one nominee: plain Python."""
