import type { Connection, SourceSummary } from '../../shared/contract/connections.ts'
import type { SyncProgress } from '../../shared/contract/sync.ts'
import { providerName } from '../../shared/domain/providers/providers.ts'
import { plural, wholeNumber } from '../ui/relative.ts'
import type { Tone } from '../ui/status.tsx'

/** States that need no action: the source was read, or does not exist. */
const SETTLED: ReadonlySet<string> = new Set(['complete', 'readable', 'unavailable'])

export interface Completeness {
  readonly tone: Tone
  /** `13 of 14 sources complete`. */
  readonly text: string
  /** The sources that are not complete, each with the reason on its own line. */
  readonly detail: string
}

/** How much of an organization the last sync read. Sources that the organization does not have count as read. */
export function describeCompleteness(
  sources: readonly SourceSummary[],
  label: (source: SourceSummary) => string,
): Completeness {
  const missing = sources.filter(({ state }) => !SETTLED.has(state))
  const detail = missing.map((each) => `${label(each)}: ${each.reason ?? each.state}`).join('\n')
  if (sources.length === 0) return { tone: 'quiet', text: 'Nothing read', detail: '' }
  if (missing.length === 0) return { tone: 'good', text: `All ${plural(sources.length, 'source')} synced`, detail: '' }
  return {
    tone: 'warn',
    text: `${sources.length - missing.length} of ${plural(sources.length, 'source')} synced`,
    detail,
  }
}

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

/** `120`, or `118 of 120` when the provider reported a total and fewer rows were read. */
export function fetchedText(fetched: number, expected: number | null): string {
  return expected === null || expected === fetched
    ? wholeNumber(fetched)
    : `${wholeNumber(fetched)} of ${wholeNumber(expected)}`
}

/** The same sources, those that were not or cannot be read first. */
export function notReadFirst<Source extends { readonly state: string }>(sources: readonly Source[]): readonly Source[] {
  const isSettled = ({ state }: Source): boolean => SETTLED.has(state)
  return [...sources.filter((each) => !isSettled(each)), ...sources.filter(isSettled)]
}
