"""The acts on the roll: one function each, all or nothing, one journal line."""

from voters.services import rekeying as rekeying  # only a command uses it, and the log has words for it
