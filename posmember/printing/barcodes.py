"""Draws a text as QR or Code 128: the bars and squares, for whoever paints or prints them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from zxingcpp import Barcode

Modules = tuple[bytes, ...]
"""Rows from top to bottom, a byte for each square of one unit: 1 is dark. No quiet zone."""

QR_QUIET_ZONE = 4
"""Units that have to stay light around a QR code (ISO/IEC 18004)."""

CODE_128_QUIET_ZONE = 10
"""Units that have to stay light left and right of a Code 128 (ISO/IEC 15417)."""


def qr_modules(text: str) -> Modules:
    """Draw a QR code that is still read with 15 % of it spoiled (level M).

    Raises:
        ValueError: the text is empty or too long for one.
    """
    import zxingcpp

    return _modules(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.QRCode, ec_level="M"))


def code_128_modules(text: str) -> Modules:
    """Draw a Code 128 as one row, of any height.

    Raises:
        ValueError: the text is empty, too long, or has characters that it cannot hold, such as
            Chinese ones.
    """
    import zxingcpp

    return _modules(zxingcpp.create_barcode(text, zxingcpp.BarcodeFormat.Code128))[:1]


def _modules(barcode: Barcode) -> Modules:
    # An Image gives its pixels through the buffer protocol, which its types do not tell.
    picture = memoryview(barcode.to_image(scale=1, add_quiet_zones=False))  # type: ignore[arg-type]
    height, width = picture.shape or (0, 0)
    pixels = picture.tobytes()
    rows = (pixels[row * width : (row + 1) * width] for row in range(height))
    return tuple(bytes(gray == 0 for gray in row) for row in rows)


def read_codes(gray: bytes, width: int) -> tuple[str, ...]:
    """Read every code in a picture.

    Args:
        gray: a byte for each pixel, row by row from the top, without gaps.
        width: pixels in a row.
    """
    import zxingcpp

    rows = memoryview(gray).cast("B", (len(gray) // width, width))
    return tuple(found.text for found in zxingcpp.read_barcodes(rows) if found.text)
