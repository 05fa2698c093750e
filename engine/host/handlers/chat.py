"""Chat: documents into collections, search, questions, and the conversations they belong to."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

import msgspec

from engine.api import (
    AddDocuments,
    Answer,
    AskQuestion,
    CollectionInfo,
    Collections,
    Control,
    Conversation,
    Conversations,
    DeleteConversation,
    DocumentInfo,
    DocumentPage,
    DocumentsAdded,
    Done,
    ExportCollection,
    Exported,
    GetConversation,
    GetPage,
    ListCollections,
    ListConversations,
    RateMessage,
    Removed,
    RemoveDocuments,
    RenameConversation,
)
from engine.errors import DiskFull, FolderNotWritable, InputError, UnknownName, UsageError
from engine.host.chat.asking import ask
from engine.host.context import Context
from engine.host.handoff.opening import rate
from engine.host.registry import handles
from engine.store import answers, approved, conversations, documents, passages

MOST_NAME_CHARACTERS = 120


@handles(AddDocuments)
def add_documents(ctx: Context, request: AddDocuments, ctl: Control) -> DocumentsAdded:
    from engine.host.chat import indexing

    return indexing.add_documents(ctx, collection_name(request.collection), request.paths, ctl)


def collection_name(given: str) -> str:
    """A name that a collection may have. Raises: UsageError."""
    name = given.strip()
    if not name or len(name) > MOST_NAME_CHARACTERS:
        raise UsageError(reason=f"A collection needs a name of 1 to {MOST_NAME_CHARACTERS} characters.")
    return name


@handles(ListCollections)
def list_collections(ctx: Context, request: ListCollections, ctl: Control) -> Collections:
    with ctx.store.read() as connection:
        return Collections(
            tuple(
                CollectionInfo(
                    name=one.name,
                    documents=one.documents,
                    passages=one.passages,
                    answers=one.answers,
                    files=tuple(
                        DocumentInfo(
                            id=file.id,
                            path=file.path,
                            title=file.title,
                            pages=file.pages,
                            passages=file.passages,
                            bytes=file.size,
                            added=file.added,
                            format=file.format,
                            modified=file.modified,
                        )
                        for file in documents.in_collection(connection, one.id)
                    ),
                )
                for one in documents.collections(connection)
            )
        )


@handles(RemoveDocuments)
def remove_documents(ctx: Context, request: RemoveDocuments, ctl: Control) -> Removed:
    with ctx.store.write() as connection:
        collection = documents.collection(connection, request.collection)
        if request.path is None:
            removed = documents.remove_collection(connection, collection.id)
        else:
            stored = [one.path for one in documents.in_collection(connection, collection.id)]
            chosen = _below(stored, request.path)
            if not chosen:
                known = ", ".join(stored[:20]) or "the collection is empty"
                raise UnknownName(what=f"document in {request.collection}", name=request.path, known=known)
            removed = documents.remove(connection, collection.id, chosen)
    for key in [key for key in ctx.cache if key[0] == "vectors" and key[2] == collection.id]:
        ctx.cache.pop(key, None)
    return Removed(removed)


def _below(stored: list[str], path: str) -> list[str]:
    """The stored paths that a person means: one file, or everything in a folder."""
    for wanted in (path, str(Path(path).absolute())):
        folder = wanted.rstrip(os.sep) + os.sep
        if chosen := [one for one in stored if one == wanted or one.startswith(folder)]:
            return chosen
    return []


@handles(ExportCollection)
def export_collection(ctx: Context, request: ExportCollection, ctl: Control) -> Exported:
    """One JSON object per line: every passage with its place, then every approved answer."""
    target = Path(request.path)
    part = target.with_name(target.name + ".part")
    rows = 0
    with ctx.store.read() as connection:
        collection = documents.collection(connection, request.collection)
        try:
            with part.open("wb") as file:
                for document in documents.in_collection(connection, collection.id):
                    ctl.check()
                    for row in _export_rows(connection, document):
                        file.write(msgspec.json.encode(row) + b"\n")
                        rows += 1
                for one in approved.find(connection, collection.id, "", "", -1):
                    if not one.file:
                        file.write(msgspec.json.encode(_written_row(one)) + b"\n")
                        rows += 1
            part.replace(target)
        except OSError as error:
            part.unlink(missing_ok=True)
            raise _unwritable(target, error) from error
        except BaseException:
            part.unlink(missing_ok=True)
            raise
    return Exported(str(target), rows)


def _export_rows(connection: Any, document: documents.StoredDocument) -> list[dict[str, Any]]:
    texts: dict[int, str] = {}
    rows: list[dict[str, Any]] = []
    for one in passages.of_document(connection, document.id):
        if one.page not in texts:
            texts = {one.page: documents.page_text(connection, document.id, one.page)}
        rows.append(
            {
                "kind": "passage",
                "doc": document.path,
                "title": document.title,
                "page": one.page if document.paged else None,
                "start": one.start,
                "end": one.end,
                "heading": one.heading,
                "text": texts[one.page][one.start : one.end],
            }
        )
    for answer in answers.of_document(connection, document.id):
        rows.append(
            {
                "kind": "answer",
                "doc": document.path,
                "line": answer.line,
                "question": answer.question,
                "answer": answer.answer,
            }
        )
    return rows


def _written_row(answer: approved.Listed) -> dict[str, Any]:
    """An approved answer that a person wrote here, which belongs to no document."""
    return {
        "kind": "answer",
        "doc": None,
        "question": answer.question,
        "answer": answer.answer,
        "variants": answer.variants,
        "owner": answer.owner,
        "expires": answer.expires,
    }


def _unwritable(target: Path, error: OSError) -> Exception:
    import errno

    if error.errno == errno.ENOSPC:
        return DiskFull(path=str(target))
    if isinstance(error, PermissionError | FileNotFoundError | NotADirectoryError):
        return FolderNotWritable(path=str(target.parent))
    return InputError(reason=f"{target} cannot be written: {error.strerror or error}.")


@handles(GetPage)
def get_page(ctx: Context, request: GetPage, ctl: Control) -> DocumentPage:
    with ctx.store.read() as connection:
        document = documents.document(connection, request.document_id)
        text = documents.page_text(connection, request.document_id, request.page)
    return DocumentPage(doc=document.path, title=document.title, page=request.page, pages=document.pages, text=text)


@handles(AskQuestion)
def ask_question(ctx: Context, request: AskQuestion, ctl: Control) -> Answer:
    return ask(ctx, request, ctl)


@handles(ListConversations)
def list_conversations(ctx: Context, request: ListConversations, ctl: Control) -> Conversations:
    with ctx.store.read() as connection:
        return Conversations(tuple(conversations.find(connection, request.query)))


@handles(GetConversation)
def get_conversation(ctx: Context, request: GetConversation, ctl: Control) -> Conversation:
    with ctx.store.read() as connection:
        info = conversations.info(connection, request.id)
        return Conversation(info, tuple(conversations.messages(connection, request.id)))


@handles(DeleteConversation)
def delete_conversation(ctx: Context, request: DeleteConversation, ctl: Control) -> Done:
    with ctx.store.write() as connection:
        conversations.delete(connection, request.id)
    return Done()


@handles(RenameConversation)
def rename_conversation(ctx: Context, request: RenameConversation, ctl: Control) -> Done:
    title = " ".join(request.title.split())
    if not title or len(title) > MOST_NAME_CHARACTERS:
        raise UsageError(reason=f"A title needs 1 to {MOST_NAME_CHARACTERS} characters.")
    with ctx.store.write() as connection:
        conversations.rename(connection, request.id, title)
    return Done()


@handles(RateMessage)
def rate_message(ctx: Context, request: RateMessage, ctl: Control) -> Done:
    if request.rating not in (-1, 0, 1):
        raise UsageError(reason="A rating is 1 (good), -1 (bad) or 0 (none).")
    with ctx.store.write() as connection:
        rate(connection, request.message, request.rating)
    return Done()
