"""Reading the environment: plain words in, typed values out, and an error that names the variable."""

import stat
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lms import environment


@pytest.mark.parametrize(
    ("value", "default", "meant"),
    [
        ("1", False, True),
        ("Yes", False, True),
        ("off", True, False),
        ("", True, True),
        (" ", False, False),
    ],
)
def test_a_flag_is_yes_no_or_the_default(
    monkeypatch: pytest.MonkeyPatch, value: str, default: bool, meant: bool
) -> None:
    monkeypatch.setenv("DEBUG", value)
    assert environment.flag("DEBUG", default=default) is meant


def test_a_flag_that_is_neither_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DEBUG", "maybe")
    with pytest.raises(ValueError, match=r"^DEBUG must be 1 or 0, not 'maybe'$"):
        environment.flag("DEBUG")


def test_a_number_is_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PORT", " 81 ")
    assert environment.number("PORT", 80) == 81
    monkeypatch.setenv("PORT", "")
    assert environment.number("PORT", 80) == 80
    monkeypatch.setenv("PORT", "8.5")
    with pytest.raises(ValueError, match=r"^PORT must be a whole number, not '8.5'$"):
        environment.number("PORT", 80)


@given(st.lists(st.text(alphabet="abc.[]:", min_size=1)))
def test_words_come_back_as_they_were_listed(words: list[str]) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALLOWED_HOSTS", " , ".join(words))
        assert environment.words("ALLOWED_HOSTS") == words


def test_the_secret_is_made_once_and_kept_from_others(tmp_path: Path) -> None:
    kept_in = tmp_path / "keys" / "secret_key"
    with ThreadPoolExecutor(8) as many:
        found = set(many.map(lambda _: environment.secret("NO_SUCH_KEY", kept_in), range(8)))
    assert len(found) == 1
    assert len(found.pop()) >= 64
    assert stat.S_IMODE(kept_in.stat().st_mode) == 0o600
    assert list(kept_in.parent.iterdir()) == [kept_in]


def test_a_secret_that_is_given_is_not_written_down(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("SECRET_KEY", "given")
    assert environment.secret("SECRET_KEY", tmp_path / "secret_key") == "given"
    assert list(tmp_path.iterdir()) == []


def test_private_files_lie_in_a_folder_or_a_bucket() -> None:
    assert environment.storage("file:///srv/our%20files") == {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": "/srv/our files", "base_url": None},
    }
    assert environment.storage("s3://KEY:SE%2FCRET@files?endpoint=https://s3.test&region=eu") == {
        "BACKEND": "storages.backends.s3.S3Storage",
        "OPTIONS": {
            "bucket_name": "files",
            "access_key": "KEY",
            "secret_key": "SE/CRET",
            "endpoint_url": "https://s3.test",
            "region_name": "eu",
            "querystring_auth": True,
            "querystring_expire": 60,
            "default_acl": None,
            "file_overwrite": False,
        },
    }


def test_another_kind_of_storage_is_refused() -> None:
    with pytest.raises(ValueError, match="must start with file:// or s3://, not ftp://"):
        environment.storage("ftp://host/files")
