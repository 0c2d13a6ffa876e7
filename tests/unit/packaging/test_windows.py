"""What the Windows installers are made of, as far as it can be told without making them."""

from __future__ import annotations

import ast
import json
import platform
import struct
from email.message import Message
from pathlib import Path
from xml.etree import ElementTree

import pytest
from dev_env import requirements
from dev_run import StepError
from installers import (
    bootloader,
    freeze,
    pictures,
    sbom,
    signing,
    windows_looks,
    windows_msi,
    windows_setup,
)
from installers.checks import Table
from installers.windows_setup import Kind


@pytest.fixture
def payload(tmp_path: Path) -> Path:
    folder = tmp_path / "posmember"
    (folder / "_internal" / "deep").mkdir(parents=True)
    for name in ("posmember.exe", "posmember-cli.exe", "_internal/a.dll", "_internal/deep/a.dll"):
        (folder / name).write_bytes(b"x")
    return folder


def test_a_component_a_file_by_names_that_stay(payload: Path) -> None:
    first, second = (
        windows_msi.product(payload, "closer.exe", each) for each in ("1.0.0", "2.0.0")
    )
    files = {file.get("Source"): file.get("Id") for file in first.iter("File")}
    assert files.keys() == {
        f"payload/{name}"
        for name in (
            "posmember.exe",
            "posmember-cli.exe",
            "_internal/a.dll",
            "_internal/deep/a.dll",
        )
    }
    assert len(set(files.values())) == len(files)
    told = [
        {each.get("Id"): each.get("Guid") for each in tree.iter("Component")}
        for tree in (first, second)
    ]
    assert told[0] == told[1]
    assert len(set(told[0].values())) == len(told[0])
    assert {each.get("Id") for each in first.iter("ComponentRef")} == told[0].keys()


def test_what_runs_in_the_package_is_in_it(payload: Path) -> None:
    tree = windows_msi.product(payload, "closer.exe", "1.0.0")
    files = {file.get("Id") for file in tree.iter("File")}
    actions = {each.get("Id"): each for each in tree.iter("CustomAction")}
    assert {each.get("FileKey") for each in actions.values()} <= files
    assert [each.get("Action") for each in tree.iter("Custom")] == list(actions)
    assert all(each.get("Impersonate") == "no" for each in actions.values())
    ElementTree.fromstring(ElementTree.tostring(tree))


def test_the_passphrase_is_in_no_log() -> None:
    assert any(
        "MsiHiddenProperties" in each and "PASSPHRASE" in each for each in windows_msi.QUERIES
    )


def test_the_version_resource() -> None:
    text = windows_looks.version_resource("1.20.3")
    tree = ast.parse(text, mode="eval")
    assert isinstance(tree.body, ast.Call)
    assert "filevers=(1, 20, 3, 0)" in text
    assert "StringTable('080404b0'" in text


def test_the_manifest_is_one() -> None:
    tree = ElementTree.fromstring(windows_looks.MANIFEST.encode())
    assert {each.text for each in tree.iter() if each.tag.endswith("dpiAwareness")} == {
        "PerMonitorV2"
    }


def test_the_pin_of_the_loader() -> None:
    release, hashes = bootloader.pinned(requirements("freeze").read_text("utf-8"))
    assert release.count(".") >= 1
    assert len(hashes) > 1
    with pytest.raises(StepError, match="not pinned"):
        bootloader.pinned("other==1.0 \\\n    --hash=sha256:00\n")


def test_names_of_setup_programs() -> None:
    assert Kind("1.0.0").file_name == "posmember-1.0.0-setup.exe"
    assert Kind("1.0.0", per_user=True).file_name == "posmember-1.0.0-user-setup.exe"
    assert windows_setup.ICON.is_file()


def test_the_list_of_parts() -> None:
    about = Message()
    about["Name"], about["Version"] = "Some_Package", "1.2"
    about["Classifier"] = "License :: OSI Approved :: MIT License"
    listed = sbom.bill([about], "3.13.2")
    assert listed == sbom.bill([about], "3.13.2")
    names = [part["name"] for part in listed["components"]]
    assert names == ["Some_Package", "Python"]
    assert listed["components"][0]["purl"] == "pkg:pypi/some-package@1.2"
    assert listed["components"][0]["licenses"] == [{"license": {"name": "MIT License"}}]


