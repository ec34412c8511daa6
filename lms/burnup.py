"""Hours over time: what was counted, when the need is likely to be met, and how both are drawn.

Pure: ledger lines in, points, dates and drawing coordinates out. Coordinates are text with a point
as the decimal sign, so that no language can write them with a comma.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil, sqrt

WEEK = timedelta(days=7)
PACE_WEEKS = 8  # the pace is that of the last weeks, not of a year ago
DAILY_UNTIL = timedelta(days=21)  # a short story is told by the day
HORIZON = timedelta(days=730)  # what is further away than this is not worth a date
NARROWEST = timedelta(days=28)  # a chart shows four weeks at least
HOUR_STEPS = (1, 2, 5, 10, 20, 25, 50, 100, 200, 500)
MOST_MONTH_MARKS = 6


@dataclass(frozen=True)
class Line:
    """One line of the ledger: its number, the day in the person's time zone, whole minutes."""

    number: int
    on: date
    minutes: int
    reverses: int | None = None


@dataclass(frozen=True)
class Point:
    """The minutes that were counted at the end of a day."""

    on: date
    minutes: int


@dataclass(frozen=True)
class Forecast:
    """When the need is likely to be met at the present pace, and the range around that day."""

    early: date
    likely: date
    late: date


@dataclass(frozen=True)
class Story:
    """Everything that is told about the hours of one enrolment."""

    points: tuple[Point, ...]
    minutes: int
    need: int
    is_daily: bool
    met_on: date | None
    forecast: Forecast | None


@dataclass(frozen=True)
class Box:
    """A drawing area and the margins around its plot, in the drawing's own units."""

    width: int
    height: int
    left: int
    right: int
    top: int
    bottom: int


WIDE = Box(width=760, height=350, left=46, right=610, top=30, bottom=304)
PHONE = Box(width=300, height=310, left=30, right=292, top=58, bottom=266)


@dataclass(frozen=True)
class HourMark:
    hours: int
    y: str
    is_goal: bool


@dataclass(frozen=True)
class MonthMark:
    on: date
    x: str


@dataclass(frozen=True)
class Label:
    """Where a label stands, and to which side of that place it runs ("start" or "end")."""

    x: str
    y: str
    anchor: str


@dataclass(frozen=True)
class Drawing:
    """Coordinates and paths for one drawing; a forecast that is not there is an empty path.

    `scale_x` is where the hours stand at the left, `beside_x` where the words about the goal begin.
    """

    box: Box
    hour_marks: tuple[HourMark, ...]
    month_marks: tuple[MonthMark, ...]
    goal_y: str
    scale_x: str
    beside_x: str
    counted: str
    counted_area: str
    forecast: str
    forecast_area: str
    today_x: str
    today_y: str
    today_label: Label


def counting(lines: Iterable[Line]) -> list[Line]:
    """Return the lines that count: a reversal takes its minutes from the line that it undoes."""
    taken: dict[int, int] = {}
    credited: list[Line] = []
    for line in lines:
        if line.reverses is None:
            credited.append(line)
        else:
            taken[line.reverses] = taken.get(line.reverses, 0) - line.minutes
    left = [
        Line(line.number, line.on, line.minutes - taken.get(line.number, 0)) for line in credited
    ]
    return sorted(
        (line for line in left if line.minutes > 0), key=lambda line: (line.on, line.number)
    )


def tell(lines: Iterable[Line], *, need: int, today: date) -> Story:
    """Tell the story of a ledger up to today, for a need in minutes. Later lines are not told yet."""
    counted = [line for line in counting(lines) if line.on <= today]
    first = counted[0].on if counted else today
    is_daily = today - first <= DAILY_UNTIL
    days = _days(first, today, timedelta(days=1) if is_daily else WEEK)
    points = tuple(
        Point(day, sum(line.minutes for line in counted if line.on <= day)) for day in days
    )
    met_on = _met_on(counted, need)
    forecast = None if met_on or need <= 0 else predict(counted, need=need, today=today)
    return Story(points, points[-1].minutes, need, is_daily, met_on, forecast)


def predict(counted: Sequence[Line], *, need: int, today: date) -> Forecast | None:
    """Return when the need is met at the pace of the last eight weeks, or None if nobody could say.

    The range is one standard error of the weekly minutes to either side, the slow side at half the
    pace at most. Nothing is said before the second week, without hours in those weeks, and of days
    more than two years away.
    """
    if not counted:
        return None
    weeks = min(PACE_WEEKS, ceil(((today - counted[0].on).days + 1) / 7))
    minutes = [
        sum(
            line.minutes
            for line in counted
            if today - WEEK * (back + 1) < line.on <= today - WEEK * back
        )
        for back in range(weeks)
    ]
    mean = sum(minutes) / weeks
    if weeks < 2 or not mean:
        return None
    error = sqrt(sum((m - mean) ** 2 for m in minutes) / (weeks - 1) / weeks)
    left = need - sum(line.minutes for line in counted)
    early, likely, late = (
        ceil(left / pace * 7) for pace in (mean + error, mean, max(mean - error, mean / 2))
    )
    if likely > HORIZON.days:
        return None
    return Forecast(*(today + timedelta(days=days) for days in (early, likely, late)))


