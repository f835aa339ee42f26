"""Batches on a Dask cluster: a real scheduler and two real workers on the loopback."""

import os
import pickle
import signal
import socket
import subprocess
import sys
import time
import tracemalloc
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from reports.batch import Machines, Places, Result, run
from reports.batch.cluster import CONNECT, _check, _connected, _on_worker
from reports.batch.stamp import stamp
from reports.batch.tasks import read
from reports.errors import ReportError
from tests.batch_tasks import PLACES, ROOT, Odd, Tried, Unreadable, brief, do, nothing, order, real_order
from tests.dask_processes import cluster
from tests.tools import LANGUAGES, exhaustive

pytest.importorskip("distributed", reason="the extra `cluster` is not installed")


@pytest.fixture(scope="module")
def dask() -> Iterator[str]:
    """The address of a cluster that no test harms."""
    with cluster() as (first, _):
        yield first.address


def tried(folder: Path, *what: str) -> list[Tried]:
    return [Tried(order(), name, folder) for name in what]


def results(tasks: list[Tried], machines: Machines, places: Places = PLACES) -> dict[int, Result[object]]:
    return {result.index: result for result in run(do, tasks, places, machines)}


def said(result: Result[object]) -> str:
    return "\n".join(map(str, result.problems))


# ---------------------------------------------------------------- what is made


def test_a_cluster_makes_what_this_process_makes(dask: str) -> None:
    partners, languages = (("LU", "DE", "KG", "JP"), LANGUAGES) if exhaustive() else (("LU", "DE"), ("kk",))
    tasks = [Tried(real_order(partner, languages, ("docx", "pdf"))) for partner in partners]

    here = {result.index: result.value for result in run(brief, tasks, PLACES, Machines(1))}
    there = {result.index: result.value for result in run(brief, tasks, PLACES, Machines(cluster=dask))}

    assert all(len(files or ()) == 2 * len(languages) for files in here.values())
    assert here == there


def test_both_workers_work_and_every_result_stands_beside_its_task(dask: str, tmp_path: Path) -> None:
    tasks = tried(tmp_path, *["slow"] * 20)
    found = results(tasks, Machines(cluster=dask))

    assert sorted(found) == list(range(20))
    assert all(found[index].task is task for index, task in enumerate(tasks))
    assert len({result.value for result in found.values()} - {os.getpid()}) == 2


def test_memory_is_flat_here_and_nothing_stays_on_the_workers(dask: str, tmp_path: Path) -> None:
    from distributed import Client  # noqa: PLC0415

    tracemalloc.start()
    try:
        for result in run(do, (one for one in tried(tmp_path, *["large"] * 60)), PLACES, Machines(cluster=dask)):
            assert isinstance(result.value, bytes)
            del result
        assert tracemalloc.get_traced_memory()[1] < 60_000_000
    finally:
        tracemalloc.stop()
    with Client(dask, set_as_default=False) as client:
        assert not any(client.has_what().values())


# ---------------------------------------------------------------- what fails


def test_a_task_that_fails_is_told_as_without_a_cluster_and_stops_no_other(dask: str, tmp_path: Path) -> None:
    tasks = tried(tmp_path, "slow", "wrong", "mistaken", "grumpy", "leaves", "unsendable", "slow")
    there = results(tasks, Machines(cluster=dask))
    here = results(tasks[:5], Machines(1))

    assert [there[index].failed for index in range(7)] == [False, *[True] * 5, False]
    assert all(there[index].problems == here[index].problems for index in range(1, 5))
    assert "ValueError: stays here" in said(there[5])


def test_a_task_that_cannot_be_sent_or_read_is_told(dask: str) -> None:
    tasks = [Odd(order(), inside) for inside in (1, lambda: 1, Unreadable(), 2)]
    found = {result.index: result for result in run(nothing, tasks, PLACES, Machines(cluster=dask))}

    assert [found[index].value for index in range(4)] == [1, None, None, 1]
    assert "pickle" in found[1].problems[0].message
    assert found[2].problems[0].message.startswith("ModuleNotFoundError: no such module here")


