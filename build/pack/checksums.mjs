import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

/** The files that people download; beside them are descriptions for updates, and folders. */
const PACKAGE = /\.(?:AppImage|deb|dmg|exe|zip|tar\.gz)$/u

/**
 * Writes `SHA256SUMS` of the packages in a folder, in the form that `sha256sum --check` reads. Returns their names.
 * @param {string} folder
 */
export function writeChecksums(folder) {
  const names = readdirSync(folder)
    .filter((name) => PACKAGE.test(name))
    .toSorted()
  const lines = names.map(
    (name) =>
      `${createHash('sha256')
        .update(readFileSync(join(folder, name)))
        .digest('hex')}  ${name}\n`,
  )
  writeFileSync(join(folder, 'SHA256SUMS'), lines.join(''))
  return names
}
