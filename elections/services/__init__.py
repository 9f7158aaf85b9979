"""The acts: one function each, verb first, all or nothing, one journal line."""
