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
import type { Weighty } from '../../shared/domain/reviews/needs-why.ts'
import { isPrivileged, roleLabel } from '../../shared/domain/role.ts'
import { sourceLabel, SOURCES } from '../../shared/domain/source.ts'
import { moneyText } from '../../shared/domain/text/amounts.ts'
import { plural, wholeNumber } from '../ui/relative.ts'
import { visibleText } from '../ui/text.ts'
import { sourceWord, type Word } from '../ui/words.ts'
import { principalWord } from './access-labels.ts'
import { keyKindWord } from './key-labels.ts'

const ABOUT: Readonly<Record<ReviewKind, string>> = {
  departed: 'Access that people who left still have',
  admins: 'Everyone who can grant or remove access',
  roles: 'The role of every account',
  keys: 'Every key: owner, age, use and rotation',
  membership: 'Who has access to which project, and by which path',
}

/** The subject of this kind of review, in a sentence without a full stop. */
export function reviewKindAbout(kind: ReviewKind): string {
  return ABOUT[kind]
}

const STATE: Readonly<Record<ReviewState, Word>> = {
  open: { tone: 'info', word: 'Open' },
  signed: { tone: 'info', word: 'Signed' },
  acknowledged: { tone: 'good', word: 'Acknowledged' },
  empty: { tone: 'quiet', word: 'Nothing to decide' },
  withdrawn: { tone: 'quiet', word: 'Cancelled' },
}

export function reviewStateWord(state: ReviewState): Word {
  return STATE[state]
}

/** The status of a review; an open one after its due date is overdue. */
export function reviewStatusWord(row: Pick<ReviewRow, 'state' | 'overdue'>): Word {
  return row.overdue ? { tone: 'bad', word: 'Overdue' } : STATE[row.state]
}

/** True if its decisions are signed, and therefore to be applied. */
export function isClosed({ state }: Pick<ReviewRow, 'state'>): boolean {
  return state === 'signed' || state === 'acknowledged'
}

interface DecisionWord extends Word {
  readonly icon: TablerIcon
  /** The shortcut of the decision. */
  readonly key: string
}

const DECISION: Readonly<Record<ItemDecision, DecisionWord>> = {
  keep: { tone: 'good', word: 'Keep', key: 'k', icon: IconCheck },
  change: { tone: 'info', word: 'Change', key: 'c', icon: IconArrowsExchange },
  remove: { tone: 'bad', word: 'Remove', key: 'r', icon: IconUserMinus },
  unknown: { tone: 'warn', word: 'Need more info', key: 'i', icon: IconHelpCircle },
}

export function decisionWord(decision: ItemDecision): DecisionWord {
  return DECISION[decision]
}

/** The decisions that a kind of review offers: a key has no role to change. */
export function listDecisions(kind: ReviewKind): readonly ItemDecision[] {
  return kind === 'keys' ? ITEM_DECISIONS.filter((decision) => decision !== 'change') : ITEM_DECISIONS
}

/** A decision in words: `Keep`, `Change to Viewer`. */
export function recordWords(record: Pick<NonNullable<ReviewItem['record']>, 'decision' | 'to'>): string {
  const { word } = DECISION[record.decision]
  return record.decision === 'change' && record.to !== null ? `${word} to ${roleLabel(record.to)}` : word
}

/** The interval of a review: `Every month`, `Every 3 months`, `Immediately`. */
export function cadenceWords(everyMonths: number | null): string {
  if (everyMonths === null) return 'Immediately'
  return everyMonths === 1 ? 'Every month' : `Every ${everyMonths} months`
}

/** A review that is due within this many days is shown as due. */
const SOON_DAYS = 14

export function scheduleWord(row: Pick<ReviewScheduleRow, 'overdue' | 'dueOn' | 'openReviewId'>, today: Day): Word {
  if (row.overdue) return { tone: 'bad', word: 'Overdue' }
  if (row.dueOn === null) return { tone: 'quiet', word: 'Nothing to do' }
  if (row.openReviewId !== null) return { tone: 'info', word: 'Open' }
  return daysBetween(today, row.dueOn) <= SOON_DAYS ? { tone: 'warn', word: 'Due' } : { tone: 'good', word: 'On track' }
}

export function reviewSourceWord(state: ReviewSource['state']): Word {
  return state === 'never-read' ? { tone: 'bad', word: 'Never read' } : sourceWord(state)
}

/** The label of a source, `Project keys`; an unknown name is returned unchanged. */
export function sourceName(source: string): string {
  const known = SOURCES.find((name) => name === source)
  return known === undefined ? source : sourceLabel(known)
}

/** Money of the last 30 days: `$12.40`; an amount below a cent is shown as such, not as zero. */
export function costWords(micros: number | null): string {
  if (micros === null) return 'Not recorded'
  if (micros > 0 && micros < 10_000) return 'under $0.01'
  return moneyText(micros)
}

