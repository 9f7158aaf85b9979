"""规则演算: the rules as a calculator. One file a topic; the page and `manage.py rule` ask the same."""
