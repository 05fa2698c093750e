"""Where printed lines stand: spans of the page's text with their rectangles, also on turned and cropped pages."""

from __future__ import annotations

from pathlib import Path

import pytest

from engine.ingest.documents import parse_document
from engine.ingest.documents.clean import Block
from engine.ingest.documents.page_image import PageImageSpec, render
from engine.ingest.documents.pdf_lines import Line, Part
from engine.ingest.documents.pdf_places import place_lines
from engine.serve.chat.places import rectangles_of
from engine.values import LineBox

LONG = (
    "The filter has to be cleaned weekly. Open the cover, take the fil-",
    "ter out and rinse it in cold water. Let it dry for a whole day.",
)


def write(path: Path, *, rotate: int = 0, crop: tuple[float, float, float, float] | None = None) -> None:
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(path), pagesize=(600, 800))
    if crop:
        canvas.setCropBox(crop)
    canvas.setPageRotation(rotate)
    canvas.setFont("Helvetica", 12)
    for number, line in enumerate(LONG):
        canvas.drawString(100, 600 - 15 * number, line)
    for number, (day, hours) in enumerate((("Day", "Hours"), ("Monday", "9 to 12"))):
        canvas.drawString(100, 500 - 15 * number, day)
        canvas.drawString(300, 500 - 15 * number, hours)
    canvas.showPage()
    canvas.save()


def test_boxes_follow_joined_lines_and_rows(tmp_path: Path) -> None:
    write(tmp_path / "a.pdf")
    (page,) = parse_document(tmp_path / "a.pdf").pages
    spans = [page.text[box.start : box.end] for box in page.boxes]
    assert spans == [
        "The filter has to be cleaned weekly. Open the cover, take the fil",
        "ter out and rinse it in cold water. Let it dry for a whole day.",
        "Day | Hours",
        "Monday | 9 to 12",
    ]
    first = page.boxes[0]
    assert first.left == pytest.approx(100 / 600, abs=0.003)
    assert first.top < 1 - 600 / 800 < first.bottom
    assert first.bottom - first.top < 18 / 800


@pytest.mark.parametrize(
    ("rotate", "crop"),
    [(0, None), (90, None), (180, None), (270, None), (0, (50, 300, 550, 700)), (90, (50, 300, 550, 700))],
)
def test_the_ink_is_where_the_boxes_say(tmp_path: Path, rotate: int, crop: tuple[float, ...] | None) -> None:
    """Draws the page: inside each rectangle is ink, and with the rectangles painted over none is left."""
    import io

    import numpy as np
    from PIL import Image

    path = tmp_path / "a.pdf"
    write(path, rotate=rotate, crop=crop)
    (page,) = parse_document(path).pages
    made = render(path.read_bytes(), PageImageSpec(str(path), "", 1, 900))
    picture = np.array(Image.open(io.BytesIO(made.png)).convert("L"))
    assert picture.shape == (made.height, made.width)
    assert len(page.boxes) >= 4
    for box in page.boxes:
        top, bottom = int(box.top * made.height), int(np.ceil(box.bottom * made.height))
        left, right = int(box.left * made.width), int(np.ceil(box.right * made.width))
        assert (picture[top:bottom, left:right] < 128).sum() > 8
        picture[max(0, top - 2) : bottom + 2, max(0, left - 2) : right + 2] = 255
    assert (picture < 128).sum() == 0


def test_a_letter_that_was_dropped_does_not_lead_astray() -> None:
    part = [Part(text, 0.1, 0.1, 0.9, 0.2) for text in ("co-", "op is walk-in")]
    lines = [Line(one.text, 10, 0, 1, 0, (one.text,), parts=(one,)) for one in part]
    text = "coop is walk-in"
    boxes = place_lines(text, [(Block("paragraph", text), lines)])
    assert [text[box.start : box.end] for box in boxes] == ["co", "op is walk-in"]


def test_part_of_a_line_gets_part_of_its_rectangle() -> None:
    text = "iiii mmmm\nnext line"
    boxes = [LineBox(0, 9, 0.1, 0.2, 0.9, 0.3), LineBox(10, 19, 0.1, 0.3, 0.5, 0.4)]
    assert rectangles_of(text, boxes, 0, 19) == ((0.1, 0.2, 0.9, 0.3), (0.1, 0.3, 0.5, 0.4))
    ((left, top, right, bottom),) = rectangles_of(text, boxes, 5, 9)
    assert (top, right, bottom) == (0.2, 0.9, 0.3)
    assert 0.25 < left < 0.45  # wide letters take more than half of the line
    assert rectangles_of(text, boxes, 9, 10) == ()
