"""Reading the roll. What other apps may ask for stands here; the rest is for this app's pages and services."""
