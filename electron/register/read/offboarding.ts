import { z } from 'zod'

import { instant } from '../../../shared/contract/common.ts'
import { syncState } from '../../../shared/contract/connections.ts'
import { type Offboarding, reading } from '../../../shared/contract/offboarding.ts'
import type { DepositedKey, EndedHolding } from '../../../shared/report/offboarding-tables.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { isMissed, sourceLabel, type SourceName, SOURCES } from '../../../shared/domain/source.ts'
import { CONNECTION_REF } from '../connections/connection.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { isUsable } from '../facts/key-state.ts'
import type { Leaver } from '../leavers/leaver.ts'
import { AGENCY_DOMAINS, domainOf } from '../facts/external.ts'

type AgencyPerson = Offboarding['people'][number]
type Reading = Offboarding['readings'][number]

/** Domains of the clients that are the agency itself. */
export function agencyDomains(reader: Reader): string[] {
  return reader.column<string>(`${AGENCY_DOMAINS} ORDER BY domain`)
}

/**
 * People of the agency who are or were in an organization of a client, by name: those with an address of the agency,
 * and members of an organization of the agency.
 */
export function agencyPeople(reader: Reader, client: string): AgencyPerson[] {
  return [
    ...reader.all<AgencyPerson>(
      `WITH here (person_id) AS MATERIALIZED (SELECT DISTINCT p.person_id FROM client c
           JOIN connection cn ON cn.client_id = c.id AND cn.removed_at IS NULL
           JOIN principal p ON p.connection_id = cn.id AND p.person_id IS NOT NULL WHERE c.slug = :client),
         agency AS MATERIALIZED (${AGENCY_DOMAINS}),
         tied AS (SELECT h.person_id,
           EXISTS (SELECT 1 FROM person_address a WHERE a.person_id = h.person_id
             AND ${domainOf('a.address')} IN (SELECT domain FROM agency)) AS addressed,
           EXISTS (SELECT 1 FROM account_row p JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
             JOIN client i ON i.id = cn.client_id AND i.kind = 'internal' AND i.slug <> :client
             WHERE p.person_id = h.person_id AND p.kind = 'user') AS member
           FROM here h)
       SELECT n.id AS personId, n.name, n.email, CASE WHEN t.addressed THEN 'address' ELSE 'member' END AS because
       FROM tied t JOIN person n ON n.id = t.person_id WHERE t.addressed OR t.member
       ORDER BY n.name COLLATE NOCASE, n.id`,
      { client },
    ),
  ]
}

/**
 * People of the agency as leavers of a client from a day on: a key that was rotated after their access ended is not
 * counted.
 */
export function toLeavers(people: readonly AgencyPerson[], at: number, today: Day): Leaver[] {
  return people.map(({ personId, name, email }) => ({
    personId,
    name,
    email,
    department: null,
    manager: null,
    jobTitle: null,
    contractor: false,
    endsOn: null,
    departedAt: at,
    departedOn: today,
  }))
}

const columns = reading.omit({ obstacle: true, credential: true }).extend({
  hint: z.string().nullable(),
  setAt: instant.nullable(),
  state: syncState.nullable(),
  origin: z.enum(['api', 'file']).nullable(),
  sentAfter: z.boolean(),
  sources: z.array(z.object({ source: z.string(), state: z.string() })),
})

