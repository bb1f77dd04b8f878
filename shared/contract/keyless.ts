import { z } from 'zod'

import { PLATFORMS } from '../domain/keyless/platforms.ts'
import { KEYLESS, keylessRow } from '../nouns/keyless.ts'
import { clientRef, defineList, id, operation, scopeShape } from './common.ts'

export type { KeylessFilter, KeylessRow } from '../nouns/keyless.ts'

const platform = z.enum(PLATFORMS)

const snippet = z.object({ title: z.string(), text: z.string() })

/** The settings of one platform by which its workloads replace a key. Words in capitals are to be filled in. */
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

export const keylessContract = {
  /** The keys that federation could replace, with the reason and the last day of each. */
  list: defineList(KEYLESS),
  /** One of them with what to configure, its own platform first. NOT_FOUND for a key that is not in the plan. */
  get: operation.input(z.object({ keyId: id })).output(z.object({ row: keylessRow, setups: z.array(keylessSetup) })),
  /** Every client in scope that has such keys or had some, computed from the register. */
  progress: operation.input(z.object(scopeShape)).output(z.array(keylessProgress)),
  /**
   * The plan as a Markdown document: progress, keys, and what to configure. A filter narrows the keys; the progress is of
   * all keys of the scope.
   */
  markdown: operation.input(KEYLESS.filter).output(z.object({ text: z.string() })),
}
