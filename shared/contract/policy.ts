import { z } from 'zod'

import { mapPolicy, MOST_LEADS, POLICY, type Policy, type PolicyField, type PolicyName } from '../domain/policy.ts'
import { operation } from './common.ts'

function schemaFor(field: PolicyField): z.ZodType {
  if (field.kind === 'pattern') return z.string().min(1).max(field.most)
  if (field.kind === 'person') return z.string().trim().max(field.most)
  if (field.kind === 'flag') return z.boolean()
  if (field.kind === 'rules') return z.array(z.string().min(1).max(60)).max(field.most)
  if (field.kind === 'choice') return z.enum(Object.keys(field.choices))
  const number = z.number().int().min(field.least).max(field.most)
  return field.kind === 'number' ? number : z.array(number).min(1).max(MOST_LEADS)
}

export const policySchema = z.object(
  mapPolicy((name) => schemaFor(POLICY[name])) as { [N in PolicyName]: z.ZodType<Policy[N], Policy[N]> },
)

export const policyContract = {
  /** The agency's policy, a client's override of it, and what results. */
  get: operation
    .input(z.object({ client: z.string().optional() }))
    .output(z.object({ policy: policySchema, override: policySchema.partial().nullable(), effective: policySchema })),
  /** Without a client: the agency's policy. With one: its override; null removes it. Due days are recalculated. */
  set: operation
    .input(z.object({ client: z.string().optional(), values: policySchema.partial().nullable() }))
    .output(z.object({ effective: policySchema })),
}