/** How far each organization of a client was read, and whether its last sync reflects the last remediation. */
export function offboardingReadings(reader: Reader, client: string): Reading[] {
  return readRows(
    reader,
    columns,
    `SELECT ${CONNECTION_REF}, y.id AS syncId, y.finished_at AS endedAt, o.credential_hint AS hint, o.credential_set_at AS setAt, y.state, y.origin,
       EXISTS (SELECT 1 FROM remediation r WHERE r.connection_id = cn.id AND r.sent_at >= y.started_at) AS sentAfter,
       (SELECT json_group_array(json_object('source', s.source, 'state', s.state)) FROM sync_source s WHERE s.sync_id = y.id) AS sources
     FROM client c JOIN connection cn ON cn.client_id = c.id AND cn.removed_at IS NULL
     LEFT JOIN connection_local o ON o.connection_id = cn.id
     LEFT JOIN sync y ON y.id = (SELECT max(l.id) FROM sync l WHERE l.connection_id = cn.id)
     WHERE c.slug = ? ORDER BY cn.label COLLATE NOCASE, cn.id`,
    [client],
  ).map((row) => ({
    connection: row.connection,
    syncId: row.syncId,
    endedAt: row.endedAt,
    obstacle: findObstacle(row),
    credential: row.setAt === null && row.hint === null ? null : { hint: row.hint, setAt: row.setAt },
  }))
}

const IMPORTED =
  'It is known only from an imported file, which shows what a person wrote down. Sync it: by its admin API, or from a file that a platform writes and that is read at each sync.'

function findObstacle(row: z.infer<typeof columns>): string | null {
  if (row.syncId === null) return 'It was never synced.'
  if (row.origin === 'file') return IMPORTED
  if (row.state !== 'complete' && row.state !== 'partial') return 'Its last sync did not complete.'
  if (row.sentAfter) return 'Changes were made after its last sync.'
  const unread = [...new Set(row.sources.filter(isMissed).map(({ source }) => sourceWord(source)))]
  return unread.length === 0 ? null : `Its last sync did not read: ${unread.join(', ')}.`
}

function sourceWord(source: string): string {
  return (SOURCES as readonly string[]).includes(source) ? sourceLabel(source as SourceName) : source
}

/** Removed accounts, invites and keys of some people at a client, in the order of their removal. */
export function endedHoldings(reader: Reader, client: string, people: readonly number[]): EndedHolding[] {
  return [
    ...reader.all<EndedHolding>(
      `WITH own AS MATERIALIZED (SELECT p.id, p.kind, p.external_id, p.connection_id, n.name AS person
           FROM json_each(:people) j JOIN person n ON n.id = j.value JOIN principal p ON p.person_id = n.id
           JOIN connection cn ON cn.id = p.connection_id AND cn.removed_at IS NULL
           JOIN client c ON c.id = cn.client_id AND c.slug = :client WHERE p.kind IN ('user', 'invite'))
       SELECT CASE o.kind WHEN 'invite' THEN 'invite' ELSE 'account' END AS kind,
         p.display_name AS name, o.external_id AS externalId, o.person,
         o.connection_id AS connectionId, y.id AS sync, y.finished_at AS at
       FROM own o JOIN account_last_row p ON p.id = o.id JOIN sync y ON y.id = p.to_sync
       UNION ALL
       SELECT 'key', k.name, k.external_id, o.person, o.connection_id, y.id, y.finished_at
       FROM own o JOIN key_last_row k ON k.owner_external_id = o.external_id AND k.connection_id = o.connection_id
       JOIN sync y ON y.id = k.to_sync
       ORDER BY sync, person, name`,
      { client, people: JSON.stringify(people) },
    ),
  ]
}

/** The first row of the journal about a client; 1 where there is none. */
export function firstJournalRow(reader: Reader, client: string): number {
  return reader.value<number | null>('SELECT min(seq) FROM journal WHERE client = ?', [client]) ?? 1
}

/** The deposited credentials of other vendors that can be used in a client's organizations, by name. */
export function depositedKeys(reader: Reader, client: string, now: number): readonly DepositedKey[] {
  return reader.all<DepositedKey>(
    `SELECT k.name, k.vendor, cn.id AS connectionId, k.project_name AS project, k.created_at AS createdAt
     FROM client c JOIN connection cn ON cn.client_id = c.id AND cn.removed_at IS NULL
     JOIN key_row k ON k.connection_id = cn.id AND k.standing = 1 AND k.vendor IS NOT NULL
     WHERE c.slug = :client AND ${isUsable('k')} ORDER BY k.name COLLATE NOCASE, k.id`,
    { client, now },
  )
}
