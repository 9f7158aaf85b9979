"""What must hold before the site serves people: `manage.py check --deploy` (C114)."""
