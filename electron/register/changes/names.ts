import type { Reader } from '../db/handles.ts'
import { type AtEnds, endsOfSubjects, type Ends } from './ends.ts'
import { getChange, type RawChange } from './raw-change.ts'

type NameEnds = Ends & AtEnds<'name' | 'email', string>

const NAMED = `SELECT e.* FROM (${endsOfSubjects('principal_version', 'principal_id', ['name', 'email'])}) e
  JOIN principal p ON p.id = e.id
  WHERE p.kind = 'user' AND (e.before_name <> e.after_name OR e.before_email <> e.after_email)`

/** Users whose name or address was replaced; a first known value is not a change. */
export function nameChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<NameEnds>(NAMED, { spans }).flatMap((row) => {
    const replaced = (kind: 'person-renamed' | 'address-changed', before: string | null, after: string | null) =>
      before === null || after === null || before === after
        ? []
        : [getChange(row, kind, 'principal', { before, after })]
    return [
      ...replaced('person-renamed', row.before_name, row.after_name),
      ...replaced('address-changed', row.before_email, row.after_email),
    ]
  })
}
