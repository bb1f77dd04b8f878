import { z } from 'zod'

import { CERTAINTIES } from '../domain/certainty.ts'
import { PLATFORMS } from '../domain/keyless/platforms.ts'
import {
  anyOf,
  clientRef,
  connectionRef,
  day,
  id,
  operation,
  projectRef,
  readSlice,
  scopeShape,
  sliceShape,
  sortBy,
} from './common.ts'
import { lastUse } from './keys.ts'

/** `static`: no federation rule for its account. `beside`: one is active, and the key is left. */
export const KEYLESS_STATES = ['static', 'beside'] as const

/** How the window and documents name each state. */
export const KEYLESS_STATE_WORDS = { static: 'no rule yet', beside: 'beside a rule' } as const

export const KEYLESS_SORTS = ['last-day', 'certainty', 'client', 'name'] as const

const platform = z.enum(PLATFORMS)

/** A key that only a pipeline or a cloud workload uses, and the day by which a federation rule can replace it. */
export const keylessRow = z.object({
  keyId: id,
  name: z.string(),
  client: clientRef,
  connection: connectionRef,
  project: projectRef.nullable(),
  /** The service account that owns it; null: another owner, so that one is to be made. */
  account: z.object({ id, externalId: z.string(), name: z.string().nullable() }).nullable(),
  state: z.enum(KEYLESS_STATES),
  /** How sure it is that no person uses it, and what that follows from. */
  certainty: z.enum(CERTAINTIES),
  reasons: z.array(z.string()),
  /** Where it is used, by its name or its rule; null: not known. */
  platform: platform.nullable(),
  /** The active federation rule of its account. */
  rule: z.object({ federationId: id, workload: z.string() }).nullable(),
  lastDay: day,
  lastDayBecause: z.string(),
  dueOn: day.nullable(),
  lastUse,
})
export type KeylessRow = z.infer<typeof keylessRow>

const snippet = z.object({ title: z.string(), text: z.string() })

/** What to configure on one platform, so that its workloads replace a key. Words in capitals are to be filled in. */
export const keylessSetup = z.object({
  platform,
  name: z.string(),
  rule: z.object({
    issuer: z.string(),
    subject: z.string(),
    audience: z.string(),
    account: z.string(),
    project: z.string(),
    hint: z.string(),
  }),
  steps: z.array(z.string()),
  snippets: z.array(snippet),
})
export type KeylessSetup = z.infer<typeof keylessSetup>

const count = z.number().int().min(0)

/** How far a client is. `retired`: keys that ended after a sync first showed a federation rule that replaces them. */
export const keylessProgress = z.object({ client: clientRef, static: count, beside: count, retired: count })
export type KeylessProgress = z.infer<typeof keylessProgress>

export const keylessFilter = z.object({
  ...scopeShape,
  /** Part of the name of a key, its project or its service account. */
  search: z.string().max(200).optional(),
  connection: id.optional(),
  state: anyOf(z.enum(KEYLESS_STATES)),
  certainty: anyOf(z.enum(CERTAINTIES)),
  platform: anyOf(platform),
})
export type KeylessFilter = z.infer<typeof keylessFilter>

export const keylessContract = {
  /** The keys that federation could replace, with the reason and the last day of each. */
  list: operation
    .input(keylessFilter.extend({ sort: sortBy(KEYLESS_SORTS), ...sliceShape }))
    .output(readSlice(keylessRow)),
  /** One of them with what to configure, its own platform first. NOT_FOUND for a key that is not in the plan. */
  get: operation.input(z.object({ keyId: id })).output(z.object({ row: keylessRow, setups: z.array(keylessSetup) })),
  /** Every client in scope that has such keys or had some, computed from the register. */
  progress: operation.input(z.object(scopeShape)).output(z.array(keylessProgress)),
  /**
   * The plan as a Markdown document: progress, keys, and what to configure. A filter narrows the keys; the progress is of
   * all keys of the scope.
   */
  markdown: operation.input(keylessFilter).output(z.object({ text: z.string() })),
}
