"""What is typed about the roll, checked for its shape; what the rules say of a row is said by the rules."""
