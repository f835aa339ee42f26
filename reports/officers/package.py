"""A template as a package: parts that can be read safely, or a plain word on why not.

A Word file from someone else is untrusted: it may be a bomb, a program, or lead to files of this machine.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reports.errors import Problem, ReportError
from reports.house.package import BODY, CONTENT_TYPES, W, parse, serialised
from reports.house.unpacking import SAVE, UnusableFileError, tree, unpacked

PACKED = 30_000_000  # the most bytes of the file
WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml."
DOCUMENT_TYPE, TEMPLATE_TYPE = f"{WORD}document.main+xml", f"{WORD}template.main+xml"
STORIES = {f"{WORD}{kind}+xml": kind for kind in ("header", "footer", "footnotes", "endnotes")}
PROPERTIES = "docProps/"
ATTACHED = "attachedTemplate"
STRICT = b"http://purl.oclc.org/ooxml/"
# Relationships that fetch, run or hide something (ECMA-376 part 1, 11.3, 15.2); hyperlinks alone may lead outside.
REFUSED = {
    "aFChunk": "a file inside the file (altChunk)",
    "control": "an ActiveX control",
    "frame": "a frame with another file",
    "oleObject": "an embedded object",
    "subDocument": "a part of a master document",
    "vbaProject": "macros",
}
# What a field may be (ECMA-376 part 1, 17.16.5): none that fetches, runs or links, as DDE and INCLUDETEXT do.
FIELDS = {
    "AUTHOR", "BIBLIOGRAPHY", "CITATION", "COMMENTS", "CREATEDATE", "DATE", "DOCPROPERTY", "EDITTIME", "EQ", "FILENAME",
    "FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "HYPERLINK", "IF", "INDEX", "KEYWORDS", "LASTSAVEDBY", "LISTNUM",
    "NOTEREF", "NUMCHARS", "NUMPAGES", "NUMWORDS", "PAGE", "PAGEREF", "PRINTDATE", "REF", "REVNUM", "SAVEDATE",
    "SECTION", "SECTIONPAGES", "SEQ", "STYLEREF", "SUBJECT", "SYMBOL", "TC", "TIME", "TITLE", "TOC", "XE",
}  # fmt: skip

Node = Any


class TemplateError(ReportError):
    """An officer's template cannot be used: its file, a tag of it, or what it asks for."""


@dataclass(frozen=True, slots=True, eq=False)
class Template:
    """The parts of a template by name and the trees of those that hold tags: the body, headers and footers, notes,
    properties. `roots` are those of all parts of XML, to be looked at alone. `where` is the file as problems name it,
    `problems` warn of what was left out of it."""

    where: str
    parts: Mapping[str, bytes]
    kinds: Mapping[str, str]
    roots: Mapping[str, Node]
    problems: tuple[Problem, ...] = ()

    def trees(self) -> dict[str, Node]:
        """The root of each part that holds tags, read anew: body first, then headers, footers, notes, properties."""
        return {name: parse(self.parts[name]) for name in self.kinds}


def open_template(path: Path) -> Template:
    """A Word file as a template. A Word template (.dotx) is one too.

    Raises TemplateError with every reason why it cannot be used: no Word file, encrypted, too big, with macros, with
    something that reaches outside of it.
    """
    where = path.name
    parts = _members(_bytes(path, where), where)
    roots = _roots(parts, where)
    types = _types(roots)
    if types.get(BODY) not in (DOCUMENT_TYPE, TEMPLATE_TYPE):
        raise _of_type(where, types.get(BODY, ""), parts)
    parts, detached = _detached(parts, roots, where)
    _refuse(where, [*_reaching_out(where, parts, roots), *_instructions(where, roots)])
    stories = {name: STORIES[kind] for name, kind in sorted(types.items()) if kind in STORIES and name in parts}
    sheets = {name: "properties" for name in sorted(parts) if name.startswith(PROPERTIES) and name.endswith(".xml")}
    return Template(where, parts, {BODY: "body", **stories, **sheets}, roots, detached)


def as_document(parts: Mapping[str, bytes]) -> dict[str, bytes]:
    """The parts as those of a document: a .dotx says of itself that it is a template."""
    said = parts[CONTENT_TYPES].replace(TEMPLATE_TYPE.encode(), DOCUMENT_TYPE.encode())
    return {**parts, CONTENT_TYPES: said}


def _refuse(where: str, problems: list[Problem]) -> None:
    if problems:
        raise TemplateError(*dict.fromkeys(problems))


def _bytes(path: Path, where: str) -> bytes:
    try:
        with path.open("rb") as file:
            data = file.read(PACKED + 1)
    except OSError as error:
        raise TemplateError(Problem(where, f"cannot be read: {error.strerror or error}")) from error
    if len(data) > PACKED:
        raise TemplateError(Problem(where, f"bigger than {PACKED // 1_000_000} MB", "make its pictures smaller"))
    return data


def _members(data: bytes, where: str) -> dict[str, bytes]:
    """Every part, if all together are of a size that a document has."""
    try:
        return unpacked(data)
    except UnusableFileError as error:
        raise TemplateError(Problem(where, error.message, error.hint)) from error


