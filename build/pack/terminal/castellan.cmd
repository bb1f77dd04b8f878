@echo off
rem The terminal program of an installed Castellan, with the Node beside it.
"%~dp0bin\node.exe" "%~dp0out\node\cli.js" %*
