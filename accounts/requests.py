"""Who a request is from."""

from django.http import HttpRequest

from accounts.models import User


def person_of(request: HttpRequest) -> User:
    """Return the signed-in person. Raises `TypeError` in a view that forgot to ask for one."""
    if not isinstance(request.user, User):
        raise TypeError("This view needs a signed-in person.")
    return request.user
