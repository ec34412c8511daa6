"""How long a start takes and how much memory a house needs, demo included."""

import time
from pathlib import Path
from urllib.request import urlopen

from tests.house import House, free_port, memory_of


def test_first_and_second_start_and_memory(tmp_path: Path) -> None:
    seconds = []
    for _ in range(2):
        house, begun = House(tmp_path, free_port()), time.monotonic()
        house.start(seconds=300, DEMO="1")
        seconds.append(time.monotonic() - begun)
        for _ in range(10):
            urlopen(f"{house.url}/help/", timeout=10).close()
        memory, stopping = memory_of(house.pid), time.monotonic()
        assert house.stop() == 0
        print(
            f"\nstart {seconds[-1]:.1f} s, {memory:.0f} MiB (PSS), stop {time.monotonic() - stopping:.1f} s"
        )
        assert memory < 420
    assert seconds[1] < 10
