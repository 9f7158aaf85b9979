"""The pieces of ``tests/mutants.py``: what is changed, how, and which tests are asked whether they notice."""
