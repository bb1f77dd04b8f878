import type { SourceSummary } from '../../../shared/contract/connections.ts'
import type { CoverageRow } from '../../../shared/contract/coverage.ts'
import { type CoverageState, COVERAGE_STATES, worstCoverage } from '../../../shared/domain/coverage.ts'
import { countRead } from '../../../shared/domain/source.ts'
import { type Coverage, getMethods, isRead, type ReadOffer } from '../../providers/kit/coverage.ts'
import type { ReportState } from '../../register/usage/reports.ts'

/** How far the lists and reports of a connection were read. */
export interface WasRead {
  readonly sources: readonly SourceSummary[]
  readonly reports: readonly Pick<ReportState, 'report' | 'state' | 'reason'>[]
}

/** Everything that a provider offers, in the order of its coverage, and how far it was read. */
export function coverageRows({ offers }: Coverage, read: WasRead): CoverageRow[] {
  return offers.map((offer) => ({
    what: offer.what,
    ...(isRead(offer) ? readState(offer, read) : { ...UNREAD, reason: offer.because, unknown: offer.unknown }),
    methods: [...getMethods(offer)],
  }))
}

const UNREAD = { state: 'not-read', fetched: null } as const

type Part = Pick<CoverageRow, 'reason'> & { readonly state: CoverageState }

function findParts({ sources, reports, needs }: ReadOffer, read: WasRead): readonly Part[] {
  const named = [
    ...sources.map((name) => read.sources.find(({ source }) => source === name)),
    ...reports.map((name) => read.reports.find(({ report }) => report === name)),
  ]
  return named.map((part) =>
    part === undefined
      ? { state: 'not-synced', reason: needs }
      : { state: toState(part.state), reason: part.state === 'complete' ? null : part.reason },
  )
}

/** A state that an earlier version wrote and this one does not know counts as one that concludes nothing. */
function toState(state: string): CoverageState {
  return COVERAGE_STATES.find((known) => known === state) ?? 'failed'
}

function readState(offer: ReadOffer, read: WasRead): Omit<CoverageRow, 'what' | 'methods'> {
  const parts = findParts(offer, read)
  const state = worstCoverage(parts.map((part) => part.state))
  const rows = read.sources.filter(({ source }) => offer.sources.includes(source))
  return {
    state,
    fetched: countFetched(rows, state),
    reason: parts.find((part) => part.state === state && part.reason !== null)?.reason ?? null,
    unknown: parts.every((part) => part.state === 'complete') ? null : offer.unknown,
  }
}

function countFetched(rows: readonly SourceSummary[], state: CoverageState): number | null {
  return rows.length === 0 ? null : countRead({ state, fetched: rows.reduce((sum, row) => sum + row.fetched, 0) })
}
