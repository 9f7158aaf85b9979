"""The acts of nomination and vetting: one function each, all or nothing, one journal line."""
