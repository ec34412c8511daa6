"""What a lesson is made of, for the editor; `freezing` turns each block into its plain form."""

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError
from wagtail.documents.blocks import DocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock

TEXT = ["h2", "h3", "bold", "italic", "ul", "ol", "link", "blockquote"]
SHORT = ["bold", "italic", "ul", "ol", "link"]


class TextBlock(blocks.RichTextBlock):
    class Meta:
        label = _("Text")
        icon = "pilcrow"


class ImageBlock(blocks.StructBlock):
    """A picture, and the words for those who do not see it."""

    image = ImageChooserBlock(label=_("Image"))
    alt = blocks.TextBlock(
        label=_("What the image says, in words"), help_text=_("Read aloud in place of it.")
    )
    caption = blocks.TextBlock(label=_("Caption"), required=False)

    class Meta:
        label = _("Image")
        icon = "image"


class RecordingBlock(blocks.StructBlock):
    """A recording with captions or a transcript; one of the two must be there."""

    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(label=_("Recording"))
    minutes = blocks.IntegerBlock(label=_("Length in minutes"), required=False, min_value=1)
    captions = DocumentChooserBlock(label=_("Captions (WebVTT)"), required=False)
    transcript = blocks.RichTextBlock(label=_("Transcript"), features=SHORT, required=False)

    def clean(self, value: Any) -> Any:
        """Refuse a recording that some people could not follow."""
        value = super().clean(value)
        transcript = value.get("transcript")
        if not value.get("captions") and not (transcript and transcript.source.strip()):
            missing = ValidationError(
                _("Add captions or a transcript, so that everyone can follow.")
            )
            raise StructBlockValidationError(block_errors={"transcript": missing})
        return value


class VideoBlock(RecordingBlock):
    class Meta:
        label = _("Video")
        icon = "media"


class AudioBlock(RecordingBlock):
    class Meta:
        label = _("Audio")
        icon = "media"


class CalloutBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    text = blocks.RichTextBlock(label=_("Text"), features=SHORT)

    class Meta:
        label = _("Callout")
        icon = "info-circle"


class ContentNoteBlock(blocks.StructBlock):
    """Stands before hard content, says what comes, and offers an equal other way."""

    text = blocks.TextBlock(label=_("What comes next"))
    other_way = blocks.TextBlock(
        label=_("The equal other way"),
        required=False,
        help_text=_("Empty: a talk with the instructor counts the same."),
    )

    class Meta:
        label = _("Content note")
        icon = "warning"


class LineBlock(blocks.StructBlock):
    who = blocks.CharBlock(label=_("Who speaks"))
    text = blocks.TextBlock(label=_("What is said"))
    is_you = blocks.BooleanBlock(label=_("This is the peer specialist"), required=False)


class ScenarioBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    scene = blocks.TextBlock(label=_("Scene"), required=False)
    lines = blocks.ListBlock(LineBlock(label=_("Line")), label=_("What is said"))
    pause = blocks.TextBlock(label=_("A thought to pause on"), required=False)

    class Meta:
        label = _("Scenario")
        icon = "group"


class OptionBlock(blocks.StructBlock):
    text = blocks.TextBlock(label=_("Answer"))
    feedback = blocks.TextBlock(label=_("What we say to this answer"))
    is_key = blocks.BooleanBlock(label=_("This is the right one"), required=False)


class KnowledgeCheckBlock(blocks.StructBlock):
    """One question with answers, of which one is right. Not graded; tried as often as one likes."""

    question = blocks.TextBlock(label=_("Question"))
    options = blocks.ListBlock(
        OptionBlock(label=_("Answer")), min_num=2, max_num=6, label=_("Answers")
    )

    class Meta:
        label = _("Knowledge check")
        icon = "help"

    def clean(self, value: Any) -> Any:
        """Refuse a check that has no right answer, or two."""
        value = super().clean(value)
        if sum(bool(option["is_key"]) for option in value["options"]) != 1:
            refusal = ValidationError(_("Mark one answer as the right one, and only one."))
            raise StructBlockValidationError(non_block_errors=[refusal])
        return value


class ReflectionBlock(blocks.StructBlock):
    """Something to write for oneself. No one else reads it."""

    prompt = blocks.TextBlock(label=_("What to think about"))

    class Meta:
        label = _("Reflection (private)")
        icon = "edit"


class DownloadBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"))
    file = DocumentChooserBlock(label=_("Document"))

    class Meta:
        label = _("Download")
        icon = "download"


class LessonBody(blocks.StreamBlock):
    """All that a lesson can be made of."""

    text = TextBlock(features=TEXT)
    image = ImageBlock()
    video = VideoBlock()
    audio = AudioBlock()
    callout = CalloutBlock()
    content_note = ContentNoteBlock()
    scenario = ScenarioBlock()
    knowledge_check = KnowledgeCheckBlock()
    reflection = ReflectionBlock()
    download = DownloadBlock()
