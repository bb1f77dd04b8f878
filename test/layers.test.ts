import { readFileSync } from 'node:fs'
import { dirname, join, posix, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { filesUnder } from '../build/freshness.mjs'
import { mayImport, findRoom } from '../build/lint/rooms.mjs'

const root = resolve(import.meta.dirname, '..')
const HOUSE = ['shared', 'electron', 'renderer']

/** What the import, export and `import()` lines of a source name. */
export function importedBy(source: string): readonly string[] {
  const lines = /(?:^|[;\n])\s*(?:import|export)\b[^'"`;]*?\bfrom\s*['"]([^'"]+)['"]/gu
  const bare = /(?:^|[;\n])\s*import\s*['"]([^'"]+)['"]/gu
  const calls = /\bimport\(\s*['"]([^'"]+)['"]\s*\)/gu
  return [lines, bare, calls].flatMap((pattern) => [...source.matchAll(pattern)].map((match) => match[1] ?? ''))
}

/** Why a file of the house may not have its imports; empty when it may. */
function toProblems(file: string, source: string): readonly string[] {
  const room = findRoom(file)
  if (room === null) return [`${file} is in no room: name it in build/lint/rooms.mjs`]
  return importedBy(source).flatMap((text) => {
    const target = text.startsWith('.') ? posix.normalize(posix.join(dirname(file), text)) : text
    return mayImport(file, room, target) ?? []
  })
}

interface LayerConfig {
  readonly compilerOptions: { readonly lib: readonly string[]; readonly types: readonly string[] }
  readonly references?: readonly { readonly path: string }[]
}

function readConfig(path: string): LayerConfig {
  return JSON.parse(readFileSync(join(root, path), 'utf8')) as LayerConfig
}

describe('imports point one way', () => {
  const files = HOUSE.flatMap((folder) => filesUnder(root, folder)).filter((file) => /\.tsx?$/u.test(file))

  it('in every file of the house', () => {
    expect(files.length).toBeGreaterThan(20)
    expect(files.flatMap((file) => toProblems(file, readFileSync(join(root, file), 'utf8')))).toEqual([])
  })

  it.each([
    ['shared/domain/a.ts', "import { readFileSync } from 'node:fs'"],
    ['shared/domain/a.ts', "import { openRegister } from '../../electron/register/open.ts'"],
    ['renderer/app/a.tsx', "import {\n  a,\n  b,\n} from '../../electron/service/host.ts'"],
    ['renderer/app/a.tsx', "export * from 'node:path'"],
    ['renderer/app/a.tsx', "const fs = await import('node:fs')"],
    ['electron/service/a.ts', "import { app } from 'electron'"],
    ['electron/service/a.ts', "import type { Desktop } from '../shell/shell.ts'"],
    ['electron/shell/chromium/a.ts', "import { app } from 'electron'"],
    ['electron/shell/a.ts', "import { openService } from '../service/open.ts'"],
    ['electron/register/a.ts', "import { openSecretStore } from '../secrets/open-secret-store.ts'"],
    ['electron/cli/a.ts', "import { openChromiumShell } from '../shell/chromium.ts'"],
    ['electron/service/a.ts', "import '../cli/main.ts'"],
    ['electron/service/a.ts', "import { chromium } from 'playwright-core'"],
    ['electron/cli/a.ts', "import Store from 'electron-store'"],
    ['electron/preload.ts', "import { resolveProfile } from './service/profile/place.ts'"],
    ['shared/domain/a.ts', "import type { Inputs } from '../contract/contract.ts'"],
    ['shared/contract/a.ts', "import { csvTable } from '../report/tables.ts'"],
    ['renderer/ui/a.tsx', "import { api } from '../data/api.ts'"],
    ['renderer/entities/a.tsx', "import type { KeysSearch } from '../features/keys/search.ts'"],
    ['renderer/features/keys/a.tsx', "import { router } from '../../app/router.tsx'"],
    ['electron/providers/kit/a.ts', "import type { Page } from '../openai/client.ts'"],
    ['electron/providers/openai/a.ts', "import { providerOf } from '../registry.ts'"],
    ['electron/register/db/a.ts', "import type { StoredKey } from '../keys/keys.ts'"],
    ['electron/register/keys/a.ts', "import { registerReport } from '../read/report.ts'"],
    ['electron/register/apply/a.ts', "import { openRegister } from '../open.ts'"],
    ['electron/service/kit/a.ts', "import type { Context } from '../core/context.ts'"],
    ['electron/service/core/a.ts', "import type { Plans } from '../plans/origin.ts'"],
    ['electron/service/keys/a.ts', "import { router } from '../process/router.ts'"],
    ['electron/cli/kit/a.ts', "import { define } from '../verbs/key.ts'"],
    ['electron/cli/verbs/a.ts', "import { VERBS } from '../verbs.ts'"],
    ['electron/shell/a.ts', "import { openWindow } from './electron/window.ts'"],
    ['electron/service/team/a.ts', "import pg from 'pg'"],
    ['electron/team/a.ts', "const pg = await import('pg')"],
    ['electron/team/a.ts', "import { createHash } from 'node:crypto'"],
    ['electron/team/entry.ts', "const sodium = await import('libsodium-wrappers-sumo')"],
    ['electron/secrets/a.ts', "import sodium from 'libsodium-wrappers-sumo'"],
    ['electron/team/a.ts', "import { createUid } from '../register/db/uid.ts'"],
    ['electron/register/a.ts', "import type { Entry } from '../team/entry.ts'"],
  ])('and %s may not have: %s', (file, source) => {
    expect(toProblems(file, source)).toHaveLength(1)
  })

  it('and what points the right way passes', () => {
    expect(
      toProblems('electron/service/a.ts', "import { a } from '../register/register.ts'\nimport b from 'p-queue'"),
    ).toEqual([])
    expect(toProblems('electron/shell/electron/a.ts', "import { app } from 'electron'")).toEqual([])
    expect(toProblems('electron/team/postgres/a.ts', "const pg = await import('pg')")).toEqual([])
    expect(toProblems('electron/team/crypto.ts', "await import('libsodium-wrappers-sumo')")).toEqual([])
  })
})

/** Files or folders that import from one another in a circle, each with all that it reaches of it; type imports count. */
function findCircles(arrows: ReadonlyMap<string, ReadonlySet<string>>): readonly (readonly string[])[] {
  const reached = new Map<string, ReadonlySet<string>>()
  for (const node of arrows.keys()) {
    const seen = new Set<string>()
    const waiting = [...(arrows.get(node) ?? [])]
    for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
      if (seen.has(next)) continue
      seen.add(next)
      waiting.push(...(arrows.get(next) ?? []))
    }
    reached.set(node, seen)
  }
  const reaches = (from: string, to: string): boolean => reached.get(from)?.has(to) === true
  const inCircle = [...arrows.keys()].filter((node) => reaches(node, node))
  const circles = inCircle.map((node) => inCircle.filter((other) => reaches(node, other) && reaches(other, node)))
  return [...new Map(circles.map((circle) => [circle.join(' '), circle])).values()]
}

