"""The papers of the roll that hold a name each: cards, household sheets, issue sheets (F1, F4, VR-17, VT-18)."""