def test_a_worker_that_is_killed_in_the_middle_loses_nothing(tmp_path: Path) -> None:
    with cluster() as (first, workers):
        found: dict[int, Result[object]] = {}
        for result in run(do, tried(tmp_path, *["slow"] * 30), PLACES, Machines(cluster=first.address)):
            if not found:
                os.kill(workers[0].process.pid, signal.SIGKILL)
            found[result.index] = result

    assert sorted(found) == list(range(30))
    assert not [said(result) for result in found.values() if result.failed]
    assert {result.value for result in list(found.values())[-5:]} == {workers[1].process.pid}


def test_a_task_that_kills_its_workers_is_told(tmp_path: Path) -> None:
    with cluster(3) as (first, _):
        found = results(tried(tmp_path, "slow", "killed", "slow"), Machines(cluster=first.address))

    assert said(found[1]).startswith("reference KZ-LU (en): every worker that made it died, 2 of them")
    assert [found[index].failed for index in (0, 2)] == [False, False]


def test_what_hangs_is_dropped(tmp_path: Path) -> None:
    with cluster(1) as (first, _):
        start = time.monotonic()
        found = results(tried(tmp_path, "slow", "hangs"), Machines(cluster=first.address, limit=1.5))

    assert said(found[1]).startswith("reference KZ-LU (en): gave nothing in 1.5 seconds on the cluster")
    assert not found[0].failed
    assert time.monotonic() - start < 15


def test_when_the_scheduler_is_lost_what_is_made_stays_made_and_the_rest_is_told(tmp_path: Path) -> None:
    found: dict[int, Result[object]] = {}
    with cluster(1) as (first, _):
        start = time.monotonic()
        for result in run(do, tried(tmp_path, *["slow"] * 40), PLACES, Machines(cluster=first.address)):
            found[result.index] = result
            if len(found) == 5:
                first.process.kill()

    failed = [result for result in found.values() if result.failed]
    assert sorted(found) == list(range(40))
    assert 20 < len(failed) <= 35
    assert all("lost" in said(result) and "--resume" in said(result) for result in failed)
    assert time.monotonic() - start < 15


def test_a_cluster_batch_can_be_stopped(dask: str, tmp_path: Path) -> None:
    from threading import Event, Timer  # noqa: PLC0415

    stop = Event()
    Timer(1.0, stop.set).start()
    start = time.monotonic()
    with pytest.raises(KeyboardInterrupt):
        results(tried(tmp_path, *["slow"] * 2000), Machines(cluster=dask, stop=stop))
    assert time.monotonic() - start < 5


# ---------------------------------------------------------------- what is no cluster


def test_a_cluster_is_given_up_within_ten_seconds() -> None:
    assert CONNECT <= 5


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@pytest.fixture
def hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("reports.batch.cluster.CONNECT", 1.0)


@pytest.mark.usefixtures("hasty")
@pytest.mark.parametrize("address", ["tcp://127.0.0.1:{}", "nonsense://127.0.0.1:{}", "tls://127.0.0.1:{}", "x y:z"])
def test_where_no_scheduler_answers_one_problem_says_so_soon(address: str, capfd: pytest.CaptureFixture[str]) -> None:
    asked = address.format(free_port())
    start = time.monotonic()

    with pytest.raises(ReportError) as caught:
        list(run(nothing, [Odd(order(), 1)], PLACES, Machines(cluster=asked)))

    (problem,) = caught.value.problems
    assert problem.where == asked
    assert problem.message.startswith("no scheduler answers")
    assert "dask scheduler" in problem.hint
    assert time.monotonic() - start < 4
    assert "Traceback" not in "".join(capfd.readouterr())


@pytest.mark.usefixtures("hasty")
def test_a_cluster_without_workers_is_told() -> None:
    with cluster(0) as (first, _), pytest.raises(ReportError, match="has no workers"):
        list(run(nothing, [Odd(order(), 1)], PLACES, Machines(cluster=first.address)))


