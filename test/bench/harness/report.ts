import type { TargetId } from '../targets.ts'
import type { Sample } from './measure.ts'

export type Unit = 'ms' | 'MB' | 'kB' | 'lines' | 'bytes' | 'requests/s' | 'decisions/s'

/** One comparison: the same work and the same answer by us and by something else. */
export interface Row {
  readonly what: string
  readonly unit: Unit
  readonly ours: Sample
  readonly peer?: { readonly name: string; readonly sample: Sample }
  /** A floor is not a rival: it is the least that the work can cost. */
  readonly isFloor?: boolean
  /** What is promised of ours, where no target of `targets.ts` states it. */
  readonly limit?: number
  readonly target?: TargetId
  /** Where the same work is measured at several sizes: how it grows is a table of its own. */
  readonly growth?: Growth
}

export interface Growth {
  /** The same for all sizes of one work. */
  readonly work: string
  readonly size: number
  /** What the size counts: “keys”, “changed grants of 60,000”. */
  readonly by: string
}

/** A program that would have been compared with. */
export interface Missing {
  readonly name: string
  readonly install: string
}

export interface Report {
  readonly rows: readonly Row[]
  readonly missing: readonly Missing[]
  /** What a reader has to know: what was the same, what was not, where we lose and why. */
  readonly notes: readonly string[]
}

export interface Bench {
  readonly name: string
  readonly about: string
  readonly run: (setting: Setting) => Promise<Report>
}

export interface Setting {
  /** Root of the source tree, with the built product in `out`. */
  readonly root: string
  /** Where big registers are kept from one run to the next. */
  readonly cache: string
  /** A folder of this run alone, removed after it. */
  readonly scratch: string
  readonly quick: boolean
  readonly runs: number
  readonly say: (line: string) => void
}

/** What one bench reported, or why it could not. */
export interface Result {
  readonly name: string
  readonly about: string
  /** When it began, ISO to the minute, and how busy the machine was in the minute before. */
  readonly at: string
  readonly load: number
  readonly seconds: number
  /** Milliseconds of a fixed piece of work just before: how fast the machine was. */
  readonly yardstick: number
  readonly report: Report
  readonly failed?: string
}

/** One run of several benches. */
export interface Run {
  readonly machine: readonly string[]
  readonly results: readonly Result[]
}

/** Counted, not timed: the same at every run. */
export function exactly(value: number): Sample {
  return { median: value, low: value, high: value, middle: [value, value], runs: 1 }
}
