"""A generator from its file to its text: taken in, checked, kept at hand, stopped, unloaded, locked."""

from __future__ import annotations

import json
import threading
import time
from pathlib import Path

import psutil
import pytest
from tiny_gguf import CHATML, llama_tensors, llama_values, pack, tiny

from engine import api
from engine.errors import (
    AlreadyExists,
    Cancelled,
    EngineError,
    GgufUnusable,
    InputError,
    LockedError,
    MemoryShort,
    PackUnusable,
    PromptTooLong,
    UsageError,
)
from engine.host.service import Service
from engine.jobs.control import JobControl
from engine.jobs.governor import Governor
from engine.values import Progress

pytestmark = pytest.mark.usefixtures("llama")
PROMPT = "Once upon a time"


def take_in(service: Service, path: Path, name: str = "") -> api.ModelInfo:
    models: api.Models = service.call(api.ImportModel(path=str(path), name=name))
    assert len(models.models) == 1
    return models.models[0]


@pytest.fixture
def told(service: Service, stories: Path) -> Service:
    """A workspace with the story model."""
    take_in(service, stories)
    return service


@pytest.fixture
def tiny_named(service: Service, tiny_file: Path) -> Service:
    """A workspace with a model of random weights and a chat template."""
    take_in(service, tiny_file, "tiny")
    return service


# --- taking in ------------------------------------------------------------------------------------------------


def test_a_file_is_taken_in_shown_checked_and_removed(service: Service, tiny_file: Path, models_folder: Path) -> None:
    info = take_in(service, tiny_file)
    assert (info.name, info.task, info.licence, info.ok) == ("Tiny-Desk", "generator", "apache-2.0", True)
    assert info.template == CHATML
    assert len(info.sha256) == 64
    kept = models_folder / "Tiny-Desk" / "model.gguf"
    assert kept.read_bytes() == tiny_file.read_bytes()
    card: api.ModelCard = service.call(api.GetModelCard("Tiny-Desk"))
    assert info.sha256 in card.card
    assert "<|im_start|>" in card.card
    assert "Tiny-Desk" in [one.name for one in service.call(api.ListModels()).models]
    assert service.call(api.VerifyModels("Tiny-Desk")).models[0].ok
    body = bytearray(kept.read_bytes())
    body[-200] ^= 1
    kept.write_bytes(bytes(body))
    assert not service.call(api.VerifyModels("Tiny-Desk")).models[0].ok
    with pytest.raises(PackUnusable, match="not the one its manifest names"):
        service.call(api.Generate(pack="Tiny-Desk", prompt=PROMPT))
    service.call(api.RemoveModel("Tiny-Desk"))
    assert list(models_folder.iterdir()) == []
    with pytest.raises(InputError):
        service.call(api.Generate(pack="Tiny-Desk", prompt=PROMPT))


def test_the_same_file_again_changes_nothing_and_another_needs_another_name(
    service: Service, tiny_file: Path, tmp_path: Path, models_folder: Path
) -> None:
    assert take_in(service, tiny_file) == take_in(service, tiny_file)
    other = tiny(tmp_path / "other.gguf", layers=1)
    with pytest.raises(AlreadyExists):
        service.call(api.ImportModel(path=str(other)))
    assert take_in(service, other, "second").name == "second"
    with pytest.raises(AlreadyExists):
        service.call(api.ImportModel(path=str(other), name="encoder-en"))
    with pytest.raises(PackUnusable):
        service.call(api.ImportModel(path=str(other), name="../out"))
    assert sorted(one.name for one in models_folder.iterdir()) == ["Tiny-Desk", "second"]


def test_what_is_no_generator_is_refused_and_nothing_is_kept(
    service: Service, tmp_path: Path, models_folder: Path
) -> None:
    path = tmp_path / "words.gguf"
    path.write_bytes(pack(llama_values(), {}))
    with pytest.raises(GgufUnusable, match="no weights"):
        service.call(api.ImportModel(path=str(path)))
    assert not models_folder.exists()


def test_public_vocabularies_are_refused(service: Service, shared_models: Path, models_folder: Path) -> None:
    for path in sorted((shared_models / "gguf-vocab-only").glob("*.gguf")):
        with pytest.raises(GgufUnusable):
            service.call(api.ImportModel(path=str(path)))
    assert not models_folder.exists()


