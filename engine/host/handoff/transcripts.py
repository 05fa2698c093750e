"""Conversations as text for the clipboard and as files."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from engine.api import (
    ChatMessage,
    Control,
    ConversationInfo,
    CopyConversation,
    ExportConversation,
    Exported,
    Transcript,
)
from engine.errors import FileUnusable, UnknownName
from engine.report.save import check_path, save
from engine.serve.chat.transcript import Transcriber
from engine.store import audit, conversations

if TYPE_CHECKING:
    from engine.host.context import Context

ENDINGS = {"md": (".md", ".markdown"), "pdf": (".pdf",), "json": (".json",)}
JSON_FORM = "casemate-conversation"
JSON_VERSION = 1


def copied(ctx: Context, request: CopyConversation) -> Transcript:
    """Raises: UnknownName."""
    _, messages = _read(ctx, request.id)
    if request.message is not None:
        messages = [one for one in messages if one.id == request.message]
        if not messages:
            known = f"those of conversation {request.id}"
            raise UnknownName(what="message", name=str(request.message), known=known)
    return Transcript(
        Transcriber(messages, request.language).text(), Transcriber(messages, request.language).markdown()
    )


def exported(ctx: Context, request: ExportConversation, ctl: Control) -> Exported:
    """Write a conversation to a file; `rows` of the result counts its messages.

    Raises:
        UnknownName: there is no such conversation.
        FileUnusable, FolderNotWritable, DiskFull: the file cannot be written; what stood there stays.
    """
    path = Path(request.path).expanduser()
    chosen = request.format or _format_of(path)
    check_path(path, ENDINGS[chosen])
    info, messages = _read(ctx, request.id)
    ctl.check()
    written = Transcriber(messages, request.language)
    if chosen == "json":
        body = _json(info, messages)
    elif chosen == "md":
        body = written.markdown(info.title).encode("utf-8", "replace")
    else:
        from engine.report.pdf import to_pdf

        body = to_pdf(written.document(info))
    ctl.check()
    save(path, body, ENDINGS[chosen])
    with ctx.store.write() as connection:
        audit.record(connection, "conversation exported", f"{request.id} as {chosen}")
    return Exported(path=str(path), rows=len(messages))


def _read(ctx: Context, number: int) -> tuple[ConversationInfo, list[ChatMessage]]:
    with ctx.store.read() as connection:
        return conversations.info(connection, number), conversations.messages(connection, number)


def _format_of(path: Path) -> str:
    for name, endings in ENDINGS.items():
        if path.suffix.lower() in endings:
            return name
    raise FileUnusable(
        path=str(path), reason="a conversation is written as .md, .pdf or .json; give it such an ending."
    )


def _json(info: ConversationInfo, messages: list[ChatMessage]) -> bytes:
    content = {"form": JSON_FORM, "version": JSON_VERSION, "conversation": info, "messages": messages}
    return msgspec.json.format(msgspec.json.encode(content), indent=2) + b"\n"
