; The Windows setup program.
; makensis -DVERSION=1.2.3 -DPAYLOAD=FOLDER -DPAYLOAD_KB=N -DICON=FILE -DOUT=FILE
;     [-DPER_USER] [-DFAST] [-DSIGN=COMMAND] setup.nsi
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
; be taken; 8 the program could not be replaced; 9 this Windows is too old; 10 the new program does
; not start here; 11 it was installed by Windows Installer (MSI), which has to remove it. With each of them what was there before is there, as it was.
;
; The order: the new tree is written beside the one of before (app.new), its settings are checked and
; it is started there; only then is it put in place, by two names changed (app to app.old, app.new to
; app). app.old alone is a swap that lost its power, and goes back; beside app it is to be thrown away.
Target amd64-unicode
Unicode true
!ifdef FAST
  SetCompress off
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

; Half seconds.
!define CLOSES_WITHIN 40
!define MOVES_WITHIN 10

!define OTHER_SETUP 3
!define OLDER 4
!define RUNNING 5
!define NOT_WRITTEN 6
!define NOT_CONFIGURED 7
!define NOT_REPLACED 8
!define OLD_WINDOWS 9
!define DOES_NOT_START 10
!define BY_PACKAGE 11

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
; A finish page that starts the program would start it as administrator.
!ifdef PER_USER
  !define MUI_FINISHPAGE_RUN "$INSTDIR\app\${APP}.exe"
!endif
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
LangString CONFIG_WORDS ${LANG_SIMPCHINESE} "配置用不了：$Config$\r$\n$R9"
LangString CONFIG_WORDS ${LANG_ENGLISH} "The configuration cannot be used: $Config$\r$\n$R9"
LangString SWAP_WORDS ${LANG_SIMPCHINESE} "换不了正在用的文件，原来的版本还在。"
LangString SWAP_WORDS ${LANG_ENGLISH} "The program could not be replaced. The version of before is still there."
LangString PACKAGE_WORDS ${LANG_SIMPCHINESE} "会员查询是用 MSI 装的，请先用 MSI 卸载，配置会保留。"
LangString PACKAGE_WORDS ${LANG_ENGLISH} "posmember was installed by its MSI. Remove that first; settings stay."
LangString OTHER_WORDS ${LANG_SIMPCHINESE} "另一个安装程序正在运行。"
LangString OTHER_WORDS ${LANG_ENGLISH} "Another setup is running."
LangString OLD_WORDS ${LANG_SIMPCHINESE} "需要 64 位的 Windows 10 1809 或更新版本。"
LangString OLD_WORDS ${LANG_ENGLISH} "64-bit Windows 10 1809 or newer is needed."
LangString START_WORDS ${LANG_SIMPCHINESE} "新版本在这台电脑上启动不了，没有改动。$\r$\n$R9"
LangString START_WORDS ${LANG_ENGLISH} "The new version does not start on this computer. Nothing was changed.$\r$\n$R9"

!ifdef SIGN
  !uninstfinalize '${SIGN} "%1"' = 0
!endif

Var Options
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

; One setup or removal at a time. It gives its own back only by its end.
!macro OneAtATime
  System::Call 'kernel32::CreateMutexW(p 0, i 0, w "Global\${APP}-setup") p.r1 ?e'
  Pop $0
  ${If} $0 = 183 ; it is there
  ${OrIf} $1 P= 0 ; another user's
    !insertmacro GiveUp ${OTHER_SETUP} "$(OTHER_WORDS)"
  ${EndIf}
!macroend

