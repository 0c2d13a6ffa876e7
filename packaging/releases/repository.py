"""The repository's files: metadata of four roles, each signed, and the targets beside them.

A static web server serves the folder as it is. Metadata is written so that a till that reads in
between finds the one of before or the new one: by versions in their names, the timestamp last.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, Final, TypeVar

from dev_run import StepError
from securesystemslib.signer import CryptoSigner, Key
from tuf.api.exceptions import RepositoryError, UnsignedMetadataError
from tuf.api.metadata import (
    Metadata,
    MetaFile,
    Root,
    Snapshot,
    TargetFile,
    Targets,
    Timestamp,
)
from tuf.api.serialization.json import JSONSerializer

from posmember.updates.offer import Offer, read_offer
from releases import keys

T = TypeVar("T", Root, Targets, Snapshot, Timestamp)

ROOT_KEYS: Final = ("root1", "root2", "root3")
ROOT_THRESHOLD: Final = 2
TARGETS_KEYS: Final = ("targets1", "targets2")
TARGETS_THRESHOLD: Final = 2
ONLINE: Final = "online"
"""The key of snapshot and timestamp, which a machine may hold that signs by itself."""
LASTS: Final = {
    Root.type: timedelta(days=730),
    Targets.type: timedelta(days=180),
    Snapshot.type: timedelta(days=30),
    Timestamp.type: timedelta(days=14),
}
"""For how long each counts, unless it is signed anew."""
_METADATA, _TARGETS = "metadata", "targets"
_NAME: Final = "x-posmember-name"


def _now() -> datetime:
    return datetime.now(UTC).replace(microsecond=0)


@dataclass(slots=True)
class Repository:
    """One repository, with the keys that it is signed with.

    Args:
        folder: what the web server serves. key_folder: the keys.
        ask: gives passphrases.
    """

    folder: Path
    key_folder: Path
    ask: keys.Ask = keys.ask_passphrase
    now: Callable[[], datetime] = _now

    # --- what the commands do -------------------------------------------------------------------

    def begin(self) -> bytes:
        """Make keys and an empty repository; returns the root to be embedded. Raises StepError."""
        if self._metadata.exists():
            raise StepError(f"there is a repository already: {self.folder}")
        self.key_folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        root = Root(expires=self._until(Root.type), consistent_snapshot=True)
        signers = {
            name: keys.make(self.key_folder, name, self.ask)
            for name in (*ROOT_KEYS, *TARGETS_KEYS, ONLINE)
        }
        for role, names in _roles():
            for name in names:
                root.add_key(_named(signers[name], name), role)
        root.roles[Root.type].threshold = ROOT_THRESHOLD
        root.roles[Targets.type].threshold = TARGETS_THRESHOLD
        for folder in (self._metadata, self._targets):
            folder.mkdir(parents=True)
        self._write(Metadata(root), [signers[name] for name in ROOT_KEYS[:ROOT_THRESHOLD]])
        targets = Metadata(Targets(expires=self._until(Targets.type)))
        self._write(targets, [signers[name] for name in TARGETS_KEYS])
        online = signers[ONLINE]
        self._write(Metadata(Snapshot(expires=self._until(Snapshot.type))), [online])
        self._write(Metadata(Timestamp(expires=self._until(Timestamp.type))), [online])
        return (self._metadata / "1.root.json").read_bytes()

    def add(self, file: Path, offer: Offer) -> None:
        """Offer a file, or the same file with other words, such as more percent."""
        info = TargetFile.from_file(offer.path, str(file), ["sha256"])
        info.unrecognized_fields["custom"] = offer.custom()
        kept = self._targets / f"{info.hashes['sha256']}.{offer.path}"
        if not kept.exists():
            beside = kept.with_name(f"{kept.name}.new")
            shutil.copyfile(file, beside)
            beside.replace(kept)
        targets = self._read(Targets)
        targets.signed.targets[offer.path] = info
        self._sign_targets(targets)

    def change(self, path: str, change: Callable[[Offer], Offer]) -> Offer:
        """Offer a file that is there with other words. Raises StepError where there is none."""
        targets = self._read(Targets)
        offer = change(self._offer(targets.signed, path))
        targets.signed.targets[path].unrecognized_fields["custom"] = offer.custom()
        self._sign_targets(targets)
        return offer

    def withdraw(self, path: str) -> None:
        """Offer a file no longer. It stays, for tills that are just fetching it."""
        targets = self._read(Targets)
        self._offer(targets.signed, path)
        del targets.signed.targets[path]
        self._sign_targets(targets)

    def refresh(self) -> None:
        """Sign snapshot and timestamp anew, so that they count for longer: the online key's."""
        online = keys.load(self.key_folder, ONLINE, self.ask)
        self._sign_online(online)

    def rotate(self, name: str) -> None:
        """Put a new key in the place of one, such as ``root2``, and sign all that it signs anew.

        The one of before need not be there any more. A new root is signed by as many keys of the
        root before as that asks for, and by its own.
        """
        of = [role for role, names in _roles() if name in names]
        if not of:
            raise StepError(f"no key of a repository: {name}")
        before, root = self._read(Root), self._read(Root)
        kept = [each for each in ROOT_KEYS if each != name and each in keys.names(self.key_folder)]
        signers = [keys.load(self.key_folder, each, self.ask) for each in kept]
        if len(signers) < ROOT_THRESHOLD:
            raise StepError(f"{ROOT_THRESHOLD} keys of root have to be here")
        keys.retire(self.key_folder, name, before.signed.version)
        new = keys.make(self.key_folder, name, self.ask)
        for role in of:
            root.signed.revoke_key(_keyid(root.signed, name), role)
            root.signed.add_key(_named(new, name), role)
        root.signed.version += 1
        root.signed.expires = self._until(Root.type)
        self._write(root, [*signers, new] if Root.type in of else signers)
        if Targets.type in of:
            self._sign_targets(self._read(Targets))
        elif name == ONLINE:
            self._sign_online(new)

    def verify(self) -> list[str]:
        """Look at all of it as a till does; returns a line each. Raises StepError."""
        root = self._read(Root)
        lines = []
        try:
            root.signed.verify_delegate(Root.type, root.signed_bytes, root.signatures)
            for metadata in self._below_root():
                role = metadata.signed.type
                root.signed.verify_delegate(role, metadata.signed_bytes, metadata.signatures)
        except UnsignedMetadataError as error:
            raise StepError(f"not signed as it has to be: {error}") from error
        for signed in (root.signed, *(each.signed for each in self._below_root())):
            left = signed.expires - self.now()
            if left <= timedelta(0):
                raise StepError(f"{signed.type} has expired: {signed.expires:%Y-%m-%d}")
            lines.append(
                f"{signed.type} {signed.version}: until {signed.expires:%Y-%m-%d}, {left.days} days"
            )
        targets = self._read(Targets).signed
        for path in sorted(targets.targets):
            offer = self._offer(targets, path)
            if not self._whole(offer):
                raise StepError(f"missing, or not as it was signed: {path}")
            lines.append(self._line(offer))
        return lines

    # --- signing --------------------------------------------------------------------------------

    def _sign_targets(self, targets: Metadata[Targets]) -> None:
        signers = [keys.load(self.key_folder, name, self.ask) for name in TARGETS_KEYS]
        online = keys.load(self.key_folder, ONLINE, self.ask)
        targets.signed.version += 1
        targets.signed.expires = self._until(Targets.type)
        self._write(targets, signers)
        self._sign_online(online)

    def _sign_online(self, online: CryptoSigner) -> None:
        targets = self._read(Targets)
        snapshot, timestamp = self._read(Snapshot), self._read(Timestamp)
        snapshot.signed.meta["targets.json"] = MetaFile(targets.signed.version)
        snapshot.signed.version += 1
        snapshot.signed.expires = self._until(Snapshot.type)
        self._write(snapshot, [online])
        timestamp.signed.snapshot_meta = MetaFile(snapshot.signed.version)
        timestamp.signed.version += 1
        timestamp.signed.expires = self._until(Timestamp.type)
        self._write(timestamp, [online])

    def _write(self, metadata: Metadata[Any], signers: Iterable[CryptoSigner]) -> None:
        metadata.signatures.clear()
        for signer in signers:
            metadata.sign(signer, append=True)
        kind, version = metadata.signed.type, metadata.signed.version
        name = "timestamp.json" if kind == Timestamp.type else f"{version}.{kind}.json"
        beside = self._metadata / f".{name}.new"
        beside.write_bytes(metadata.to_bytes(JSONSerializer()))
        beside.replace(self._metadata / name)

    # --- files ----------------------------------------------------------------------------------

    @property
    def _metadata(self) -> Path:
        return self.folder / _METADATA

    @property
    def _targets(self) -> Path:
        return self.folder / _TARGETS

    def _read(self, kind: type[T]) -> Metadata[T]:
        """The newest of a role. Raises StepError where there is none, or it is no such metadata."""
        try:
            return Metadata.from_bytes(self._newest(kind.type).read_bytes())
        except (OSError, RepositoryError) as error:
            raise StepError(f"no repository, or a broken one: {self.folder}: {error}") from error

    def _below_root(self) -> tuple[Metadata[Any], ...]:
        return self._read(Targets), self._read(Snapshot), self._read(Timestamp)

    def _newest(self, role: str) -> Path:
        if role == Timestamp.type:
            return self._metadata / "timestamp.json"
        found = self._metadata.glob(f"[0-9]*.{role}.json")
        versions = [int(path.name.partition(".")[0]) for path in found]
        return self._metadata / f"{max(versions, default=0)}.{role}.json"

    def _until(self, role: str) -> datetime:
        return self.now() + LASTS[role]

    def _line(self, offer: Offer) -> str:
        words = [f"{offer.path}: {offer.version} {offer.edition}, {offer.percent} %"]
        words += [f"from {offer.least}"] if any(offer.least) else []
        words += [f"at {offer.hours}"] if str(offer.hours) else []
        words += ["may be gone back to"] if offer.goes_back else []
        return ", ".join(words)

    def _whole(self, offer: Offer) -> bool:
        """Whether the file is there, as it was signed."""
        path = self._targets / f"{offer.sha256}.{offer.path}"
        try:
            with path.open("rb") as file:
                return hashlib.file_digest(file, "sha256").hexdigest() == offer.sha256
        except OSError:
            return False

    def _offer(self, targets: Targets, path: str) -> Offer:
        info = targets.targets.get(path)
        offer = info and read_offer(path, info.length, info.hashes["sha256"], info.custom)
        if not offer:
            raise StepError(f"not offered: {path}")
        return offer


def _roles() -> tuple[tuple[str, tuple[str, ...]], ...]:
    return (
        (Root.type, ROOT_KEYS),
        (Targets.type, TARGETS_KEYS),
        (Snapshot.type, (ONLINE,)),
        (Timestamp.type, (ONLINE,)),
    )


def _named(signer: CryptoSigner, name: str) -> Key:
    """A key with its name, which stands in the root, so that it is found there without itself."""
    key = signer.public_key
    key.unrecognized_fields[_NAME] = name
    return key


def _keyid(root: Root, name: str) -> str:
    for keyid, key in root.keys.items():
        if key.unrecognized_fields.get(_NAME) == name:
            return keyid
    raise StepError(f"the root knows no key of that name: {name}")