def test_workers_with_other_templates_are_told_before_anything_is_made(dask: str, tmp_path: Path) -> None:
    (tmp_path / "templates").mkdir()
    (tmp_path / "templates" / "values.toml").touch()
    places = replace(PLACES, templates=tmp_path / "templates")
    mine = stamp(places.absolute(), "first")
    (tmp_path / "templates" / "values.toml").write_text("x = 1")
    with _connected(dask) as client, pytest.raises(ReportError) as caught:
        _check(client, replace(places, stamp="second"), mine)

    assert len(caught.value.problems) == 2
    assert all(problem.where.startswith("worker tcp://127.0.0.1") for problem in caught.value.problems)
    assert {problem.message for problem in caught.value.problems} == {"has not the same templates as this machine"}


def test_a_worker_that_comes_later_with_other_fonts_makes_nothing(dask: str) -> None:
    from distributed import Client  # noqa: PLC0415

    mine = replace(stamp(PLACES, ""), fonts="others")
    call = ("reference KZ-LU (en)", pickle.dumps(Odd(order(), 1)), nothing, PLACES, mine)
    with Client(dask, set_as_default=False) as client:
        (problem,) = read(client.submit(_on_worker, *call, pure=False).result()).problems

    assert problem.where == "reference KZ-LU (en)"
    assert problem.message.startswith("is not made: worker tcp://127.0.0.1")
    assert "the same fonts" in problem.message


def test_a_change_of_the_templates_shows_in_the_next_batch_alone(tmp_path: Path) -> None:
    places = replace(PLACES, templates=tmp_path)
    first = stamp(places, "first")
    (tmp_path / "values.toml").touch()

    assert stamp(places, "first") == first
    assert first.differences(stamp(places, "second")) == "templates"
    (tmp_path / ".values.toml.swp").touch()
    assert not stamp(places, "third").differences(stamp(places, "fourth"))


def test_without_the_library_the_hint_is_how_to_get_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)

    with pytest.raises(ReportError) as caught:
        list(run(nothing, [Odd(order(), 1)], PLACES, Machines(cluster="tcp://127.0.0.1:1")))
    assert caught.value.problems[0].hint == 'pip install "bilateral[cluster]"'


# ---------------------------------------------------------------- TLS


def certificates(folder: Path) -> dict[str, str]:
    """A new authority and one certificate for all, as the environment names them."""
    import trustme  # noqa: PLC0415

    authority = trustme.CA()
    own = authority.issue_cert("127.0.0.1", "localhost")
    authority.cert_pem.write_to_path(folder / "ca.pem")
    own.private_key_and_cert_chain_pem.write_to_path(folder / "own.pem")
    prefix = "DASK_DISTRIBUTED__COMM__TLS"
    ends = {f"{prefix}__{who}__CERT": str(folder / "own.pem") for who in ("CLIENT", "WORKER", "SCHEDULER")}
    return {f"{prefix}__CA_FILE": str(folder / "ca.pem"), **ends}


ASK = """
import sys
import reports.batch.cluster as cluster
cluster.CONNECT = 1.0
from reports.batch import Machines, run
from reports.errors import ReportError
from tests.batch_tasks import PLACES, Odd, nothing, order
try:
    print([one.value for one in run(nothing, [Odd(order(), 1)], PLACES, Machines(cluster=sys.argv[1]))])
except ReportError as error:
    print(error)
"""


def asked(address: str, environment: dict[str, str]) -> tuple[str, str]:
    """What a batch in a process of its own says."""
    told = {**os.environ, **environment}
    command = [sys.executable, "-c", ASK, address]
    done = subprocess.run(command, cwd=ROOT, env=told, capture_output=True, text=True, check=True)
    return done.stdout, done.stderr


def test_a_cluster_can_be_reached_by_tls_with_its_certificates_alone(tmp_path: Path) -> None:
    ours, others = certificates(tmp_path), tmp_path / "others"
    others.mkdir()
    with cluster(1, ours, "tls") as (first, _):
        assert first.address.startswith("tls://")
        assert asked(first.address, ours) == ("[1]\n", "")
        for environment in (certificates(others), {}):
            out, err = asked(first.address, environment)
            assert out.startswith(f"{first.address}: no scheduler answers")
            assert "DASK_DISTRIBUTED__COMM__TLS__CA_FILE" in out
            assert err == ""
