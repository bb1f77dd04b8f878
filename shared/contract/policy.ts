import { z } from 'zod'

import { mapPolicy, MOST_LEADS, POLICY, type Policy, type PolicyField, type PolicyName } from '../domain/policy.ts'
import { operation } from './common.ts'

function schemaFor(field: PolicyField): z.ZodType {
  switch (field.kind) {
    case 'pattern':
      return z.string().min(1).max(field.most)
    case 'person':
      return z.string().trim().max(field.most)
    case 'number':
      return z.number().int().min(field.least).max(field.most)
    case 'leads':
      return z.array(z.number().int().min(field.least).max(field.most)).min(1).max(MOST_LEADS)
    case 'flag':
      return z.boolean()
    case 'choice':
      return z.enum(Object.keys(field.choices))
  }
}

export const policySchema = z.object(
  mapPolicy((name) => schemaFor(POLICY[name])) as { [N in PolicyName]: z.ZodType<Policy[N], Policy[N]> },
)

export const policyContract = {
  /** The agency's policy, a client's override of it, and what results. */
  get: operation
    .input(z.object({ client: z.string().optional() }))
    .output(z.object({ policy: policySchema, override: policySchema.partial().nullable(), effective: policySchema })),
  /** Without a client: the agency's policy. With one: its override; null removes it. Due days are worked out anew. */
  set: operation
    .input(z.object({ client: z.string().optional(), values: policySchema.partial().nullable() }))
    .output(z.object({ effective: policySchema })),
}
