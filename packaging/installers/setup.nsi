; The Windows setup program.
; makensis -DVERSION=1.2.3 -DPAYLOAD=FOLDER -DICON=FILE -DOUT=FILE [-DPER_USER] [-DFAST] setup.nsi
;
;   /S                 silent
;   /CONFIG=FILE       settings: a configuration (TOML), or what `posmember setup --export` wrote
;   /PASSPHRASE=FILE   a file with the passphrase of what /CONFIG names; it is read, never copied
;   /AUTOSTART=1|0     start with Windows, or not; without it as it was
;   /FORCE             also where a newer version is there
;   /D=FOLDER          where to; the last one, without quotes
; of the uninstaller:
;   /S, /PURGE         without it configuration stays
;
; Exit codes: 0 done; 1 cancelled; 2 aborted; 3 another setup is running; 4 a newer version is there;
; 5 the program is running and does not close; 6 files cannot be written; 7 the configuration cannot
; be taken; 8 the program could not be replaced, the one of before is there; 9 this Windows is too
; old; 10 the new program does not start, the one of before is there.
Target amd64-unicode
Unicode true
!ifdef FAST
  SetCompressor /FINAL zlib
!else
  SetCompressor /SOLID /FINAL lzma
  SetCompressorDictSize 64
!endif
!include MUI2.nsh
!include FileFunc.nsh
!include LogicLib.nsh
!include WordFunc.nsh
!include WinVer.nsh
!include x64.nsh

!define APP "posmember"
!define UNINSTALL_KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\${APP}"
!define RUN_KEY "Software\Microsoft\Windows\CurrentVersion\Run"
!define LEAST_BUILD 17763

!define OLDER 4
!define RUNNING 5
!define NOT_WRITTEN 6
!define NOT_CONFIGURED 7
!define NOT_REPLACED 8
!define OLD_WINDOWS 9
!define DOES_NOT_START 10

!ifdef PER_USER
  !define HIVE HKCU
  !define EDITION "(this user)"
  RequestExecutionLevel user
  InstallDir "$LOCALAPPDATA\Programs\${APP}"
  InstallDirRegKey HKCU "Software\${APP}" "InstallDir"
!else
  !define HIVE HKLM
  !define EDITION ""
  RequestExecutionLevel admin
  InstallDir "$PROGRAMFILES64\${APP}"
  InstallDirRegKey HKLM "Software\${APP}" "InstallDir"
!endif

Name "${APP} ${VERSION}"
OutFile "${OUT}"
ManifestDPIAware true
ManifestSupportedOS Win10
VIProductVersion "${VERSION}.0"
VIAddVersionKey ProductName "${APP}"
VIAddVersionKey ProductVersion "${VERSION}"
VIAddVersionKey FileVersion "${VERSION}"
VIAddVersionKey CompanyName "${APP}"
VIAddVersionKey FileDescription "${APP} setup ${EDITION}"
VIAddVersionKey LegalCopyright "the ${APP} authors, MIT licence"

!define MUI_ICON "${ICON}"
!define MUI_UNICON "${ICON}"
!define MUI_FINISHPAGE_RUN "$INSTDIR\app\${APP}.exe"
!insertmacro MUI_PAGE_WELCOME
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE SimpChinese
!insertmacro MUI_LANGUAGE English

LangString OLDER_WORDS ${LANG_SIMPCHINESE} "已经装了更新的版本 $1，没有改动。"
LangString OLDER_WORDS ${LANG_ENGLISH} "A newer version, $1, is installed. Nothing was changed."
LangString RUNNING_WORDS ${LANG_SIMPCHINESE} "会员查询正在使用，请先关闭它，再安装。"
LangString RUNNING_WORDS ${LANG_ENGLISH} "posmember is in use. Close it, then start setup again."
LangString WRITE_WORDS ${LANG_SIMPCHINESE} "写不进 $INSTDIR，请检查磁盘空间和权限。"
LangString WRITE_WORDS ${LANG_ENGLISH} "$INSTDIR cannot be written. Check disk space and rights."
LangString CONFIG_WORDS ${LANG_SIMPCHINESE} "程序装好了，但 $Config 里的配置用不了。"
LangString CONFIG_WORDS ${LANG_ENGLISH} "The program is installed, but the configuration in $Config cannot be used."
LangString SWAP_WORDS ${LANG_SIMPCHINESE} "换不了正在用的文件，原来的版本还在。"
LangString SWAP_WORDS ${LANG_ENGLISH} "The program could not be replaced. The version of before is still there."
LangString OLD_WORDS ${LANG_SIMPCHINESE} "需要 64 位的 Windows 10 1809 或更新版本。"
LangString OLD_WORDS ${LANG_ENGLISH} "64-bit Windows 10 1809 or newer is needed."
LangString START_WORDS ${LANG_SIMPCHINESE} "新版本在这台电脑上启动不了，已换回原来的版本。"
LangString START_WORDS ${LANG_ENGLISH} "The new version does not start on this computer. The version of before is back."

