import { existsSync } from 'node:fs'
import { join } from 'node:path'

/** Where electron-builder puts the application of a system, and its program there; a folder of x64 has no processor in its name. */
const PROGRAMS = {
  linux: (folder) => join(`linux${folder}-unpacked`, 'castellan-desktop'),
  darwin: (folder) => join(`mac${folder}`, 'Castellan.app/Contents/MacOS/Castellan'),
  win32: (folder) => join(`win${folder}-unpacked`, 'Castellan.exe'),
}

/** The program of the application that `npm run dist` packed for this system and processor, or null. */
export function findPacked(root, { platform = process.platform, arch = process.arch } = {}) {
  const program = PROGRAMS[platform]?.(arch === 'x64' ? '' : `-${arch}`)
  if (program === undefined) return null
  const path = join(root, 'dist', program)
  return existsSync(path) ? path : null
}
