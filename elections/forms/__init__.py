"""Forms: the shape of what a person types. What the law says is checked by the services."""
