import {
  IconAlertTriangle,
  IconBan,
  IconCircleDashed,
  IconHandStop,
  IconHelpCircle,
  IconHourglassHigh,
  IconKey,
  type TablerIcon,
} from '@tabler/icons-react'

import type { ImpactRow, ImpactSubject } from '../../shared/contract/impact.ts'
import type { RemediationPreview, RemediationRow } from '../../shared/contract/remediation.ts'
import { isShownBySync, type RemediationState } from '../../shared/domain/remediation/remediation.ts'
import { unknownResultStep } from '../../shared/domain/remediation/verify.ts'
import { isEnded, nextRemediationState } from '../../shared/domain/remediation/states.ts'
import { isApprovable } from './approval-labels.ts'
import { plural, wholeNumber } from '../ui/relative.ts'
import type { Tone } from '../ui/status.tsx'

interface StateWord {
  readonly tone: Tone
  /** Replaces the icon of the tone. */
  readonly icon?: TablerIcon
  readonly word: string
}

const STATES: Readonly<Record<RemediationState, StateWord>> = {
  waiting: { tone: 'info', icon: IconHourglassHigh, word: 'Pending' },
  'by-hand': { tone: 'warn', icon: IconHandStop, word: 'Manual' },
  sending: { tone: 'busy', word: 'Sending' },
  unsure: { tone: 'bad', icon: IconHelpCircle, word: 'Unknown' },
  deploying: { tone: 'warn', icon: IconKey, word: 'Awaiting deployment' },
  done: { tone: 'good', word: 'Done' },
  failed: { tone: 'bad', word: 'Failed' },
  withdrawn: { tone: 'quiet', icon: IconCircleDashed, word: 'Cancelled' },
}

export function remediationStateWord(state: RemediationState): StateWord {
  return STATES[state]
}

const MEANINGS: Readonly<Record<RemediationState, string>> = {
  waiting: 'Nothing was sent. Preview it, then apply it.',
  'by-hand': 'The provider’s API cannot do it. Follow the steps in its console.',
  sending: 'The request is on its way to the provider.',
  unsure: 'It was sent, but the provider’s answer does not show whether it was done.',
  deploying: 'The new key exists. Deploy it, then mark it as deployed; the old key works until it is deleted.',
  done: 'It was done.',
  failed: 'It was not done.',
  withdrawn: 'It was removed from the list.',
}

/** Explains the state of a change, and the next step. */
export function aboutState({ state, action }: Pick<RemediationRow, 'state' | 'action'>): string {
  return state === 'unsure' ? `${MEANINGS.unsure} ${unknownResultStep(action)}` : MEANINGS[state]
}

/**
 * The result of a later sync about the change; null when no sync began since, when that cannot be detected, and while a
 * new key awaits deployment, since its owner still has to act whatever a sync shows. It is also null when a failed
 * change is not there, as expected.
 */
export function shownWord({ shown, state, action }: Pick<RemediationRow, 'shown' | 'state' | 'action'>): {
  readonly tone: Tone
  readonly word: string
  readonly about: string
} | null {
  if (state === 'done' && !isShownBySync(action)) {
    return {
      tone: 'quiet',
      word: 'Not verifiable',
      about: 'No list of the provider shows it, so a sync cannot confirm it.',
    }
  }
  if (shown === null || state === 'deploying' || (state === 'failed' && !shown)) return null
  return shown
    ? { tone: 'good', word: 'Verified', about: 'A later sync shows that it was done.' }
    : { tone: 'bad', word: 'Not verified', about: 'A later sync does not show that it was done.' }
}

/** True if the change still needs action. */
export function isOpenRemediation(state: RemediationState): boolean {
  return !isEnded(state)
}

/** True if it can be cancelled; a key that was made is deployed first. */
export function canWithdraw(state: RemediationState): boolean {
  return state !== 'deploying' && nextRemediationState(state, 'withdraw') !== null
}