def _is_xml(name: str) -> bool:
    return name.endswith((".xml", ".rels"))


def _roots(parts: Mapping[str, bytes], where: str) -> dict[str, Node]:
    """The roots of the parts of XML. TemplateError for a part that is no XML of Word: broken, with entities or a
    document type of its own."""
    roots: dict[str, Node] = {}
    problems: list[Problem] = []
    for name, blob in parts.items():
        if not _is_xml(name):
            continue
        try:
            roots[name] = tree(blob)
        except UnusableFileError as error:
            problems.append(Problem(f"{where}, {name}", error.message, error.hint))
    _refuse(where, problems)
    return roots


def _types(roots: Mapping[str, Node]) -> dict[str, str]:
    """The content type of each part that has one of its own."""
    if CONTENT_TYPES not in roots:
        return {}
    overrides = roots[CONTENT_TYPES].iterfind("{*}Override")
    return {each.get("PartName", "").lstrip("/"): each.get("ContentType", "") for each in overrides}


def _of_type(where: str, found: str, parts: Mapping[str, bytes]) -> TemplateError:
    """Why a package is no template that can be filled."""
    if "macroEnabled" in found:
        hint = "save it in Word as a Word document (.docx), which takes the macros away"
        return TemplateError(Problem(where, "a document with macros (.docm or .dotm)", hint))
    if BODY in parts and STRICT in parts[BODY]:
        return TemplateError(Problem(where, "a Strict Open XML Document", "save it in Word as a Word Document (.docx)"))
    return TemplateError(Problem(where, "no Word document", SAVE))


def _detached(
    parts: Mapping[str, bytes], roots: Mapping[str, Node], where: str
) -> tuple[dict[str, bytes], tuple[Problem, ...]]:
    """The parts without the template to which the file is attached, and a warning: Word names it in every document
    that was made from one (ECMA-376 part 1, 17.15.1.6), and would look for it whenever the file is opened."""
    kept, targets = dict(parts), dict[str, None]()
    for name, root in roots.items():
        found = root.findall("{*}Relationship") if name.endswith(".rels") else root.findall(W + ATTACHED)
        gone = [each for each in found if each.tag == W + ATTACHED or _kind(each) == ATTACHED]
        targets |= {each.get("Target"): None for each in gone if each.tag != W + ATTACHED}
        for each in gone:
            root.remove(each)
        if gone:
            kept[name] = serialised(root)
    hint = "nothing is read from it; the styles are those in the file"
    told = (
        Problem(where, f"attached to the template {each}: left out of what is made", hint, "warning")
        for each in targets
    )
    return kept, tuple(told)


def _kind(related: Node) -> str:
    """The last word of the type of a relationship."""
    return str(related.get("Type", "").rpartition("/")[2])


def _reaching_out(where: str, parts: Iterable[str], roots: Mapping[str, Node]) -> Iterator[Problem]:
    """What would fetch, run or hide something when the file is opened."""
    for name in parts:
        if name.lower().endswith(".bin") and "printersettings" not in name.lower():
            yield Problem(
                where, f"a program or an object inside it ({name})", "take it out in Word, or paste a picture"
            )
        for related in roots[name].iterfind("{*}Relationship") if name.endswith(".rels") else ():
            kind = _kind(related)
            outside = related.get("TargetMode") == "External" and kind != "hyperlink"
            if outside or kind in REFUSED:
                what = REFUSED.get(kind) or f"a {kind}"
                target = f" that leads to {related.get('Target', '')}" if outside else ""
                yield Problem(
                    where, f"{what}{target} ({name})", "take it out in Word (File, Info, Edit Links to Files)"
                )


def _instructions(where: str, roots: Mapping[str, Node]) -> Iterator[Problem]:
    """Fields that may fetch or run something, however Word has cut their instruction."""
    for name, root in roots.items():
        if not name.startswith("word/") or not name.endswith(".xml"):
            continue
        for instruction in instructions(root):
            kind = (instruction.split() or ["without instruction"])[0]
            if kind.upper() not in FIELDS:
                said = f"a field {kind[:40]}: {instruction.strip()[:80]}"
                yield Problem(
                    f"{where}, {name}", said, "take it out in Word: Alt+F9 shows fields, Ctrl+Shift+F9 unlinks"
                )


def instructions(root: Node) -> Iterator[str]:
    """The instruction of every field of a part, simple or complex, whatever paragraphs it runs over."""
    open_fields: list[str] = []
    for node in root.iter(W + "fldSimple", W + "fldChar", W + "instrText", W + "delInstrText"):
        kind = node.get(W + "fldCharType", "")
        if node.tag == W + "fldSimple":
            yield node.get(W + "instr", "")
        elif kind == "begin":
            open_fields.append("")
        elif not kind and open_fields:
            open_fields[-1] += node.text or ""
        elif not kind or (kind == "end" and open_fields):
            yield open_fields.pop() if open_fields else node.text or ""
    yield from open_fields
