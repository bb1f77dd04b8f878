@echo off
rem The terminal program of an installed Castellan, with the Node beside it.
"%~dp0bin\node.exe" --max-semi-space-size=8 "%~dp0out\node\cli.js" %*
