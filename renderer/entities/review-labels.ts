import { IconArrowsExchange, IconCheck, IconHelpCircle, IconUserMinus, type TablerIcon } from '@tabler/icons-react'

import type {
  ItemFacts,
  ReviewItem,
  ReviewRow,
  ReviewScheduleRow,
  ReviewSource,
} from '../../shared/contract/reviews.ts'
import { daysBetween, type Day } from '../../shared/domain/day.ts'
import {
  ITEM_DECISIONS,
  reviewTitle,
  type ItemDecision,
  type ReviewKind,
  type ReviewState,
} from '../../shared/domain/reviews/review.ts'
import { roleLabel } from '../../shared/domain/role.ts'
import { sourceLabel, SOURCES } from '../../shared/domain/source.ts'
import { formatUsd } from '../../shared/domain/text/money.ts'
import { plural, wholeNumber } from '../ui/relative.ts'
import { sourceWord, type Word } from '../ui/words.ts'
import { principalWord } from './access-labels.ts'
import { keyKindWord } from './key-labels.ts'

const ABOUT: Readonly<Record<ReviewKind, string>> = {
  departed: 'What people who have left still reach',
  admins: 'Everybody who can change who holds access',
  roles: 'The role of every account',
  keys: 'Every key: owner, age, use and rotation',
  membership: 'Who reaches which project, and by which path',
}

/** What a review of this kind looks at, in a sentence without its full stop. */
export function reviewKindAbout(kind: ReviewKind): string {
  return ABOUT[kind]
}

const STATE: Readonly<Record<ReviewState, Word>> = {
  open: { tone: 'info', word: 'Open' },
  signed: { tone: 'info', word: 'Signed' },
  acknowledged: { tone: 'good', word: 'Acknowledged' },
  empty: { tone: 'quiet', word: 'Nothing to decide' },
  withdrawn: { tone: 'quiet', word: 'Withdrawn' },
}

export function reviewStateWord(state: ReviewState): Word {
  return STATE[state]
}

/** Where a review stands; an open one past its day is overdue. */
export function reviewStatusWord(row: Pick<ReviewRow, 'state' | 'overdue'>): Word {
  return row.overdue ? { tone: 'bad', word: 'Overdue' } : STATE[row.state]
}

/** Whether somebody stands for its decisions, which are then to be carried out. */
export function isClosed({ state }: Pick<ReviewRow, 'state'>): boolean {
  return state === 'signed' || state === 'acknowledged'
}

interface DecisionWord extends Word {
  readonly icon: TablerIcon
  /** The key that decides so. */
  readonly key: string
}

const DECISION: Readonly<Record<ItemDecision, DecisionWord>> = {
  keep: { tone: 'good', word: 'Keep', key: 'k', icon: IconCheck },
  change: { tone: 'info', word: 'Change', key: 'c', icon: IconArrowsExchange },
  remove: { tone: 'bad', word: 'Remove', key: 'r', icon: IconUserMinus },
  unknown: { tone: 'warn', word: 'Unknown', key: 'u', icon: IconHelpCircle },
}

export function decisionWord(decision: ItemDecision): DecisionWord {
  return DECISION[decision]
}

/** The decisions that can be made in a review of a kind: a key has no role that could be changed. */
export function listDecisions(kind: ReviewKind): readonly ItemDecision[] {
  return kind === 'keys' ? ITEM_DECISIONS.filter((decision) => decision !== 'change') : ITEM_DECISIONS
}

/** A decision as a sentence tells it: `Keep`, `Change to Viewer`. */
export function recordWords(record: Pick<NonNullable<ReviewItem['record']>, 'decision' | 'to'>): string {
  const { word } = DECISION[record.decision]
  return record.decision === 'change' && record.to !== null ? `${word} to ${roleLabel(record.to)}` : word
}

/** How often a review comes round: `Every month`, `Every 3 months`, `At once`. */
export function cadenceWords(everyMonths: number | null): string {
  if (everyMonths === null) return 'At once'
  return everyMonths === 1 ? 'Every month' : `Every ${everyMonths} months`
}

/** A review that is due within so many days wants a person soon. */
const SOON_DAYS = 14

/** Where a scheduled review stands. */
export function scheduleWord(row: Pick<ReviewScheduleRow, 'overdue' | 'dueOn' | 'openReviewId'>, today: Day): Word {
  if (row.overdue) return { tone: 'bad', word: 'Overdue' }
  if (row.dueOn === null) return { tone: 'quiet', word: 'Nothing to do' }
  if (row.openReviewId !== null) return { tone: 'info', word: 'Open' }
  return daysBetween(today, row.dueOn) <= SOON_DAYS ? { tone: 'warn', word: 'Due' } : { tone: 'good', word: 'In time' }
}

export function reviewSourceWord(state: ReviewSource['state']): Word {
  return state === 'never-read' ? { tone: 'bad', word: 'Never read' } : sourceWord(state)
}

