"""Ed25519 signatures over a manifest; the manifest in turn holds the hashes of all files.

A signature tells that a pack is unchanged since the holder of a key signed it. Who holds the key is for people to find
out, by comparing the short fingerprint over another channel.
"""

from __future__ import annotations

import hashlib

import msgspec
from msgspec import Struct

ALGORITHM = "ed25519"
PURPOSE = b"casemate pack manifest 1\0"  # so that a signature can never be passed off as one over something else


class Signature(Struct, frozen=True):
    """Key and signature in hex."""

    algorithm: str
    public_key: str
    signature: str


def new_key() -> bytes:
    """A private key, 32 bytes."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    return Ed25519PrivateKey.generate().private_bytes_raw()


def sign(manifest: bytes, private_key: bytes) -> bytes:
    """The signature file of a manifest, as JSON."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.from_private_bytes(private_key)
    made = Signature(ALGORITHM, key.public_key().public_bytes_raw().hex(), key.sign(PURPOSE + manifest).hex())
    return msgspec.json.encode(made)


def signer(manifest: bytes, signature_file: bytes) -> str | None:
    """The public key (hex) that signed this manifest, or None when the signature does not hold."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        found = msgspec.json.decode(signature_file, type=Signature)
        if found.algorithm != ALGORITHM:
            return None
        key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(found.public_key))
        key.verify(bytes.fromhex(found.signature), PURPOSE + manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, ValueError, InvalidSignature):
        return None
    return found.public_key.lower()


def fingerprint(public_key: str) -> str:
    """Twenty hex digits in groups of four, short enough to read out."""
    digest = hashlib.sha256(bytes.fromhex(public_key)).hexdigest()[:20]
    return " ".join(digest[place : place + 4] for place in range(0, 20, 4))
