import type { ConnectionRef } from '../contract/common.ts'
import type { FederationRow } from '../contract/access.ts'
import type { Offboarding, OffboardingItem } from '../contract/offboarding.ts'
import type { List } from '../domain/absence.ts'
import { findRuleState, reachWords } from '../domain/federation/path.ts'
import type { HeldKind } from '../domain/leavers/departure.ts'
import { providerName } from '../domain/providers/providers.ts'
import { ACCOUNT_ROSTER_FIELDS, accountRosterRecord, type RosterAccount } from './account-roster.ts'
import type { SentChange } from './evidence-changes.ts'
import {
  type EvidenceRecord,
  type EvidenceTable,
  joinRecords,
  listRecords,
  READING_FIELDS,
} from './evidence-records.ts'
import { placeFields } from './evidence-rosters.ts'
import { LEAVER_KINDS } from './leavers-markdown.ts'
import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'

/** Something that the agency held at a client, and the first sync that no longer showed it. `at` is in milliseconds. */
export interface EndedHolding {
  readonly kind: HeldKind
  readonly name: string
  readonly externalId: string
  readonly person: string
  readonly connectionId: number
  readonly sync: number
  readonly at: number
}

/** The contents of a certificate of offboarding in addition to the current state. */
export interface OffboardingCertificate {
  readonly status: Offboarding
  readonly writtenAt: number
  readonly operator: string
  readonly version: string
  /** SHA-256 of the public key that signs it, in hex. */
  readonly fingerprint: string
  readonly sample: boolean
  readonly sent: readonly SentChange[]
  readonly organizations: readonly CertifiedOrganization[]
}

/** The lists of a certificate for one organization, each with the state of its source. */
export interface CertifiedOrganization {
  readonly connection: ConnectionRef
  /** Its sync; null: never synced. */
  readonly sync: number | null
  /** The unknown facts about accounts, invites and keys of people, in sentences. */
  readonly unknown: readonly string[]
  readonly ended: List<EndedHolding>
  /** Keys that do not belong to the agency but that its people could have seen. */
  readonly seen: List<OffboardingItem>
  readonly federation: List<FederationRow>
  readonly accounts: List<RosterAccount>
  readonly deposited: List<DepositedKey>
}

export const CERTIFICATE_HEADER: EvidenceTable = {
  name: 'header',
  title: 'Header',
  about: 'What is certified, of whom, and by which program this was written.',
  fields: { topic: 'Topic', field: 'Field', value: 'Value' },
}

/** The records of `header.jsonl`, from which the head of the pack is made. */
export function certificateHeader(certificate: OffboardingCertificate): EvidenceRecord[] {
  const { status, organizations } = certificate
  const unknown = organizations.flatMap(({ connection, unknown: left }) =>
    left.map((sentence) => said(`${connection.label}: ${sentence}`)),
  )
  const topic = (name: string, fields: Readonly<Record<string, string | number | null>>): EvidenceRecord[] =>
    Object.entries(fields).map(([field, value]) => ({ topic: name, field, value }))
  return [
    ...topic('certificate', {
      Certificate: 'Offboarding: no access of the agency is left in what the syncs below read',
      Client: `${said(status.client.name)} (${status.client.slug})`,
      'Addresses of the agency': status.domains.map(said).join(', ') || 'none',
      'People of the agency who were in an organization of the client': status.people.length,
      'Remaining accounts, invites and keys of these people':
        unknown.length === 0 ? 0 : `None in the lists that were read. Not known: ${unknown.join(' ')}`,
      'Admin credentials of the client in this keychain': 0,
    }),
    ...topic('pack', {
      'Written (UTC)': utcInstant(certificate.writtenAt),
      'Written by': said(certificate.operator),
      Program: `Castellan ${certificate.version}`,
      Data: certificate.sample ? 'the sample agency: invented data' : 'the register of this profile',
      'Public key (SHA-256)': certificate.fingerprint,
    }),
  ]
}

export const READINGS: EvidenceTable = {
  name: 'readings',
  title: 'Readings',
  about: 'The last sync of each organization: it read every list that it could, and began after the last change.',
  fields: {
    connection: 'Connection',
    provider: 'Provider',
    organization: 'Organization',
    sync: 'Sync',
    endedAt: 'Ended (UTC)',
  },
}

export function readingRecords({ readings }: Offboarding): EvidenceRecord[] {
  return readings.map(({ connection, syncId, endedAt }) => ({
    connection: said(connection.label),
    provider: said(providerName(connection.provider)),
    organization: connection.organizationId === null ? null : said(connection.organizationId),
    sync: syncId,
    endedAt: utcInstant(endedAt),
  }))
}

export const ENDED: EvidenceTable = {
  name: 'ended',
  title: 'Removed access',
  about: 'Each account, invite and key of the agency’s people, and the first sync that no longer showed it.',
  fields: {
    kind: 'What',
    name: 'Name',
    externalId: 'ID',
    person: 'Person',
    connection: 'Connection',
    sync: 'Removed at sync',
    at: 'Read (UTC)',
    ...READING_FIELDS,
  },
}

