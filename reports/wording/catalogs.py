"""Catalogs: read a .po file, extract messages from templates, merge new and changed ones."""

import gettext
import re
from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import IO, Any, cast

from babel.messages.catalog import Catalog as PoCatalog
from babel.messages.catalog import Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import PoFileError, read_po, unescape, write_po
from jinja2 import nodes

from reports.errors import Problem, WordingError
from reports.wording.messages import Catalog, Translation
from reports.wording.templates import Environment


def read_catalog(po: Path) -> Catalog:
    """What a .po file says. WordingError if it cannot be read.

    A fuzzy message is not said, unless the words of its sentence are still those that were translated.
    """
    source = read(po)
    found = {
        (message.context or "", ids(message)[0]): Translation(forms(message), place(po, message), message.fuzzy)
        for message in source
        if message.id and all(forms(message)) and (not message.fuzzy or is_same_words(message))
    }
    return Catalog(found, gettext.c2py(source.plural_expr))


def is_same_words(message: Message) -> bool:
    """Whether a sentence differs from its previous text in nothing but punctuation, capitals and space.

    A word that changed ("rose", "fell") is another sentence, even with the same placeholders.
    """
    previous = tuple(message.previous_id)
    return len(previous) == len(ids(message)) and all(
        _words(old) == _words(new) for old, new in zip(previous, ids(message), strict=True)
    )


def _words(text: str) -> str:
    return re.sub(r"[^\w{}:]|_", "", text).casefold()


def read(po: Path) -> PoCatalog:
    """The catalog with all its messages. WordingError if the file is missing, not UTF-8 or no catalog."""
    try:
        with po.open("rb") as file:
            catalog = read_po(file, locale=po.parent.name.replace("-", "_"), abort_invalid=True)
    except (OSError, ValueError) as error:
        hint = "save it as UTF-8, with an editor of gettext catalogs"
        raise WordingError(Problem(str(po), f"cannot be read as a catalog: {error}", hint)) from error
    except PoFileError as error:
        message = f"cannot be read as a catalog: {str(error).removesuffix(f' on {error.lineno}')}"
        hint = "a message has as many msgstr[…] as nplurals of the header says; msgfmt -c tells more"
        raise WordingError(Problem(f"{po}:{error.lineno + 1}", message, hint)) from error
    for message in catalog:
        _take_previous(message)
    return catalog


def _take_previous(message: Message) -> None:
    """The previous text, which Babel writes as `#| msgid "…"`, wrapped at spaces, and reads as a remark."""
    remarks = [comment for comment in message.user_comments if comment.startswith("|")]
    message.user_comments = [comment for comment in message.user_comments if not comment.startswith("|")]
    previous = PREVIOUS.findall(" ".join(remark[1:].strip() for remark in remarks))
    message.previous_id = list(map(unescape, previous)) or message.previous_id


def place(po: Path, message: Message) -> str:
    """Where a message stands: file and line."""
    return f"{po.parent.name}/{po.name}:{message.lineno}"


def ids(message: Message) -> tuple[str, ...]:
    """The English sentence, or the sentence and its plural."""
    return (message.id,) if isinstance(message.id, str) else tuple(message.id)


def forms(message: Message) -> tuple[str, ...]:
    """The translation, one form or one a plural."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ())


def extract(
    file: IO[bytes], keywords: object, comment_tags: object, options: object
) -> Iterator[tuple[int, str, Any, list[str]]]:
    """A Babel extractor: every message of a template, in t() and in block tags alike."""
    del keywords, comment_tags, options  # Babel calls by these names; `t` is the only word
    tree = Environment(Path()).parse(file.read().decode())
    for call in tree.find_all(nodes.Call):
        if isinstance(call.node, nodes.Name) and call.node.name == "t":
            one, other, context = (argument.as_const() for argument in call.args[:3])
            said = (one, other) if other else one
            if context:
                yield call.lineno, "npgettext" if other else "pgettext", (context, *(said if other else (said,))), []
            else:
                yield call.lineno, "ngettext" if other else "gettext", said, []


PREVIOUS = re.compile(r'msgid(?:_plural)? ("(?:[^"\\]|\\.)*")')
KEYWORDS = {"gettext": None, "ngettext": (1, 2), "pgettext": ((1, "c"), 2), "npgettext": ((1, "c"), 2, 3)}


def sentences(templates: Path) -> PoCatalog:
    """Every message of the templates below a folder, with the places where it is said."""
    found = PoCatalog()
    methods = [("**.j2", cast(str, extract))]
    for name, line, message, _, context in extract_from_dir(templates, methods, keywords=cast(Any, KEYWORDS)):
        found.add(message, locations=[(Path(name).as_posix(), line)], context=context)
    return found


def update(po: Path, templates: Path, remark: Callable[[Message], list[str]] = lambda _: []) -> None:
    """Merge the templates' messages into a catalog; changed ones become fuzzy with the old text kept.

    `remark` gives the lines that a translator sees above a sentence.
    """
    catalog = read(po)
    previous = {(message.context, message.id): message.previous_id for message in catalog if message.fuzzy}
    catalog.update(sentences(templates))
    for message in catalog:  # Babel forgets the previous text of a message that was fuzzy before
        message.previous_id = message.previous_id or previous.get((message.context, message.id), [])
        message.auto_comments = remark(message) if message.id else []
    for entry in (entry for entry in catalog if entry.id):
        entry.flags -= {"python-brace-format", "python-format"}
        entry.flags.add("no-python-brace-format")  # {partner:ins} is no brace format; the linter knows ours
    file = BytesIO()
    write_po(file, catalog, include_previous=True, width=0, omit_header=True)
    po.write_text(header(po) + "\n" + file.getvalue().decode(), encoding="utf-8")


def header(po: Path) -> str:
    """The first entry as it stands: Babel would write its name and the wall clock into it."""
    return po.read_text(encoding="utf-8").split("\n\n", 1)[0].rstrip() + "\n"
