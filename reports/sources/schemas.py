"""JSON Schemas of the YAML files, with which editors complete and check while one types.

`python -m reports.sources.schemas [FOLDER]` writes them to FOLDER/schemas, by default of `data`.
"""

import json
import sys
from pathlib import Path
from typing import Any

from reports.errors import OutputError, Problem
from reports.sources.models import file_models


def schemas() -> dict[str, str]:
    """The text of each schema by its file name."""
    return {f"{name}.json": _text(_without_null(model.model_json_schema())) for name, model in file_models().items()}


def write(folder: Path) -> tuple[Path, ...]:
    """The files written into `folder/schemas`; OutputError if they cannot be."""
    target = folder / "schemas"
    try:
        target.mkdir(parents=True, exist_ok=True)
        for name, text in schemas().items():
            (target / name).write_text(text, encoding="utf-8", newline="\n")
    except OSError as error:
        raise OutputError(Problem(str(target), f"cannot be written: {error.strerror}")) from error
    return tuple(target / name for name in schemas())


def _text(schema: Any) -> str:
    content = {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}
    return json.dumps(content, indent=2, ensure_ascii=False, sort_keys=True) + "\n"


def _without_null(schema: Any) -> Any:
    """A schema in which an optional key may be absent, but not empty."""
    if isinstance(schema, list):
        return [_without_null(part) for part in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {
        key: _without_null(part)
        for key, part in schema.items()
        if key not in {"default", "title"} or (key == "title" and isinstance(part, dict))
    }
    choices = [choice for choice in kept.get("anyOf", []) if choice != {"type": "null"}]
    if len(choices) == 1:
        del kept["anyOf"]
        return kept | choices[0]
    return kept | {"anyOf": choices} if choices else kept


if __name__ == "__main__":
    write(Path(sys.argv[1] if len(sys.argv) > 1 else "data"))
