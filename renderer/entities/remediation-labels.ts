import {
  IconCircleDashed,
  IconHandStop,
  IconHelpCircle,
  IconHourglassHigh,
  IconKey,
  type TablerIcon,
} from '@tabler/icons-react'

import type { ImpactRow } from '../../shared/contract/impact.ts'
import type { RemediationPreview, RemediationRow } from '../../shared/contract/remediation.ts'
import type { RemediationState } from '../../shared/domain/remediation/remediation.ts'
import { isEnded, nextRemediationState } from '../../shared/domain/remediation/states.ts'
import { plural } from '../ui/relative.ts'
import type { Tone } from '../ui/status.tsx'

interface StateWord {
  readonly tone: Tone
  /** Instead of the tone's own. */
  readonly icon?: TablerIcon
  readonly word: string
  /** What it means, and what comes next. */
  readonly about: string
}

const STATES: Readonly<Record<RemediationState, StateWord>> = {
  waiting: {
    tone: 'info',
    icon: IconHourglassHigh,
    word: 'Waiting',
    about: 'Nothing was sent. It waits to be previewed and run.',
  },
  'by-hand': {
    tone: 'warn',
    icon: IconHandStop,
    word: 'By hand',
    about: 'The provider’s API cannot do it. Somebody has to, in its console.',
  },
  sending: { tone: 'busy', word: 'Being sent', about: 'The call is on its way to the provider.' },
  unsure: {
    tone: 'bad',
    icon: IconHelpCircle,
    word: 'Unsure',
    about: 'It was sent, and no answer says whether it was done. Sync the connection and look.',
  },
  deploying: {
    tone: 'warn',
    icon: IconKey,
    word: 'To be deployed',
    about: 'The new key exists. Put it in place, then say so; the old key works until it is deleted.',
  },
  done: { tone: 'good', word: 'Done', about: 'It was done.' },
  failed: { tone: 'bad', word: 'Failed', about: 'It was not done.' },
  withdrawn: { tone: 'quiet', icon: IconCircleDashed, word: 'Withdrawn', about: 'It was taken off the list.' },
}

export function remediationStateWord(state: RemediationState): StateWord {
  return STATES[state]
}

/**
 * What a sync that began since shows of it; null where none did, where it cannot be told, and while a new key is being put
 * in place, since there is more to do whatever a sync shows. That what failed is not there is no news.
 */
export function shownWord({ shown, state }: Pick<RemediationRow, 'shown' | 'state'>): {
  readonly tone: Tone
  readonly word: string
  readonly about: string
} | null {
  if (shown === null || state === 'deploying' || (state === 'failed' && !shown)) return null
  return shown
    ? { tone: 'good', word: 'Seen done', about: 'A sync that began since shows it done.' }
    : { tone: 'bad', word: 'Not seen', about: 'A sync that began since does not show it done.' }
}

/** Whether somebody still has to do something about it. */
export function isOpenRemediation(state: RemediationState): boolean {
  return !isEnded(state)
}

/** Whether it can be taken off the list with a click; a key that was made is first put in place. */
export function canWithdraw(state: RemediationState): boolean {
  return state !== 'deploying' && nextRemediationState(state, 'withdraw') !== null
}

const EFFECTS: Readonly<Record<ImpactRow['effect'], { readonly tone: Tone; readonly word: string }>> = {
  dies: { tone: 'bad', word: 'Ends' },
  stays: { tone: 'quiet', word: 'Stays' },
  unknown: { tone: 'warn', word: 'Not said' },
}

/** What happens to a thing when its subject is removed. */
export function effectWord(effect: ImpactRow['effect']): { readonly tone: Tone; readonly word: string } {
  return EFFECTS[effect]
}

type Previewed = RemediationPreview['remediations'][number]

/** What a preview amounts to: which of the remedies would be sent, by how many calls, and which could not. */
export interface Sorted {
  readonly sends: readonly Previewed[]
  readonly byHand: readonly Previewed[]
  readonly blocked: readonly Previewed[]
  readonly calls: number
}

export function sortPreview(remediations: readonly Previewed[]): Sorted {
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

/** The ids of remedies, each once, in order. */
export function getIds(remediations: readonly { readonly row: RemediationRow }[]): number[] {
  return [...new Set(remediations.map((each) => each.row.remediationId))]
}
