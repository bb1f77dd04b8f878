import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'

import { expect, it } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'
import { newProfile } from '../service/services.ts'

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

it('nothing that a service, a terminal or a window loads by itself, or to answer a first call, loads the layer of teams', () => {
  const targets = new Map(Map.groupBy(loaded, ({ file }) => file))
  const ofTeams = (file: string): boolean => /^electron\/(?:service\/)?team\//u.test(file)
  // A window calls the operations of every area, whose files are loaded then.
  const reached = new Set(files.filter((file) => !ofTeams(file) || file.endsWith('/router.ts')))
  // A set that grows while it is walked is walked to its end.
  for (const file of reached) for (const { target } of targets.get(file) ?? []) reached.add(target)
  expect([...reached]).toContain('electron/service/team/router.ts')
  expect([...reached].filter((file) => file.startsWith('electron/team/'))).toEqual([])
})

/** Opens a service as the terminal does, asks it, and prints which packages of a team were loaded; then loads one. */
const TRACE = `
  import { createRequire } from 'node:module'
  const { cache } = createRequire(${JSON.stringify(import.meta.url)})
  const loaded = () => Object.keys(cache).filter((path) => /node_modules.(?:pg|libsodium-wrappers-sumo)[^a-z-]/u.test(path)).length
  const { openService } = await import(${JSON.stringify(pathToFileURL(join(root, 'electron/service/process/open.ts')).href)})
  const { memoryStore } = await import(${JSON.stringify(pathToFileURL(join(root, 'electron/secrets/secret-store.ts')).href)})
  const host = { shell: 'terminal', notify: () => undefined, saveTarget: () => undefined, setTitle: () => undefined }
  const service = await openService({ profile: process.argv[1], mode: 'write', host, secrets: memoryStore('None.') })
  await service.api.client.add({ name: 'Acme' })
  const { state } = await service.api.team.status()
  await service.close()
  const before = loaded()
  createRequire(${JSON.stringify(import.meta.url)})('pg')
  process.stdout.write(JSON.stringify({ state, before, after: loaded() > 0 }))
`

it('a service of a profile without a team loads neither package when it is opened, asked for the team and closed', async () => {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, ['--input-type=module', '-e', TRACE, join(newProfile(), 'profile')])
  expect(JSON.parse(stdout)).toEqual({ state: 'none', before: 0, after: true })
})
