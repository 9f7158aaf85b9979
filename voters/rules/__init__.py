"""The rules of one row or one person of the roll: plain Python."""
