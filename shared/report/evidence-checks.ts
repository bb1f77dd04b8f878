import type { Verdict } from '../contract/evidence.ts'
import { counted } from '../domain/counted.ts'

type Checks = Pick<Verdict, 'checked' | 'unchecked'>

/** What the verification of a pack covers. */
export const PACK_CHECKS: Checks = {
  checked: [
    'the signature of head.txt',
    'the hash of every file and row',
    'the chain of the rows of the audit log',
    'every CSV row against its JSON record',
    'the decisions and signatures against the audit log',
  ],
  unchecked: [
    'the documents in Markdown and HTML against the tables',
    'what the audit log held after the pack was written',
  ],
}

/** How many last review dates a register has, and how many of them the journal sets. */
export interface LastReviewCount {
  readonly proved: number
  readonly unproved: number
}

/** How many rows of a table the journal determines in every column, and how many in some. */
export interface TableCount {
  readonly table: string
  readonly proved: number
  readonly partly: number
}

export interface TablesProved {
  readonly counts: readonly TableCount[]
  /** How many entries of a team's history the register has. */
  readonly entries: number
  /** The names of tables of which nothing is compared with the journal. */
  readonly notYet: readonly string[]
}

/**
 * What the verification of a register covers. `heldAgainst`: where the end of the journal is recorded outside the
 * register.
 */
export function registerChecks(
  { proved, unproved }: LastReviewCount,
  syncs: { readonly proved: number; readonly unproved: number },
  heldAgainst: readonly string[],
  { counts, entries, notYet }: TablesProved,
): Checks {
  const whole = counts.filter(({ partly }) => partly === 0).map(({ table }) => table)
  return {
    checked: [
      'the chain of the audit log to its noted end',
      ...(entries === 0
        ? []
        : [`the chains of ${counted(entries, 'entry', 'entries')} of the team's history, and their operations`]),
      ...heldAgainst.map((place) => `the end of the audit log against the one noted in ${place}`),
      `the last review dates of ${accounts(proved)} against the audit log`,
      `what ${counted(syncs.proved, 'sync')} read (people, roles, projects, keys, limits) against the audit log`,
      ...(whole.length === 0 ? [] : [`every row of the tables ${whole.join(', ')} against the audit log`]),
      ...counts
        .filter(({ partly }) => partly > 0)
        .map(({ table, ...rows }) => `the table ${table} against the audit log: ${describeRows(rows)}`),
      'the names, the access and the base URLs of connections against the audit log',
    ],
    unchecked: [
      ...(unproved === 0 ? [] : [`the last review dates of ${accounts(unproved)}, which the audit log does not prove`]),
      ...(syncs.unproved === 0
        ? []
        : [`what ${counted(syncs.unproved, 'earlier sync')} read, which the audit log does not prove`]),
      `all other tables (${notYet.join(', ')}), and last uses of keys`,
      ...(heldAgainst.length > 0
        ? []
        : ['the end of the audit log: no note of it was found outside the register, so rows may be missing there']),
    ],
  }
}

function describeRows({ proved, partly }: Omit<TableCount, 'table'>): string {
  const some = `${counted(partly, 'row')} as far as the audit log determines them`
  return proved === 0 ? some : `${counted(proved, 'row')} in every column, ${some}`
}

function accounts(count: number): string {
  return counted(count, 'account')
}

/** The result of a verification. `unknown`: nothing was changed, and the signer is none of those that the profile knows. */
export interface Outcome {
  readonly kind: 'sound' | 'unknown' | 'unsound'
  readonly words: string
}

/** The outcome of a verification in words: a pack by an unknown signer is not simply unchanged. */
export function judgeVerdict({ ok, signer, problems }: Pick<Verdict, 'ok' | 'signer' | 'problems'>): Outcome {
  if (ok) {
    return signer === 'unknown'
      ? { kind: 'unknown', words: 'Unchanged, but signed by an unknown key' }
      : { kind: 'sound', words: 'Unchanged' }
  }
  const isForeign = signer === 'other' && problems.length === 1
  return { kind: 'unsound', words: isForeign ? 'Signed by another key' : 'Changed' }
}

/** Whose key signed a pack, in a sentence; null if it contains none. */
export function signerWords(signer: Verdict['signer']): string | null {
  return signer === null ? null : SIGNER[signer]
}

const SIGNER: Readonly<Record<NonNullable<Verdict['signer']>, string>> = {
  given: 'Signed by the given key.',
  other: 'Signed by a key other than the given one.',
  own: 'Signed by a key of this profile.',
  unknown: 'Signed by a key that this profile does not know. Compare it with one from another channel.',
  'not-compared':
    'The signer was not compared: this profile knows no key. Compare the key with one from another channel: the holder of another key can sign another pack.',
}
