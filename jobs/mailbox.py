"""Where mail goes on a machine without a mail server."""

from django.core.mail.backends.filebased import EmailBackend


class FolderBackend(EmailBackend):
    """Placeholder."""
