import { readFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'

import { expect, it } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'

const root = resolve(import.meta.dirname, '../../..')
const files = ['shared', 'electron', 'renderer']
  .flatMap((folder) => filesUnder(root, folder))
  .filter((file) => /\.tsx?$/u.test(file))

/** What a source loads as soon as it is loaded itself: imports and exports that are not of types alone. */
function loadedBy(source: string): readonly string[] {
  const lines = /(?:^|[;\n])\s*(?:import|export)\b(?!\s+type\b)(?:[^'"`;]*?\bfrom)?\s*['"]([^'"]+)['"]/gu
  return [...source.matchAll(lines)].map((match) => match[1] ?? '')
}

const loaded = files.flatMap((file) =>
  loadedBy(readFileSync(join(root, file), 'utf8')).map((text) => ({
    file,
    target: text.startsWith('.') ? posix.normalize(posix.join(dirname(file), text)) : text,
  })),
)

it('reads what a source loads, and not what it loads later or names as a type', () => {
  const source = `import type { Client } from 'pg'\nimport a from 'a'\nimport 'b'\nexport { c } from 'c'\nawait import('d')\n`
  expect(loadedBy(source)).toEqual(['a', 'b', 'c'])
  expect(loaded.length).toBeGreaterThan(5000)
})

it('a profile without a team loads neither PostgreSQL nor libsodium: both are imported when a team is opened', () => {
  expect(loaded.filter(({ target }) => /^(?:pg|libsodium)/u.test(target))).toEqual([])
})

it('nothing outside of the layer of teams loads it', () => {
  const outside = loaded.filter(
    ({ file, target }) => target.startsWith('electron/team/') && !file.startsWith('electron/team/'),
  )
  expect(outside).toEqual([])
})
