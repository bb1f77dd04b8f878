import type { Connection } from '../../shared/contract/connections.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { plural, wholeNumber } from '../ui/relative.ts'
import type { Tone } from '../ui/status.tsx'
import { getReadingEnd } from './completeness.ts'

export interface CredentialWords {
  readonly tone: Tone
  readonly word: string
  readonly detail: string
}

/** Where a credential is kept; a refused one is shown as such. */
export function credentialWords({ state, hint, check }: Connection['credential']): CredentialWords {
  const shown = hint ?? ''
  if (check === 'refused' && (state === 'stored' || state === 'session')) {
    return { tone: 'bad', word: 'Refused', detail: shown }
  }
  if (state === 'stored') return { tone: 'good', word: 'In the keychain', detail: shown }
  if (state === 'not-needed') return { tone: 'quiet', word: 'Not needed', detail: '' }
  if (state === 'session') return { tone: 'warn', word: 'This session only', detail: shown }
  return { tone: 'quiet', word: 'None', detail: '' }
}

/**
 * The progress of a running sync: `Reading, 1,240 rows`, or `Waiting for OpenAI, 1,240 rows` while it limits requests.
 */
export function progressText(progress: SyncProgress): string {
  const phases = { waiting: 'Waiting', reading: 'Reading', writing: 'Writing', done: 'Done' }
  const { waiting } = progress
  const phase = waiting === null ? phases[progress.phase] : `Waiting for ${providerName(waiting.provider)}`
  const rows = progress.sources.reduce((sum, each) => sum + each.fetched, 0)
  return rows === 0 ? phase : `${phase}, ${plural(rows, 'row')}`
}

/** The share of the sources that has ended, from 0 to 100. */
export function progressPercent(progress: SyncProgress): number {
  if (progress.phase === 'done') return 100
  if (progress.sources.length === 0) return 0
  const ended = progress.sources.filter(({ state }) => state !== 'reading').length
  return Math.round((ended / progress.sources.length) * 100)
}

/** `120`, or `118 of 120` when the provider reported a total and fewer rows were read; empty where nothing was read. */
export function fetchedText({ state, fetched, expected }: FetchedSource): string {
  if (fetched === 0 && state !== 'reading' && getReadingEnd({ state }) !== 'read') return '–'
  return expected === null || expected === fetched
    ? wholeNumber(fetched)
    : `${wholeNumber(fetched)} of ${wholeNumber(expected)}`
}

interface FetchedSource {
  readonly state: string
  readonly fetched: number
  readonly expected: number | null
}
