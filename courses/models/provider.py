"""Who gives the training: one provider an installation, with its approvals and its signatory."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from modelcluster.models import ClusterableModel
from wagtail.admin.panels import FieldPanel, InlinePanel, MultiFieldPanel
from wagtail.contrib.settings.models import BaseGenericSetting, register_setting


@register_setting(icon="group")
class Provider(BaseGenericSetting, ClusterableModel):
    """The training provider as it is printed on certificates and named in the footer."""

    name = models.CharField(_("name"), max_length=120, blank=True)
    street = models.CharField(_("street"), max_length=120, blank=True)
    city = models.CharField(_("city and state"), max_length=120, blank=True)
    contact_email = models.EmailField(_("e-mail for help"), blank=True)
    contact_phone = models.CharField(_("phone for help"), max_length=40, blank=True)
    signatory_name = models.CharField(_("who signs"), max_length=120, blank=True)
    signatory_title = models.CharField(_("title of who signs"), max_length=120, blank=True)

    panels = [
        MultiFieldPanel(
            [FieldPanel("name"), FieldPanel("street"), FieldPanel("city")], _("Provider")
        ),
        MultiFieldPanel(
            [FieldPanel("contact_email"), FieldPanel("contact_phone")], _("Help from a person")
        ),
        MultiFieldPanel(
            [FieldPanel("signatory_name"), FieldPanel("signatory_title")], _("Signatory")
        ),
        InlinePanel("approvals", label=_("Approval"), heading=_("Approvals")),
    ]

    class Meta:
        verbose_name = _("provider")

    def __str__(self) -> str:
        return self.name


class Approval(models.Model):
    """A certifying body's approval of this provider: its number and while it is valid."""

    provider = ParentalKey(Provider, on_delete=models.CASCADE, related_name="approvals")
    certifier = models.CharField(_("approved by"), max_length=120)
    number = models.CharField(_("approval number"), max_length=60)
    valid_from = models.DateField(_("valid from"))
    valid_until = models.DateField(_("valid until"), null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.certifier} {self.number}"
