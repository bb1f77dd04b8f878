import { eventIterator } from '@orpc/contract'
import { z } from 'zod'

import { SOURCE_STATES, SOURCES } from '../domain/source.ts'
import { id, instant, operation, scopeShape, secretText } from './common.ts'
import { syncSummary } from './connections.ts'

export const sourceProgress = z.object({
  source: z.enum(SOURCES),
  /** `reading` until it ends. Per-project sources are added up; `projects` counts those begun and ended. */
  state: z.enum(['reading', ...SOURCE_STATES]),
  fetched: z.number().int(),
  expected: z.number().int().nullable(),
  projects: z.object({ begun: z.number().int(), ended: z.number().int() }).nullable(),
})

/** A running or just completed sync of one connection. */
export const syncProgress = z.object({
  connectionId: id,
  phase: z.enum(['waiting', 'reading', 'writing', 'done']),
  sources: z.array(sourceProgress),
  /** The provider limits requests: which one, and until when further requests are held back. Null while none are. */
  waiting: z.object({ provider: z.string(), until: instant }).nullable(),
  /** Set when phase is `done`, unless not even the attempt could be written. */
  result: syncSummary.nullable(),
  /** Why nothing is in the register, not even the attempt, in sentences; null otherwise. */
  notWritten: z.string().nullable(),
})
export type SyncProgress = z.infer<typeof syncProgress>

/** A connection that was left out, and why; `noKey`: it has no API key. */
const skippedSync = z.object({ connectionId: id, reason: z.string(), noKey: z.boolean() })

export const syncContract = {
  /**
   * Starts a sync of the connections (all of the scope when none is named) and returns immediately; several run in
   * parallel. A connection already syncing is left alone. `credential` is used for this run only and not kept.
   */
  start: operation
    .input(
      z.object({
        ...scopeShape,
        connections: z.array(id).optional(),
        credential: secretText(4096).optional(),
      }),
    )
    .output(z.object({ started: z.array(id), skipped: z.array(skippedSync) })),
  cancel: operation.input(z.object({ connectionId: id })).output(z.object({ cancelled: z.boolean() })),
  /** The state of every sync under way, then each change. Ends after `done` of the last, or never with `follow`. */
  watch: operation.input(z.object({ follow: z.boolean().default(false) })).output(eventIterator(z.array(syncProgress))),
}