; The program holds a mutex as long as it runs, and closes by itself where an event is set. Where it
; does not, the event is taken back: it would close whatever is started next.
!macro AskToClose UN
Function ${UN}CloseProgram
  StrCpy $R0 0
  ${Do}
    System::Call 'kernel32::OpenMutexW(i 0x100000, i 0, w "Global\${APP}-running") p.r1'
    ${If} $1 P= 0
      ${ExitDo}
    ${EndIf}
    System::Call 'kernel32::CloseHandle(p r1)'
    System::Call 'kernel32::OpenEventW(i 2, i 0, w "Global\${APP}-close") p.r2'
    ${If} $R0 >= ${CLOSES_WITHIN}
      System::Call 'kernel32::ResetEvent(p r2)'
      Call ${UN}DropNew
      !insertmacro GiveUp ${RUNNING} "$(RUNNING_WORDS)"
    ${EndIf}
    ${If} $2 P<> 0
      System::Call 'kernel32::SetEvent(p r2)'
      System::Call 'kernel32::CloseHandle(p r2)'
    ${EndIf}
    IntOp $R0 $R0 + 1
    Sleep 500
  ${Loop}
FunctionEnd
!macroend

Function DropNew
  SetOutPath "$INSTDIR"
  RMDir /r "$INSTDIR\app.new"
  ; Of a folder that this setup made, nothing stays.
  SetOutPath "$TEMP"
  RMDir "$INSTDIR"
FunctionEnd
Function un.DropNew
FunctionEnd
!insertmacro AskToClose ""
!insertmacro AskToClose "un."

; Change a folder's name. A virus scanner, or a program that is just ending, may hold it for moments.
!macro Moved FROM TO
  StrCpy $R0 0
  ${Do}
    ClearErrors
    Rename "${FROM}" "${TO}"
    ${IfNot} ${Errors}
      ${ExitDo}
    ${EndIf}
    IntOp $R0 $R0 + 1
    ${If} $R0 > ${MOVES_WITHIN}
      SetErrors
      ${ExitDo}
    ${EndIf}
    Sleep 500
  ${Loop}
!macroend

; Remove a folder; what is held for longer than moments, when Windows starts again.
!macro Removed FOLDER
  StrCpy $R0 0
  ${Do}
    RMDir /r "${FOLDER}"
    IntOp $R0 $R0 + 1
    ${IfNot} ${FileExists} "${FOLDER}\*.*"
    ${OrIf} $R0 > ${MOVES_WITHIN}
      ${ExitDo}
    ${EndIf}
    Sleep 500
  ${Loop}
  RMDir /r /REBOOTOK "${FOLDER}"
!macroend

; A file that an option names, by its whole path: what runs it is somewhere else.
!macro FileOption NAME VARIABLE
  ClearErrors
  ${GetOptions} $Options "/${NAME}=" ${VARIABLE}
  ${If} ${Errors}
    StrCpy ${VARIABLE} ""
  ${Else}
    StrCpy $Config ${VARIABLE}
    StrCpy $R9 ""
    ClearErrors
    GetFullPathName ${VARIABLE} ${VARIABLE}
    ${If} ${Errors}
    ${OrIfNot} ${FileExists} "${VARIABLE}"
    ${OrIf} ${FileExists} "${VARIABLE}\*.*"
      !insertmacro GiveUp ${NOT_CONFIGURED} "$(CONFIG_WORDS)"
    ${EndIf}
  ${EndIf}
!macroend

Function .onInit
  !insertmacro Places
  StrCpy $R9 ""
  ${IfNot} ${AtLeastWin10}
  ${OrIfNot} ${RunningX64}
    !insertmacro GiveUp ${OLD_WINDOWS} "$(OLD_WORDS)"
  ${EndIf}
  ${WinVerGetBuild} $0
  ${If} $0 < ${LEAST_BUILD}
    !insertmacro GiveUp ${OLD_WINDOWS} "$(OLD_WORDS)"
  ${EndIf}
  !insertmacro OneAtATime
  !ifndef PER_USER
    ReadRegStr $0 HKLM "Software\${APP}" "Package"
    ${If} $0 != ""
      !insertmacro GiveUp ${BY_PACKAGE} "$(PACKAGE_WORDS)"
    ${EndIf}
  !endif
  ${GetParameters} $Options
  !insertmacro FileOption "PASSPHRASE" $Passphrase
  !insertmacro FileOption "CONFIG" $Config
  ClearErrors
  ${GetOptions} $Options "/AUTOSTART=" $Autostart
  ${If} ${Errors}
    StrCpy $Autostart ""
  ${EndIf}
  ReadRegStr $1 ${HIVE} "${UNINSTALL_KEY}" "DisplayVersion"
  ${If} $1 != ""
    ${VersionCompare} $1 "${VERSION}" $2
    ClearErrors
    ${GetOptions} $Options "/FORCE" $3
    ${If} ${Errors}
    ${AndIf} $2 == 1
      !insertmacro GiveUp ${OLDER} "$(OLDER_WORDS)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; A disk that fills up in the middle ends here.
