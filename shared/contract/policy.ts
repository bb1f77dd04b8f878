import { z } from 'zod'

import { mapPolicy, MOST_LEADS, POLICY, type Policy, type PolicyField, type PolicyName } from '../domain/policy.ts'
import { clientRef, operation } from './common.ts'

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

/** How many findings there would be more, and how many of those that are open now would not be. */
const differences = { more: z.number().int(), fewer: z.number().int() }

export const policyContract = {
  /** The agency's policy, a client's override of it, and what results. */
  get: operation
    .input(z.object({ client: z.string().optional() }))
    .output(z.object({ policy: policySchema, override: policySchema.partial().nullable(), effective: policySchema })),
  /**
   * Previews how `set` would change the counted findings in the clients concerned, without writing it. Ends when the
   * call is cancelled.
   */
  preview: operation
    .input(z.object({ client: z.string().optional(), values: policySchema.partial().nullable() }))
    .output(
      z.object({
        ...differences,
        /** The clients and the rules whose findings differ. */
        clients: z.array(z.object({ client: clientRef, ...differences })),
        rules: z.array(z.object({ rule: z.string(), title: z.string(), ...differences })),
      }),
    ),
  /** Without a client: the agency's policy. With one: its override; null removes it. Due days are recalculated. */
  set: operation
    .input(z.object({ client: z.string().optional(), values: policySchema.partial().nullable() }))
    .output(z.object({ effective: policySchema })),
}
