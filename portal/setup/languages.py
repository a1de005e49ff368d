"""The command line for translations: ``python -m portal.setup.languages update|compile|check|gaps|merge`` and more."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from portal.setup import catalogues, gate
from portal.setup.extraction import sentences
from portal.setup.pseudo import pseudo


def main(arguments: list[str] | None = None) -> int:
    """Run one command; the exit code is 1 when something needs attention."""
    parser = argparse.ArgumentParser(prog="python -m portal.setup.languages", description=__doc__)
    commands = parser.add_subparsers(dest="command", required=True)
    commands.add_parser("extract", help="write the English sentences to locales/messages.pot")
    commands.add_parser("update", help="extract, then add new and drop old sentences in every language").add_argument(
        "new", nargs="*", help="folders of languages to begin, such as vi or pt_BR"
    )
    commands.add_parser("compile", help="make the binary catalogues that are out of date")
    commands.add_parser("check", help="the gate: gaps, and translations that do not fit their source")
    commands.add_parser("gaps", help="print what is not translated as JSON").add_argument("folders", nargs="*")
    commands.add_parser("merge", help="take in translations from JSON").add_argument("file", type=Path)
    commands.add_parser("pseudo", help="show a sentence in the pseudo-language").add_argument("text")
    options = parser.parse_args(arguments)
    match options.command:
        case "extract":
            return _extract()
        case "update":
            return _update(options.new)
        case "compile":
            print("Made:", ", ".join(catalogues.compile_stale()) or "nothing, all are up to date")
            return 0
        case "check":
            return _check()
        case "gaps":
            wanted = options.folders or catalogues.folders()
            print(json.dumps({folder: catalogues.gaps(folder) for folder in wanted}, ensure_ascii=False, indent=1))
            return 0
        case "merge":
            return _merge(options.file)
        case _:
            print(pseudo(options.text))
            return 0


def _extract() -> int:
    source = sentences()
    changed = catalogues.write(catalogues.template_path(), catalogues.text(source))
    print(f"messages.pot: {len(source)} sentences", "" if changed else "(unchanged)")
    return 0


def _update(new: list[str]) -> int:
    _extract()
    template = catalogues.read(catalogues.template_path())
    for folder in sorted({*catalogues.folders(), *new}):
        catalogues.update(folder, template)
        print(f"{folder}: {len(catalogues.gaps(folder))} to translate")
    return 0


def _check() -> int:
    found = gate.findings()
    for line in found:
        print(line)
    print(f"Translations: {len(found)} to mend" if found else "Translations: complete, and each fits its source")
    return 1 if found else 0


def _merge(file: Path) -> int:
    given = json.loads(file.read_text(encoding="utf-8"))
    refused = [line for folder, texts in given.items() for line in catalogues.merge(folder, texts)]
    for line in refused:
        print(line)
    taken = sum(map(len, given.values())) - len(refused)
    print(f"{taken} translations taken, {len(refused)} not")
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
