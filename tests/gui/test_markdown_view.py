"""A model card is as high as its text and its headings fit into a card."""

from PySide6.QtGui import QTextTable

from gui.text.methods import with_titles
from gui.widgets.markdown_view import MarkdownView

CARD = """It labels texts.

## Data

| | |
| --- | ---: |
| texts | 300 |

| measure | value |
| --- | --- |
| accuracy | 85.5% |
"""


def test_it_grows_with_its_text_and_has_no_empty_heads(qtbot):
    view = MarkdownView("card", "Model card")
    qtbot.addWidget(view)
    view.resize(500, 100)
    view.show()
    view.set_markdown("One line.")
    low = view.height()
    view.set_markdown(CARD)
    assert view.height() > low + 100
    assert view.verticalScrollBar().maximum() == 0
    tables = [frame for frame in view.document().rootFrame().childFrames() if isinstance(frame, QTextTable)]
    assert [table.rows() for table in tables] == [1, 2]  # a head without words goes
    heading = next(
        block for block in map(view.document().findBlockByNumber, range(9)) if block.blockFormat().headingLevel()
    )
    size = heading.begin().fragment().charFormat().font().pixelSize()
    assert view.fontInfo().pixelSize() <= size <= view.fontInfo().pixelSize() + 2


def test_methods_are_called_by_their_titles():
    told = "The method lora was taken: 77.6% are expected in 2 min, against 77.6% by full in 3 min. A head is quick."
    assert with_titles(told) == (
        "The method “Thorough lesson” was taken: 77.6% are expected in 2 min, against 77.6% by “Complete lesson” in "
        "3 min. A head is quick."
    )
    chinese = "采用了方法 lora：预计正确率 90%，用时 3 分钟；相比之下 head 为 80%，用时 5 秒。"
    assert with_titles(chinese).count("“") == 2
