import { JOB_NAMES } from '../../../shared/contract/self-test.ts'

/** Set by the build: the programs of the desktop application, and its thread. */
declare const CASTELLAN_ENTRY_POINTS: readonly string[]

/** The entry points of this build, and the jobs of its thread; none where it runs without a build. */
export const ENTRY_POINTS: readonly string[] =
  typeof CASTELLAN_ENTRY_POINTS === 'undefined' ? [] : [...CASTELLAN_ENTRY_POINTS, ...JOB_NAMES]

/**
 * Compares the entry points of the build with those that ran, and returns what was seen. Throws with the names of those
 * that did not run, and without a list.
 */
export function tickEntryPoints(all: readonly string[], ran: ReadonlySet<string>): string {
  if (all.length === 0) throw new Error('This build has no list of its entry points. Build it again: npm run build.')
  const missing = all.filter((name) => !ran.has(name))
  if (missing.length > 0) throw new Error(`These did not run: ${missing.join(', ')}.`)
  return `all ${all.length} ran: ${all.join(', ')}`
}
