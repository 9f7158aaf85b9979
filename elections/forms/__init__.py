"""What a person types, checked for its shape only: what the law says is said by the services."""
