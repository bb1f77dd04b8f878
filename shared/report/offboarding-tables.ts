import type { ConnectionRef } from '../contract/common.ts'
import type { FederationRow } from '../contract/access.ts'
import type { Offboarding } from '../contract/offboarding.ts'
import { findRuleState, reachWords } from '../domain/federation/path.ts'
import type { HeldKind } from '../domain/leavers/departure.ts'
import { providerName } from '../domain/providers/providers.ts'
import { ACCOUNT_ROSTER_FIELDS, accountRosterRecord, type RosterAccount } from './account-roster.ts'
import type { SentChange } from './evidence-changes.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'
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
  readonly connection: string
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
  readonly ended: readonly EndedHolding[]
  readonly sent: readonly SentChange[]
  /** The federation rules of the client's organizations. */
  readonly federation: readonly FederationRow[]
  /** Their service accounts, each as of the last sync of its organization. */
  readonly accounts: readonly {
    readonly connection: ConnectionRef
    readonly sync: number
    readonly account: RosterAccount
  }[]
  readonly deposited: readonly DepositedKey[]
}

export const CERTIFICATE_HEADER: EvidenceTable = {
  name: 'header',
  title: 'Header',
  about: 'What is certified, of whom, and by which program this was written.',
  fields: { topic: 'Topic', field: 'Field', value: 'Value' },
}

/** The records of `header.json`, from which the head of the pack is made. */
export function certificateHeader(certificate: OffboardingCertificate): EvidenceRecord[] {
  const { status } = certificate
  const topic = (name: string, fields: Readonly<Record<string, string | number | null>>): EvidenceRecord[] =>
    Object.entries(fields).map(([field, value]) => ({ topic: name, field, value }))
  return [
    ...topic('certificate', {
      Certificate: 'Offboarding: nothing is left',
      Client: `${said(status.client.name)} (${status.client.slug})`,
      'Addresses of the agency': status.domains.map(said).join(', ') || 'none',
      'People of the agency who were in an organization of the client': status.people.length,
      'Remaining accounts, invites and keys': 0,
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
  },
}

export function endedRecords({ ended }: OffboardingCertificate): Iterable<EvidenceRecord> {
  return ended.values().map((one) => ({
    kind: LEAVER_KINDS[one.kind],
    name: said(one.name),
    externalId: said(one.externalId),
    person: said(one.person),
    connection: said(one.connection),
    sync: one.sync,
    at: utcInstant(one.at),
  }))
}

export const TO_ROTATE: EvidenceTable = {
  name: 'to-rotate',
  title: 'Keys for the client to rotate',
  about:
    'Keys that do not belong to the agency but that its people could have seen. A secret that was seen cannot be taken back: rotate them.',
  fields: { key: 'Key', connection: 'Connection', project: 'Project', person: 'Seen by', why: 'Why' },
}

export function toRotateRecords({ items }: Offboarding): Iterable<EvidenceRecord> {
  return items
    .values()
    .filter(({ kind }) => kind === 'shared-key')
    .map(({ connection, name, person, project, says }) => ({
      key: said(name),
      connection: said(connection.label),
      project: project === null ? null : said(project.name),
      person: said(person.name),
      why: said(says),
    }))
}

/** A credential of another vendor that a gateway of the client calls that vendor with. */
export interface DepositedKey {
  readonly name: string
  readonly vendor: string
  readonly connection: string
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
  },
}

export function confirmAccountRecords({ accounts }: OffboardingCertificate): Iterable<EvidenceRecord> {
  return accounts.values().map(({ connection, sync, account }) => ({
    ...placeFields(connection, sync),
    ...accountRosterRecord(account),
  }))
}

export const DEPOSITED_KEYS: EvidenceTable = {
  name: 'deposited-keys',
  title: 'Deposited keys for the client to replace',
  about:
    'Credentials of other vendors that are deposited at a gateway of the client. Who has the secret elsewhere is not reported: replace those that the agency brought or could read.',
  fields: { key: 'Key', vendor: 'Vendor', connection: 'Connection', project: 'Project', createdAt: 'Created (UTC)' },
}

export function depositedKeyRecords({ deposited }: OffboardingCertificate): Iterable<EvidenceRecord> {
  return deposited.values().map(({ name, vendor, connection, project, createdAt }) => ({
    key: said(name),
    vendor: said(providerName(vendor)),
    connection: said(connection),
    project: project === null ? null : said(project),
    createdAt: utcInstant(createdAt),
  }))
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
  },
}

export function workloadRecords({ federation }: OffboardingCertificate): Iterable<EvidenceRecord> {
  return federation.values().map((rule) => ({
    rule: said(rule.name ?? rule.externalId),
    connection: said(rule.connection.label),
    workload: said(rule.workload),
    account: rule.account === null ? null : said(rule.account.name ?? rule.account.externalId),
    access: rule.reaches.length === 0 ? 'none' : said(reachWords(rule.reaches)),
    state: findRuleState(rule),
  }))
}
