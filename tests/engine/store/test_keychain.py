"""The passphrase in the system's keychain, with a keychain that lives in memory."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeychain

from engine import api
from engine.errors import InputError, WrongPassphrase
from engine.host.service import Service


class Keychain(KeyringBackend):
    priority = 1

    def __init__(self) -> None:
        super().__init__()
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        del self.kept[service, username]


@pytest.fixture
def keychain() -> Iterator[Keychain]:
    before, made = keyring.get_keyring(), Keychain()
    keyring.set_keyring(made)
    yield made
    keyring.set_keyring(before)


def test_remember_unlock_forget(keychain: Keychain, service: Service, passphrase: str) -> None:
    assert service.call(api.RememberPassphrase(passphrase=passphrase)).in_keychain
    service.call(api.Lock())
    assert service.call(api.UnlockFromKeychain()).unlocked
    assert not service.call(api.ForgetPassphrase()).in_keychain
    assert keychain.kept == {}
    service.call(api.Lock())
    with pytest.raises(WrongPassphrase):
        service.call(api.UnlockFromKeychain())


def test_only_the_right_passphrase_is_kept(keychain: Keychain, service: Service) -> None:
    with pytest.raises(WrongPassphrase):
        service.call(api.RememberPassphrase(passphrase="not this one"))
    assert keychain.kept == {}


def test_a_changed_passphrase_is_kept_anew(keychain: Keychain, service: Service, passphrase: str) -> None:
    service.call(api.RememberPassphrase(passphrase=passphrase))
    service.call(api.ChangePassphrase(old=passphrase, new="another long one"))
    service.call(api.Lock())
    assert service.call(api.UnlockFromKeychain()).unlocked


def test_a_machine_without_a_keychain_says_so(service: Service, passphrase: str, workspace: Path) -> None:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeychain())
    try:
        with pytest.raises(InputError, match="no keychain"):
            service.call(api.RememberPassphrase(passphrase=passphrase))
    finally:
        keyring.set_keyring(before)
    assert not service.call(api.GetWorkspace()).in_keychain
