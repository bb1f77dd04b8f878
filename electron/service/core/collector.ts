import type { SyncProgress } from '../../../shared/contract/sync.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'
import type { Sink } from '../../providers/kit/tally.ts'

type SourceProgress = SyncProgress['sources'][number]

interface Tally {
  fetched: number
  expected: number | null
  state: SourceProgress['state']
  projects: { begun: number; ended: number } | null
  /** Rows so far of each part, by project. */
  readonly parts: Map<string, number>
  /** The worst state of the parts that have ended. */
  worst: SourceOutcome['state'] | null
}

/** Gathers what an adapter reads, and counts it for observers. */
export interface Collector {
  readonly sink: Sink
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
  readonly progress: () => SourceProgress[]
  /** Releases the facts once they are written; the counts stay. */
  release(): void
}

/** Worst first: the order in which the states of a per-project source are combined. */
const WORST: readonly SourceOutcome['state'][] = ['failed', 'cancelled', 'denied', 'unavailable', 'complete']

export function newCollector(onChange: () => void): Collector {
  const facts: SourcedFacts[] = []
  const outcomes: SourceOutcome[] = []
  const tallies = new Map<SourceName, Tally>()
  const makeTally = (source: SourceName): Tally => {
    const known = tallies.get(source)
    if (known) return known
    const fresh: Tally = { fetched: 0, expected: null, state: 'reading', projects: null, parts: new Map(), worst: null }
    tallies.set(source, fresh)
    return fresh
  }
  const sink: Sink = {
    begin: (source, project) => {
      const tally = makeTally(source)
      tally.state = 'reading'
      if (project !== null) {
        tally.projects ??= { begun: 0, ended: 0 }
        tally.projects.begun += 1
      }
      onChange()
    },
    facts: (source, project, page, fetched, expected) => {
      const tally = makeTally(source)
      facts.push({ source, project, facts: page })
      count(tally, project, fetched)
      tally.expected = expected
      onChange()
    },
    end: (outcome) => {
      const tally = makeTally(outcome.source)
      outcomes.push(outcome)
      if (outcome.project !== null && tally.projects) tally.projects.ended += 1
      count(tally, outcome.project, outcome.fetched)
      tally.worst = getWorse(tally.worst ?? 'complete', outcome.state)
      const under = tally.projects !== null && tally.projects.ended < tally.projects.begun
      tally.state = under ? 'reading' : tally.worst
      onChange()
    },
  }
  return {
    sink,
    facts,
    outcomes,
    release: () => {
      facts.length = 0
    },
    progress: () =>
      [...tallies].map(([source, tally]) => ({
        source,
        state: tally.state,
        fetched: tally.fetched,
        expected: tally.expected,
        projects: tally.projects === null ? null : { ...tally.projects },
      })),
  }
}

function getWorse(one: SourceOutcome['state'], other: SourceOutcome['state']): SourceOutcome['state'] {
  return WORST.indexOf(other) < WORST.indexOf(one) ? other : one
}

/**
 * Rows so far of one part, added to those of the others: summing up all of them each time takes too long for many
 * projects.
 */
function count(tally: Tally, project: string | null, fetched: number): void {
  tally.fetched += fetched - (tally.parts.get(project ?? '') ?? 0)
  tally.parts.set(project ?? '', fetched)
}
