import type { Reader } from '../db/handles.ts'
import { endsOfSubjects, type Ends } from './ends.ts'
import { getChange, type RawChange, type ChangeColumns } from './raw-change.ts'
import { SPANS, STOOD, touchedBy } from './span.ts'

const PERSON_CHANGES = `SELECT e.* FROM (${endsOfSubjects('principal_version', 'principal_id', [])}) e
  JOIN principal p ON p.id = e.id WHERE p.kind = 'user' AND e.stood_before <> e.stood_after`

/** People who joined an organization or left it; invites and service accounts appear through their grants and keys. */
export function personChanges(reader: Reader, spans: string): RawChange[] {
  return reader
    .all<Ends>(PERSON_CHANGES, { spans })
    .map((row) => getChange(row, row.stood_after === 1 ? 'person-joined' : 'person-left', 'principal'))
}

interface MembershipEnds extends ChangeColumns {
  readonly group_id: number
  readonly stood_after: number
  readonly group_name: string | null
}

const STANDS = (at: 's1' | 's2'): string =>
  `EXISTS (SELECT 1 FROM membership m WHERE m.group_id = t.group_id AND m.member_id = t.member_id AND ${STOOD('m', at)})`

const MEMBERSHIP_CHANGES = `WITH ${SPANS}, ${touchedBy('membership', ['group_id', 'member_id'])}
  SELECT t.connection_id, t.sync_id, t.member_id AS id, t.group_id, ${STANDS('s2')} AS stood_after, ifnull(
    (SELECT nullif(v.name, '') FROM principal_version v WHERE v.principal_id = t.group_id AND v.from_sync <= t.s2 ORDER BY v.from_sync DESC LIMIT 1),
    (SELECT p.external_id FROM principal p WHERE p.id = t.group_id)) AS group_name
  FROM touched t WHERE ${STANDS('s1')} <> ${STANDS('s2')}`

/** Members who joined or left a group, with the name of the group at the end of the span. */
export function membershipChanges(reader: Reader, spans: string): RawChange[] {
  return reader.all<MembershipEnds>(MEMBERSHIP_CHANGES, { spans }).map((row) => ({
    ...(row.stood_after === 1
      ? getChange(row, 'group-joined', 'principal', { after: row.group_name })
      : getChange(row, 'group-left', 'principal', { before: row.group_name })),
    groupId: row.group_id,
  }))
}
