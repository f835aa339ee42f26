"""Readers of data: each turns a folder or a file into facts.Data and warnings; SOURCES names them."""

from collections.abc import Callable, Mapping
from pathlib import Path

from reports.errors import Problem
from reports.facts.records import Data
from reports.sources import folder

SOURCES: Mapping[str, Callable[[Path], tuple[Data, tuple[Problem, ...]]]] = {"folder": folder.read}
