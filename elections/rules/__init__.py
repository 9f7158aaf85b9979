"""The law as plain Python: no Django, no clock, no chance, no environment."""