export function endedRecords(certificate: OffboardingCertificate): List<EvidenceRecord> {
  return eachOrganization(certificate, ({ connection, ended }) =>
    listRecords(ended, labelField(connection), (one) => ({
      kind: LEAVER_KINDS[one.kind],
      name: said(one.name),
      externalId: said(one.externalId),
      person: said(one.person),
      sync: one.sync,
      at: utcInstant(one.at),
    })),
  )
}

function eachOrganization(
  { organizations }: OffboardingCertificate,
  getRecords: (organization: CertifiedOrganization) => Iterable<EvidenceRecord>,
): List<EvidenceRecord> {
  return joinRecords(organizations.map(getRecords))
}

function labelField({ label }: ConnectionRef): EvidenceRecord {
  return { connection: said(label) }
}

export const TO_ROTATE: EvidenceTable = {
  name: 'to-rotate',
  title: 'Keys for the client to rotate',
  about:
    'Keys that do not belong to the agency but that its people could have seen. A secret that was seen cannot be taken back: rotate them.',
  fields: {
    key: 'Key',
    connection: 'Connection',
    project: 'Project',
    person: 'Seen by',
    why: 'Why',
    ...READING_FIELDS,
  },
}

export function toRotateRecords(certificate: OffboardingCertificate): List<EvidenceRecord> {
  return eachOrganization(certificate, ({ connection, seen }) =>
    listRecords(seen, labelField(connection), ({ name, person, project, says }) => ({
      key: said(name),
      project: project === null ? null : said(project.name),
      person: said(person.name),
      why: said(says),
    })),
  )
}

/** A credential of another vendor that a gateway of the client calls that vendor with. */
export interface DepositedKey {
  readonly name: string
  readonly vendor: string
  readonly connectionId: number
  readonly project: string | null
  /** Milliseconds since the epoch, UTC. */
  readonly createdAt: number | null
}

export const CONFIRM_ACCOUNTS: EvidenceTable = {
  name: 'service-accounts',
  title: 'Service accounts for the client to confirm',
  about:
    'The identities of these organizations that are not people, as of the sync: who is asked about them, what they are for, how they are opened, since when and for how long, and what stops with them. The register cannot show who runs a program: confirm that the agency runs none of them, and that no contact is of the agency.',
  fields: {
    provider: 'Provider',
    organization: 'Organization',
    connection: 'Connection',
    sync: 'Sync',
    ...ACCOUNT_ROSTER_FIELDS,
    ...READING_FIELDS,
  },
}

export function confirmAccountRecords(certificate: OffboardingCertificate): List<EvidenceRecord> {
  return eachOrganization(certificate, ({ connection, sync, accounts }) =>
    listRecords(accounts, placeFields(connection, sync), accountRosterRecord),
  )
}

export const DEPOSITED_KEYS: EvidenceTable = {
  name: 'deposited-keys',
  title: 'Deposited keys for the client to replace',
  about:
    'Credentials of other vendors that are deposited at a gateway of the client. Who has the secret elsewhere is not reported: replace those that the agency brought or could read.',
  fields: {
    key: 'Key',
    vendor: 'Vendor',
    connection: 'Connection',
    project: 'Project',
    createdAt: 'Created (UTC)',
    ...READING_FIELDS,
  },
}

export function depositedKeyRecords(certificate: OffboardingCertificate): List<EvidenceRecord> {
  return eachOrganization(certificate, ({ connection, deposited }) =>
    listRecords(deposited, labelField(connection), ({ name, vendor, project, createdAt }) => ({
      key: said(name),
      vendor: said(providerName(vendor)),
      project: project === null ? null : said(project),
      createdAt: utcInstant(createdAt),
    })),
  )
}

export const WORKLOADS: EvidenceTable = {
  name: 'workloads',
  title: 'Workloads for the client to confirm',
  about:
    'Pipelines and cloud workloads that may act in these organizations without a key. The register cannot show to whom a repository or a cloud account belongs: confirm that none is the agency’s.',
  fields: {
    rule: 'Federation rule',
    connection: 'Connection',
    workload: 'Workload',
    account: 'Acts as',
    access: 'Access',
    state: 'State',
    ...READING_FIELDS,
  },
}

export function workloadRecords(certificate: OffboardingCertificate): List<EvidenceRecord> {
  return eachOrganization(certificate, ({ connection, federation }) =>
    listRecords(federation, labelField(connection), (rule) => ({
      rule: said(rule.name ?? rule.externalId),
      workload: said(rule.workload),
      account: rule.account === null ? null : said(rule.account.name ?? rule.account.externalId),
      access: rule.reaches.length === 0 ? 'none' : said(reachWords(rule.reaches)),
      state: findRuleState(rule),
    })),
  )
}