Function .onInstFailed
  Call DropNew
  SetErrorLevel ${NOT_WRITTEN}
FunctionEnd

; A setup that lost its power in the middle of the swap: the program of before goes back first.
Function Recover
  ${IfNot} ${FileExists} "$INSTDIR\app\${APP}.exe"
  ${AndIf} ${FileExists} "$INSTDIR\app.old\${APP}.exe"
    RMDir /r "$INSTDIR\app"
    !insertmacro Moved "$INSTDIR\app.old" "$INSTDIR\app"
    ${If} ${Errors}
      !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; The new tree lies beside the one of before, whole, before anything is touched.
Function WriteNew
  RMDir /r "$INSTDIR\app.new"
  ClearErrors
  SetOutPath "$INSTDIR\app.new"
  ${If} ${Errors}
    Call DropNew
    !insertmacro GiveUp ${NOT_WRITTEN} "$(WRITE_WORDS)"
  ${EndIf}
  System::Call 'kernel32::GetDiskFreeSpaceExW(w "$INSTDIR\app.new", *l.r1, p 0, p 0) i.r0'
  ${If} $0 <> 0
    System::Int64Op $1 / 1024
    Pop $1
    System::Int64Op $1 < ${PAYLOAD_KB}
    Pop $0
    ${If} $0 = 1
      Call DropNew
      !insertmacro GiveUp ${NOT_WRITTEN} "$(WRITE_WORDS)"
    ${EndIf}
  ${EndIf}
  SetOverwrite try
  ClearErrors
  File /r "${PAYLOAD}/*.*"
  ${If} ${Errors}
  ${OrIfNot} ${FileExists} "$INSTDIR\app.new\${APP}.exe"
    Call DropNew
    !insertmacro GiveUp ${NOT_WRITTEN} "$(WRITE_WORDS)"
  ${EndIf}
  SetOutPath "$INSTDIR"
FunctionEnd

; Run the command-line program of a tree: its exit code in $0, what it says in $R9.
!macro Run TREE ARGUMENTS
  nsExec::ExecToStack /TIMEOUT=120000 '"$INSTDIR\${TREE}\${APP}-cli.exe" ${ARGUMENTS}'
  Pop $0
  Pop $R9
!macroend

; What the settings' command is told besides the file.
!macro SettingsOptions
  !ifdef PER_USER
    StrCpy $2 ""
  !else
    StrCpy $2 "--machine"
  !endif
  ${If} $Passphrase != ""
    StrCpy $2 '$2 --passphrase-file "$Passphrase"'
  ${EndIf}
!macroend

Function CheckSettings
  ${If} $Config != ""
    !insertmacro SettingsOptions
    !insertmacro Run "app.new" 'setup --from "$Config" $2 --check'
    ${If} $0 != 0
      Call DropNew
      !insertmacro GiveUp ${NOT_CONFIGURED} "$(CONFIG_WORDS)"
    ${EndIf}
  ${EndIf}
FunctionEnd

; What does not come to its first paint is not left to a cashier. Without a screen: a service has
; none, and at a till it would be a second window for a moment, which takes the keyboard.
Function Try
  !insertmacro Run "app.new" "--smoke --offscreen"
  ${If} $0 != 0
    Call DropNew
    !insertmacro GiveUp ${DOES_NOT_START} "$(START_WORDS)"
  ${EndIf}