interface EffectWord {
  readonly tone: Tone
  readonly word: string
  readonly icon?: TablerIcon
}

/** Where a key or project is removed, what is revoked is what breaks. */
const OF_THINGS: Readonly<Record<ImpactRow['effect'], EffectWord>> = {
  dies: { tone: 'bad', word: 'Revoked' },
  stays: { tone: 'quiet', word: 'Unaffected' },
  unknown: { tone: 'warn', word: 'Unknown' },
}

/** Where a person is removed, what they can go on using is the danger, and what is revoked is the purpose. */
const OF_PEOPLE: Readonly<Record<ImpactRow['effect'], EffectWord>> = {
  dies: { tone: 'info', icon: IconBan, word: 'Revoked' },
  stays: { tone: 'bad', icon: IconAlertTriangle, word: 'Remains active' },
  unknown: { tone: 'warn', word: 'Unknown' },
}

/** The effect on a thing when a subject of that kind is removed; nothing that goes on working is ever shown as good. */
export function effectWord(
  { kind, effect }: Pick<ImpactRow, 'kind' | 'effect'>,
  subject: ImpactSubject['kind'],
): EffectWord {
  const isOfPerson = subject === 'person' || subject === 'principal'
  return (isOfPerson && kind !== 'member' ? OF_PEOPLE : OF_THINGS)[effect]
}

export type PreviewItem = RemediationPreview['remediations'][number]

/** A preview in groups: the changes that would be sent, by how many calls, and those that are blocked. */
export interface PreviewGroups {
  readonly sends: readonly PreviewItem[]
  readonly byHand: readonly PreviewItem[]
  readonly blocked: readonly PreviewItem[]
  readonly calls: number
}

export function sortPreview(remediations: readonly PreviewItem[]): PreviewGroups {
  const blocked = remediations.filter((each) => each.obstacle !== null)
  const free = remediations.filter((each) => each.obstacle === null)
  const sends = free.filter((each) => each.calls.length > 0)
  return {
    sends,
    byHand: free.filter((each) => each.calls.length === 0),
    blocked,
    calls: sends.reduce((sum, each) => sum + each.calls.length, 0),
  }
}

/** Names of connections in a sentence: `A`, `A and B`, `A, B, C and D`, from five on `A, B, C, D and 2 other connections`. */
export function listed(names: readonly string[]): string {
  const shown = names.slice(0, 4)
  const rest = names.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${plural(rest, 'other connection')}`
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1) ?? ''}`
}

/** The ids of changes, each once, in order. */
export function getIds(remediations: readonly { readonly row: RemediationRow }[]): number[] {
  return [...new Set(remediations.map((each) => each.row.remediationId))]
}

/** A preview counted for its first line: what can be sent, what is blocked, what is manual, what is done. */
export function previewSummary(
  remediations: readonly PreviewItem[],
): readonly { readonly tone: Tone; readonly text: string }[] {
  const { sends, byHand, blocked } = sortPreview(remediations)
  const done = blocked.filter(({ row }) => row.state === 'done').length
  const approvable = blocked.filter(isApprovable).length
  return (
    [
      ['info', sends.length, 'ready'],
      ['info', approvable, 'to approve'],
      ['warn', blocked.length - done - approvable, 'blocked'],
      ['warn', byHand.length, 'manual'],
      ['good', done, 'done'],
    ] as const
  ).flatMap(([tone, count, word]) => (count === 0 ? [] : [{ tone, text: `${wholeNumber(count)} ${word}` }]))
}

/** The connections that block changes only because they are read-only, with how many. */
export function readOnlyConnections(
  remediations: readonly PreviewItem[],
): readonly { readonly id: number; readonly label: string; readonly count: number }[] {
  const blocked = remediations.filter(({ readOnlySteps }) => readOnlySteps !== null)
  return [...Map.groupBy(blocked, ({ row }) => row.connection.id)].map(([id, own]) => ({
    id,
    label: own[0]?.row.connection.label ?? '',
    count: own.length,
  }))
}
