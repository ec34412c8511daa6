"""Make the first administrator, or make somebody who is there one."""

import sys
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from accounts import people, roles
from accounts.models import User


class Command(BaseCommand):
    help = "Make an administrator: asks for a password, or prints a link where it is set."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("email")
        parser.add_argument(
            "--name", default="", help="What we call them; the part before the @ if not given."
        )
        parser.add_argument("--language", default="en")
        parser.add_argument(
            "--link", action="store_true", help="Print a link instead of asking for a password."
        )

    def handle(self, *args: Any, **options: Any) -> None:
        email = options["email"]
        person = User.objects.filter(email__iexact=email).first()
        if person is not None:
            roles.give_role(person=person, role=roles.Role.ADMINISTRATOR, now=timezone.now())
            self.stdout.write(f"{person.email} is an administrator now. The password is as it was.")
            return
        with_link = options["link"] or not sys.stdin.isatty()
        person = people.register(
            email=email,
            password=None if with_link else self.asked_password(),
            classroom_name=options["name"] or email.partition("@")[0],
            language=options["language"],
            role=roles.Role.ADMINISTRATOR,
            now=timezone.now(),
        )
        self.stdout.write(f"{person.email} is an administrator now.")
        if with_link:
            self.stdout.write(
                f"The password is set here, within three days: {people.password_link(person)}"
            )

    def asked_password(self) -> str:
        """Ask for a password twice. Raises `CommandError` for one that is weak or typed in two ways."""
        password = getpass("Password: ")
        if password != getpass("Again: "):
            raise CommandError("The two passwords are not the same.")
        try:
            validate_password(password)
        except ValidationError as exc:
            raise CommandError(" ".join(exc.messages)) from exc
        return password
