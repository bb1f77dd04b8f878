import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Database } from 'better-sqlite3'
import { describe, expect, it } from 'vitest'

import { keyed } from '../../../../electron/register/db/database-file.ts'
import { migrate } from '../../../../electron/register/db/migrate.ts'
import { salvage } from '../../../../electron/register/db/salvage.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { profilePaths } from '../../../../electron/service/profile/paths.ts'
import { keyOfProfile } from '../../../../electron/service/profile/restore.ts'
import { putSample } from '../../../sample-profile.ts'

const PAGE = 4096

/** A leaf of a table's tree, with the rows on it. */
interface Leaf {
  readonly page: number
  readonly rows: readonly string[]
}

interface TableLayout {
  readonly leaves: readonly Leaf[]
  /** The row on an inner page behind each leaf but the last, as a table without row numbers has them. */
  readonly inner: readonly string[]
}

const ORDERED = `SELECT group_concat('"' || name || '"', ', ') FROM
  (SELECT name FROM pragma_table_info(?) WHERE pk > 0 ORDER BY pk)`

const isWithoutRowid = (db: Database, table: string) =>
  db.prepare('SELECT wr FROM pragma_table_list WHERE name = ?').pluck().get(table) === 1

/** All rows of a table in the order of its tree. */
function listRows(db: Database, table: string): readonly string[] {
  const order = isWithoutRowid(db, table) ? db.prepare(ORDERED).pluck().get(table) : 'rowid'
  return db
    .prepare(`SELECT * FROM "${table}" ORDER BY ${order as string}`)
    .all()
    .map((row) => JSON.stringify(row))
}

/** The leaves of a table by SQLite's own account of its pages: how many rows each has, in the order of the tree. */
function readLayout(db: Database, table: string): TableLayout {
  const pages = db
    .prepare("SELECT pageno AS page, ncell AS count FROM dbstat WHERE name = ? AND pagetype = 'leaf' ORDER BY path")
    .all(table) as { page: number; count: number }[]
  const rows = listRows(db, table)
  const between = isWithoutRowid(db, table) ? 1 : 0
  const inner: string[] = []
  let at = 0
  const leaves = pages.map(({ page, count }) => {
    const leaf = { page, rows: rows.slice(at, at + count) }
    inner.push(...rows.slice(at + count, at + count + between))
    at += count + between
    return leaf
  })
  expect(at - between).toBe(rows.length)
  return { leaves, inner }
}

/** The rows that each table has after its chosen leaves were damaged and the register was salvaged. */
function salvageWithout(from: string, key: Uint8Array, bytes: Buffer, pages: readonly number[]) {
  const damaged = Buffer.from(bytes)
  for (const page of pages) damaged.fill(page, (page - 1) * PAGE + 100, (page - 1) * PAGE + 200)
  writeFileSync(from, damaged)
  const into = `${from}-salvaged`
  rmSync(into, { force: true })
  const found = salvage(from, into, key, 0)
  return { found, into }
}

function listRemaining({ leaves, inner }: TableLayout, damaged: readonly Leaf[]): readonly string[] {
  const isIntact = (leaf: Leaf | undefined) => leaf !== undefined && !damaged.includes(leaf)
  const intact = leaves.filter(isIntact).flatMap(({ rows }) => rows)
  // SQLite reaches a row of an inner page only past a leaf beside it.
  const reached = inner.filter((_row, at) => isIntact(leaves[at]) || isIntact(leaves[at + 1]))
  return [...intact, ...reached].toSorted()
}

/** All choices of `size` of some places. */
function choose(of: number, size: number, from = 0): number[][] {
  if (size === 0) return [[]]
  return Array.from({ length: of - from }, (_, n) => from + n).flatMap((first) =>
    choose(of, size - 1, first + 1).map((rest) => [first, ...rest]),
  )
}

const KEY = new Uint8Array(32).fill(7)

/** Numbers of rows are further apart than any step from one to the next, so that no search by number finds a leaf by chance. */
const APART = 1_000_000_007

const FILLED = ['policy', 'sync_source', 'budget_alert']

