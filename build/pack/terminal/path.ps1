# Adds the folder of this file to the PATH of the user, or removes it: path.ps1 add | remove. The installer for Windows calls it.
# The registry is read without expanding variables such as %USERPROFILE%, which stay in the value as they are.
param([Parameter(Mandatory)][ValidateSet('add', 'remove')][string]$What)
$ErrorActionPreference = 'Stop'
$key = [Microsoft.Win32.Registry]::CurrentUser.OpenSubKey('Environment', $true)
$old = [string]$key.GetValue('Path', '', 'DoNotExpandEnvironmentNames')
$folders = @($old.Split(';') | Where-Object { $_ -ne '' -and $_.TrimEnd('\') -ne $PSScriptRoot })
if ($What -eq 'add') { $folders += $PSScriptRoot }
$new = $folders -join ';'
if ($new -cne $old.TrimEnd(';')) { $key.SetValue('Path', $new, 'ExpandString') }
$key.Close()