FunctionEnd

Function Swap
  RMDir /r "$INSTDIR\app.old"
  ${If} ${FileExists} "$INSTDIR\app.old\*.*"
    Call DropNew
    !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
  ${EndIf}
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    !insertmacro Moved "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      Call DropNew
      !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
    ${EndIf}
  ${EndIf}
  !insertmacro Moved "$INSTDIR\app.new" "$INSTDIR\app"
  ${If} ${Errors}
    !insertmacro Moved "$INSTDIR\app.old" "$INSTDIR\app"
    Call DropNew
    !insertmacro GiveUp ${NOT_REPLACED} "$(SWAP_WORDS)"
  ${EndIf}
  !insertmacro Removed "$INSTDIR\app.old"
FunctionEnd

Section "-program"
  !insertmacro Places
  Call Recover
  Call WriteNew
  Call CheckSettings
  Call Try
  Call CloseProgram
  Call Swap
  ClearErrors
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
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "Publisher" "The ${APP} authors"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "DisplayIcon" "$INSTDIR\app\${APP}.exe"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr ${HIVE} "${UNINSTALL_KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "NoModify" 1
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "NoRepair" 1
  WriteRegDWORD ${HIVE} "${UNINSTALL_KEY}" "EstimatedSize" ${PAYLOAD_KB}
SectionEnd

; Settings of the machine: everybody reads them, administrators alone write.
!ifndef PER_USER
; Updates of all users' program are the system's: a task looks each hour, at another minute on each
; till, verifies again, and starts setup. Without an address for updates it does nothing. Where it
; cannot be made, IT brings new versions, as before: no reason to fail.
Section "-updates"
  System::Call 'kernel32::GetTickCount() i.r0'
  IntOp $0 $0 & 0x7FFFFFFF
  IntOp $0 $0 % 60
  IntFmt $0 "%02d" $0
  nsExec::Exec 'schtasks /Create /F /TN "${APP}-update" /RU SYSTEM /SC HOURLY /ST 00:$0 /TR "\"$INSTDIR\app\${APP}-cli.exe\" update --install --as-service"'
  Pop $0
SectionEnd
!endif

Section "-settings"
  !ifndef PER_USER
    !insertmacro Run "app" "setup --prepare-machine"
    ${If} $0 != 0
      !insertmacro GiveUp ${NOT_CONFIGURED} "$(CONFIG_WORDS)"
    ${EndIf}
  !endif
  ${If} $Config != ""
    !insertmacro SettingsOptions
    !insertmacro Run "app" 'setup --from "$Config" $2'
    ${If} $0 != 0
      !insertmacro GiveUp ${NOT_CONFIGURED} "$(CONFIG_WORDS)"
    ${EndIf}
  ${EndIf}
SectionEnd

Function un.onInit
  !insertmacro Places
  !insertmacro OneAtATime
FunctionEnd

Section "Uninstall"
  Call un.CloseProgram
  ; First the whole of it by one name, so that a program in use stays whole.
  ${If} ${FileExists} "$INSTDIR\app\*.*"
    RMDir /r "$INSTDIR\app.old"
    !insertmacro Moved "$INSTDIR\app" "$INSTDIR\app.old"
    ${If} ${Errors}
      !insertmacro GiveUp ${RUNNING} "$(RUNNING_WORDS)"
    ${EndIf}
  ${EndIf}
  !insertmacro Removed "$INSTDIR\app.old"
  RMDir /r "$INSTDIR\app.new"
  !ifndef PER_USER
    nsExec::Exec 'schtasks /Delete /F /TN "${APP}-update"'
    Pop $0
  !endif
  RMDir /r "$INSTDIR\updates"
  Delete "$INSTDIR\uninstall.exe"
  SetOutPath "$TEMP"
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
