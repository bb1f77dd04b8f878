import { appendFileSync } from 'node:fs'

import { makeRandom } from '../providers/random.ts'
import { type DrillName, DRILLS, SAMPLE_SEED } from './drills.ts'

/** A limit for drills that run whole on a busy machine; only what hangs reaches it. */
export const DRILL_LIMIT_MS = 6 * 3_600_000

interface Asked {
  readonly count: number
  /** An integer from 0 to 2³¹ − 1. */
  readonly seed: number
}

/**
 * How often a drill tries, and the seed that decides what. `build/steps/drills.mjs` asks for more than the sample by
 * `CASTELLAN_DRILLS=whole`, `CASTELLAN_DRILL_COUNT` and `CASTELLAN_DRILL_SEED`. Throws on what is not a number.
 */
export function drill(name: DrillName, env: NodeJS.ProcessEnv = process.env): Asked {
  const count = countOf(name, env)
  if (Number.isFinite(count)) noteTried(name, count, env)
  return { count, seed: numberIn(env, 'CASTELLAN_DRILL_SEED', 0) ?? SAMPLE_SEED }
}

/** How often a drill tries. Throws on what is not a number. */
export function countOf(name: DrillName, env: NodeJS.ProcessEnv = process.env): number {
  const { sample, whole } = DRILLS[name]
  return numberIn(env, 'CASTELLAN_DRILL_COUNT', 1) ?? (env['CASTELLAN_DRILLS'] === 'whole' ? whole : sample)
}

/** Whether more than the sample of `npm test` is asked for. */
export function isDrill(env: NodeJS.ProcessEnv = process.env): boolean {
  return env['CASTELLAN_DRILLS'] === 'whole' || numberIn(env, 'CASTELLAN_DRILL_COUNT', 1) !== undefined
}

/** Records for the report of `npm run drills` how many cases were tried of a drill that tries every existing case. */
export function noteTried(name: DrillName, tried: number, env: NodeJS.ProcessEnv = process.env): void {
  const report = env['CASTELLAN_DRILLS_REPORT']
  if (report !== undefined) appendFileSync(report, `${JSON.stringify({ name, tried })}\n`)
}

/** A drill as fast-check takes it. */
export function drillRuns(name: DrillName): { readonly numRuns: number; readonly seed: number } {
  const { count, seed } = drill(name)
  return { numRuns: count, seed }
}

/** As many of some cases as a drill tries, in their order, drawn by its seed. */
export function drawn<T>(name: DrillName, cases: readonly T[], env: NodeJS.ProcessEnv = process.env): readonly T[] {
  const { count, seed } = drill(name, env)
  const random = makeRandom(seed)
  const chosen = new Set(
    cases
      .map((_, at) => ({ at, rank: random() }))
      .toSorted((a, b) => a.rank - b.rank)
      .slice(0, count)
      .map(({ at }) => at),
  )
  if (!Number.isFinite(count)) noteTried(name, chosen.size, env)
  return cases.filter((_, at) => chosen.has(at))
}

function numberIn(env: NodeJS.ProcessEnv, name: string, least: number): number | undefined {
  const text = env[name]
  if (text === undefined || text === '') return undefined
  const value = Number(text)
  if (!Number.isInteger(value) || value < least || value > 2 ** 31 - 1) {
    throw new RangeError(`${name} is not a whole number from ${least} to ${2 ** 31 - 1}: ${text}`)
  }
  return value
}
