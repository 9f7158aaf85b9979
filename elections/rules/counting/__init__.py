"""Pure arithmetic of a count: from the figures of one round to who is elected, why, and what remains open."""
