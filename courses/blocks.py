"""What a lesson is made of. Placeholder of the block list."""

from wagtail import blocks


class LessonBody(blocks.StreamBlock):
    text = blocks.RichTextBlock(features=["h2", "h3", "bold", "italic", "ul", "ol", "link", "blockquote"])