@pytest.fixture
def brought(payload: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a Windows froze, and says of its packages."""
    packages = tmp_path / "site-packages"
    for name, about in (("some_package", "Name: Some_Package"), ("pip", "Name: pip")):
        place = packages / f"{name}-1.2.dist-info"
        place.mkdir(parents=True)
        told = f"{about}\nVersion: 1.2\nLicense-Expression: MIT\n\n"
        (place / "METADATA").write_text(told, encoding="utf-8")
    for licence in ("LGPL-3", "GPL-3", "LICENSE.txt"):
        (tmp_path / licence).write_text(licence, encoding="ascii")
    monkeypatch.setattr(sbom, "_COMMON", tmp_path)
    monkeypatch.setattr(freeze, "PACKED", payload.parent / "about")
    sbom.gather(packages, tmp_path / "LICENSE.txt", freeze.PACKED)
    return payload


def test_what_a_windows_froze_gets_its_list_and_licences_here(brought: Path) -> None:
    assert freeze.packed_on_windows() == brought
    listed = json.loads((brought / sbom.LIST).read_text(encoding="utf-8"))
    named = [(part["name"], part["version"]) for part in listed["components"]]
    assert named == [("Some_Package", "1.2"), ("Python", platform.python_version())]
    licences = {path.name for path in (brought / sbom.LICENCES).iterdir()}
    assert licences >= {"some-package.txt", "Qt-LGPL-3.txt", "posmember.txt"}
    assert (brought / sbom.LICENCES / sbom.PYTHONS).read_text(encoding="ascii") == "LICENSE.txt"
    published = sbom.publish(brought, brought.parent, "windows")
    assert published.read_bytes() == (brought / sbom.LIST).read_bytes()


def test_nothing_of_wine_is_taken_for_it(brought: Path) -> None:
    (brought / "_internal" / "icuuc.dll").write_bytes(b"x")
    with pytest.raises(StepError, match="icuuc"):
        freeze.packed_on_windows()


def test_nothing_was_brought(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(freeze, "PACKED", tmp_path / "about")
    with pytest.raises(StepError, match=r"dev\.py freeze"):
        freeze.packed_on_windows()


def test_no_certificate() -> None:
    assert signing.from_environment({}) is None


def test_a_certificate_by_half(tmp_path: Path) -> None:
    pfx = tmp_path / "key.pfx"
    pfx.touch()
    with pytest.raises(StepError, match="two files"):
        signing.from_environment({signing.PFX: str(pfx)})
    password = tmp_path / "password"
    password.touch()
    environ = {signing.PFX: str(pfx), signing.PASSWORD_FILE: str(password)}
    certificate = signing.from_environment(environ | {signing.TIMESTAMP: "http://time.invalid"})
    assert certificate == signing.Certificate(pfx, password, "http://time.invalid")
    assert signing.from_environment(certificate.environment()) == certificate


def test_a_key_in_the_checkout(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(signing, "ROOT", tmp_path)
    for name in ("key.pfx", "password"):
        (tmp_path / name).touch()
    environ = {
        signing.PFX: str(tmp_path / "key.pfx"),
        signing.PASSWORD_FILE: str(tmp_path / "password"),
    }
    with pytest.raises(StepError, match="checkout"):
        signing.from_environment(environ)


def test_pixels_of_a_colour(tmp_path: Path) -> None:
    fields = [100, 7, 2, 24, 3, 1, 0, 1, 32, 1, 32, 32, 12, 4, 0, 0, 0, 24, 0, 1, 3, 1, 0, 0, 0]
    green, other = bytes((0x36, 0x73, 0x0B, 0)), bytes((0x73, 0x0B, 0x36, 0x73))
    content = struct.pack(">25I", *fields) + bytes(12) + green + other + green
    (tmp_path / "Xvfb_screen0").write_bytes(content)
    assert pictures.shows(tmp_path, (0x0B, 0x73, 0x36)) == 2
    assert pictures.shows(tmp_path, (0x0B, 0x73, 0x37)) == 0


def test_a_part_that_breaks_off_has_failed(capsys: pytest.CaptureFixture[str]) -> None:
    def breaks() -> None:
        raise StepError("no disk")

    table = Table("a thing")
    table.equal("one", 1, 1)
    table.attempt("two", breaks)
    assert table.end() == 1
    assert "FAILED  two: no disk" in capsys.readouterr().out
