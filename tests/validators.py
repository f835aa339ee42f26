"""The gate of Word files: Microsoft's Open XML SDK, openxml-audit, our own checks, and what LibreOffice lays out."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.package_checks import faults
from tests.tools import exhaustive, require

FONTS = Path(__file__).parent.parent / "fonts"
SDK = Path(__file__).parent / "node_modules" / ".bin" / "ooxml-validator"
AUDIT = Path(sys.executable).parent / "openxml-audit"
SECONDS = 120


def sdk_errors(data: bytes) -> list[str]:
    """What the SDK's validator says; `npm install` in tests/ puts it there."""
    require("node")
    if not SDK.exists():
        if exhaustive():
            pytest.fail("the Open XML SDK validator is not installed: make node")
        pytest.skip("the Open XML SDK validator is not installed: make node")
    with _file(data) as path:
        run = subprocess.run([SDK, path], capture_output=True, text=True, check=False, timeout=SECONDS)
    try:
        return [f"{error['description']} @ {error.get('path')}" for error in json.loads(run.stdout)["errors"]]
    except (ValueError, KeyError):
        return [run.stdout + run.stderr]


def audit_errors(data: bytes) -> list[str]:
    """What openxml-audit says: also what Word would silently repair."""
    return audited({"brief.docx": data})["brief.docx"]


def audited(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What openxml-audit says of many files, by name; it starts once.

    openxml-audit 0.8.0 keeps the ids of notes by the address of a package in memory, which another package may have
    after it: where it finds a fault among many, it is asked again of the file alone.
    """
    found = _audited(files)
    return (
        found
        if len(files) == 1
        else {name: said and _audited({name: files[name]})[name] for name, said in found.items()}
    )


def _audited(files: Mapping[str, bytes]) -> dict[str, list[str]]:
    with tempfile.TemporaryDirectory() as folder:
        for name, data in files.items():
            (Path(folder) / name).write_bytes(data)
        run = subprocess.run(
            [AUDIT, "-r", "-o", "json", "-f", "microsoft365", "-m", "0", folder],
            capture_output=True, text=True, check=False, timeout=SECONDS + len(files),
        )  # fmt: skip
    try:
        told = {Path(report["file"]).name: report["errors"] for report in json.loads(run.stdout)}
    except (ValueError, KeyError, TypeError):
        return {key: [run.stdout + run.stderr] for key in files}
    unread = [{"part_uri": "", "path": "", "description": "not looked at"}]
    said = {name: told.get(name, unread) for name in files}
    return {name: [_line(error) for error in errors] for name, errors in said.items()}


def _line(error: Mapping[str, str]) -> str:
    return f"{error['part_uri']} {error['path']} {error['description']}"


WORD = {"sdk": sdk_errors, "audit": audit_errors, "own": faults}


def findings(judge: str, files: Mapping[str, bytes]) -> dict[str, list[str]]:
    """What a judge of Word files says of many, by name."""
    if judge == "audit":
        return audited(files)
    with ThreadPoolExecutor(2) as pool:
        return dict(zip(files, pool.map(lambda name: list(WORD[judge](files[name])), files), strict=True))


def converted(data: bytes, folder: Path) -> Path:
    """The Word file as LibreOffice prints it to PDF."""
    source = folder / "brief.docx"
    source.write_bytes(data)
    return printed([source], folder) / "brief.pdf"


def printed(sources: Sequence[Path], folder: Path) -> Path:
    """The folder with each Word file as LibreOffice prints it to PDF; it starts once."""
    require("soffice")
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, *sources],
        check=True, capture_output=True, timeout=SECONDS + 5 * len(sources),
        env={**os.environ, "FONTCONFIG_FILE": str(_font_settings(folder))},
    )  # fmt: skip
    return folder


def resaved(data: bytes, folder: Path) -> bytes:
    """The Word file as LibreOffice opens and saves it."""
    require("soffice")
    source = folder / "in.docx"
    source.write_bytes(data)
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = ["soffice", profile, "--headless", "--convert-to", "docx:MS Word 2007 XML", "--outdir", folder / "saved"]
    subprocess.run([*map(str, command), str(source)], check=True, capture_output=True, timeout=SECONDS)
    return (folder / "saved" / "in.docx").read_bytes()


def _font_settings(folder: Path) -> Path:
    """Settings by which LibreOffice finds the fonts of the project, installed or not."""
    settings = folder / "fonts.conf"
    settings.write_text(
        "<?xml version='1.0'?><!DOCTYPE fontconfig SYSTEM 'fonts.dtd'><fontconfig>"
        "<include ignore_missing='yes'>/etc/fonts/fonts.conf</include>"
        f"<dir>{FONTS}</dir><cachedir>{folder / 'font-cache'}</cachedir></fontconfig>",
        encoding="utf-8",
    )
    return settings


def laid_out(data: bytes, folder: Path) -> str:
    """The text of a Word file as LibreOffice lays it out, page by page."""
    require("soffice", "pdftotext")
    pdf = converted(data, folder)
    return subprocess.run(["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True).stdout


@contextmanager
def _file(data: bytes) -> Iterator[Path]:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "brief.docx"
        path.write_bytes(data)
        yield path
