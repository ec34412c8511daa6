"""A certifying body's requirements as versioned data."""

from django.db import models
from django.utils.translation import get_language


class ProfileQuerySet(models.QuerySet["Profile"]):
    def offered(self) -> "ProfileQuerySet":
        """Those that a trainee may be enrolled under: they have a version, and are no specimen."""
        return self.filter(is_specimen=False, versions__isnull=False).distinct()


class Profile(models.Model):
    """The requirements of one credential of one certifying body, through all their versions."""

    code = models.SlugField(max_length=60, unique=True)
    is_specimen = models.BooleanField(default=False, help_text="For trying out; offered to nobody.")

    objects = ProfileQuerySet.as_manager()

    def __str__(self) -> str:
        return self.code


class ProfileVersion(models.Model):
    """The requirements as they stood: rules, sources, when they were checked, how sure we are."""

    append_only = True

    profile = models.ForeignKey(Profile, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField()
    names = models.JSONField()
    certifier = models.CharField(max_length=200)
    rules = models.JSONField()
    source_urls = models.JSONField(default=list)
    checked_on = models.DateField()
    confidence = models.CharField(max_length=1)
    effective_on = models.DateField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "number"], name="one_profile_version_a_number"
            )
        ]

    def __str__(self) -> str:
        return self.name_in(get_language() or "en")

    def name_in(self, language: str) -> str:
        """Return the credential's name in a language, or in English, or the profile's code."""
        return self.names.get(language) or self.names.get("en") or self.profile.code
