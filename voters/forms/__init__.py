"""Forms about the roll: shape only. What the rules say of a row is said by the rules."""
