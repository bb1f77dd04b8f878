import type { Certainty } from '../certainty.ts'
import { findNamedUse, type NamedUse, type Platform } from './platforms.ts'

/** The register's facts about the use of a key. */
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
  /** The reasons, each a sentence. */
  readonly reasons: readonly string[]
  readonly platform: Platform | null
}

/** Days of the last 28 from which use is that of a program: more than people work, weekends among them. */
const DAILY = 24
const WEEKEND = 6

/** Where people name what a key is for, the first before the next, and how a sentence about it begins. */
export const WORDED = [
  ['name', 'Its name'],
  ['purpose', 'Its purpose'],
  ['account', 'The name of its account'],
  ['project', 'The name of its project'],
] as const

/** The use of a key with the words that were found in the texts; see `WORDED`. */
interface WordedUse extends Pick<KeyUse, 'rulePlatform' | 'days'> {
  readonly words: readonly (NamedUse | null)[]
  /** True if a service account owns it. */
  readonly isAccount: boolean
}

interface FoundUse {
  readonly certainty: Certainty
  readonly platform: Platform | null
  /** Which of the texts shows it; null: none. */
  readonly text: number | null
  readonly isDaily: boolean
}

/**
 * The use of a key by a pipeline or a cloud workload alone, with its certainty; null: nothing shows it. `certain`: the
 * key belongs to a service account and its name shows where it runs. `likely`: one of both. `opinion`: its use alone.
 */
export function findUse({ words, isAccount, rulePlatform, days }: WordedUse): FoundUse | null {
  const withPlatform = words.findIndex((word) => word !== null && word.platform !== null)
  const at = withPlatform === -1 ? words.findIndex((word) => word !== null) : withPlatform
  const isNamed = at !== -1
  const isDaily = days !== null && days.used >= DAILY && days.weekend >= WEEKEND
  if (!isAccount && !isNamed && !isDaily) return null
  return {
    certainty: isAccount && isNamed ? 'certain' : isAccount || isNamed ? 'likely' : 'opinion',
    platform: words[at]?.platform ?? rulePlatform,
    text: isNamed ? at : null,
    isDaily,
  }
}

/** Assesses a key by `findUse`, with the reasons. */
export function assessKey({ rulePlatform, days, ...use }: KeyUse): Assessment | null {
  const isAccount = use.account !== null
  const words = WORDED.map(([text]) => findNamedUse(use[text] ?? ''))
  const found = findUse({ words, isAccount, rulePlatform, days })
  if (found === null) return null
  const { certainty, platform, text, isDaily } = found
  return {
    certainty,
    reasons: [
      ...(isAccount ? ['It belongs to a service account, which only programs use.'] : []),
      ...(text === null ? [] : [`${WORDED[text]?.[1] ?? ''} contains “${words[text]?.word ?? ''}”.`]),
      ...(isDaily && days !== null ? [`It was used on ${days.used} of the last 28 days, weekends included.`] : []),
    ],
    platform,
  }
}
