"""The stamp of this process: a worker elsewhere must have the same to make the same bytes."""

from functools import lru_cache

from reports.batch.tasks import Places
from reports.stamps import Stamp, stamp_of


@lru_cache(maxsize=1)
def stamp(places: Places, batch: str) -> Stamp:
    """What program and files this process has. Files are read once a batch, for they may change between two."""
    del batch  # parts what is kept
    return stamp_of(places.templates, places.house_file, places.fonts)
