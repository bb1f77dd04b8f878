import { z } from 'zod'

/** Reads the values of a search param back, as `joinValues` writes them; empty ones are left out. */
export function splitValues(text: string): readonly string[] {
  return text
    .split(',')
    .filter((value) => value !== '')
    .map((value) => value.replaceAll(/%(?:25|2C|22|5B|7B)/gu, (sign) => decodeURIComponent(sign)))
}

/** Several values in a search param, of which those that the schema does not know are left out. */
export function manyParam<T extends z.ZodType<string>>(value: T) {
  return z
    .union([z.string(), z.number(), z.boolean(), z.array(value)])
    .transform((given): readonly z.output<T>[] | undefined => {
      const texts: readonly string[] = Array.isArray(given) ? given : splitValues(String(given))
      const known = texts.flatMap((text) => {
        const parsed = value.safeParse(text)
        return parsed.success ? [parsed.data] : []
      })
      return known.length === 0 ? undefined : known
    })
    .optional()
    .catch(undefined)
}

/** Text in a search param, also where it looks like a number or a truth value (`?client=123`). */
export const textParam = z.union([z.string(), z.number(), z.boolean()]).transform(String).optional().catch(undefined)

/** An id in a search param. */
export const idParam = z.number().int().positive().optional().catch(undefined)

/** A truth value in a search param. */
export const flagParam = z.boolean().optional().catch(undefined)
