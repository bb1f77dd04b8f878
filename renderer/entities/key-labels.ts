import type { KeyRow } from '../../shared/contract/keys.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { daysBetween, getDay, type Day } from '../../shared/domain/day.ts'
import type { DueBasis, RotationTrigger } from '../../shared/domain/rotation.ts'
import { absoluteTime, formatDay, plural, wholeNumber } from '../ui/relative.ts'

const KIND: Readonly<Record<KeyRow['kind'], string>> = {
  project: 'Project key',
  admin: 'Admin key',
  organization: 'Organization key',
  unknown: 'Key of unknown kind',
}

/** `Project key`. */
export function keyKindWord(kind: KeyRow['kind']): string {
  return KIND[kind]
}

/** The kind of a key, or the tool that made it for its owner, or the vendor of a deposited one: `Claude Code key`. */
export function keyWord({ kind, tool = null, vendor = null }: KeyFacts): string {
  if (vendor !== null) return `Deposited ${providerName(vendor)} key`
  return tool === null ? KIND[kind] : `${tool} key`
}

interface KeyFacts extends Pick<KeyRow, 'kind'> {
  readonly tool?: KeyRow['tool'] | undefined
  readonly vendor?: KeyRow['vendor'] | undefined
}

const TRIGGER: Readonly<Record<RotationTrigger, string>> = {
  scheduled: 'Scheduled',
  leaver: 'A person left',
  leak: 'Leaked',
}

export function triggerWord(trigger: RotationTrigger): string {
  return TRIGGER[trigger]
}

const POLICY_OF: Readonly<Partial<Record<DueBasis, string>>> = {
  'key-interval': 'set for this key',
  'admin-policy': 'admin key policy',
  'production-policy': 'production policy',
  'other-policy': 'general policy',
  ceiling: 'maximum interval of the policy',
}

/**
 * The reason of the due day in words: `90 days, production policy`. The days are those between the day that the
 * interval is counted from and the due day.
 */
export function basisWords(row: Pick<KeyRow, 'createdAt' | 'rotation'>): string {
  const { basis, dueOn, lastRotatedOn } = row.rotation
  if (basis === 'date') return 'Day set for this key'
  if (basis === 'expiry') return 'Expires at the provider on that day'
  if (basis === 'retired') return 'No longer valid'
  if (basis === 'tool') return 'Ends with its owner’s access, by the tool that made it'
  if (basis === 'decoy') return 'A decoy is not rotated'
  const from = lastRotatedOn ?? (row.createdAt === null ? null : getDay(row.createdAt))
  const policy = POLICY_OF[basis as DueBasis]
  if (policy === undefined || from === null || dueOn === null) return 'Creation date unknown'
  return `${plural(daysBetween(from, dueOn), 'day')}, ${policy}`
}

/** The age of a key in whole days; null when its creation is not known. */
export function ageInDays(row: Pick<KeyRow, 'createdAt'>, today: Day): number | null {
  return row.createdAt === null ? null : Math.max(0, daysBetween(getDay(row.createdAt), today))
}

export function ageWords(days: number | null): string {
  return days === null ? 'Unknown' : `${wholeNumber(days)} d`
}

/** The last use as text; "never" and "not reported" differ. */
export function lastUseText(use: KeyRow['lastUse']): string {
  switch (use.state) {
    case 'known':
      return absoluteTime(use.at)
    case 'before':
      return `Before ${formatDay(getDay(use.at))}`
    case 'never':
      return 'Never'
    case 'not-reported':
      return 'Not reported'
    default:
      return use satisfies never
  }
}

/** Days until due as words: `12 days overdue`, `today`, `in 5 days`. */
export function dueWords(daysLeft: number | null): string {
  if (daysLeft === null) return 'no due date'
  if (daysLeft < 0) return `${plural(-daysLeft, 'day')} overdue`
  return daysLeft === 0 ? 'today' : `in ${plural(daysLeft, 'day')}`
}

/** Days until due in the space of a cell: `21 d over`, `today`, `in 5 d`. */
export function shortDueWords(daysLeft: number): string {
  if (daysLeft < 0) return `${wholeNumber(-daysLeft)} d over`
  return daysLeft === 0 ? 'today' : `in ${wholeNumber(daysLeft)} d`
}

/** The end of a key without a day. */
export function endText(state: KeyRow['endState']): string {
  return state === 'not-reported' ? 'Not reported' : 'Never'
}
