import { expect, it } from 'vitest'

import { digestOfSync } from '../../../../electron/register/apply/digest.ts'
import type { Writer } from '../../../../electron/register/db/handles.ts'
import { newRegister } from '../registers.ts'

interface Column {
  readonly name: string
  readonly type: 'INTEGER' | 'TEXT'
}

const listColumns = (writer: Writer, table: string): readonly Column[] =>
  writer.all<Column>('SELECT name, type FROM pragma_table_info(?)', [table])

/** Enters a row with a value in every column: a number, or a text. */
function insert(
  writer: Writer,
  table: string,
  number: number,
  over: Readonly<Record<string, number | null>> = {},
): void {
  const columns = listColumns(writer, table)
  const values = columns.map(({ name, type }) => over[name] ?? (type === 'TEXT' ? `text ${number}` : number))
  writer.run(
    `INSERT INTO "${table}" (${columns.map(({ name }) => `"${name}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
    values,
  )
}

/** Its row and its syncs, which list reported it last, and what is computed from its other columns. */
const NOT_COVERED = ['id', 'connection_id', 'from_sync', 'to_sync', 'source', 'source_project', 'pin', 'workload']

it('the digest of a sync changes with every column of every version', () => {
  const register = newRegister()
  const [tables, missing] = register.rehearse((writer) => {
    writer.run('PRAGMA defer_foreign_keys = ON')
    writer.run('PRAGMA ignore_check_constraints = ON')
    for (const table of ['project', 'principal', 'key']) for (const number of [1, 2]) insert(writer, table, number)
    const versions = writer.column<string>(
      `SELECT m.name FROM sqlite_schema m WHERE m.type = 'table' AND EXISTS (SELECT 1 FROM pragma_table_info(m.name) c WHERE c.name = 'from_sync')`,
    )
    for (const table of versions) insert(writer, table, 1, { to_sync: 9 })
    const whole = digestOfSync(writer, 1).digest
    const unseen = versions.flatMap((table) =>
      listColumns(writer, table)
        .filter(({ name }) => !NOT_COVERED.includes(name))
        .filter(({ name, type }) => {
          const [was, other] = type === 'TEXT' ? ['text 1', 'text 2'] : [1, 2]
          writer.run(`UPDATE "${table}" SET "${name}" = ?`, [other])
          const { digest } = digestOfSync(writer, 1)
          writer.run(`UPDATE "${table}" SET "${name}" = ?`, [was])
          return digest === whole
        })
        .map(({ name }) => `${table}.${name}`),
    )
    return [versions, unseen] as const
  })
  expect(tables).toContain('key_version')
  expect(missing).toEqual([])
})
