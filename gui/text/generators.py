"""What the window says of generators: size, fit, speed, memory, and why a sentence of theirs is not shown."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication, QLocale

from engine.api import GeneratorInfo
from gui.text.numbers import size_text


def about_text(info: GeneratorInfo) -> str:
    """Size and origin in a line: parameters, how they are kept, bytes, licence."""
    licence = info.licence or QCoreApplication.translate("generators", "licence not stated")
    return "  ·  ".join((_parameters(info.parameters), info.quantisation, size_text(info.bytes), licence))


def _parameters(count: int) -> str:
    for size, letter in ((10**9, "B"), (10**6, "M"), (10**3, "K")):
        if count >= size:
            number = f"{count / size:.3g}"
            return QCoreApplication.translate("generators", "{number} {letter} parameters").format(
                number=number, letter=letter
            )
    return str(count)


def fit_text(info: GeneratorInfo) -> str:
    """The forecast of its memory beside what is free."""
    translate = QCoreApplication.translate
    words = (
        translate("generators", "Fits: {need} of {free} GB free")
        if info.fits
        else translate("generators", "Does not fit: it needs {need} GB, and {free} GB are free")
    )
    return words.format(need=gigabytes(info.needs_mb), free=gigabytes(info.free_mb))


def gigabytes(mb: float) -> str:
    """Two figures below one, for small and large models alike."""
    size = max(0.0, mb) / 1024
    return f"{size:.2f}" if size < 1 else f"{size:.1f}"


def speed_text(info: GeneratorInfo) -> str:
    """Speeds on this machine, or that they are not known."""
    translate = QCoreApplication.translate
    if info.prompt_speed is None or info.decode_speed is None:
        return translate("generators", "Its speed on this machine was not measured yet")
    return translate("generators", "On this machine: reads {read} and writes {write} tokens a second").format(
        read=_rounded(info.prompt_speed), write=_rounded(info.decode_speed)
    )


def _rounded(speed: float) -> str:
    """Two or three figures: more would change with every measuring."""
    if speed < 10:
        return f"{speed:.1f}"
    digits = max(0, len(str(int(speed))) - 3)
    return QLocale().toString(round(speed / 10**digits) * 10**digits)


def memory_text(info: GeneratorInfo) -> str:
    """What a loaded generator takes and when it gives that back; "" for one that is not loaded."""
    if not info.loaded:
        return ""
    translate = QCoreApplication.translate
    held = size_text((info.memory_mb or info.needs_mb) * 2**20)
    if info.idle_left_s is None:
        return translate("generators", "In memory: {size}, at work").format(size=held)
    if info.idle_left_s < 90:
        left = translate("generators", "{n} s").format(n=max(1, round(info.idle_left_s)))
    else:
        left = translate("generators", "{n} min").format(n=round(info.idle_left_s / 60))
    return translate("generators", "In memory: {size}, given back in {left} without a question").format(
        size=held, left=left
    )


def dropped_text(why: str) -> str:
    """Why a sentence that a generator wrote is not shown (`engine.api.Unsupported.why`)."""
    translate = QCoreApplication.translate
    texts = {
        "number": translate("generators", "a number in it is not in the source"),
        "unit": translate("generators", "a number in it counts something else in the source"),
        "date": translate("generators", "a date in it is not in the source"),
        "code": translate("generators", "a code or address in it is not in the source"),
        "name": translate("generators", "a name in it is not in the source"),
        "negation": translate("generators", "the source says it without the “not”, or with one"),
        "opposite": translate("generators", "the source says the opposite"),
        "unlike": translate("generators", "no sentence of the source says this"),
        "empty": translate("generators", "nothing in the source is about this"),
        "refusal": translate("generators", "it says that there is no answer"),
        "order": translate("generators", "it repeats an order that speaks to a model"),
        "script": translate("generators", "it is not written in the language that was asked for"),
        "length": translate("generators", "its length cannot be right"),
        "loop": translate("generators", "it says the same again and again"),
        "too_long": translate("generators", "the generator cannot read so much at once"),
    }
    return texts.get(why, texts["unlike"])
