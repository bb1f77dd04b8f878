import type { Verdict, VerdictTeam, VerifiedAct } from '../contract/evidence.ts'
import { counted } from '../domain/counted.ts'
import { utcInstant } from '../domain/text/utc.ts'
import { witnessText } from './witness.ts'

type Checks = Pick<Verdict, 'checked' | 'unchecked'>

export const PACK_CHECKS: Checks = {
  checked: [
    'the signature of head.txt',
    'the hash of every file and row',
    'the chain of the rows of the audit log',
    'the form of each line of every table',
    'the decisions and signatures against the audit log',
  ],
  unchecked: [
    'the documents in Markdown and HTML against the tables',
    'what the audit log held after the pack was written',
  ],
}

/** How much of a pack of a team its logs do not prove. */
export interface TeamPackCount {
  /** Entries whose operation is not shown. */
  readonly hidden: number
  /** Entries of the client without effect for a reason that the pack cannot show. */
  readonly unexplained: number
}

/** The checks of a pack of a client of a team. */
export function teamPackChecks({ hidden, unexplained }: TeamPackCount): Checks {
  return {
    checked: [
      'the signature of head.txt',
      'the hash of every file and row',
      'the heads of the team’s and the client’s log',
      'the signature of every entry whose device is shown, by the key that an owner enrolled',
      'the role of each author and the rules of access reviews, from the root of the team',
      'the form of each line of every table',
      'the decisions, the signatures and the signers against the client’s log',
    ],
    unchecked: [
      'the documents in Markdown and HTML against the tables',
      ...(hidden === 0 ? [] : [`what ${counted(hidden, 'entry', 'entries')} decided that the pack does not show`]),
      ...(unexplained === 0
        ? []
        : [`why ${counted(unexplained, 'entry of the client has', 'entries of the client have')} no effect`]),
      'the items before the decisions against what the review froze',
      'whether the team has the same logs: castellan team verify compares them',
      'what the logs held after the pack was written',
    ],
  }
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
  /** The names of tables that are not compared with the journal. */
  readonly notYet: readonly string[]
}

/** The checks of a register. `heldAgainst`: where the end of the journal is recorded outside the register. */
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
export function judgeVerdict({
  ok,
  signer,
  problems,
  team,
}: Pick<Verdict, 'ok' | 'signer' | 'problems' | 'team'>): Outcome {
  if (ok) {
    if (team?.known === 'unknown') return { kind: 'unknown', words: 'Unchanged, but of an unknown team' }
    return signer === 'unknown'
      ? { kind: 'unknown', words: 'Unchanged, but signed by an unknown key' }
      : { kind: 'sound', words: 'Unchanged' }
  }
  if (problems.length !== 1) return { kind: 'unsound', words: 'Changed' }
  if (team?.known === 'other') return { kind: 'unsound', words: 'Of another team' }
  return { kind: 'unsound', words: signer === 'other' ? 'Signed by another key' : 'Changed' }
}

/** Whose key signed a pack, in a sentence; null if it contains none. */
export function signerWords(signer: Verdict['signer']): string | null {
  return signer === null ? null : SIGNER[signer]
}

const SIGNER: Readonly<Record<NonNullable<Verdict['signer']>, string>> = {
  given: 'Signed by the given key.',
  other: 'Signed by a key other than the given one.',
  own: 'Signed by a key of this profile.',
  team: 'Signed by a device of the team.',
  unknown: 'Signed by a key that this profile does not know. Compare it with one from another channel.',
  'not-compared':
    'The signer was not compared: this profile knows no key. Compare the key with one from another channel: the holder of another key can sign another pack.',
}

/** The facts of a pack about its team, a sentence for each, for a person who decides whether to trust it. */
export function teamWords({ name, root, known, team, client, signed, acknowledged, writtenBy }: VerdictTeam): readonly {
  readonly label: string
  readonly words: string
}[] {
  return [
    { label: 'Team', words: `${name}, root ${root}. ${ROOT[known]}` },
    { label: 'Signed', words: actWords(signed, 'The review is not signed.') },
    { label: 'Acknowledged', words: actWords(acknowledged, 'The review is not acknowledged.') },
    { label: 'Pack written by', words: writtenBy ?? 'a device that the pack does not show to be one of the team' },
    { label: 'Log of the client', words: witnessText(client) },
    { label: 'Log of the team', words: witnessText(team) },
  ]
}

function actWords(act: VerifiedAct | null, none: string): string {
  if (act === null) return none
  const { member, email, role, key, position, at } = act
  return `${member} (${email}, ${role}) at position ${position}, ${utcInstant(at) ?? ''} UTC by the device, with the key ${key}`
}

const ROOT: Readonly<Record<VerdictTeam['known'], string>> = {
  given: 'It is the given root.',
  other: 'It is not the given root.',
  own: 'It is the team of this profile.',
  unknown: 'This profile does not know the team. Compare the root with one from another channel.',
  'not-compared':
    'The root was not compared: this profile belongs to no team. Compare it with one from another channel: anyone can found a team of that name.',
}