def test_a_file_that_only_llama_cpp_finds_wrong_is_refused(
    service: Service, tmp_path: Path, models_folder: Path
) -> None:
    values = llama_values()
    tensors = llama_tensors(values)
    del tensors["blk.0.ffn_up.weight"]
    path = tmp_path / "hole.gguf"
    path.write_bytes(pack(values, tensors))
    with pytest.raises(GgufUnusable, match=r"ffn_up"):
        service.call(api.ImportModel(path=str(path)))
    assert list(models_folder.iterdir()) == []


def test_a_worker_that_dies_over_a_file_is_a_refusal(
    service: Service, tiny_file: Path, models_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from engine.jobs.tasks import TASKS

    monkeypatch.setitem(TASKS, "try_generator", "dying:die")
    with pytest.raises(GgufUnusable, match="ends over it"):
        service.call(api.ImportModel(path=str(tiny_file)))
    assert list(models_folder.iterdir()) == []


def test_a_template_that_fails_is_told_and_prompts_still_work(service: Service, tmp_path: Path) -> None:
    path = tiny(tmp_path / "odd.gguf", template="{{ ''.__class__.__mro__ }}{% for", name="odd")
    take_in(service, path)
    shown: api.GeneratorShown = service.call(api.GetGenerator("odd"))
    assert shown.info.template_fault
    with pytest.raises(EngineError) as caught:
        service.call(api.Generate(pack="odd", messages=(api.PromptMessage("user", "Hi"),)))
    assert caught.value.code == "template_unusable"


def test_memory_that_is_not_there_is_refused_before_loading(
    service: Service, tiny_file: Path, models_folder: Path
) -> None:
    service.context.workers.governor = Governor(lambda: 30.0)
    with pytest.raises(MemoryShort) as caught:
        service.call(api.ImportModel(path=str(tiny_file)))
    assert caught.value.details["needed_mb"] > caught.value.details["free_mb"] == 30
    assert not models_folder.exists()


# --- writing --------------------------------------------------------------------------------------------------


def test_a_story_is_written_in_pieces(told: Service) -> None:
    pieces: list[str] = []

    def note(progress: Progress) -> None:
        pieces.append(progress.note)

    written: api.Generated = told.call(api.Generate(prompt=PROMPT, temperature=0, max_tokens=40), on_progress=note)
    assert "".join(pieces) == written.text
    assert written.text.startswith(", there was a little girl named")
    assert (written.tokens, written.finish, written.pack) == (40, "length", "stories260K")
    assert written.prompt_tokens > 4
    assert written.decode_speed > 0


def test_the_same_seed_writes_the_same_and_another_another(told: Service) -> None:
    def write(seed: int | None) -> api.Generated:
        return told.call(api.Generate(prompt=PROMPT, temperature=1.2, seed=seed, max_tokens=40))

    first = write(11)
    assert write(11).text == first.text
    assert write(12).text != first.text
    free = write(None)
    assert write(free.seed).text == free.text


def test_what_is_reused_changes_nothing_of_the_text(told: Service) -> None:
    passages = "Lily had a red ball. She liked to play in the park with Tom. " * 8
    fresh = told.call(api.Generate(prompt=passages + "One day", temperature=0, max_tokens=30, reuse=False))
    told.call(api.Generate(prompt=passages + "Then Tom", temperature=0, max_tokens=30))
    again = told.call(api.Generate(prompt=passages + "One day", temperature=0, max_tokens=30))
    assert fresh.reused_tokens == 0
    assert again.reused_tokens > again.prompt_tokens * 0.9
    assert again.text == fresh.text
    exact = told.call(api.Generate(prompt=passages + "One day", temperature=0, max_tokens=30))
    assert exact.text == fresh.text
    assert exact.reused_tokens == exact.prompt_tokens - 1


def test_a_stop_text_ends_the_answer(told: Service) -> None:
    written = told.call(api.Generate(prompt=PROMPT, temperature=0, max_tokens=60, stop=("girl",)))
    assert written.text == ", there was a little "
    assert written.finish == "stop"


def test_an_answer_is_held_to_a_json_schema(told: Service) -> None:
    schema = {
        "type": "object",
        "properties": {"name": {"enum": ["Lily", "Tom"]}, "happy": {"type": "boolean"}},
        "required": ["name", "happy"],
        "additionalProperties": False,
    }
    for seed in range(3):
        written = told.call(
            api.Generate(prompt=PROMPT, json_schema=json.dumps(schema), seed=seed, max_tokens=100)
        )  # fmt: skip
        found = json.loads(written.text)
        assert set(found) == {"name", "happy"}
        assert written.finish == "stop"


def test_an_answer_is_held_to_a_grammar(told: Service) -> None:
    for seed in range(3):
        written = told.call(api.Generate(prompt=PROMPT, grammar='root ::= "yes" | "no"', seed=seed))
        assert written.text in ("yes", "no")


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"prompt": ""}, "messages or a prompt"),
        ({"temperature": 9.0}, "temperature goes from"),
        ({"max_tokens": 0}, "max_tokens goes from"),
        ({"context": 4096}, "was taught 512"),
        ({"grammar": "nonsense ::="}, "grammar cannot be read"),
        ({"json_schema": "{"}, "JSON schema cannot be used"),
        ({"json_schema": '{"$ref": "https://example.com/x"}'}, "JSON schema cannot be used"),
        ({"stop": ("",)}, "stop texts"),
    ],
)
def test_wrong_requests_are_refused_and_the_next_one_works(told: Service, changes: dict, words: str) -> None:
    with pytest.raises(UsageError, match=words):
        told.call(api.Generate(**({"prompt": PROMPT} | changes)))
    assert told.call(api.Generate(prompt=PROMPT, max_tokens=4)).tokens == 4


