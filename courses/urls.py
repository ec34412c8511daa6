"""The addresses of one's own training, and of an instructor's trainees."""

from django.urls import path

from courses.views import course, enrolling, exam, files, ledger, study, trainees

app_name = "courses"
urlpatterns = [
    path("courses/<slug:code>/enrol/", enrolling.enrol, name="enrol"),
    path("<uuid:enrolment>/", course.show_course, name="show-course"),
    path("<uuid:enrolment>/units/<uuid:unit>/", study.study_unit, name="study-unit"),
    path(
        "<uuid:enrolment>/units/<uuid:unit>/check/<str:block>/",
        study.answer_check,
        name="answer-check",
    ),
    path(
        "<uuid:enrolment>/units/<uuid:unit>/reflection/<str:block>/",
        study.write_reflection,
        name="write-reflection",
    ),
    path("<uuid:enrolment>/units/<uuid:unit>/finish/", study.finish_lesson, name="finish-lesson"),
    path("<uuid:enrolment>/files/<str:name>", files.show_file, name="show-file"),
    path("<uuid:enrolment>/hours/", ledger.list_hours, name="list-hours"),
    path("<uuid:enrolment>/exam/", exam.show_exam, name="show-exam"),
    path("trainees/", trainees.list_trainees, name="list-trainees"),
    path("trainees/<uuid:enrolment>/", trainees.show_trainee, name="show-trainee"),
    path(
        "trainees/<uuid:enrolment>/units/<uuid:unit>/credit/",
        trainees.credit_live,
        name="credit-live",
    ),
    path(
        "trainees/<uuid:enrolment>/hours/<int:number>/reverse/",
        trainees.reverse_entry,
        name="reverse-entry",
    ),
]