/** How long a removal took: `40 min`, `5 hours`, `3 days, 2 hours`. */
export function hoursWords(hours: number): string {
  if (hours < 1) return `${Math.max(1, Math.round(hours * 60))} min`
  const whole = Math.round(hours)
  if (whole < 48) return plural(whole, 'hour')
  const [days, rest] = [Math.floor(whole / 24), whole % 24]
  return rest === 0 ? plural(days, 'day') : `${plural(days, 'day')}, ${plural(rest, 'hour')}`
}

/** The place of an item's access: the project, or the organization. */
export function placeWords({ project }: Pick<ItemFacts, 'project'>): string {
  return project === null ? 'Organization' : project.name
}

/** The name of an item; `ofSeveral`: with its connection, since one name can occur in several. */
export function itemWords(
  { name, facts }: { readonly name: string; readonly facts: Pick<ItemFacts, 'connection'> },
  ofSeveral: boolean,
): string {
  return ofSeveral ? `${visibleText(name)} (${visibleText(facts.connection.label)})` : visibleText(name)
}

/** The decision in the past tense: `Decided to keep Alice Dev`, `Decided to change 3 items to Viewer`. */
export function decidedWords(decision: ItemDecision, to: string | undefined, what: string): string {
  if (decision === 'unknown') return `Noted that more information is needed: ${what}`
  return `Decided to ${decision} ${what}${to === undefined ? '' : ` to ${roleLabel(to)}`}`
}

/** Finds the facts by which a decision about an item needs a text. */
export function findWeight({ flagged, facts }: Pick<ReviewItem, 'flagged' | 'facts'>): Weighty {
  return { flagged, privileged: facts.roleNow !== null && isPrivileged(facts.roleNow.level) }
}

interface BulkCounts {
  readonly total: number
  readonly flagged: number
  readonly decided: number
}

/** The effect of a decision about many items, in a sentence or two. */
export function bulkWords(decision: ItemDecision, { total, flagged, decided }: BulkCounts): string {
  const what = {
    keep: `${plural(total, 'item')} will be kept.`,
    change: `${plural(total, 'item')} will be marked to be changed.`,
    remove: `${plural(total, 'item')} will be marked to be removed.`,
    unknown: `${plural(total, 'item')} will be marked as needing more information.`,
  }[decision]
  const flags = flagged === 0 ? '' : ` ${wholeNumber(flagged)} of them ${flagged === 1 ? 'is' : 'are'} flagged.`
  const again =
    decided === 0 ? '' : ` ${wholeNumber(decided)} ${decided === 1 ? 'has' : 'have'} a decision that this one replaces.`
  return `${what}${flags}${again}`
}

export function subjectWord({ principal, key }: Pick<ItemFacts, 'principal' | 'key'>): string {
  if (key !== null) return keyKindWord(key.kind)
  return principal === null ? 'Access' : principalWord(principal.kind)
}

/** Shown in place of the name of a key's owner: no owner, or not reported. */
export function noOwner(state: NonNullable<ItemFacts['key']>['ownerState'] | undefined): string {
  if (state === 'none') return 'No owner'
  return state === 'unknown' ? 'Not reported' : 'No name'
}

/** The state of a removal or change: `Not yet`, `In 5 hours`. */
export function closureWords({ state, hours }: NonNullable<ReviewItem['closure']>): string {
  if (state === 'pending') return 'Not yet'
  return hours === null ? 'Done' : `In ${hoursWords(hours)}`
}

/** True if an item has a role that can be changed; a key has none. */
export function canChange({ key }: Pick<ItemFacts, 'key'>): boolean {
  return key === null
}

/** Each reviewer's number of decisions, last active first: `Mara Lindqvist 5, Ines Duarte 2`; else empty. */
export function reviewersWords({ reviewers }: Pick<ReviewRow, 'reviewers'>): string {
  return reviewers.map(({ reviewer, decided }) => `${reviewer} ${wholeNumber(decided)}`).join(', ')
}

/** The name of a review, for a heading: `Review: Administrators`. */
export function reviewName({ kind }: Pick<ReviewRow, 'kind'>): string {
  return `Review: ${reviewTitle(kind)}`
}

const COUNT: Readonly<Record<ItemDecision, string>> = {
  keep: 'Kept',
  change: 'To be changed',
  remove: 'To be removed',
  unknown: 'More information needed',
}

export function whyLabel(decision: ItemDecision): string {
  return decision === 'unknown' ? 'Question' : 'Justification'
}

/** The number of items without any decision; those that need more information have been looked at. */
export function countUndecided({
  items,
  decided,
  decisions,
}: Pick<ReviewRow, 'items' | 'decided' | 'decisions'>): number {
  return items - decided - (decisions.unknown ?? 0)
}

/** The label of the count of a decision. */
export function countLabel(decision: ItemDecision): string {
  return COUNT[decision]
}

/** True if two names are the same, apart from case and spaces. */
export function isSameName(one: string, other: string): boolean {
  const bare = (name: string): string => name.normalize('NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase()
  return bare(one) === bare(other)
}
