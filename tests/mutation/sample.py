"""A function for the test of changed code."""


def double(number: int) -> int:
    return number * 2