/** A register whose tables have the same number of leaves or more: by number, by number and text, by text. */
function makeWide(path: string): void {
  const db = keyed(path, KEY, false)
  migrate(db, { now: 0, backup: () => '' })
  db.pragma('foreign_keys = OFF')
  const long = 'x'.repeat(600)
  const insert = {
    policy: db.prepare('INSERT INTO policy VALUES (?, ?)'),
    source: db.prepare("INSERT INTO sync_source VALUES (?, ?, '', 'complete', NULL, 1, '[]', ?)"),
    alert: db.prepare('INSERT INTO budget_alert VALUES (?, 24000, ?, 0)'),
  }
  for (let n = 1; n <= 40; n += 1) {
    insert.policy.run(n * APART, JSON.stringify({ long, n }))
    insert.source.run(Math.ceil(n / 3) * APART, `source ${n}`, long)
    insert.alert.run(`${String((n * 7919) % 1000).padStart(4, '0')} ${long}`, n)
  }
  db.close()
}

describe('salvaging a register of which several leaves of a table are damaged', () => {
  it('copies each row of each other leaf, for any two and any three of them', () => {
    const from = join(mkdtempSync(join(tmpdir(), 'castellan-salvage-')), 'register.db')
    makeWide(from)
    const sound = keyed(from, KEY, true)
    const layouts = FILLED.map((table) => ({ table, ...readLayout(sound, table) }))
    sound.close()
    const bytes = readFileSync(from)
    const leaves = Math.min(...layouts.map((layout) => layout.leaves.length))
    expect(leaves).toBeGreaterThan(5)
    for (const places of [...choose(leaves, 2), ...choose(leaves, 3)]) {
      const chosen = layouts.map((layout) => places.flatMap((place) => layout.leaves[place] ?? []))
      const { found, into } = salvageWithout(
        from,
        KEY,
        bytes,
        chosen.flat().map(({ page }) => page),
      )
      const copied = keyed(into, KEY, true)
      for (const [at, layout] of layouts.entries()) {
        const expected = listRemaining(layout, chosen[at] ?? [])
        expect([places, layout.table, listRows(copied, layout.table).toSorted()]).toEqual([
          places,
          layout.table,
          expected,
        ])
        expect(found.tables.find(({ table }) => table === layout.table)).toEqual({
          table: layout.table,
          rows: expected.length,
          whole: false,
        })
      }
      copied.close()
    }
  })

  it.each([
    ['every second leaf', (at: number) => at % 2 === 1],
    ['the first of every two leaves', (at: number) => at % 2 === 0],
    ['the first and the third leaf', (at: number) => at === 0 || at === 2],
  ] as const)('copies each other row of every table of the sample agency, without %s', async (_, isDamaged) => {
    const profile = join(mkdtempSync(join(tmpdir(), 'castellan-salvage-')), 'profile')
    await putSample(profile)
    const from = profilePaths(profile).register
    const { key } = await keyOfProfile({ profile, secrets: memoryStore('None here.') })
    const sound = keyed(from, key, true)
    const tables = sound
      .prepare(
        "SELECT s.name FROM dbstat s JOIN pragma_table_list t ON t.name = s.name AND t.schema = 'main' AND t.type = 'table' WHERE pagetype = 'leaf' AND s.name NOT LIKE 'sqlite_%' GROUP BY s.name HAVING count(*) > 3",
      )
      .pluck()
      .all() as string[]
    const layouts = tables.map((table) => {
      const layout = readLayout(sound, table)
      return { table, damaged: layout.leaves.filter((_leaf, at) => isDamaged(at)), layout }
    })
    sound.close()
    expect(tables.length).toBeGreaterThan(10)
    const pages = layouts.flatMap(({ damaged }) => damaged.map(({ page }) => page))
    const { found } = salvageWithout(from, key, readFileSync(from), pages)
    const counts = found.tables.filter(({ table }) => tables.includes(table))
    expect(counts.map(({ table, rows }) => [table, rows])).toEqual(
      layouts
        .map(({ table, layout, damaged }) => [table, listRemaining(layout, damaged).length] as const)
        .toSorted(([a], [b]) => (a < b ? -1 : 1)),
    )
  })
})
