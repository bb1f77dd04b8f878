import { z } from 'zod'

import { emailKey } from '../../../shared/domain/email.ts'
import type { WriteAnswer } from './write.ts'

/** The word, if it is one of these. */
export function pickOne<const T extends readonly string[]>(words: T, word: string | null): T[number] | undefined {
  return words.find((each) => each === word)
}

/** A reader of answers: `says` when the answer has this form, else null. */
export function whenAnswer(form: z.ZodType, says: string): (answer: unknown) => WriteAnswer | null {
  return (answer) => (form.safeParse(answer).success ? { says } : null)
}

/** The values that an answer has to repeat, so that it is about this thing and has the requested state. */
export function repeating(values: Readonly<Record<string, string | number | boolean>>): z.ZodType {
  return z.looseObject(Object.fromEntries(Object.entries(values).map(([name, value]) => [name, z.literal(value)])))
}

/** An address in an answer that is this one, in whatever case the provider writes it. */
export function sameEmail(email: string): z.ZodType {
  return z.string().refine((text) => emailKey(text) === emailKey(email))
}
