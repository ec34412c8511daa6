"""The records of what is taught, who takes it, and which hours it gave."""

from courses.models.course import Allocation, Course, Tag, TagSet, Unit
from courses.models.pages import CataloguePage, CoursePage, LessonPage, LiveUnitPage, ModulePage
from courses.models.profile import Profile, ProfileVersion
from courses.models.provider import Approval, Provider
from courses.models.records import Completion, Enrolment, HourEntry, Progress, Reflection
from courses.models.release import Release, ReleaseExam, ReleaseFile, ReleaseUnit

__all__ = [
    "Allocation",
    "Approval",
    "CataloguePage",
    "Completion",
    "Course",
    "CoursePage",
    "Enrolment",
    "HourEntry",
    "LessonPage",
    "LiveUnitPage",
    "ModulePage",
    "Profile",
    "ProfileVersion",
    "Progress",
    "Provider",
    "Reflection",
    "Release",
    "ReleaseExam",
    "ReleaseFile",
    "ReleaseUnit",
    "Tag",
    "TagSet",
    "Unit",
]
