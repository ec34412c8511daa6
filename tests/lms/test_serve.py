"""`manage.py serve`, as `make run` runs it: from an empty folder to a healthy house, and back."""

import os
import re
import signal
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.house import House, children_of, free_port, memory_of


@pytest.fixture(scope="module")
def data_dir(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of one installation, prepared by a first start."""
    folder = tmp_path_factory.mktemp("house")
    first = House(folder, free_port())
    first.start(seconds=150)
    assert first.health()["ok"] is True
    assert first.stop() == 0
    said = first.said()
    assert "Laying the tables" in said
    assert f"Peerway is at http://localhost:{first.port}/" in said
    assert said.endswith("Stopped.\n")
    return folder


@pytest.fixture(scope="module")
def house(data_dir: Path) -> Iterator[House]:
    running = House(data_dir, free_port())
    begun = time.monotonic()
    running.start(seconds=60)
    running.seconds_to_start = time.monotonic() - begun
    yield running
    running.stop()


def test_a_second_start_takes_less_than_ten_seconds_and_keeps_the_data(house: House) -> None:
    assert "Laying the tables" not in house.said()
    assert house.seconds_to_start < 10


def test_all_of_it_takes_less_than_420_mib(house: House) -> None:
    for _ in range(8):
        urlopen(f"{house.url}/help/", timeout=10).close()
    assert memory_of(house.pid) < 420


def test_it_serves_the_collected_files(house: House) -> None:
    with urlopen(f"{house.url}/help/", timeout=10) as page:
        text = page.read().decode()
    sheet = re.findall(r'href="(/static/[^"]+\.css)"', text)[0]
    with urlopen(f"{house.url}{sheet}", timeout=10) as found:
        assert (found.status, found.headers["Content-Type"]) == (200, 'text/css; charset="utf-8"')
        assert "immutable" in found.headers["Cache-Control"]


def test_a_killed_part_comes_back_while_the_others_go_on(house: House) -> None:
    for victim in children_of(house.pid):
        os.kill(victim, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while len(found := children_of(house.pid)) != 2 or victim in found:
            assert time.monotonic() < deadline, house.said()
            time.sleep(0.1)
        house.wait_until_well(seconds=40)


def test_a_second_copy_in_the_same_folder_is_refused_in_plain_words(house: House) -> None:
    other = House(house.data_dir, free_port(), log="other.log")
    assert other.run_to_its_end() == 1
    assert other.said().startswith(f"CommandError: Another copy runs on {house.data_dir}.")


def test_a_taken_port_is_refused_in_plain_words(house: House, tmp_path: Path) -> None:
    other = House(tmp_path, house.port)
    assert other.run_to_its_end("--only", "web", DATABASE_URL=house.database_url) == 1
    assert other.said() == (
        f"CommandError: Port {house.port} is taken. Choose another: PORT={house.port + 1} make run\n"
    )


def test_one_part_alone_wants_a_prepared_database(tmp_path: Path) -> None:
    house = House(tmp_path, free_port())
    assert house.run_to_its_end("--only", "worker") == 1
    assert house.said() == (
        "CommandError: The database is not up to date: manage.py serve --only prepare\n"
    )
