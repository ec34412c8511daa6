"""The records of the assessment engine: the bank, the exam, the sitting."""

from exams.models.bank import Item, ItemText, ItemVersion, Topic
from exams.models.exam import BlueprintLine, Exam, ExamForm, ExamText, FormItem
from exams.models.review import PeerReview
from exams.models.sitting import Attempt, Response, ResponseEntry, Score, Sitting

__all__ = [
    "Attempt",
    "BlueprintLine",
    "Exam",
    "ExamForm",
    "ExamText",
    "FormItem",
    "Item",
    "ItemText",
    "ItemVersion",
    "PeerReview",
    "Response",
    "ResponseEntry",
    "Score",
    "Sitting",
    "Topic",
]