def draw(story: Story, box: Box) -> Drawing:
    """Place a story in a box. All that is drawn stands inside the box."""
    plane = _Plane(story, box)
    path = [plane.at(point.on, point.minutes) for point in story.points]
    first, last = path[0], path[-1]
    bottom = _number(box.bottom)
    fan = fan_area = ""
    if story.forecast:
        told = story.forecast
        goals = [plane.at(day, story.need) for day in (told.early, told.likely, told.late)]
        fan = _path([last, goals[1]])
        fan_area = _path([last, goals[0], goals[2]]) + "Z"
    return Drawing(
        box=box,
        hour_marks=tuple(
            HourMark(hours, plane.y(hours * 60), hours * 60 == story.need)
            for hours in plane.hours()
        ),
        month_marks=tuple(MonthMark(day, plane.x(day)) for day in plane.months()),
        goal_y=plane.y(story.need),
        scale_x=_number(box.left - 8),
        beside_x=_number(box.right + 12),
        counted=_path(path),
        counted_area=f"{_path([(first[0], bottom), *path, (last[0], bottom)])}Z",
        forecast=fan,
        forecast_area=fan_area,
        today_x=last[0],
        today_y=last[1],
        today_label=_today_label(last, box),
    )


class _Plane:
    """Days and minutes to coordinates: the time from the first point to the last day that is told."""

    def __init__(self, story: Story, box: Box) -> None:
        self.box = box
        self.first = story.points[0].on
        told = story.forecast.late if story.forecast else story.points[-1].on
        self.last = max(told, self.first + NARROWEST)
        self.need = story.need
        self.most = max(story.need, story.minutes, 60)
        self.step = next((s for s in HOUR_STEPS if s * 60 * 5 >= self.most), HOUR_STEPS[-1])

    def x(self, day: date) -> str:
        share = (day - self.first) / (self.last - self.first)
        return _number(self.box.left + share * (self.box.right - self.box.left))

    def y(self, minutes: int) -> str:
        return _number(self.box.bottom - minutes / self.most * (self.box.bottom - self.box.top))

    def at(self, day: date, minutes: int) -> tuple[str, str]:
        return self.x(day), self.y(minutes)

    def hours(self) -> list[int]:
        """Return the hours that get a line: even steps, and the need if it is a whole hour."""
        steps = range(0, self.most // 60 + 1, self.step)
        goal = self.need // 60
        clear = [
            hours
            for hours in steps
            if hours == goal or abs(hours - goal) * 2 > self.step or not hours
        ]
        return sorted({*clear, goal} if self.need and self.need % 60 == 0 else {*steps})

    def months(self) -> list[date]:
        """Return the first day of each month in sight, thinned out where there are many."""
        start = self.first.replace(day=1)
        days = [
            date(start.year + (start.month - 1 + n) // 12, (start.month - 1 + n) % 12 + 1, 1)
            for n in range((self.last.year - start.year) * 12 + self.last.month - start.month + 1)
        ]
        seen = [day for day in days if self.first <= day <= self.last]
        return seen[:: ceil(len(seen) / MOST_MONTH_MARKS) or 1]


def _days(first: date, today: date, step: timedelta) -> list[date]:
    """Return days in even steps that end today and begin before the first line counted."""
    count = (today - first) // step + 1
    return [today - step * back for back in range(count, -1, -1)]


def _met_on(counted: Sequence[Line], need: int) -> date | None:
    """Return the day on which the need was met, if there is one and it was."""
    total = 0
    for line in counted if need > 0 else ():
        total += line.minutes
        if total >= need:
            return line.on
    return None


def _today_label(today: tuple[str, str], box: Box) -> Label:
    """Place the label of today beside its mark: where there is room, and off the goal line."""
    x, y = float(today[0]), float(today[1])
    room = (box.right - box.left) * 0.3
    if x - box.left < room:
        return Label(_number(x + 14), _number(min(y + 22, box.bottom - 8)), "start")
    if y - box.top < 34:
        return Label(_number(x + 4), _number(box.top - 14), "end")
    return Label(_number(x - 14), _number(y - 12), "end")


def _path(points: Sequence[tuple[str, str]]) -> str:
    return "M" + "L".join(f"{x} {y}" for x, y in points)


def _number(value: float) -> str:
    return f"{value:.1f}"
