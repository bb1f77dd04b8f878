import { z } from 'zod'
import { counted } from '../domain/counted.ts'

/**
 * Explains a fault and what is expected, in plain words, for every check without a message of its own. Set for the
 * whole process, so that people never see the library's texts.
 */
z.config({ customError: (issue) => toWords(issue) })

type Issue = z.core.$ZodRawIssue

function toWords(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return issue.input === undefined ? 'is missing' : `must be ${TYPES[issue.expected] ?? `a ${issue.expected}`}`
    case 'too_small':
      return issue.minimum === 1 && issue.origin !== 'number' && issue.origin !== 'int'
        ? 'must not be empty'
        : `must ${getSize(issue.origin, 'at least', issue.minimum)}`
    case 'too_big':
      return `must ${getSize(issue.origin, 'at most', issue.maximum)}`
    case 'invalid_format':
      return FORMATS[issue.format] ?? 'has a wrong format'
    case 'invalid_value':
      return `must be ${issue.values.length === 1 ? '' : 'one of '}${issue.values.map(String).join(', ')}`
    case 'unrecognized_keys':
      return `has unknown fields: ${issue.keys.join(', ')}`
    case 'not_multiple_of':
      return `must be a multiple of ${issue.divisor}`
    case 'invalid_union':
      return 'has none of the allowed forms'
    case 'custom':
    case 'invalid_key':
    case 'invalid_element':
    default:
      return 'is not valid'
  }
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object with fields',
  record: 'an object with fields',
  null: 'null',
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'is not a valid e-mail address',
  url: 'is not a valid address (https://host/path)',
  datetime: 'is not a valid date and time (2026-12-02T09:30:00Z)',
  date: 'is not a valid date (2026-12-02)',
}

/** `have at most 3 characters`, `be at least 1`. */
function getSize(origin: string, than: 'at least' | 'at most', bound: number | bigint): string {
  if (origin === 'string') return `have ${than} ${counted(Number(bound), 'character')}`
  return ['array', 'set', 'map', 'file'].includes(origin)
    ? `have ${than} ${counted(Number(bound), 'entry', 'entries')}`
    : `be ${than} ${bound}`
}

/** The first issue as a sentence that names the field: `domains, entry 1: Write a domain as example.com.` */
export function issueText(issues: readonly { readonly message: string; readonly path?: unknown }[]): string {
  const [first] = issues
  const path: readonly unknown[] = Array.isArray(first?.path) ? first.path : []
  const where = path.reduce<string>((before, part) => {
    if (typeof part === 'number') return `${before}, entry ${part + 1}`
    return before === '' ? String(part) : `${before}.${String(part)}`
  }, '')
  const says = first?.message ?? 'is not valid'
  // Texts of this file continue after the field; a schema's own text is a sentence.
  const text = /^[a-z]/u.test(says)
    ? `${where === '' ? 'The input' : where} ${says}`
    : `${where}${where && ': '}${says}`
  return /[.?!]$/u.test(text) ? text : `${text}.`
}
