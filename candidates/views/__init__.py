"""What happens at each address of nomination and vetting: permission, one call, one answer."""
