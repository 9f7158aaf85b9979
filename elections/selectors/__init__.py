"""Reading: rows to values for pages, services and the calculator; nothing here changes anything."""
