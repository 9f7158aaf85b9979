"""What happens at each address: permission, one call, one answer."""
