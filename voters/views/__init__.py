"""Views of the roll: for each address a permission, one call, one answer."""
