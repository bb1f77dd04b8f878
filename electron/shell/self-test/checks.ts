import type { CheckState } from '../../../shared/contract/self-test.ts'

/** One line of the report. */
export interface Check {
  readonly name: string
  readonly state: CheckState
  /** The finding, or the failure. */
  readonly detail: string
  readonly ms: number
}

/** Thrown by a check that this machine does not support. The message is why. */
export class NothingToCheck extends Error {
  override readonly name = 'NothingToCheck'
}

export interface Checks {
  /** Runs a check, which returns what it found, when everything that it `needs` is ok. Never throws. */
  run(name: string, work: () => Promise<string> | string, needs?: readonly string[]): Promise<void>
  /** Runs a check within its own limit, regardless of the others. */
  runLast(name: string, limit: number, work: () => Promise<string> | string): Promise<void>
  readonly done: readonly Check[]
}

export interface Limits {
  /** Of each check, in milliseconds. */
  readonly each: number
  /** Of all checks together, in milliseconds from now. */
  readonly all: number
}

/** Runs checks one after the other, each within its own limit and all within a common one. */
export function newChecks({ each, all }: Limits): Checks {
  const done: Check[] = []
  const end = performance.now() + all
  const add = (name: string, state: CheckState, detail: string, ms = 0): void =>
    void done.push({ name, state, detail, ms })
  const runWithin = async (name: string, limit: number, work: () => Promise<string> | string): Promise<void> => {
    const start = performance.now()
    try {
      const seen = await within(limit, work)
      add(name, 'ok', seen, performance.now() - start)
    } catch (error) {
      const state = error instanceof NothingToCheck ? 'none' : 'failed'
      add(name, state, error instanceof Error ? error.message : String(error), performance.now() - start)
    }
  }
  return {
    done,
    runLast: runWithin,
    run: async (name, work, needs = []) => {
      const missing = needs.find((need) => done.find((check) => check.name === need)?.state !== 'ok')
      if (missing !== undefined) return add(name, 'none', `not checked, since this was not ok: ${missing}`)
      const left = end - performance.now()
      if (left <= 0) return add(name, 'none', `not checked, since ${toSeconds(all)} s were over`)
      await runWithin(name, Math.min(each, left), work)
    },
  }
}

/** The result of the work; throws when it takes longer than the limit. */
async function within<T>(ms: number, work: () => Promise<T> | T): Promise<T> {
  const late = Promise.withResolvers<never>()
  const timer = setTimeout(() => late.reject(new Error(`It did not end within ${toSeconds(ms)} s.`)), ms)
  try {
    const result = Promise.resolve().then(work)
    // A result after the limit is not used.
    result.catch(() => undefined)
    return await Promise.race([result, late.promise])
  } finally {
    clearTimeout(timer)
  }
}

function toSeconds(ms: number): string {
  return String(Number((ms / 1000).toFixed(1)))
}
