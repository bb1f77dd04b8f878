import { readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * True if `node_modules` has the packages of the lock file, by npm's own record. Optional packages are ignored, since
 * they differ between machines. An interrupted `npm ci` leaves no record.
 */
export function isInstalled(root) {
  const installed = packagesIn(join(root, 'node_modules/.package-lock.json'))
  const locked = packagesIn(join(root, 'package-lock.json'))
  if (installed === null || locked === null) return false
  return Object.entries(locked).every(
    ([path, entry]) => path === '' || entry.optional === true || installed[path]?.version === entry.version,
  )
}

function packagesIn(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8')).packages
  } catch {
    return null
  }
}
