"""``posmember scanner-page``: write the scanner test page, to be printed."""

from __future__ import annotations

import argparse
from pathlib import Path

from posmember.cli.exits import fail
from posmember.cli.lines import say
from posmember.printing.scanner_page import page_html, page_svg
from posmember.report.outcomes import Exit
from posmember.settings.files import replace_file

DEFAULT_OUTPUT = Path("posmember-scanner-page.html")

_WRITERS = {".html": page_html, ".htm": page_html, ".svg": page_svg}


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the command's options to its parser."""
    parser.add_argument(
        "--output",
        type=Path,
        default=DEFAULT_OUTPUT,
        metavar="FILE",
        help="an .html or .svg file, replaced where it exists (%(default)s)",
    )


def run(args: argparse.Namespace) -> int:
    """Run the command; returns the exit code."""
    output: Path = args.output
    write = _WRITERS.get(output.suffix.lower())
    if write is None:
        return fail(
            f"文件名要以 .html 或 .svg 结尾 / has to end in .html or .svg: {output}", Exit.WRONG_USE
        )
    try:
        replace_file(output, write().encode())
    except OSError as error:
        return fail(f"写不了文件 / cannot write: {output}: {error.strerror}", Exit.OTHER)
    say(str(output.absolute()))
    return Exit.FOUND