describe.each([
  ['files', (file: string) => file, 500],
  ['folders', dirname, 50],
] as const)('%s', (what, getPlace, most) => {
  it('lie in no circle of imports', () => {
    const files = HOUSE.flatMap((folder) => filesUnder(root, folder))
    const known = new Set(files)
    const arrows = new Map<string, Set<string>>()
    for (const file of files.filter((name) => /\.tsx?$/u.test(name))) {
      for (const text of importedBy(readFileSync(join(root, file), 'utf8'))) {
        const target = posix.normalize(posix.join(dirname(file), text))
        const [from, to] = [getPlace(file), getPlace(target)]
        if (!known.has(target) || from === to) continue
        arrows.set(from, (arrows.get(from) ?? new Set()).add(to))
      }
    }
    const circles = findCircles(arrows)
    const count = arrows.values().reduce((sum, targets) => sum + targets.size, 0)
    process.stdout.write(`${arrows.size} ${what} that import, ${count} arrows, ${circles.length} circles\n`)
    expect(arrows.size).toBeGreaterThan(most)
    expect(circles).toEqual([])
  })
})

describe('a circle of imports', () => {
  it('is found, and code beside it is not', () => {
    const arrows = new Map(
      Object.entries({ a: ['b'], b: ['c', 'd'], c: ['a'], d: ['e'], e: [], f: ['a', 'g'], g: ['f'] }).map(
        ([from, to]) => [from, new Set(to)] as const,
      ),
    )
    expect(findCircles(arrows)).toEqual([
      ['a', 'b', 'c'],
      ['f', 'g'],
    ])
  })
})

describe('each layer has its own compiler options', () => {
  it.each([
    ['shared/tsconfig.json', { dom: false, types: [] }],
    ['electron/tsconfig.json', { dom: false, types: ['node'] }],
    ['electron/tsconfig.page.json', { dom: true, types: [] }],
    ['renderer/tsconfig.json', { dom: true, types: ['vite/client'] }],
  ])('%s', (path, { dom, types }) => {
    const { compilerOptions } = readConfig(path)
    expect(compilerOptions.lib.includes('dom')).toBe(dom)
    expect(compilerOptions.types).toEqual(types)
  })

  it('and sees only the layers it may import', () => {
    const references = (path: string) => readConfig(path).references?.map((reference) => reference.path) ?? []
    expect(references('shared/tsconfig.json')).toEqual([])
    expect(references('renderer/tsconfig.json')).toEqual(['../shared'])
    expect(references('electron/tsconfig.json')).toEqual(['../shared', './tsconfig.page.json'])
  })
})

/** Shown to people, and opened by no program of ours. */
const SHOWN_PATHS = ['renderer/features/connections/connect/file-field.tsx', 'shared/domain/keyless/token-snippet.ts']

it('no program names a folder of one machine', () => {
  const fixed = /['"`]\/(?:tmp|home|root|var\/tmp)\//u
  const found = [...HOUSE, 'build', 'test']
    .flatMap((folder) => filesUnder(root, folder))
    .filter((file) => /\.(?:tsx?|mjs|sh)$/u.test(file) && !file.endsWith('.test.ts'))
    .filter((file) => fixed.test(readFileSync(join(root, file), 'utf8')))
  expect(found.toSorted()).toEqual(SHOWN_PATHS)
})
