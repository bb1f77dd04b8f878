import type { List } from '../domain/absence.ts'
import type { ConnectionRef } from '../contract/common.ts'
import type { EventRow } from '../contract/events.ts'
import { eventWord } from '../domain/events/event.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import { type EvidenceRecord, type EvidenceTable, listRecords, READING_FIELDS } from './evidence-records.ts'
import { placeFields } from './evidence-rosters.ts'

export const PROVIDER_LOG: EvidenceTable = {
  name: 'provider-log',
  title: 'Provider log',
  about:
    'What the providers themselves recorded since the previous review was signed (90 days before the opening of the first one), without sign-ins: who changed which access, and when. An event that Castellan does not know is in it by the provider’s word. It is evidence of the changes from the provider, not from Castellan. An organization without an event, or whose log was off or could not be read, has a row that states it.',
  fields: {
    at: 'When (UTC)',
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    ...READING_FIELDS,
    event: 'Event',
    subject: 'Subject',
    subjectId: 'Subject ID',
    role: 'Role',
    project: 'Project',
    by: 'By',
    byId: 'By ID',
    type: 'Provider’s word',
    id: 'Event ID',
  },
}

/** A record for each event of a connection. */
export function providerLogRecords(connection: ConnectionRef, events: List<EventRow>): Iterable<EvidenceRecord> {
  const text = (value: string | null): string | null => (value === null ? null : said(value))
  const { sync: _, ...place } = placeFields(connection, null)
  return listRecords(events, place, (row) => ({
    at: utcInstant(row.at),
    event: eventWord(row.subject.kind, row.act),
    subject: text(row.subject.name),
    subjectId: text(row.subject.externalId),
    role: text(row.role),
    project: text(row.project?.name ?? row.projectExternalId),
    by: text(row.actor.name ?? row.actor.email),
    byId: text(row.actor.externalId),
    type: said(row.type),
    id: said(row.externalId),
  }))
}
