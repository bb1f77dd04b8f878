import { type List, mapList } from '../domain/absence.ts'
import type { ListName } from '../domain/list-sources.ts'
import { ACCOUNT_ROSTER_FIELDS, accountRosterRecord, type RosterAccount } from './account-roster.ts'
import type { ConnectionRef } from '../contract/common.ts'
import { isMadeId, toKnownId } from '../domain/text/made-id.ts'
import { providerName } from '../domain/providers/providers.ts'
import { type EvidenceRecord, type EvidenceTable, listRecords, READING_FIELDS } from './evidence-records.ts'
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
} as const satisfies Partial<Record<ListName, string>>

export type Roster = keyof typeof ROSTERS

export interface RosterMember {
  readonly externalId: string
  readonly name: string | null
  readonly email: string | null
  readonly role: string | null
  readonly status: string
  /** True if the review has an item about it. */
  readonly reviewed: boolean
}

export const ROSTER_TABLE: EvidenceTable = {
  name: 'rosters',
  title: 'Rosters',
  about:
    'The members of each list in each organization at the named syncs. A roster that was read and is empty has a row with the count 0; one that was not read has a row with the reason, and no count. A roster that does not fit this kind of review is listed too.',
  fields: {
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    sync: 'Sync',
    roster: 'Roster',
    ...READING_FIELDS,
    members: 'Members',
    id: 'ID',
    name: 'Name',
    email: 'E-mail',
    role: 'Role',
    status: 'Status',
    reviewed: 'In this review',
  },
}

/** A service account as of a sync, and whether the review has an item about it. */
export type ReviewedAccount = RosterAccount & Pick<RosterMember, 'status' | 'reviewed'>

export const ACCOUNTS: EvidenceTable = {
  name: 'service-accounts',
  title: 'Service accounts',
  about:
    'The identities that are not people, in each organization at the named syncs: who is asked about them, what they are for, how they are opened, since when and for how long, and what stops with them. Owner and purpose are those that were noted of their keys when this was written. An organization without one, or where they were not read, has a row without an account.',
  fields: {
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    sync: 'Sync',
    ...READING_FIELDS,
    id: 'ID',
    ...ACCOUNT_ROSTER_FIELDS,
    status: 'Status',
    reviewed: 'In this review',
  },
}

/** The service accounts of one connection, as of a sync (null: never read). */
export function accountRecords(
  connection: ConnectionRef,
  sync: number | null,
  accounts: List<ReviewedAccount>,
): Iterable<EvidenceRecord> {
  return listRecords(accounts, placeFields(connection, sync), (account) => ({
    id: toKnownId(account.externalId),
    ...accountRosterRecord(account),
    status: said(account.status),
    reviewed: account.reviewed,
  }))
}

/** The organization of a row, and its sync. */
export function placeFields(connection: ConnectionRef, sync: number | null): EvidenceRecord {
  return {
    provider: said(providerName(connection.provider)),
    organization: connection.organizationId === null ? null : said(connection.organizationId),
    connection: said(connection.label),
    sync,
  }
}

/** The rows of one roster of one connection, as of a sync (null: never read). */
export function rosterRecords(
  connection: ConnectionRef,
  sync: number | null,
  roster: Roster,
  members: List<RosterMember>,
): Iterable<EvidenceRecord> {
  const counted = mapList(members, (rows) => [...rows])
  const place = { ...placeFields(connection, sync), roster: ROSTERS[roster], members: countMembers(counted) }
  return listRecords(counted, place, (member) => ({
    id: isMadeId(member.externalId) ? null : said(member.externalId),
    name: member.name === null ? null : said(member.name),
    email: member.email === null ? null : said(member.email),
    role: member.role === null ? null : said(member.role),
    status: said(member.status),
    reviewed: member.reviewed,
  }))
}

/** Null where it is not known: an empty list that was read in part is not one of 0 members. */
function countMembers(members: List<RosterMember>): number | null {
  if (members.state === 'not-read') return null
  const count = [...members.rows].length
  return count === 0 && members.lack !== null ? null : count
}
