import { createHash } from 'node:crypto'

import { checkJournal } from '../../electron/register/db/journal.ts'
import { makeRegister } from '../../electron/service/core/context.ts'
import type { Service } from '../../electron/service/process/open.ts'

/** Tables about the work itself, or derived from others. */
const LEFT_OUT = /^(?:journal|sync|sync_source|search.*|sqlite_.*|meta|grant_path|notification.*)$/u

/** Columns that differ between two runs of the same work. */
const BY_RUN = /(?:^|_)(?:at|seq|hash|sync|sync_id|batch|digest|salt|ms|uid)$/u

/** What a register holds, so that two of them can be compared. */
export interface Standing {
  /** A digest of what each table holds, whenever it was written. */
  readonly tables: Readonly<Record<string, string>>
  /** The actions of the journal, in its order. */
  readonly actions: readonly string[]
}

export function standing(service: Service): Standing {
  const { reader } = makeRegister(service.context)
  const names = reader.column<string>("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")
  const tables = names.filter((name) => !LEFT_OUT.test(name))
  return {
    tables: Object.fromEntries(tables.map((name) => [name, computeDigest(service, name)])),
    actions: reader.column<string>('SELECT action FROM journal ORDER BY seq'),
  }
}

function computeDigest(service: Service, table: string): string {
  const { reader } = makeRegister(service.context)
  const columns = reader.column<string>('SELECT name FROM pragma_table_info(?)', [table])
  const kept = columns.filter((name) => !BY_RUN.test(name))
  const rows = reader.all<object>(`SELECT ${kept.map((name) => `"${name}"`).join(', ')} FROM "${table}"`)
  return createHash('sha256')
    .update(
      rows
        .map((row) => JSON.stringify(row))
        .toSorted()
        .join('\n'),
    )
    .digest('hex')
    .slice(0, 12)
}

/** The tables in which two registers differ. */
export function differing(a: Standing, b: Standing): string[] {
  return Object.keys({ ...a.tables, ...b.tables }).filter((name) => a.tables[name] !== b.tables[name])
}

/** The problems that a register reports: damage, a broken journal, a lost end, facts that were changed outside it. */
export async function complaints(service: Service): Promise<string[]> {
  const register = makeRegister(service.context)
  const { problems } = await service.api.evidence.verifyRegister({})
  const integrity = await service.api.app.integrity()
  return [
    ...register.check(),
    ...checkJournal(register.reader).problems.map((problem) => JSON.stringify(problem)),
    ...integrity.problems.map((problem) => JSON.stringify(problem)),
    ...problems.map(({ file, row, says }) => `${file} ${row}: ${says}`),
  ]
}
