import { said } from '../domain/text/said.ts'
import { utcInstant } from '../domain/text/utc.ts'
import type { PackRecord } from './evidence-pack.ts'
import type { EvidenceRecord, EvidenceTable } from './evidence-records.ts'
import { witnessText } from './witness.ts'

export const SIGNERS: EvidenceTable = {
  name: 'signers',
  title: 'Signers',
  about:
    'Who opened, decided, signed and acknowledged the review, each by the key of their own device. The signature covers the operation itself and its place in the client’s log. A name is not typed: it is that of the member in whose name an owner or a lead put the device into the card, by a signed card of the client’s log.',
  fields: {
    act: 'Act',
    member: 'Member',
    email: 'E-mail',
    role: 'Role',
    at: 'When (UTC, by the device)',
    position: 'Position in the client’s log',
    key: 'Key of the device (SHA-256)',
    device: 'Device',
    cardAt: 'Position of the card it rests on',
    enrolledAt: 'Device enrolled at position',
    enrolledBy: 'Enrolled by',
  },
}

/** An act on a review with the device that signed it. */
export interface SignedAct {
  readonly kind: string
  /** In words. */
  readonly act: string
  readonly member: { readonly name: string; readonly email: string }
  readonly role: string
  /** Milliseconds by the clock of the device. */
  readonly at: number
  readonly position: number
  /** SHA-256 of its public key in DER, in hex. */
  readonly key: string
  readonly device: string
  readonly cardAt: number
  readonly enrolledAt: number
  readonly enrolledBy: string
}

export function signerRecords(acts: readonly SignedAct[]): EvidenceRecord[] {
  return acts.map((one) => ({
    act: one.act,
    member: said(one.member.name),
    email: said(one.member.email),
    role: one.role,
    at: utcInstant(one.at),
    position: one.position,
    key: one.key,
    device: one.device,
    cardAt: one.cardAt,
    enrolledAt: one.enrolledAt,
    enrolledBy: said(one.enrolledBy),
  }))
}

/** The team in which the review of a pack was decided. */
export interface EvidenceTeam {
  readonly name: string
  readonly reviewUid: string
  readonly record: Extract<PackRecord, { form: 2 }>
  readonly acts: readonly SignedAct[]
  /** How many operations of the client are not shown, since they look like a secret. */
  readonly hidden: number
}

/** The records of the team in the header of a pack. */
export function teamHeaderRecords({ name, reviewUid, record }: EvidenceTeam): EvidenceRecord[] {
  const fields = {
    Team: said(name),
    Root: record.root,
    Review: reviewUid,
    'Log of the team': witnessText(record.team),
    'Log of the client': witnessText(record.client),
    'Who decided': 'members, each by the key of their own device: see Signers',
  }
  return Object.entries(fields).map(([field, value]) => ({ topic: 'team', field, value }))
}
