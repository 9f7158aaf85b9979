"""Cleaning what people typed into cells: the same as in every form, see elections/naming.py."""

from elections.naming import (
    INTERPUNCT,
    clean_name,
    is_han,
    rare_characters,
    strange_characters,
    text_of,
    visible,
)

__all__ = ["INTERPUNCT", "clean_name", "is_han", "rare_characters", "strange_characters", "text_of", "visible"]
