import { chmodSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

import { stubPlugin } from './stub-plugin.mjs'

/** As long as the runtime of an AppImage may be here; the file system follows. */
const RUNTIME_SIZE = 4096

/**
 * Begins an AppImage in place of the runtime, which cannot be fetched everywhere: answers as that does, but unpacks the file system with
 * a program of the system instead of mounting it with a library of its own.
 */
const RUNTIME = `#!/bin/sh
set -e
file=$(readlink -f "$0")
if [ "$1" = --appimage-extract ]; then
  exec unsquashfs -quiet -no-progress -force -offset ${RUNTIME_SIZE} -dest squashfs-root "$file" $2
fi
APPDIR=$(mktemp -d)
trap 'rm -rf "$APPDIR"' EXIT
unsquashfs -quiet -no-progress -force -offset ${RUNTIME_SIZE} -dest "$APPDIR" "$file"
export APPDIR APPIMAGE="$file"
"$APPDIR/AppRun" "$@"
exit
`

/**
 * Takes the uninstaller out of a program that NSIS made. electron-builder has that program write it, which only Windows and Wine
 * can run.
 */
const WINE = `#!/bin/sh
exec 7z e -y -o"$(dirname "$1")" "$1" >/dev/null
`

/** The plug-ins of NSIS that electron-builder brings; NSIS itself has the others. */
const PLUGINS = ['StdUtils', 'nsProcess', 'SpiderBanner', 'UAC', 'WinShell', 'nsis7z']

/**
 * Replaces the tools that electron-builder fetches by programs of Debian: an AppImage gets a runtime in shell, an
 * installer for Windows plug-ins that do nothing. Both are files of their forms, whose content can be taken out and checked, and
 * whose scripts were really compiled. Returns the variables by which electron-builder finds them.
 */
export function standInTools(root, folder) {
  const appImage = join(folder, 'appimage')
  for (const arch of ['x64', 'arm64']) {
    mkdirSync(join(appImage, 'lib', arch), { recursive: true })
    mkdirSync(join(appImage, 'runtimes'), { recursive: true })
    writeFileSync(join(appImage, 'runtimes', `runtime-${arch}`), RUNTIME.padEnd(RUNTIME_SIZE, '\n'))
  }
  for (const tool of ['mksquashfs', 'desktop-file-validate']) symlinkSync(`/usr/bin/${tool}`, join(appImage, tool))
  const nsis = join(folder, 'nsis')
  const plugins = join(nsis, 'plugins/x86-unicode')
  mkdirSync(plugins, { recursive: true })
  const calls = listCalls(join(root, 'node_modules/app-builder-lib/templates/nsis'))
  for (const name of PLUGINS)
    writeFileSync(join(plugins, `${name}.dll`), stubPlugin(name, calls.get(name.toLowerCase()) ?? []))
  writeProgram(join(nsis, 'makensis'), '#!/bin/sh\nexec /usr/bin/makensis "$@"\n')
  writeFileSync(join(nsis, 'elevate.exe'), stubPlugin('elevate', []))
  const wine = join(folder, 'wine')
  for (const part of ['bin', 'lib', 'wine-home']) mkdirSync(join(wine, part), { recursive: true })
  writeProgram(join(wine, 'bin/wine'), WINE)
  return {
    ELECTRON_BUILDER_7ZIP_PATH: '/usr/bin/7za',
    APPIMAGE_TOOLS_PATH: appImage,
    ELECTRON_BUILDER_NSIS_DIR: nsis,
    ELECTRON_BUILDER_NSIS_RESOURCES_DIR: nsis,
    ELECTRON_BUILDER_WINE_TOOLSET_DIR: wine,
  }
}

/** The functions that the scripts call, by the name of their plug-in in small letters. */
function listCalls(templates) {
  const calls = new Map()
  for (const entry of readdirSync(templates, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.ns[hi]$/u.test(entry.name)) continue
    for (const [, plugin = '', name = ''] of readFileSync(join(entry.parentPath, entry.name), 'utf8').matchAll(
      /\b(\w+)::(\w+)/gu,
    )) {
      const known = calls.get(plugin.toLowerCase()) ?? []
      if (!known.includes(name)) calls.set(plugin.toLowerCase(), [...known, name])
    }
  }
  return calls
}

function writeProgram(path, text) {
  writeFileSync(path, text)
  chmodSync(path, 0o755)
}
