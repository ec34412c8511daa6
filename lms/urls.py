"""The house's addresses. Two names that a lower floor leads up to are given here, at the roof."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from certificates.views.holder import follow_certificate
from courses.views.results import show_result
from lms import health, views

urlpatterns = [
    path("", views.show_home, name="home"),
    path("language/", views.set_language, name="set-language"),
    path("privacy/", views.show_page, {"name": "privacy"}, name="page-privacy"),
    path("accessibility/", views.show_page, {"name": "accessibility"}, name="page-accessibility"),
    path("help/", views.show_page, {"name": "help"}, name="page-help"),
    path("words/", views.show_page, {"name": "words"}, name="page-words"),
    path("health/", health.show_health, name="health"),
    path("accounts/", include("allauth.urls")),
    path("me/", include("accounts.urls")),
    path("my/attempts/<uuid:attempt>/result/", show_result, name="exam-result"),
    path("my/<uuid:enrolment>/certificate/", follow_certificate, name="follow-certificate"),
    path("my/", include("courses.urls")),
    path("exams/attempts/", include("exams.urls")),
    path("certificates/", include("certificates.urls")),
    path("verify/", include("certificates.verify_urls")),
    path("jobs/", include("jobs.urls")),
    path("admin/", include("accounts.admin_urls")),  # the editor's doors, before its own
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    *i18n_patterns(path("", include(wagtail_urls))),
]
