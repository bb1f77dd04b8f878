import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { DOCUMENT_SOURCES } from './document-pages.mjs'

/** The files that the built product depends on. */
export const SOURCES = [
  'shared',
  'electron',
  'renderer',
  'build/bundle.mjs',
  'build/bundles.mjs',
  'build/commit.mjs',
  'build/first-links.mjs',
  ...DOCUMENT_SOURCES,
  'build/licences.mjs',
  'LICENSE',
  'package.json',
  'package-lock.json',
]

/** A hash over the content of every source file and their names: the same sources give the same product. */
export function sourceHash(root) {
  const hash = createHash('sha256')
  for (const path of SOURCES.flatMap((source) => filesUnder(root, source)).toSorted(byName)) {
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(root, path)))
      .update('\0')
  }
  return hash.digest('hex')
}

const byName = (a, b) => (a < b ? -1 : 1)

/**
 * Files below a path (or the file itself), relative to the root, with forward slashes.
 * @param {string} root
 * @param {string} path
 * @returns {string[]}
 */
export function filesUnder(root, path) {
  try {
    return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
      entry.isDirectory() ? filesUnder(root, `${path}/${entry.name}`) : [`${path}/${entry.name}`],
    )
  } catch (error) {
    if (error.code === 'ENOTDIR') return [path]
    if (error.code === 'ENOENT') return []
    throw error
  }
}

/** True if `out/` was built from these sources. */
export function isBuilt(root, hash = sourceHash(root)) {
  try {
    return readFileSync(join(root, 'out/sources.sha256'), 'utf8').trim() === hash
  } catch {
    return false
  }
}
