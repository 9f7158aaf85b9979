"""Forms of facts as pages bind them, and what they say."""

from tests.elections.make_pages import TODAY


def errors(form) -> dict[str, list[str]]:
    """The sentences of a form by field."""
    return {name: list(sentences) for name, sentences in form.errors.items()}


def filled(kind, election, data, instance=None):
    """The form as the page binds it."""
    return kind(data, instance=instance, election=election, today=TODAY)
