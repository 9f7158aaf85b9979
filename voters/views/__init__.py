"""What happens at each address of the roll: permission, one call, one answer."""
