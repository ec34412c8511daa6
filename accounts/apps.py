"""The app's names: our people, and Wagtail's people screens with our kind of person."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate
from wagtail.users.apps import WagtailUsersAppConfig


class AccountsConfig(AppConfig):
    default = True
    name = "accounts"

    def ready(self) -> None:
        from accounts import roles  # noqa: PLC0415  (app ready)

        post_migrate.connect(roles.lay_after_migrate, dispatch_uid="accounts.lay_roles")


class PeopleConfig(WagtailUsersAppConfig):  # type: ignore[misc]  # Wagtail has no types
    """Wagtail's people screens, for a person without a user name, a first or a last name."""

    user_viewset = "accounts.viewsets.PersonViewSet"
