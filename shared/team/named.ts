import { z } from 'zod'

/** The kind of the operation that gives a person of a log their name. It changes no table of decisions: the newest one holds. */
export const NAMED_KIND = 'member.named'

/** A pattern of its own: that of a library may change with its version, and verdicts with it. */
const email = z
  .string()
  .max(320)
  .regex(/^[!-?A-~]{1,64}@[0-9A-Za-z.-]{1,255}$/u)

export const named = z.strictObject({
  v: z.literal(1),
  member: z.uuid(),
  name: z.string().min(1).max(200),
  email,
})
export type Named = z.infer<typeof named>
