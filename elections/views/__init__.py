"""Views of the spine: for each address a permission, one call, one answer."""
