import type { EventRow } from '../contract/events.ts'
import { eventWord } from '../domain/events/event.ts'
import { providerName } from '../domain/providers/providers.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'

export const PROVIDER_LOG: EvidenceTable = {
  name: 'provider-log',
  title: 'Provider log',
  about:
    'What the providers themselves recorded since the previous review was signed (90 days before the opening of the first one), without sign-ins: who changed which access, and when. An event that Castellan does not know is in it by the provider’s word. It also proves, by another than Castellan, which changes were made. Where a log was off or not readable, the coverage states so; without any event there is one row that states it.',
  fields: {
    at: 'When (UTC)',
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
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

/** The record of a log without an event: an empty table would state nothing. */
export const NOTHING_RECORDED: EvidenceRecord = {
  ...Object.fromEntries(Object.keys(PROVIDER_LOG.fields).map((field) => [field, null])),
  event: 'None recorded',
}

/** A record for each event. */
export function providerLogRecords(rows: readonly EventRow[]): EvidenceRecord[] {
  const text = (value: string | null): string | null => (value === null ? null : said(value))
  return rows.map((row) => ({
    at: utcInstant(row.at),
    provider: said(providerName(row.connection.provider)),
    organization: text(row.connection.organizationId),
    connection: said(row.connection.label),
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
