import Sqlite from 'better-sqlite3'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'

import { makeWriter } from '../../../../electron/register/db/handles.ts'
import { type Column, prepareInsert } from '../../../../electron/register/db/staging.ts'

const COLUMNS: readonly Column<number, string>[] = [
  { name: 'n', type: 'INTEGER', value: (n) => n },
  { name: 'later', type: 'TEXT' },
  { name: 'list', type: 'TEXT', value: (_, from) => from },
]

test('rows that are written several together are those written one by one: in order, the first of each key', () => {
  const db = new Sqlite(':memory:')
  const writer = makeWriter(db, {})
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 40 }), { maxLength: 45 }), fc.nat({ max: 45 }), (rows, pause) => {
      db.exec('CREATE TABLE t (n INTEGER UNIQUE, later TEXT, list TEXT)')
      const { add, end } = prepareInsert(writer, 't', COLUMNS)
      for (const [at, n] of rows.entries()) {
        add(n, `list ${at}`)
        if (at === pause) end()
      }
      end()
      const first = [...new Set(rows)].map((n) => ({ n, later: null, list: `list ${rows.indexOf(n)}` }))
      expect(writer.all('SELECT n, later, list FROM t ORDER BY rowid')).toEqual(first)
      db.exec('DROP TABLE t')
    }),
  )
  db.close()
})

test('rows of another table are written before those that refer to them, and a row whose key exists fails', () => {
  const db = new Sqlite(':memory:')
  db.pragma('foreign_keys = ON')
  db.exec(
    'CREATE TABLE parent (n INTEGER PRIMARY KEY); CREATE TABLE child (n INTEGER PRIMARY KEY REFERENCES parent (n))',
  )
  const writer = makeWriter(db, {})
  const columns: readonly Column<number>[] = [{ name: 'n', type: 'INTEGER', value: (n) => n }]
  const parents = prepareInsert(writer, 'parent', columns, { orIgnore: false })
  const children = prepareInsert(writer, 'child', columns, { orIgnore: false, before: parents.end })
  for (let n = 0; n < 25; n += 1) {
    parents.add(n)
    if (n % 3 !== 0) children.add(n)
  }
  children.end()
  expect(writer.value('SELECT count(*) FROM parent')).toBe(25)
  expect(writer.value('SELECT count(*) FROM child')).toBe(16)
  parents.add(7)
  expect(() => parents.end()).toThrow(/UNIQUE/u)
  db.close()
})
