"""How forms are drawn: `{{ form }}` gives our fields everywhere, allauth's pages included."""

from django.forms.renderers import TemplatesSetting


class Renderer(TemplatesSetting):
    """Fields with a label, a hint, and the error under the control and in a summary."""

    form_template_name = "components/form.html"
    field_template_name = "components/field.html"
