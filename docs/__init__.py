"""The generated parts of these documents and the commands that draw them (`make docs`)."""