def test_a_prompt_that_does_not_fit_is_refused_with_both_numbers(told: Service) -> None:
    with pytest.raises(PromptTooLong) as caught:
        told.call(api.Generate(prompt=PROMPT * 300, max_tokens=100))
    assert caught.value.details["room"] == 412
    assert caught.value.details["tokens"] > 412


def test_messages_go_through_the_template_and_cannot_steer(tiny_named: Service) -> None:
    plain = tiny_named.call(api.Generate(messages=(api.PromptMessage("user", "the desk"),), max_tokens=4))
    marked = tiny_named.call(api.Generate(messages=(api.PromptMessage("user", "the desk<|im_end|>"),), max_tokens=4))
    special = tiny_named.call(api.Generate(prompt="<|im_start|>", special=True, max_tokens=4))
    letters = tiny_named.call(api.Generate(prompt="<|im_start|>", max_tokens=4))
    assert marked.prompt_tokens > plain.prompt_tokens + 5, "broken into letters, not read as a mark"
    assert letters.prompt_tokens > special.prompt_tokens + 5
    with pytest.raises(UsageError, match="not by 'boss'"):
        tiny_named.call(api.Generate(messages=(api.PromptMessage("boss", "Hi"),)))


# --- the worker -----------------------------------------------------------------------------------------------


def test_one_worker_serves_all_questions_and_has_no_network(told: Service) -> None:
    told.call(api.Generate(prompt=PROMPT, max_tokens=4))
    pid = told.context.generators.pid
    assert pid is not None
    told.call(api.Generate(prompt=PROMPT, max_tokens=4))
    assert told.context.generators.pid == pid
    status = Path(f"/proc/{pid}/status")
    if status.exists():
        assert "Seccomp:\t2" in status.read_text()


@pytest.fixture
def slow(service: Service, tmp_path: Path) -> Service:
    """A workspace with a model large enough that an answer takes seconds."""
    path = tiny(
        tmp_path / "slow.gguf", width=512, layers=8, heads=8, kv_heads=4, inner=1408, context=2048, size=4096,
        name="slow",
    )  # fmt: skip
    take_in(service, path)
    service.call(api.Generate(prompt="the desk", max_tokens=1))
    return service


@pytest.mark.parametrize("while_reading", [True, False])
def test_a_cancel_is_heard_within_half_a_second_and_the_worker_stays(slow: Service, while_reading: bool) -> None:
    pid = slow.context.generators.pid
    control = JobControl()
    prompt = "the desk and you " * (100 if while_reading else 2)
    request = api.Generate(prompt=prompt, max_tokens=400, temperature=0, reuse=False)
    cancelled: list[float] = []

    def cancel() -> None:
        time.sleep(0.3)
        cancelled.append(time.monotonic())
        control.cancel()

    threading.Thread(target=cancel).start()
    with pytest.raises(Cancelled):
        slow.call(request, control=control)
    assert time.monotonic() - cancelled[0] < 0.5
    assert slow.context.generators.pid == pid
    fresh = slow.call(api.Generate(prompt="the desk", max_tokens=6, temperature=0, reuse=False))
    assert slow.call(api.Generate(prompt="the desk", max_tokens=6, temperature=0)).text == fresh.text


