from gui.text.sentences import sentences


def test_sentences_are_parted_as_their_language_does() -> None:
    assert sentences("One.", "", "Two.") == "One. Two."
    assert sentences("一句。", "两句。") == "一句。两句。"
    assert sentences("像“A”。", "In stock.") == "像“A”。In stock."
    assert sentences() == ""
