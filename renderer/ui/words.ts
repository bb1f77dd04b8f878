import type { RotationState } from '../../shared/domain/rotation.ts'
import type { SourceState } from '../../shared/domain/source.ts'
import type { Tone } from './status.tsx'

export interface Word {
  readonly tone: Tone
  readonly word: string
}

const ROTATION: Readonly<Record<RotationState, Word>> = {
  overdue: { tone: 'bad', word: 'Overdue' },
  due: { tone: 'warn', word: 'Due' },
  ok: { tone: 'good', word: 'On track' },
  unknown: { tone: 'quiet', word: 'No due date' },
}

export function rotationWord(state: RotationState): Word {
  return ROTATION[state]
}

const SOURCE: Readonly<Record<SourceState | 'reading' | 'readable', Word>> = {
  reading: { tone: 'busy', word: 'Reading' },
  readable: { tone: 'good', word: 'Readable' },
  complete: { tone: 'good', word: 'Complete' },
  denied: { tone: 'bad', word: 'Denied' },
  unavailable: { tone: 'quiet', word: 'Not available' },
  failed: { tone: 'bad', word: 'Failed' },
  cancelled: { tone: 'warn', word: 'Cancelled' },
}

/** The state of a source of a sync, or of a source that a credential can read. */
export function sourceWord(state: SourceState | 'reading' | 'readable'): Word {
  return SOURCE[state]
}

const SYNC = {
  complete: { tone: 'good', word: 'Complete' },
  partial: { tone: 'warn', word: 'Partial' },
  failed: { tone: 'bad', word: 'Failed' },
  cancelled: { tone: 'quiet', word: 'Cancelled' },
} as const satisfies Record<string, Word>

export function syncWord(state: keyof typeof SYNC): Word {
  return SYNC[state]
}
