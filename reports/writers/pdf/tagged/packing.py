"""A PDF file out of its objects: those that are no streams go into object streams (ISO 32000-1, 7.5.7 and 7.5.8)."""

import struct
import zlib
from collections.abc import Iterator, Sequence
from hashlib import blake2b

HEADER = b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"  # the comment of bytes above 127 that PDF/A asks for: ISO 19005-3, 6.1.2
STREAM_ENDS = b"\nendstream"
OBJECTS_A_STREAM = 200  # a reader unpacks all of a stream to see one of its objects
FREE, PLAIN, PACKED = 0, 1, 2  # kinds of entries of the cross-reference stream
WIDTHS = (1, 4, 2)  # bytes of its three fields
ENTRY = struct.Struct(">BIH")  # an entry of it
LEVEL = 4  # of compression: 6 is a third slower and saves three bytes of a hundred


def packed(bodies: Sequence[bytes], root: str, info: str) -> bytes:
    """The file whose object n + 1 has the body n; `root` and `info` are references. Its /ID is a digest of it all."""
    entries: dict[int, tuple[int, int, int]] = {0: (FREE, 0, 0xFFFF)}
    file = bytearray(HEADER)

    def write(number: int, body: bytes) -> None:
        entries[number] = PLAIN, len(file), 0
        file.extend(b"%d 0 obj\n%b\nendobj\n" % (number, body))

    for number, body in enumerate(bodies, 1):
        if body.endswith(STREAM_ENDS):
            write(number, body)
    small = [(number, body) for number, body in enumerate(bodies, 1) if not body.endswith(STREAM_ENDS)]
    holder = len(bodies)
    for holder, group in enumerate(_groups(small), len(bodies) + 1):
        write(holder, _object_stream(group))
        entries |= {number: (PACKED, holder, index) for index, (number, _) in enumerate(group)}
    start, last = len(file), holder + 1
    entries[last] = PLAIN, start, 0
    name = blake2b(file, digest_size=16).hexdigest()
    trailer = f"/Type/XRef/Size {last + 1}/W[{' '.join(map(str, WIDTHS))}]/Root {root}/Info {info}/ID[<{name}><{name}>]"
    table = b"".join([ENTRY.pack(*entries[number]) for number in range(last + 1)])
    file += b"%d 0 obj\n%b\nendobj\nstartxref\n%d\n%%%%EOF\n" % (last, stream(table, trailer), start)
    return bytes(file)


def stream(data: bytes, entries: str = "", compressed: bool = True) -> bytes:
    """The body of a stream; `entries` are what its dictionary holds besides length and filter."""
    if compressed:
        data, entries = zlib.compress(data, LEVEL), f"{entries}/Filter/FlateDecode"
    return b"<</Length %d%b>>\nstream\n%b%b" % (len(data), entries.encode("ascii"), data, STREAM_ENDS)


def _groups(objects: Sequence[tuple[int, bytes]]) -> Iterator[Sequence[tuple[int, bytes]]]:
    for start in range(0, len(objects), OBJECTS_A_STREAM):
        yield objects[start : start + OBJECTS_A_STREAM]


def _object_stream(group: Sequence[tuple[int, bytes]]) -> bytes:
    places, at = [], 0
    for number, body in group:
        places.append(b"%d %d" % (number, at))
        at += len(body) + 1
    head = b" ".join(places) + b"\n"
    data = head + b"\n".join(body for _, body in group)
    return stream(data, f"/Type/ObjStm/N {len(group)}/First {len(head)}")
