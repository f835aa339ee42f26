"""The profiles of PDF: which standards a file keeps and names, and whether its data go with it."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Profile:
    """What a file says that it is. `accessible` is the part of ISO 14289, `archival` part and conformance of ISO 19005,
    each empty where it claims none; `attachments` says whether its data are attached, which ISO 19005-2 does not let
    them be."""

    accessible: str = ""
    archival: tuple[str, str] | None = None
    attachments: bool = False

    @property
    def tagged(self) -> bool:
        """Whether it has a structure tree and marked content, as either standard wants it."""
        return bool(self.accessible or self.archival)


PROFILES: Mapping[str, Profile] = MappingProxyType({
    "ua1+a3a": Profile("1", ("3", "A"), attachments=True),
    "ua1+a2a": Profile("1", ("2", "A")),
    "plain": Profile(),
})  # fmt: skip
DEFAULT = "ua1+a3a"
