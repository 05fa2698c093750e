"""Documents to pages of plain text, one module per format."""

from engine.ingest.documents.find import FoundDocuments, SkippedPath, find_documents
from engine.ingest.documents.parse import file_sha256, parse_document
from engine.ingest.documents.values import FaqEntry, Heading, Page, ParsedDocument

__all__ = [
    "FaqEntry",
    "FoundDocuments",
    "Heading",
    "Page",
    "ParsedDocument",
    "SkippedPath",
    "file_sha256",
    "find_documents",
    "parse_document",
]
