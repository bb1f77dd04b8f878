import type { ConnectionRef } from '../contract/common.ts'
import { isMadeId } from '../domain/text/made-id.ts'
import { providerName } from '../domain/providers/providers.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'
import { said } from '../domain/text/said.ts'

/** The lists by which an auditor checks whether the population is complete. */
export const ROSTERS = {
  users: 'Users',
  administrators: 'Administrators',
  'service-accounts': 'Service accounts',
  groups: 'Groups',
  invitations: 'Invitations',
  keys: 'Keys',
  'admin-keys': 'Admin keys',
  'federation-rules': 'Federation rules',
  certificates: 'Certificates',
  'archived-projects': 'Archived projects',
} as const

export type Roster = keyof typeof ROSTERS

export interface RosterMember {
  readonly externalId: string
  readonly name: string | null
  readonly email: string | null
  readonly role: string | null
  readonly status: string
  /** Whether the review has an item about it. */
  readonly reviewed: boolean
}

export const ROSTER_TABLE: EvidenceTable = {
  name: 'rosters',
  title: 'Rosters',
  about:
    'The members of each list in each organization at the named syncs. An empty roster has a row with the count 0, and a roster that does not fit this kind of review is listed too.',
  fields: {
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    sync: 'Sync',
    roster: 'Roster',
    members: 'Members',
    id: 'ID',
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    status: 'Status',
    reviewed: 'In this review',
  },
}

/** The rows of one roster of one connection, as of a sync (null: never read). */
export function rosterRecords(
  connection: ConnectionRef,
  sync: number | null,
  roster: Roster,
  members: readonly RosterMember[],
): EvidenceRecord[] {
  const head = {
    provider: said(providerName(connection.provider)),
    organization: connection.organizationId === null ? null : said(connection.organizationId),
    connection: said(connection.label),
    sync,
    roster: ROSTERS[roster],
    members: members.length,
  }
  if (members.length === 0) {
    return [{ ...head, id: null, name: null, email: null, role: null, status: null, reviewed: null }]
  }
  return members.map((member) => ({
    ...head,
    id: isMadeId(member.externalId) ? null : said(member.externalId),
    name: member.name === null ? null : said(member.name),
    email: member.email === null ? null : said(member.email),
    role: member.role === null ? null : said(member.role),
    status: said(member.status),
    reviewed: member.reviewed,
  }))
}
