import { copyFileSync, existsSync, mkdtempSync, rmSync, statSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'

import { RegisterRefused } from './migrate.ts'

/** A register's file and its write-ahead log, copied to a folder that only this user can read. */
export interface ReadCopy {
  readonly path: string
  readonly remove: () => void
}

const LOG = '-wal'

/**
 * Copies a register from a place where nothing can be written, since even reading needs a file beside it to coordinate
 * with a writer. The copy is encrypted like the register. Throws `RegisterRefused` where the register changes
 * meanwhile.
 */
export function copyToRead(path: string): ReadCopy {
  const folder = mkdtempSync(join(tmpdir(), 'castellan-read-'))
  const remove = (): void => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  try {
    const before = getState(path)
    const copy = join(folder, basename(path))
    for (const suffix of ['', LOG]) if (existsSync(path + suffix)) copyFileSync(path + suffix, copy + suffix)
    if (getState(path) !== before) {
      throw new RegisterRefused(`The register in ${path} changed while it was copied for reading.`, 'Try again.')
    }
    return { path: copy, remove }
  } catch (error) {
    remove()
    throw error
  }
}

function getState(path: string): string {
  return ['', LOG]
    .map((suffix) => statSync(path + suffix, { throwIfNoEntry: false, bigint: true }))
    .map((file) => `${file?.size} ${file?.mtimeNs}`)
    .join(' ')
}
