import { makeRegister } from '../../../../electron/service/core/context.ts'
import type { Service } from '../../../../electron/service/process/open.ts'

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[0-9a-f]{4}-[0-9a-f]{12}/gu

/** Columns of hashes over uids, which are random, and the name of the user who runs the test. */
const HIDDEN = /^(?:hash|previous|digest|operator)$/u

/** Every row of every table of a register as text, with uids by the order in which they appear and without hashes over them, for comparison. */
export function dumpTables(service: Service): string {
  const { reader } = makeRegister(service.context)
  const tables = reader.column<string>(
    `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND sql NOT LIKE 'CREATE VIRTUAL%'
       AND name NOT GLOB 'search_*_*' AND name NOT IN ('migration', 'meta', 'finding_evaluation') ORDER BY name`,
  )
  const uids = new Map<string, string>()
  const named = (text: string): string =>
    text.replaceAll(UUID, (uid) => {
      const known = uids.get(uid) ?? `uid-${uids.size + 1}`
      uids.set(uid, known)
      return known
    })
  const lines = tables.flatMap((table) => {
    const rows = reader.all<Readonly<Record<string, unknown>>>(`SELECT * FROM "${table}"`)
    const shown = rows.map((row) =>
      named(
        JSON.stringify(
          Object.fromEntries(
            Object.entries(row).map(([column, value]) => [
              column,
              HIDDEN.test(column)
                ? '…'
                : typeof value === 'string'
                  ? value.replaceAll(/"[0-9a-f]{64}"/gu, '"…"')
                  : value,
            ]),
          ),
        ),
      ),
    )
    return rows.length === 0 ? [] : [`# ${table}`, ...shown.toSorted(), '']
  })
  const found = reader.all('SELECT rowid, text FROM search_key ORDER BY rowid')
  return [...lines, '# search_key', ...found.map((row) => JSON.stringify(row)), ''].join('\n')
}
