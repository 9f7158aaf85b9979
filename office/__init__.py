"""The roof: what looks across all apps. It owns no model, and only config imports it."""
