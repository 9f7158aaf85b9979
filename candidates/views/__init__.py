"""Views of nomination and vetting: for each address a permission, one call, one answer."""
