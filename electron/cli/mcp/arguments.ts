import { z } from 'zod'

import { counted } from '../../../shared/domain/counted.ts'

/** Describes an argument in words, from its schema in JSON. */
function describeValue(property: Readonly<Record<string, unknown>>): string {
  const { enum: choices, type, minimum, maximum, maxLength, items } = property
  if (Array.isArray(choices)) return `one of ${choices.join(', ')}`
  if (type === 'array') return `a list, each ${describeValue((items ?? {}) as Readonly<Record<string, unknown>>)}`
  if (type === 'integer' || type === 'number') {
    const most = typeof maximum === 'number' && maximum < Number.MAX_SAFE_INTEGER ? ` to ${maximum}` : ''
    return `a whole number from ${typeof minimum === 'number' ? minimum : 0}${most}`
  }
  if (type === 'boolean') return 'true or false'
  return typeof maxLength === 'number' ? `a text of at most ${counted(maxLength, 'character')}` : 'a text'
}

/**
 * The arguments of a question. Throws where one is unknown, missing or not valid, with what the tool takes: a misspelled filter that
 * is dropped would answer another question.
 */
export function parseArguments<Input extends z.ZodObject>(
  name: string,
  schema: Input,
  given: unknown,
): z.output<Input> {
  const parsed = schema.strict().safeParse(given ?? {})
  if (parsed.success) return parsed.data as z.output<Input>
  const json = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })
  const properties = (json.properties ?? {}) as Readonly<Record<string, Readonly<Record<string, unknown>>>>
  const sentences = parsed.error.issues.map((issue) => {
    if (issue.code === 'unrecognized_keys') {
      const known = Object.keys(properties).join(', ')
      return `${issue.keys.map((key) => JSON.stringify(key)).join(', ')}: no argument of ${name}. It takes ${known === '' ? 'none' : known}.`
    }
    const [argument = ''] = issue.path.map(String)
    return `${JSON.stringify(argument)} is not valid. Write ${describeValue(properties[argument] ?? {})}.`
  })
  throw new Error([...new Set(sentences)].join(' '))
}
