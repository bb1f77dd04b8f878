; What the installer for Windows does beside electron-builder's script: the terminal program is put on the PATH of the user, and taken
; from it by the uninstaller, which still has its script then. Without PowerShell, the PATH stays as it is.
!include "WinMessages.nsh"

!macro castellanPath WHAT
  nsExec::Exec '"$SYSDIR\WindowsPowerShell\v1.0\powershell.exe" -NoProfile -NonInteractive -ExecutionPolicy Bypass -File "$INSTDIR\resources\terminal\path.ps1" ${WHAT}'
  Pop $0
  SendMessage ${HWND_BROADCAST} ${WM_SETTINGCHANGE} 0 "STR:Environment" /TIMEOUT=1000
!macroend

!macro customInstall
  !insertmacro castellanPath add
!macroend

!macro customUnInstall
  !insertmacro castellanPath remove
!macroend
