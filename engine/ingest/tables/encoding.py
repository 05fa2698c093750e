"""Which encoding a table's file has: gathers the lines that tell it, in blocks, and leaves the decision to others."""

from __future__ import annotations

from engine.ingest.encoding import EVIDENCE_BYTES, HEAD_BYTES, Encoding, decide, high_lines, told_by_head
from engine.ingest.tables.source import Source

SCAN_BYTES = 512 << 20


def source_encoding(source: Source) -> Encoding:
    """Decide the encoding of a whole file; reads on until there is enough evidence."""
    head = source.head(HEAD_BYTES)
    told = told_by_head(head)
    if told:
        return told
    lines, cut = _high_lines(source)
    return decide(lines, is_json=head.lstrip()[:1] in (b"{", b"["), cut=cut)


def _high_lines(source: Source) -> tuple[list[bytes], bool]:
    """As `high_lines`, for a file that may be larger than memory."""
    found: list[bytes] = []
    size = scanned = 0
    carry = b""
    with source.open() as stream:
        for block in stream.blocks():
            scanned += len(block)
            if block.isascii() and carry.isascii():
                carry = b""
            else:
                data = carry + block
                end = data.rfind(b"\n") + 1
                lines, cut = high_lines(data[:end], EVIDENCE_BYTES - size)
                found += lines
                size += sum(map(len, lines))
                if cut or size >= EVIDENCE_BYTES:
                    return found, cut
                # A line that fills blocks is carried from its first high byte on, until there is enough of it.
                carry = b"".join(high_lines(data[end:], len(data))[0])
                if len(carry) >= EVIDENCE_BYTES:
                    return [*found, carry[:EVIDENCE_BYTES]], True
            if scanned >= SCAN_BYTES:
                break
    if not carry.isascii():
        found.append(carry)
    return found, False
