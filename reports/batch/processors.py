"""How many processors this process may use."""

import os
from collections.abc import Iterator
from contextlib import suppress
from math import ceil
from pathlib import Path, PurePosixPath


def processors(root: Path = Path("/")) -> int:
    """At least 1: what the machine, the affinity of the process and the quota of its control group leave.

    Containers and services are given a share of a machine by quota, which Python does not see:
    https://docs.kernel.org/admin-guide/cgroup-v2.html#cpu (version 1: cpu.cfs_quota_us).
    """
    counted = getattr(os, "process_cpu_count", _affinity)() or 1
    return max(1, min([counted, *_quotas(root)]))


def _affinity() -> int | None:
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()


def _quotas(root: Path) -> Iterator[int]:
    """The quotas of the group of this process and of all groups above it, in whole processors."""
    with suppress(OSError):
        for line in (root / "proc/self/cgroup").read_text(encoding="utf-8").splitlines():
            _, controllers, group = line.split(":", 2)
            top = root / "sys/fs/cgroup" / ("cpu" if "cpu" in controllers.split(",") else "")
            if not controllers or top.name == "cpu":
                for above in (PurePosixPath(group), *PurePosixPath(group).parents):
                    yield from _quota(top / str(above).lstrip("/"))


def _quota(folder: Path) -> Iterator[int]:
    """The quota of one group, if it has one."""
    for names in (("cpu.max",), ("cpu.cfs_quota_us", "cpu.cfs_period_us")):
        with suppress(OSError, ValueError):  # no such file; `max` and -1 stand for no quota
            quota, period = map(int, " ".join((folder / name).read_text(encoding="ascii") for name in names).split())
            if quota > 0 and period > 0:
                yield ceil(quota / period)
