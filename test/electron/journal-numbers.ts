import type { Reader } from '../../electron/register/db/handles.ts'
import { numbersIn, UID_TABLES } from '../../electron/register/db/stable-names.ts'
import type { Json } from '../../shared/domain/canonical-json.ts'

/** Fields of journal bodies that hold integers without naming a row: counts, sizes, instants, places, amounts. */
const NOT_ROWS: ReadonlySet<string> = new Set([
  'amount',
  'bytes',
  'changed',
  'clients',
  'closed',
  'connections',
  'counted',
  'decided',
  'end',
  'endedAt',
  'errors',
  // Named in full by the review: its item at position 1.
  'firstItem',
  'flagged',
  'from',
  'intervalDays',
  'items',
  'kept',
  'lost',
  'markupBasisPoints',
  'notedAt',
  'opened',
  'parent',
  'position',
  'positions',
  'problems',
  'rateMillionths',
  'read',
  'readable',
  'refused',
  'removed',
  'repeated',
  'reviews',
  'rows',
  'self',
  'sent',
  'seq',
  'since',
  // Named in full by the member `subject` of the same body.
  'subjectId',
  'thresholds',
  'to',
  'unknown',
  'v',
  'version',
  'warnings',
])

const UIDS_OF: Readonly<Record<string, string>> = { remediations: 'remediationUids', syncs: 'syncUids' }

type Body = Readonly<Record<string, Json>>

/**
 * What a register's journal has that no other register could read: numbers of rows without the uid beside them, and
 * fields with numbers about which nothing was decided. Empty for a sound one.
 */
export function unnamedNumbers(reader: Reader): string[] {
  const wrong = new Set<string>()
  const rows = reader.all<{ readonly action: string; readonly body: string }>('SELECT action, body FROM journal')
  for (const { action, body: text } of rows) {
    const body = JSON.parse(text) as Body
    for (const [field, value] of Object.entries(body)) {
      const ids = listIntegers(value)
      const thing = numbersIn(action)[field]
      if (ids.length === 0 || (thing === undefined && NOT_ROWS.has(field))) continue
      if (thing === undefined) wrong.add(`${action}: nothing was decided about the field ${field}`)
      else if (
        isMade(thing) &&
        !isNamed(reader, UID_TABLES[thing], ids, body[`${field}Uid`] ?? body[UIDS_OF[field] ?? ''])
      ) {
        wrong.add(`${action}: ${field} is a number without its uid`)
      }
    }
  }
  return [...wrong]
}

function listIntegers(value: Json): readonly number[] {
  const all: readonly unknown[] = Array.isArray(value) ? value : [value]
  return all.filter((one): one is number => Number.isInteger(one))
}

function isMade(thing: string): thing is keyof typeof UID_TABLES {
  return thing in UID_TABLES
}

/** Rows that were deleted since, or that a test inserted without a uid, cannot be compared. */
function isNamed(reader: Reader, table: string, ids: readonly number[], given: Json | undefined): boolean {
  const names = [given].flat()
  return ids.every((id, place) => {
    const uid = reader.value<string | null>(`SELECT uid FROM ${table} WHERE id = ?`, [id]) ?? null
    return uid === null || names[place] === uid
  })
}
