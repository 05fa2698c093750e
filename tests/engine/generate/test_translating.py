"""Translations by a model that says one text: what is shown, what is refused, and what the reasons say."""

from __future__ import annotations

from pathlib import Path

import pytest
from speaking_gguf import speaking

from engine import api
from engine.errors import UsageError
from engine.host.service import Service

pytestmark = pytest.mark.usefixtures("llama")
EXPRESS = "Express delivery costs 9 euros."
GOOD = "特快配送费用为9欧元。"


def speaker(service: Service, folder: Path, *pieces: str) -> None:
    service.call(api.ImportModel(path=str(speaking(folder / "speaker.gguf", pieces)), name="speaker"))


def test_a_translation_that_keeps_its_numbers_is_shown(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, GOOD)
    found: api.Phrased = service.call(api.Translate(text=EXPRESS, to="zh"))
    assert (found.text, found.generated, found.held, found.written) == (GOOD, True, 1, 1)
    assert "Numbers, dates and codes are the same" in found.reason
    assert all(one.supported for one in found.sentences)


def test_lines_keep_their_places_and_what_needs_no_translation_stays(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, GOOD)
    found: api.Phrased = service.call(api.Translate(text=f"{EXPRESS}\n\n退货免费。\n{EXPRESS}", to="zh"))
    assert found.text == f"{GOOD}\n\n退货免费。\n{GOOD}"


@pytest.mark.parametrize(
    ("written", "why", "told"),
    [
        ("特快配送费用为8欧元。", "number", "Numbers or dates are others"),
        ("Once upon a time there was a girl.", "script", "did not write in that language"),
        (" ", "empty", "nothing new"),
    ],
)
def test_one_that_does_not_is_refused_with_the_reason(
    service: Service, tmp_path: Path, written: str, why: str, told: str
) -> None:
    speaker(service, tmp_path, written)
    found: api.Phrased = service.call(api.Translate(text=EXPRESS, to="zh"))
    assert (found.text, found.generated, found.held) == ("", False, 0)
    assert [one.why for one in found.dropped] == [why]
    assert told in found.reason
    assert "was not taught both languages cannot translate" in found.reason


def test_a_part_that_fails_stays_as_it_was(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, GOOD)
    other = "Returns are free within 30 days."
    found: api.Phrased = service.call(api.Translate(text=f"{EXPRESS}\n{other}", to="zh"))
    assert found.text == f"{GOOD}\n{other}"
    assert (found.held, found.written) == (1, 2)
    assert found.reason.startswith("1 of 2 parts were translated; the others stay as they were. Numbers or dates")


def test_a_name_that_is_gone_is_marked_and_told(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, "请致电玛丽亚。")
    found: api.Phrased = service.call(api.Translate(text="Please call Maria.", to="zh"))
    assert found.generated
    assert [one.supported for one in found.sentences] == [False]
    assert found.reason.endswith("check them: Maria.")


def test_a_story_teller_cannot_translate(service: Service, stories: Path) -> None:
    service.call(api.ImportModel(path=str(stories), name="stories"))
    for text, to in ((EXPRESS, "zh"), ("顾客收到商品后七天内可以退货。", "en")):
        found: api.Phrased = service.call(api.Translate(text=text, to=to))
        assert (found.text, found.held) == ("", 0)


def test_what_cannot_be_asked_is_told(service: Service, tmp_path: Path) -> None:
    speaker(service, tmp_path, GOOD)
    with pytest.raises(UsageError, match="nothing to translate: the text is in Chinese already"):
        service.call(api.Translate(text=GOOD, to="zh"))
    with pytest.raises(UsageError, match="en or zh"):
        service.call(api.Translate(text=EXPRESS, to="fr"))
    with pytest.raises(UsageError, match="can be translated"):
        service.call(api.Translate(text=" ", to="zh"))