!ifdef UNINSTALLER_SIGN
  !uninstfinalize '${UNINSTALLER_SIGN} "%1"'
!endif

Var Config
Var Passphrase
Var Autostart

; End with a code and a sentence; silently with the code alone.
!macro GiveUp CODE WORDS
  SetErrorLevel ${CODE}
  IfSilent +2
  MessageBox MB_ICONSTOP|MB_OK "${WORDS}"
  Quit
!macroend

!macro Places
  SetRegView 64
  !ifdef PER_USER
    SetShellVarContext current
  !else
    SetShellVarContext all
  !endif
!macroend

; The program holds a mutex as long as it runs, and closes by itself where an event is set.
!macro AskToClose UN
Function ${UN}CloseProgram
  StrCpy $R0 0
  again:
  System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Global\${APP}-running") p.r1'
  ${If} $1 P<> 0
    System::Call 'kernel32::CloseHandle(p r1)'
    System::Call 'kernel32::OpenEventW(i 2, i 0, w "Global\${APP}-close") p.r2'
    ${If} $2 P<> 0
      System::Call 'kernel32::SetEvent(p r2)'
      System::Call 'kernel32::CloseHandle(p r2)'
    ${EndIf}
    IntOp $R0 $R0 + 1
    ${If} $R0 > 40
      !insertmacro GiveUp ${RUNNING} "$(RUNNING_WORDS)"
    ${EndIf}
    Sleep 500
    Goto again
  ${EndIf}
FunctionEnd
!macroend
!insertmacro AskToClose ""
!insertmacro AskToClose "un."

Function .onInit
  !insertmacro Places
  ${IfNot} ${AtLeastWin10}
    !insertmacro GiveUp ${OLD_WINDOWS} "$(OLD_WORDS)"
  ${EndIf}
  ${WinVerGetBuild} $0
  ${If} $0 < ${LEAST_BUILD}
    !insertmacro GiveUp ${OLD_WINDOWS} "$(OLD_WORDS)"
  ${EndIf}
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Global\${APP}-setup") p.r1 ?e'
  Pop $0
  ${If} $0 = 183
    SetErrorLevel 3
    Quit
  ${EndIf}
  ${GetParameters} $0
  ClearErrors
  ${GetOptions} $0 "/CONFIG=" $Config
  ${If} ${Errors}
    StrCpy $Config ""
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/PASSPHRASE=" $Passphrase
  ${If} ${Errors}
    StrCpy $Passphrase ""
  ${EndIf}
  ClearErrors
  ${GetOptions} $0 "/AUTOSTART=" $Autostart
  ${If} ${Errors}
    StrCpy $Autostart ""
  ${EndIf}
  ReadRegStr $1 ${HIVE} "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} $1 "${VERSION}" $2
    ClearErrors
    ${GetOptions} $0 "/FORCE" $3
    ${If} ${Errors}
    ${AndIf} $2 == 1
      !insertmacro GiveUp ${OLDER} "$(OLDER_WORDS)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; A setup that lost its power in the middle of the swap: the program of before goes back first.
Function Recover
  ${IfNot} ${FileExists} "$INSTDIR\app\${APP}.exe"
  ${AndIf} ${FileExists} "$INSTDIR\app.old\${APP}.exe"
    RMDir /r "$INSTDIR\app"
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
  ${EndIf}
FunctionEnd

; The new tree lies beside the one of before, whole and tried, before anything is touched.
Function WriteNew
  RMDir /r "$INSTDIR\app.new"
  ClearErrors
  SetOutPath "$INSTDIR\app.new"
  ${If} ${Errors}
    !insertmacro GiveUp ${NOT_WRITTEN} "$(WRITE_WORDS)"
  ${EndIf}
  File /r "${PAYLOAD}/*.*"
  SetOutPath "$INSTDIR"
  ${If} ${Errors}
  ${OrIfNot} ${FileExists} "$INSTDIR\app.new\${APP}.exe"
    RMDir /r "$INSTDIR\app.new"
    !insertmacro GiveUp ${NOT_WRITTEN} "$(WRITE_WORDS)"
  ${EndIf}
