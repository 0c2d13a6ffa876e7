"""What Windows reads of a program before it starts: its version, and what it is made for."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from installers.places import NAME, version

VERSION_FILE: Final = "version.txt"
MANIFEST_FILE: Final = f"{NAME}.manifest"
DESCRIPTION: Final = "会员查询 posmember"
COMPANY: Final = f"The {NAME} authors"
_CHINESE_UNICODE: Final = (0x0804, 1200)

# Not activeCodePage: with it Python and every library would read the system's own texts by another
# code page than the programs beside it write them.
MANIFEST: Final = """\
<?xml version="1.0" encoding="UTF-8" standalone="yes"?>
<assembly xmlns="urn:schemas-microsoft-com:asm.v1" manifestVersion="1.0">
  <trustInfo xmlns="urn:schemas-microsoft-com:asm.v3">
    <security>
      <requestedPrivileges>
        <requestedExecutionLevel level="asInvoker" uiAccess="false"/>
      </requestedPrivileges>
    </security>
  </trustInfo>
  <compatibility xmlns="urn:schemas-microsoft-com:compatibility.v1">
    <application>
      <supportedOS Id="{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}"/>
    </application>
  </compatibility>
  <application xmlns="urn:schemas-microsoft-com:asm.v3">
    <windowsSettings>
      <dpiAware xmlns="http://schemas.microsoft.com/SMI/2005/WindowsSettings">true/pm</dpiAware>
      <dpiAwareness xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">PerMonitorV2</dpiAwareness>
      <longPathAware xmlns="http://schemas.microsoft.com/SMI/2016/WindowsSettings">true</longPathAware>
    </windowsSettings>
  </application>
  <dependency>
    <dependentAssembly>
      <assemblyIdentity type="win32" name="Microsoft.Windows.Common-Controls" version="6.0.0.0"
        processorArchitecture="*" publicKeyToken="6595b64144ccf1df" language="*"/>
    </dependentAssembly>
  </dependency>
</assembly>
"""


def write(folder: Path, release: str | None = None) -> None:
    """Put the version resource and the manifest where the recipe looks for them."""
    told = version_resource(release or version())
    (folder / VERSION_FILE).write_text(told, encoding="utf-8")
    (folder / MANIFEST_FILE).write_text(MANIFEST, encoding="utf-8")


def version_resource(release: str) -> str:
    """The version resource, as PyInstaller reads it."""
    numbers = (*map(int, release.split(".")), 0)
    language, characters = _CHINESE_UNICODE
    texts = {
        "CompanyName": COMPANY,
        "FileDescription": DESCRIPTION,
        "FileVersion": release,
        "InternalName": NAME,
        "LegalCopyright": f"{COMPANY}, MIT licence",
        "OriginalFilename": f"{NAME}.exe",
        "ProductName": NAME,
        "ProductVersion": release,
    }
    told = ", ".join(f"StringStruct({key!r}, {text!r})" for key, text in texts.items())
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3f,"
        " flags=0, OS=0x40004, fileType=1, subtype=0, date=(0, 0)), kids=["
        f"StringFileInfo([StringTable('{language:04x}{characters:04x}', [{told}])]),"
        f" VarFileInfo([VarStruct('Translation', [{language}, {characters}])])])\n"
    )
