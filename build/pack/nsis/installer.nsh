; What the installer for Windows does beside electron-builder's script: the terminal program is put on the PATH of the user, and taken
; from it by the uninstaller, which still has its script then. Without PowerShell, the PATH stays as it is.
!include "WinMessages.nsh"
!include "x64.nsh"

!macro castellanPath WHAT
  nsExec::Exec '"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "$INSTDIR\resources\terminal\path.ps1" ${WHAT}'
  Pop $0
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=1000
!macroend

; The module of the keychain needs Microsoft's Visual C++ runtime. The installer is a 32-bit program, which sees the library of 64 bits
; only without redirection. A silent installation goes on without the message.
!macro castellanRuntime
  ${DisableX64FSRedirection}
  IfFileExists "$SYSDIR\vcruntime140.dll" +2
    MessageBox MB_OK|MB_ICONINFORMATION "The Visual C++ runtime of Microsoft is not installed. Without it, Castellan cannot use the keychain of Windows, and forgets admin keys when it closes.$\r$\n$\r$\nInstall it from https://aka.ms/vs/17/release/vc_redist.x64.exe" /SD IDOK
  ${EnableX64FSRedirection}
!macroend

!macro castellanKind
  FileOpen $0 "$INSTDIR\resources\package-kind" w
  FileWrite $0 "nsis"
  FileClose $0
!macroend

!macro customInstall
  !insertmacro castellanKind
  !insertmacro castellanPath add
  !insertmacro castellanRuntime
!macroend

!macro customUnInstall
  !insertmacro castellanPath remove
!macroend
