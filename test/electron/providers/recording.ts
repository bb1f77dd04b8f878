import type { Fact } from '../../../shared/domain/facts.ts'
import type { ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { SourceName, SourceOutcome } from '../../../shared/domain/source.ts'
import { getProvider } from '../../../electron/providers/registry.ts'
import { fakeClock } from '../../providers/fake-clock.ts'
import type { Access } from '../../../electron/providers/kit/calls.ts'
import type { Sink } from '../../../electron/providers/kit/tally.ts'

/** A recorded reading, and a check of the rules that every sink may rely on. */
export interface Recording extends Sink {
  readonly all: Fact[]
  readonly outcomes: SourceOutcome[]
  readonly began: string[]
  of<T extends Fact['type']>(type: T): Extract<Fact, { type: T }>[]
  outcome(source: SourceName, project?: string | null): SourceOutcome
}

export function recording(): Recording {
  const all: Fact[] = []
  const outcomes: SourceOutcome[] = []
  const began: string[] = []
  const open = new Map<string, number>()
  const key = (source: SourceName, project: string | null): string => `${source} ${project ?? ''}`
  return {
    all,
    outcomes,
    began,
    begin(source, project) {
      const name = key(source, project)
      if (began.includes(name)) throw new Error(`${name} began twice`)
      began.push(name)
      open.set(name, 0)
    },
    facts(source, project, facts, fetched) {
      const before = open.get(key(source, project))
      if (before === undefined) throw new Error(`${key(source, project)} is not open`)
      if (fetched < before) throw new Error('fetched went back')
      open.set(key(source, project), fetched)
      for (const fact of facts) all.push(fact)
    },
    end(outcome) {
      const name = key(outcome.source, outcome.project)
      if (!open.has(name)) throw new Error(`${name} ended without being open`)
      if ((outcome.state === 'complete') !== (outcome.reason === null))
        throw new Error(`${name}: reason and state differ`)
      open.delete(name)
      outcomes.push(outcome)
    },
    of(type) {
      return all.filter((fact) => fact.type === type) as never
    },
    outcome(source, project = null) {
      const found = outcomes.find((outcome) => outcome.source === source && outcome.project === project)
      if (found === undefined) throw new Error(`${key(source, project)} has no outcome`)
      return found
    },
  }
}

export interface Reach {
  readonly baseUrl: string
  readonly credential: string
  readonly signal?: AbortSignal
  readonly more?: Partial<Access>
}

/** Reads by a clock on which no wait takes time, and checks that everything that began has ended. */
export async function readAll(id: ProviderId, { baseUrl, credential, signal, more }: Reach): Promise<Recording> {
  const sink = recording()
  const access: Access = { credential, baseUrl, maxRetryDelayMs: 20, clock: fakeClock(), ...more }
  await getProvider(id).read(access, sink, signal ?? new AbortController().signal)
  if (sink.began.length !== sink.outcomes.length) throw new Error('Something began and did not end')
  return sink
}
