import type { Certainty } from '../certainty.ts'
import { findNamedUse, type Platform } from './platforms.ts'

/** What the register knows about the use of a key. */
export interface KeyUse {
  readonly name: string
  readonly project: string | null
  readonly purpose: string | null
  /** The name of the service account that owns it; null for another owner. */
  readonly account: string | null
  /** The platform whose workloads act as the same account by a federation rule already; null: none, or another one. */
  readonly rulePlatform: Platform | null
  /** The days of the last 28 on which it was used, and those at weekends; null where no use by day is recorded. */
  readonly days: { readonly used: number; readonly weekend: number } | null
}

export interface Assessment {
  readonly certainty: Certainty
  /** What it follows from, each a sentence. */
  readonly reasons: readonly string[]
  readonly platform: Platform | null
}

/** Days of the last 28 from which use is that of a program: more than people work, weekends among them. */
const DAILY = 24
const WEEKEND = 6

/** Where people name what a key is for, and how a sentence about it begins. */
const TEXTS = [
  ['name', 'Its name'],
  ['purpose', 'Its purpose'],
  ['account', 'The name of its account'],
  ['project', 'The name of its project'],
] as const

/**
 * Whether only a pipeline or a cloud workload uses a key, and how sure that is; null: nothing shows it. `certain`: the key
 * belongs to a service account and its name shows where it runs. `likely`: one of both. `opinion`: its use alone.
 */
export function assessKey(use: KeyUse): Assessment | null {
  const isAccount = use.account !== null
  const found = TEXTS.flatMap(([what, where]) => {
    const word = findNamedUse(use[what] ?? '')
    return word === null ? [] : [{ ...word, where }]
  })
  const named = found.find(({ platform }) => platform !== null) ?? found[0] ?? null
  const isDaily = use.days !== null && use.days.used >= DAILY && use.days.weekend >= WEEKEND
  if (!isAccount && named === null && !isDaily) return null
  return {
    certainty: isAccount && named !== null ? 'certain' : isAccount || named !== null ? 'likely' : 'opinion',
    reasons: [
      ...(isAccount ? ['It belongs to a service account, which only programs use.'] : []),
      ...(named === null ? [] : [`${named.where} contains “${named.word}”.`]),
      ...(isDaily && use.days !== null
        ? [`It was used on ${use.days.used} of the last 28 days, weekends included.`]
        : []),
    ],
    platform: named?.platform ?? use.rulePlatform,
  }
}
