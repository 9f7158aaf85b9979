"""The acts on the roll: one function each, all or nothing, one journal line."""
