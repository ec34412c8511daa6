"""The demo's people, as a table: who they are and how far they have come. All of them are invented."""

from dataclasses import dataclass

from django.utils.translation import gettext_noop as _

PASSWORD = "walk-beside-me"  # noqa: S105  (the demo's, printed on the console and on the login page)

STAFF = [
    # address, classroom name, role, what they are in the demo
    ("ada@demo.test", "Ada", "administrator", _("administrator: people, roles, settings")),
    ("rita@demo.test", "Rita", "registrar", _("registrar: enrolments and certificates")),
    ("erin@demo.test", "Erin Castillo", "instructor", _("instructor: writes and teaches")),
    ("ivan@demo.test", "Ivan Brooks", "instructor", _("instructor: reviews what Erin writes")),
    ("carl@demo.test", "Carl", "certifier", _("certifier: checks certificates")),
]


@dataclass(frozen=True)
class Trainee:
    """One trainee of the demo.

    `days` is how long ago they enrolled; `done` is how many of the 24 units are finished; `attempts`
    are the exam attempts in order, each as its number of right answers (of 20), or `None` for one
    that was begun and left until its time was over; `signed` says whether the agreements are signed;
    `fate` is what became of the certificate.
    """

    address: str
    called: str
    legal_name: str
    days: int
    done: int
    attempts: tuple[int | None, ...] = ()
    language: str = "en"
    profile: str = "us-ca-medical-pss-initial"
    signed: bool = True
    fate: str = ""


ALL = 24
OREGON = "us-or-pss"

TRAINEES = [
    Trainee("new@demo.test", "Noor", "", 0, 0, signed=False),
    Trainee("alice@demo.test", "Alice", "Alice Moreno", 70, ALL - 1, signed=False),
    Trainee("bob@demo.test", "Bob", "Robert Whitefeather", 95, ALL, (17,)),
    Trainee("lucia@demo.test", "Lucía", "Lucía Fernández Ortega", 90, ALL, (18,), "es"),
    Trainee("marcus@demo.test", "Marcus", "Marcus Oyelaran", 88, ALL, (12, 16)),
    Trainee("yael@demo.test", "יעל", "יעל בן־דוד", 120, ALL, (19,)),
    Trainee(
        "priya@demo.test",
        "Priya",
        "Priya Venkataraghavan Subramanian Iyer-Lakshminarayanan",
        100,
        ALL,
        (15,),
    ),
    Trainee("sam@demo.test", "Sam", "Samantha Lee", 110, ALL, (20,), fate="revoked"),
    Trainee("dana@demo.test", "Dana", "Dana Kowalczyk", 84, ALL, (14,)),
    Trainee("omar@demo.test", "Omar", "Omar Haddad", 99, ALL, (17,), profile=OREGON),
    Trainee("rosa@demo.test", "Rosa", "Rosa Delgado", 77, ALL, (16,), "es"),
    Trainee("keisha@demo.test", "Keisha", "Keisha Brown", 81, ALL, (11, 13), "en"),
    Trainee("tom@demo.test", "Tom", "Thomas Begay", 79, ALL, (10,)),
    Trainee("wen@demo.test", "Wen", "Wen Zhang", 74, ALL, (None,)),
    Trainee("jose@demo.test", "José", "José Ramírez", 72, ALL, (9, 12, 13), "es"),
    Trainee("ana@demo.test", "Ana", "Ana Beltrán", 66, ALL, (), "es"),
    Trainee("leo@demo.test", "Leo", "Leonard Fischer", 64, ALL, (18,), signed=False),
    Trainee("mei@demo.test", "Mei", "Mei Tanaka", 61, 21),
    Trainee("andre@demo.test", "Andre", "Andre Baptiste", 58, 20),
    Trainee("grace@demo.test", "Grace", "Grace Okafor", 55, 18, profile=OREGON),
    Trainee("hugo@demo.test", "Hugo", "Hugo Salinas", 52, 17, (), "es"),
    Trainee("nina@demo.test", "Nina", "Nina Petrova", 49, 15),
    Trainee("eli@demo.test", "Eli", "Elijah Stone", 45, 14),
    Trainee("sofia@demo.test", "Sofía", "Sofía Quintero", 43, 12, (), "es"),
    Trainee("pat@demo.test", "Pat", "Patricia Nguyen", 40, 12),
    Trainee("ray@demo.test", "Ray", "Raymond Two Rivers", 36, 10, signed=False),
    Trainee("zoe@demo.test", "Zoe", "Zoe Martin", 33, 8, profile=OREGON),
    Trainee("ivy@demo.test", "Ivy", "Ivy Johnson", 28, 7),
    Trainee("luz@demo.test", "Luz", "Luz Herrera", 24, 5, (), "es", signed=False),
    Trainee("max@demo.test", "Max", "Max Weber", 20, 4, signed=False),
    Trainee("fay@demo.test", "Fay", "Fay Robinson", 14, 3, signed=False),
    Trainee("gil@demo.test", "Gil", "Gilberto Cruz", 9, 1, (), "es", signed=False),
    Trainee("joy@demo.test", "Joy", "Joy Adeyemi", 3, 0, signed=False),
]

SHOWN = [
    ("alice@demo.test", _("trainee: one lesson and the exam ahead of her")),
    ("new@demo.test", _("trainee: at the start")),
    *((address, what) for address, _, _, what in STAFF),
]