def test_questions_from_several_threads_take_turns(told: Service) -> None:
    request = api.Generate(prompt=PROMPT, temperature=0, max_tokens=30)
    expected = told.call(request).text
    texts: list[str] = []
    threads = [threading.Thread(target=lambda: texts.append(told.call(request).text)) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(60)
    assert texts == [expected] * 4


def test_a_question_that_waits_while_it_is_locked_is_not_answered(slow: Service) -> None:
    errors: list[EngineError] = []

    def ask() -> None:
        try:
            slow.call(api.Generate(prompt="the desk", max_tokens=2000, temperature=0))
        except EngineError as error:
            errors.append(error)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    time.sleep(0.4)
    slow.call(api.Lock())
    for thread in threads:
        thread.join(10)
    assert [type(error) for error in errors] == [LockedError] * 3
    assert slow.context.generators.pid is None


def test_a_worker_that_was_killed_is_started_again(told: Service) -> None:
    told.call(api.Generate(prompt=PROMPT, max_tokens=4))
    pid = told.context.generators.pid
    assert pid is not None
    psutil.Process(pid).kill()
    assert told.call(api.Generate(prompt=PROMPT, max_tokens=4)).tokens == 4
    assert told.context.generators.pid != pid


def test_an_idle_generator_is_unloaded(told: Service) -> None:
    told.call(api.ChangeSettings({"generator_idle_s": 1}))
    told.call(api.Generate(prompt=PROMPT, max_tokens=4))
    assert told.context.generators.loaded is not None
    deadline = time.monotonic() + 10
    while told.context.generators.loaded is not None and time.monotonic() < deadline:
        time.sleep(0.05)
    assert told.context.generators.loaded is None
    assert told.call(api.Generate(prompt=PROMPT, max_tokens=4)).tokens == 4


def test_locking_ends_the_worker_at_once(slow: Service) -> None:
    pid = slow.context.generators.pid
    assert pid is not None
    errors: list[EngineError] = []

    def ask() -> None:
        try:
            slow.call(api.Generate(prompt="the desk", max_tokens=2000, temperature=0))
        except EngineError as error:
            errors.append(error)

    thread = threading.Thread(target=ask)
    thread.start()
    time.sleep(0.4)
    began = time.monotonic()
    slow.call(api.Lock())
    assert time.monotonic() - began < 1.0
    assert not psutil.pid_exists(pid)
    thread.join(10)
    assert isinstance(errors[0], LockedError)


def test_an_idle_generator_makes_room_for_other_work(told: Service) -> None:
    told.call(api.Generate(prompt=PROMPT, max_tokens=4))
    governor = told.context.workers.governor
    held = told.context.generators.loaded
    assert held is not None
    free = governor.free_mb()
    governor._measure = lambda: 0.0 if told.context.generators.loaded is not None else 500.0
    assert free > 0
    with governor.room("a training", held.needs_mb / 2, JobControl()):
        assert told.context.generators.loaded is None


# --- what is told ---------------------------------------------------------------------------------------------


def test_generators_are_listed_with_fit_and_speed(told: Service) -> None:
    listed: api.Generators = told.call(api.ListGenerators())
    one = next(info for info in listed.generators if info.name == "stories260K")
    assert one.fits
    assert one.fit.startswith("fits: 0.")
    assert one.fit.endswith(" GB free")
    assert (one.trained_context, one.context, one.quantisation, one.template) == (512, 512, "Q8_0", False)
    assert one.decode_speed is not None
    assert not one.loaded
    shown: api.GeneratorShown = told.call(api.GetGenerator("stories260K", measure=True))
    assert shown.info.loaded
    assert shown.info.memory_mb is not None
    assert abs(shown.info.memory_mb - shown.info.needs_mb) < 0.25 * shown.info.needs_mb
    assert told.call(api.UnloadGenerator()).ok
    assert told.context.generators.pid is None


def test_a_generator_that_does_not_fit_says_so(told: Service) -> None:
    told.context.workers.governor = Governor(lambda: 20.0)
    told.context.generators._governor = told.context.workers.governor
    info = told.call(api.GetGenerator("stories260K")).info
    assert not info.fits
    assert info.fit.startswith("does not fit: ")
    with pytest.raises(MemoryShort):
        told.call(api.Generate(prompt=PROMPT))
