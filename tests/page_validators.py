"""The gate of pages: axe-core and contrast in a DOM, the Nu Html Checker, and checks of our own."""

import json
import os
import subprocess
import tempfile
import unicodedata
from collections import Counter
from collections.abc import Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from babel.core import get_global
from lxml import html

from tests.tools import exhaustive, require

MODULES = Path(__file__).parent / "node_modules"
CHECKS = Path(__file__).parent / "page_checks.cjs"
NU = MODULES / "vnu-jar" / "build" / "dist" / "vnu.jar"
SECONDS, A_PAGE = 120, 10
PROCESSES = min(2, os.cpu_count() or 1)

# How Unicode begins the names of letters of a script (ISO 15924).
LETTERS = {"Latn": "LATIN", "Cyrl": "CYRILLIC", "Arab": "ARABIC", "Hans": "CJK", "Hant": "CJK"}
RIGHT_TO_LEFT = {"Arab", "Hebr", "Syrc", "Thaa"}
ENOUGH = 12  # letters from which a text tells its script: a shorter one may be an abbreviation


def page_faults(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """All that is wrong with pages, by name; each program starts once or twice for all of them."""
    found = {judge: ask(pages) for judge, ask in JUDGES.items()}
    return {name: [f"{judge} {fault}" for judge, faults in found.items() for fault in faults[name]] for name in pages}


def dom_faults(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What axe-core and WCAG's formula for contrast find, each with its rule before it."""
    _installed("axe-core", "jsdom")
    require("node")
    names = list(pages)
    shares = [names[start::PROCESSES] for start in range(PROCESSES)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(PROCESSES) as pool:
        paths = _written(pages, Path(folder))
        told = dict(pair for share in pool.map(_asked, [[paths[name] for name in share] for share in shares])
                    for pair in share)  # fmt: skip
        return {name: told.get(path, ["not looked at"]) for name, path in paths.items()}


def _asked(paths: list[str]) -> list[tuple[str, list[str]]]:
    said = "\n".join(paths)
    wait = SECONDS + A_PAGE * len(paths)
    run = subprocess.run(["node", CHECKS], input=said, capture_output=True, text=True, check=False, timeout=wait)
    assert run.returncode == 0, run.stderr
    return [(line["path"], line["faults"]) for line in map(json.loads, run.stdout.splitlines())]


def nu_faults(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What the Nu Html Checker says: errors and warnings, of the markup and of the style sheet."""
    _installed("vnu-jar")
    require("java")
    with tempfile.TemporaryDirectory() as folder:
        paths = _written(pages, Path(folder))
        command = ["java", "-Xss8m", "-jar", str(NU), "--format", "json", *paths.values()]
        wait = SECONDS + len(paths)
        run = subprocess.run(command, capture_output=True, text=True, check=False, timeout=wait)
    try:
        messages = json.loads(run.stderr)["messages"]
    except (ValueError, KeyError):
        return {name: [run.stdout + run.stderr] for name in pages}
    said: dict[str, list[str]] = {path: [] for path in paths.values()}
    for message in messages:
        said[message["url"].removeprefix("file:")].append(f"line {message.get('lastLine')}: {message['message']}")
    return {name: said[path] for name, path in paths.items()}


def _written(pages: Mapping[str, bytes], folder: Path) -> dict[str, str]:
    """The files of pages by name; a name may be anything."""
    paths = {name: folder / f"{number}.html" for number, name in enumerate(pages)}
    for name, path in paths.items():
        path.write_bytes(pages[name])
    return {name: str(path) for name, path in paths.items()}


def _installed(*packages: str) -> None:
    missing = [package for package in packages if not (MODULES / package).exists()]
    if missing:
        (pytest.fail if exhaustive() else pytest.skip)(f"not installed: {', '.join(missing)}: make node")


# ---------------------------------------------------------------- what no program asks


def own_faults(pages: Mapping[str, bytes]) -> dict[str, list[str]]:
    """Tables without a caption, links that lead nowhere, references to no id, texts in another script than their
    language, a page that runs the wrong way, what would be loaded or run."""
    return {name: list(_own(html.document_fromstring(data.decode()))) for name, data in pages.items()}


def _own(page: Any) -> Iterator[str]:
    yield from _lost(page)
    for table in page.iter("table"):
        if not table.xpath("string(caption)").strip():
            yield "table: no caption"
    for element in page.iter("script", "iframe", "object", "embed", "link"):
        yield f"{element.tag}: leads out of the page, or runs"
    if (page.get("dir") == "rtl") != (_script(page.get("lang", "")) in RIGHT_TO_LEFT):
        yield f"dir: {page.get('dir')!r} for {page.get('lang')!r}"
    yield from _wrong_scripts(page)


def _lost(page: Any) -> Iterator[str]:
    """Links and references to an id that no element has."""
    ids = set(page.xpath("//@id"))
    for link in page.xpath("//a[not(@href) or starts-with(@href, '#')]"):
        if link.get("href", "#")[1:] not in ids:
            yield f"link: {link.get('href')} leads nowhere"
    for name in ("aria-labelledby", "aria-describedby"):
        wanted = {word for said in page.xpath(f"//@{name}") for word in said.split()}
        yield from (f"{name}: no {lost}" for lost in sorted(wanted - ids))


def _wrong_scripts(page: Any) -> Iterator[str]:
    """Texts most of whose letters are of another script than that of their language (CLDR, likely subtags)."""
    said: dict[str, list[str]] = {}
    for element in page.iter():
        if not isinstance(element.tag, str) or element.tag == "style":
            continue
        said.setdefault(_language(element), []).append(element.text or "")
        if element.getparent() is not None:
            said.setdefault(_language(element.getparent()), []).append(element.tail or "")
    for language, texts in said.items():
        counted = Counter(unicodedata.name(char, "").split(" ")[0] for text in texts for char in text if char.isalpha())
        script = _script(language)
        usual, _ = counted.most_common(1)[0] if counted else ("", 0)
        if counted.total() >= ENOUGH and usual != LETTERS.get(script):
            yield f"lang: {language!r} is written in {script or 'no script'}, the text in {usual}"


def _script(language: str) -> str:
    """Of a tag, or the likely one of its language; empty where neither tells."""
    language, *more = language.split("-")
    likely = get_global("likely_subtags").get(language, "__").split("_")[1]
    return next((part for part in more if part in LETTERS), likely)


def _language(element: Any) -> str:
    return str(element.xpath("string(ancestor-or-self::*[@lang][1]/@lang)"))


JUDGES = {"dom": dom_faults, "nu": nu_faults, "own": own_faults}
