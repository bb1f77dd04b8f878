import type { ServiceAccountRow } from '../contract/access.ts'
import { credentialLifetime, credentialWords } from '../domain/access/credential.ts'
import { getDay } from '../domain/day.ts'
import { toKnownId } from '../domain/text/made-id.ts'
import { said } from '../domain/text/said.ts'
import { hasVisible } from '../domain/text/visible-text.ts'

/** A service account in the rosters of documents; see `serviceAccountRow`. */
export type RosterAccount = Pick<
  ServiceAccountRow,
  | 'externalId'
  | 'name'
  | 'contacts'
  | 'purposes'
  | 'credential'
  | 'keys'
  | 'endless'
  | 'endsUnknown'
  | 'keyEndsAt'
  | 'rotatedAt'
  | 'tokenSeconds'
  | 'dependants'
>

/** The fields of a roster of service accounts with their headings, in the order of columns. */
export const ACCOUNT_ROSTER_FIELDS = {
  account: 'Account',
  owner: 'Owner',
  purpose: 'Purpose',
  credential: 'Credential',
  lastRotation: 'Last rotation',
  lifetime: 'Lifetime',
  dependants: 'Dependants',
} as const

type RosterRecord = Readonly<Record<keyof typeof ACCOUNT_ROSTER_FIELDS, string | null>>

/** A service account in words, free of secrets and control characters; days are `2026-11-02`, null is not known. */
export function accountRosterRecord(account: RosterAccount): RosterRecord {
  const name = said(account.name ?? '')
  return {
    account: hasVisible(name) ? name : toKnownId(account.externalId),
    owner: list(account.contacts, ', '),
    purpose: list(account.purposes, ', '),
    credential: credentialWords(account),
    lastRotation: account.rotatedAt === null ? null : getDay(account.rotatedAt),
    lifetime: credentialLifetime(account, getDay) || null,
    // Names of keys and words of workloads may hold commas.
    dependants: list(account.dependants, '; '),
  }
}

function list(words: readonly string[], separator: string): string | null {
  return words.length === 0 ? null : words.map(said).join(separator)
}
