"""The house's addresses."""

from importlib import import_module
from importlib.util import find_spec

from django.conf.urls.i18n import i18n_patterns
from django.contrib.auth.views import LogoutView  # noqa: F401
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lms import views

# TEMPORARY while the apps' doors are being built
APPS = [
    ("me/", "accounts.urls"),
    ("my/", "courses.urls"),
    ("exams/attempts/", "exams.urls"),
    ("certificates/", "certificates.urls"),
    ("verify/", "certificates.verify_urls"),
    ("jobs/", "jobs.urls"),
]


def there(module):
    try:
        import_module(module)
    except ImportError:
        return False
    return True


urlpatterns = [
    path("", views.show_home, name="home"),
    path("language/", views.set_language, name="set-language"),
    path("privacy/", views.show_page, {"name": "privacy"}, name="page-privacy"),
    path("accessibility/", views.show_page, {"name": "accessibility"}, name="page-accessibility"),
    path("help/", views.show_page, {"name": "help"}, name="page-help"),
    path("words/", views.show_page, {"name": "words"}, name="page-words"),
    path("accounts/", include("allauth.urls")),
    *[path(prefix, include(module)) for prefix, module in APPS if there(module)],
    path("admin/", include("accounts.admin_urls")),  # the editor's doors, before its own
    path("admin/", include("accounts.admin_urls")),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]
if there("courses.views.results"):
    from courses.views import results

    urlpatterns.append(
        path("my/attempts/<uuid:attempt>/result/", results.show_result, name="exam-result")
    )
if find_spec("lms.health"):
    from lms import health

    urlpatterns.append(path("health/", health.show_health, name="health"))
urlpatterns += i18n_patterns(path("", include(wagtail_urls)))
