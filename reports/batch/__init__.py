"""Many briefs at once: on the cores of this machine or on a Dask cluster.

A task that fails, hangs or kills its process is told as a problem and never stops the others.
"""

from collections.abc import Iterable, Iterator
from itertools import chain, islice

from reports.batch.tasks import Machines, Places, Result, T, Task, Work, answered, workshop

__all__ = ["Machines", "Places", "Result", "Task", "Work", "run", "workshop"]


def run(work: Work[T], tasks: Iterable[Task], places: Places, machines: Machines | None = None) -> Iterator[Result[T]]:
    """The result of every task, each as soon as it is there, in no order; `index` is the place of its task.

    Tasks are taken as they are needed and started in their order, so the long ones should come first; only a few
    are under way at a time. One task, or one process, is done right here.

    KeyboardInterrupt after Ctrl-C, SIGTERM or `machines.stop`, once every process is gone: what was under way is
    dropped. ReportError if there is no such cluster.
    """
    from reports.batch.interrupt import ended_by_signals  # noqa: PLC0415  with the processes: --help needs neither

    with ended_by_signals():
        yield from _results(work, iter(tasks), places, machines or Machines())


def _results(work: Work[T], tasks: Iterator[Task], places: Places, machines: Machines) -> Iterator[Result[T]]:
    if machines.cluster:
        from reports.batch.cluster import clustered  # noqa: PLC0415  an optional library

        yield from clustered(work, enumerate(tasks), places, machines)
        return
    from reports.batch.pool import pooled  # noqa: PLC0415  processes, which a single task never needs
    from reports.batch.processors import processors  # noqa: PLC0415  with them

    first = list(islice(tasks, 2))
    jobs = enumerate(chain(first, tasks))
    size = processors() if machines.jobs is None else max(machines.jobs, 1)
    if machines.limit is None and min(size, len(first)) <= 1:
        for index, task in jobs:
            if machines.stop and machines.stop.is_set():
                raise KeyboardInterrupt
            yield answered(work, task, places).result(index, task)
    else:
        yield from pooled(work, jobs, places, machines, size)
