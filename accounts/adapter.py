"""allauth's hooks: its mails go through our queue, in the language of whom they are for."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import translation

from accounts.models import User
from jobs.mail import queue_mail


class AccountAdapter(DefaultAccountAdapter):
    """allauth, speaking our way."""

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Queue the mail, so that a mail server that is away holds up nobody."""
        person = context.get("user") or User.objects.filter(email__iexact=email).first()
        language = person.language if person else translation.get_language()
        data = {"email": email, "person": person, "request": self.request, **context}
        with translation.override(language):
            message = self.render_mail(template_prefix, email, data)
        kept = person if person is not None and person.pk else None
        queue_mail(address=email, subject=message.subject, body=str(message.body), person=kept)

    def format_email_subject(self, subject: str) -> str:
        """Return the subject as it is: the sender's name says where it is from."""
        return subject