/** A list by its name, `Project keys`; a name that is not known stands as it is. */
export function sourceName(source: string): string {
  const known = SOURCES.find((name) => name === source)
  return known === undefined ? source : sourceLabel(known)
}

const READ_TO_THE_END: ReadonlySet<ReviewSource['state']> = new Set(['complete', 'unavailable'])

/** Whether everything was read that a review stands on. A list that the organization does not have counts as read. */
export function completenessWords(sources: readonly Pick<ReviewSource, 'state'>[]): Word {
  const missing = sources.filter(({ state }) => !READ_TO_THE_END.has(state)).length
  if (sources.length === 0) return { tone: 'warn', word: 'No source was read' }
  if (missing > 0)
    return { tone: 'warn', word: `${missing} of ${plural(sources.length, 'source')} not read to the end` }
  return { tone: 'good', word: `${plural(sources.length, 'source')} read to the end` }
}

/** Money of the last 30 days: `$12.40`; less than a cent is not nothing. */
export function costWords(micros: number | null): string {
  if (micros === null) return 'Not recorded'
  if (micros > 0 && micros < 10_000) return 'under $0.01'
  return formatUsd(micros)
}

/** How long a removal took: `40 min`, `5 hours`, `3 days, 2 hours`. */
export function hoursWords(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`
  const whole = Math.round(hours)
  if (whole < 48) return plural(whole, 'hour')
  const [days, rest] = [Math.floor(whole / 24), whole % 24]
  return rest === 0 ? plural(days, 'day') : `${plural(days, 'day')}, ${plural(rest, 'hour')}`
}

/** Where an item's access lies: the project, or the organization. */
export function placeWords({ project }: Pick<ItemFacts, 'project'>): string {
  return project === null ? 'Organization' : project.name
}

/** What was decided, in the past: `Decided to keep Alice Dev`, `Decided to change 3 items to Viewer`. */
export function decidedWords(decision: ItemDecision, to: string | undefined, what: string): string {
  if (decision === 'unknown') return `Marked unknown: ${what}`
  return `Decided to ${decision} ${what}${to === undefined ? '' : ` to ${roleLabel(to)}`}`
}

/** Whether deciding so needs words: keeping what is flagged, and every exception with an end. */
export function needsWhy(flagged: boolean, decision: ItemDecision, until: Day | null): boolean {
  return until !== null || (flagged && decision === 'keep')
}

interface BulkCounts {
  readonly total: number
  readonly flagged: number
  readonly decided: number
}

/** What deciding about many at once will do, in a sentence or two. */
export function bulkWords(decision: ItemDecision, { total, flagged, decided }: BulkCounts): string {
  const what = {
    keep: `${plural(total, 'item')} will be kept.`,
    change: `${plural(total, 'item')} will be marked to be changed.`,
    remove: `${plural(total, 'item')} will be marked to be removed.`,
    unknown: `${plural(total, 'item')} will be marked unknown.`,
  }[decision]
  const flags = flagged === 0 ? '' : ` ${wholeNumber(flagged)} of them ${flagged === 1 ? 'is' : 'are'} flagged.`
  const again =
    decided === 0 ? '' : ` ${wholeNumber(decided)} ${decided === 1 ? 'has' : 'have'} a decision that this one replaces.`
  return `${what}${flags}${again}`
}

/** What kind of thing an item is about. */
export function subjectWord({ principal, key }: Pick<ItemFacts, 'principal' | 'key'>): string {
  if (key !== null) return keyKindWord(key.kind)
  return principal === null ? 'Access' : principalWord(principal.kind)
}

/** What stands for the owner of a key that has no name: nobody, or not reported. */
export function noOwner(state: NonNullable<ItemFacts['key']>['ownerState'] | undefined): string {
  if (state === 'none') return 'No owner'
  return state === 'unknown' ? 'Not reported' : 'No name'
}

/** What became of a removal or change: `Not yet`, `In 5 hours`. */
export function closureWords({ state, hours }: NonNullable<ReviewItem['closure']>): string {
  if (state === 'pending') return 'Not yet'
  return hours === null ? 'Done' : `In ${hoursWords(hours)}`
}

/** Whether an item has a role that can be changed to another; a key has none. */
export function canChange({ key }: Pick<ItemFacts, 'key'>): boolean {
  return key === null
}

/** A review by name, as a heading has it: `Review: Administrators`. */
export function reviewName({ kind }: Pick<ReviewRow, 'kind'>): string {
  return `Review: ${reviewTitle(kind)}`
}

const COUNT: Readonly<Record<ItemDecision, string>> = {
  keep: 'Kept',
  change: 'To be changed',
  remove: 'To be removed',
  unknown: 'Unknown',
}

/** What the number of a decision counts. */
export function countLabel(decision: ItemDecision): string {
  return COUNT[decision]
}

/** Whether two names are written the same, apart from case and spaces. */
export function isSameName(one: string, other: string): boolean {
  const bare = (name: string): string => name.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase()
  return bare(one) === bare(other)
}
