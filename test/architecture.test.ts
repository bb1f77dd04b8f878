import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

import { ALLOWED, FLOORS, OF_SHELL_FOR_CLI, REST, ROOMS } from '../build/lint/rooms.mjs'
import { listTracked } from './list-tracked.ts'
import { toTable } from './to-table.ts'

const ROOT = resolve(import.meta.dirname, '..')
const PAGE = join(ROOT, 'docs/architecture.md')

const quote = (names: readonly string[]): string => names.map((name) => `\`${name.replace(/\/$/u, '')}\``).join(', ')

/** The table of the layers: those that each may import, and its floors. */
function layerTable(): string {
  const floors: Readonly<Record<string, readonly (readonly string[])[]>> = FLOORS
  const rows = ROOMS.map(([path = '', room = '']) => [
    quote([path]),
    quote([
      ...((ALLOWED as Readonly<Record<string, readonly string[]>>)[room]?.filter((other) => other !== room) ?? []),
      ...(room === 'cli' ? OF_SHELL_FOR_CLI.map((file) => file.replace('electron/', '')) : []),
    ]) || 'none',
    floors[path]?.map((floor) => (floor.includes(REST) ? 'the rest' : quote(floor))).join(' < ') ?? 'none',
  ])
  return toTable([['layer', 'may import', 'floors, lowest first'], ...rows])
}

describe('the page about the architecture', () => {
  it('has the layers and floors of build/lint/rooms.mjs', async () => {
    const page = readFileSync(PAGE, 'utf8')
    const table = /\| layer[^\n]*\n(?:\|[^\n]*\n)+/u
    expect(page).toMatch(table)
    await expect(page.replace(table, `${layerTable()}\n`)).toMatchFileSnapshot(PAGE)
  })
})

describe.each(['docs/architecture.md', 'CONTRIBUTING.md'])('%s', (page) => {
  it('names only files and folders that exist', () => {
    const tracked = listTracked(ROOT, '*')
    const known = new Set(
      tracked.flatMap((path) => path.split('/').map((_, at, parts) => parts.slice(0, at + 1).join('/'))),
    )
    const named = findPaths(readFileSync(join(ROOT, page), 'utf8'))
    expect(named.length).toBeGreaterThan(20)
    expect(named.filter((path) => !isKnown(path, known))).toEqual([])
  })
})

/** Folders in which a page may name a file by the end of its path. */
const ABOVE = ['', 'electron/', 'shared/', 'electron/register/', 'electron/providers/', 'electron/service/', 'docs/']

/** Files that tests or the build make. */
const MADE = ['.cache/pictures', 'dist']

function isKnown(path: string, known: ReadonlySet<string>): boolean {
  return MADE.includes(path) || ABOVE.some((folder) => known.has(`${folder}${path}`))
}

/** Paths in quotes, in links, and in the boxes of pictures: with a slash, and without a word in capitals, which is any name. */
function findPaths(page: string): readonly string[] {
  const words = page.match(/(?<![\w/.@:-])(?:[\w.-]+\/)+[\w.-]*/gu) ?? []
  return [...new Set(words.map((word) => word.replace(/[./]+$/u, '')))].filter(
    (word) => word.includes('/') && !/(?<![A-Za-z])[A-Z]{2,}(?![A-Za-z])|^node_modules/u.test(word),
  )
}
