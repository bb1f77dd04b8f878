import type { Access } from './calls.ts'

/** The present moment, in milliseconds since the epoch, for requests about days. */
export function getPresent({ now }: Pick<Access, 'now'>): number {
  return now?.() ?? Date.now()
}
