import { z } from 'zod'

import { SEVERITIES } from '../domain/findings/severity.ts'
import { isDay } from '../domain/day.ts'
import { LEVELS } from '../domain/role.ts'

/** Milliseconds since the Unix epoch, UTC. */
export const instant = z.number().int()

/** `YYYY-MM-DD`. */
export const day = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/u, 'Write a day as YYYY-MM-DD')
  .refine(isDay, 'This day does not exist')

export const id = z.number().int().positive()

/** Client slug; left out: all clients. It limits every list, search, export and count. */
export const scopeShape = { client: z.string().min(1).optional() }

export const level = z.enum(LEVELS)

export const clientRef = z.object({ slug: z.string(), name: z.string(), colour: z.string() })
export type ClientRef = z.infer<typeof clientRef>

export const connectionRef = z.object({
  id,
  label: z.string(),
  provider: z.string(),
  organizationId: z.string().nullable(),
})
export type ConnectionRef = z.infer<typeof connectionRef>

/** By whom and when a provider's own log has it that something was done; `name` is null where it reports no one. */
export const madeBy = z.object({ eventId: id, at: instant, name: z.string().nullable() })

export const projectRef = z.object({ id, name: z.string(), externalId: z.string(), status: z.string() })

/** The most values of one filter. */
const MAX_VALUES = 50

/** A filter by one value or several, any of which matches; left out: it does not filter. */
export function anyOf<T extends z.ZodType>(value: T) {
  return z.union([value, z.array(value).min(1).max(MAX_VALUES).readonly()]).optional()
}

/** The badge of a subject in lists and panels: the number of open findings, and their highest severity. */
export const findingMark = z.object({ count: z.number().int().positive(), worst: z.enum(SEVERITIES) })
export type FindingMark = z.infer<typeof findingMark>
