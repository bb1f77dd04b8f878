import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { describe, expect, it } from 'vitest'

const root = resolve(import.meta.dirname, '..')
const read = (path: string): string => readFileSync(join(root, path), 'utf8')

/** The packages that the product was asked to be built with. */
const CARD = [
  'electron',
  'react',
  'electron-store',
  'keytar',
  'better-sqlite3',
  'chart.js',
  'electron-builder',
  'playwright',
]

const { dependencies, devDependencies } = JSON.parse(read('package.json')) as Record<
  'dependencies' | 'devDependencies',
  Record<string, string>
>
const isInstalled = (name: string): boolean => Object.hasOwn({ ...dependencies, ...devDependencies }, name)

interface Row {
  readonly asked: string
  /** Null where there is none. */
  readonly used: string | null
  readonly decision: string | null
}

/** The rows of the table in docs/architecture.md, whose first cell is a package of the card. */
function readRows(page: string): readonly Row[] {
  const [, section = ''] = page.split('## What the product was asked to be built with\n')
  return section.split('\n').flatMap((line) => {
    const [asked, used = '', , decision = ''] = line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim())
    const name = /^`(?<name>[^`]+)`$/u.exec(asked ?? '')?.groups?.['name']
    if (name === undefined || !CARD.includes(name)) return []
    const file = /\((?<file>decisions\/[^)]+)\)/u.exec(decision)?.groups?.['file'] ?? null
    return [{ asked: name, used: used === 'none' ? null : used.replaceAll('`', ''), decision: file }]
  })
}

/** Rows that name a package that is not there, or none without a decision that considered it. */
function findUnfounded(rows: readonly Row[]): readonly string[] {
  return rows
    .filter(({ asked, used, decision }) => {
      if (used !== null && !isInstalled(used)) return true
      if (used === asked) return false
      if (used === null && isInstalled(asked)) return true
      if (asked === 'playwright' && used === '@playwright/test') return false
      const [, considered = ''] = decision === null ? [] : read(join('docs', decision)).split('**Considered.**')
      return !considered.includes(asked)
    })
    .map(({ asked }) => asked)
}

describe('the packages that the product was asked to be built with', () => {
  const rows = readRows(read('docs/architecture.md'))

  it('are all in the table of docs/architecture.md', () => {
    expect(rows.map(({ asked }) => asked)).toEqual(CARD)
  })

  it('are dependencies, or a decision considered them', () => {
    expect(findUnfounded(rows)).toEqual([])
  })

  it('are unfounded where the table names what is not installed, or nothing without a decision', () => {
    expect(
      findUnfounded([
        { asked: 'react', used: null, decision: null },
        { asked: 'keytar', used: 'keytar', decision: 'decisions/0001-keychain.md' },
        { asked: 'chart.js', used: null, decision: null },
        { asked: 'chart.js', used: null, decision: 'decisions/0030-charts.md' },
      ]),
    ).toEqual(['react', 'keytar', 'chart.js'])
  })
})