FunctionEnd

Function Swap
  RMDir /r "$INSTDIR\app.old"
  ${If} ${FileExists} "$INSTDIR\app.old\*.*"
    RMDir /r "$INSTDIR\app.new"
    !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    ClearErrors
    Rename "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      RMDir /r "$INSTDIR\app.new"
      !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
    ${EndIf}
  ${EndIf}
  ClearErrors
  Rename "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} ${Errors}
    Rename "$INSTDIR\app.old" "$INSTDIR\app"
    RMDir /r "$INSTDIR\app.new"
    !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
  ${EndIf}
FunctionEnd

; What does not come to its first paint is not left to a cashier.
Function Try
  nsExec::ExecToStack /TIMEOUT=120000 '"$INSTDIR\app\${APP}-cli.exe" --smoke'
  Pop $0
  Pop $1
  ${If} $0 != 0
    RMDir /r "$INSTDIR\app"
    ${If} ${FileExists} "$INSTDIR\app.old\*.*"
      Rename "$INSTDIR\app.old" "$INSTDIR\app"
    ${EndIf}
    !insertmacro GiveUp ${DOES_NOT_START} "$(START_WORDS)"
  ${EndIf}
  RMDir /r /REBOOTOK "$INSTDIR\app.old"
FunctionEnd

Section "-program"
  !insertmacro Places
  Call CloseProgram
  Call Recover
  Call WriteNew
  Call Swap
  Call Try
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\${APP}.lnk" "$INSTDIR\app\${APP}.exe"
  ${If} $Autostart == "1"
    WriteRegStr ${HIVE} "${RUN_KEY}" "${APP}" '"$INSTDIR\app\${APP}.exe"'
  ${ElseIf} $Autostart == "0"
    DeleteRegValue ${HIVE} "${RUN_KEY}" "${APP}"
  ${EndIf}
  WriteRegStr ${HIVE} "Software\${APP}" "InstallDir" "$INSTDIR"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayName" "${APP}"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "Publisher" "${APP}"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\app\${APP}.exe"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR\app" "/S=0K" $0 $1 $2
  IntFmt $0 "0x%08X" $0
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "EstimatedSize" "$0"
SectionEnd

!ifndef PER_USER
; Settings of the machine: everybody reads them, administrators alone write. Whoever made the folder
; before owns it no more.
Section "-machine"
  CreateDirectory "$APPDATA\${APP}"
  nsExec::Exec 'icacls "$APPDATA\${APP}" /setowner *S-1-5-32-544 /T /C /Q'
  Pop $0
  nsExec::Exec 'icacls "$APPDATA\${APP}" /inheritance:r /grant:r *S-1-5-18:(OI)(CI)F *S-1-5-32-544:(OI)(CI)F *S-1-5-32-545:(OI)(CI)RX /Q'
  Pop $0
  ${If} $0 != 0
    !insertmacro GiveUp ${NOT_CONFIGURED} "$(CONFIG_WORDS)"
  ${EndIf}
SectionEnd
!endif

Section "-settings"
  ${If} $Config != ""
    !ifdef PER_USER
      StrCpy $2 ""
    !else
      StrCpy $2 "--machine"
    !endif
    ${If} $Passphrase != ""
      StrCpy $2 '$2 --passphrase-file "$Passphrase"'
    ${EndIf}
    nsExec::ExecToStack /TIMEOUT=120000 '"$INSTDIR\app\${APP}-cli.exe" setup --from "$Config" $2'
    Pop $0
    Pop $1
    ${If} $0 != 0
      !insertmacro GiveUp ${NOT_CONFIGURED} "$(CONFIG_WORDS)"
    ${EndIf}
  ${EndIf}
SectionEnd

Function un.onInit
  !insertmacro Places
FunctionEnd

Section "Uninstall"
  Call un.CloseProgram
  RMDir /r /REBOOTOK "$INSTDIR\app"
  RMDir /r "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\${APP}.lnk"
  DeleteRegValue ${HIVE} "${RUN_KEY}" "${APP}"
  DeleteRegKey ${HIVE} "${UNINSTALL_KEY}"
  DeleteRegKey ${HIVE} "Software\${APP}"
  ${un.GetParameters} $0
  ClearErrors
  ${un.GetOptions} $0 "/PURGE" $1
  ${IfNot} ${Errors}
    RMDir /r "$APPDATA\${APP}"
    !ifdef PER_USER
      RMDir /r "$LOCALAPPDATA\${APP}"
    !endif
  ${EndIf}
SectionEnd
