import type { SyncProgress } from '../../../shared/contract/sync.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import type { Sink } from '../../providers/provider.ts'
import type { SourcedFacts } from '../../register/apply/reading.ts'

type SourceProgress = SyncProgress['sources'][number]

interface Tally {
  fetched: number
  expected: number | null
  state: SourceProgress['state']
  projects: { begun: number; ended: number } | null
  /** Rows so far of the parts that are under way, by project. */
  readonly parts: Map<string, number>
}

/** Gathers what an adapter reads, and counts it for whoever watches. */
export interface Collector {
  readonly sink: Sink
  readonly facts: readonly SourcedFacts[]
  readonly outcomes: readonly SourceOutcome[]
  progress(): SourceProgress[]
  /** Lets go of the facts, once they are written; the counts stay. */
  release(): void
}

/** Worst first: what the parts of a per-project source add up to. */
const WORST: readonly SourceOutcome['state'][] = ['failed', 'cancelled', 'denied', 'unavailable', 'complete']

export function newCollector(onChange: () => void): Collector {
  const facts: SourcedFacts[] = []
  const outcomes: SourceOutcome[] = []
  const tallies = new Map<SourceName, Tally>()
  const tallyOf = (source: SourceName): Tally => {
    const known = tallies.get(source)
    if (known) return known
    const fresh: Tally = { fetched: 0, expected: null, state: 'reading', projects: null, parts: new Map() }
    tallies.set(source, fresh)
    return fresh
  }
  const sink: Sink = {
    begin: (source, project) => {
      const tally = tallyOf(source)
      tally.state = 'reading'
      if (project !== null) {
        tally.projects ??= { begun: 0, ended: 0 }
        tally.projects.begun += 1
      }
      onChange()
    },
    facts: (source, project, page, fetched, expected) => {
      const tally = tallyOf(source)
      facts.push({ source, project, facts: page })
      tally.parts.set(project ?? '', fetched)
      tally.fetched = sum(tally.parts.values())
      tally.expected = expected
      onChange()
    },
    end: (outcome) => {
      const tally = tallyOf(outcome.source)
      outcomes.push(outcome)
      if (outcome.project !== null && tally.projects) tally.projects.ended += 1
      tally.parts.set(outcome.project ?? '', outcome.fetched)
      tally.fetched = sum(tally.parts.values())
      const under = tally.projects !== null && tally.projects.ended < tally.projects.begun
      tally.state = under ? 'reading' : worstOf(outcomes, outcome.source)
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

function worstOf(outcomes: readonly SourceOutcome[], source: SourceName): SourceOutcome['state'] {
  const states = new Set(outcomes.filter((o) => o.source === source).map((o) => o.state))
  return WORST.find((state) => states.has(state)) ?? 'complete'
}

function sum(numbers: Iterable<number>): number {
  let total = 0
  for (const number of numbers) total += number
  return total
}
