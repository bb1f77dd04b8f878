import { fstatSync, readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs'
import { basename, dirname, join } from 'node:path'

/** The functions as they are before anything replaces them. */
const system = {
  fstat: fstatSync,
  readdir: readdirSync,
  readFile: readFileSync,
  readlink: readlinkSync,
  realpath: realpathSync,
}

const DESCRIPTORS = '/proc/self/fd'

/** The paths of the files that this process has open, also those that SQLite opened. */
function listOpen(): readonly string[] {
  return system.readdir(DESCRIPTORS).flatMap((descriptor) => {
    try {
      return [system.readlink(join(DESCRIPTORS, descriptor))]
    } catch {
      // The descriptor was that of the listing.
      return []
    }
  })
}

/** Whether a file, or a file inside a folder, is open in this process. */
export function isOpen(path: string): boolean {
  const exact = locate(path)
  return exact !== null && listOpen().some((open) => open === exact || open.startsWith(`${exact}/`))
}

/** Whether something inside a folder is open in this process. */
export function isOpenInside(folder: string): boolean {
  const exact = locate(folder)
  return exact !== null && listOpen().some((open) => open.startsWith(`${exact}/`))
}

/** Links above it resolved, and not the path itself. */
function locate(path: string): string | null {
  try {
    return join(system.realpath(dirname(path)), basename(path))
  } catch {
    return null
  }
}

/** Whether a descriptor was opened to read only. */
export function isReadOnly(descriptor: number): boolean {
  const [, flags = '0'] = /^flags:\s*(\d+)$/mu.exec(system.readFile(`/proc/self/fdinfo/${descriptor}`, 'utf8')) ?? []
  return (Number.parseInt(flags, 8) & 3) === 0
}

export function isFolder(descriptor: number): boolean {
  return system.fstat(descriptor).isDirectory()
}
