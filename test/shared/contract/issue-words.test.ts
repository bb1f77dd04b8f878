import { isContractProcedure } from '@orpc/contract'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'

import { contract } from '../../../shared/contract/contract.ts'
import { issueText } from '../../../shared/contract/issue-words.ts'

const OPERATIONS = Object.entries(contract).flatMap(([area, own]) =>
  Object.entries(own).flatMap(([name, operation]) => {
    const schema: unknown = isContractProcedure(operation) ? operation['~orpc'].inputSchema : undefined
    return schema instanceof z.ZodType ? [{ operation: `${area}.${name}`, schema }] : []
  }),
)

/** Words of the library. */
const RAW = /invalid|too (?:small|big)|expected|pattern|unrecognized|validation/iu

const WRONG: readonly unknown[] = ['', 'x'.repeat(5_000_001), -1, 1.5, 1e9, null, true, [], ['', -1, {}], {}]

/** Every issue of an input, including those inside the options of a union. */
function listMessages(schema: z.ZodType, input: unknown): readonly string[] {
  const read = schema.safeParse(input)
  return read.success ? [] : read.error.issues.map((issue) => issueText([issue]))
}

function makeFields(schema: unknown): readonly string[] {
  if (schema instanceof z.ZodObject) return Object.keys(schema.shape)
  return schema instanceof z.ZodUnion ? schema.options.flatMap(makeFields) : []
}

describe('an input that the contract rejects', () => {
  it.each(OPERATIONS)('$operation: messages contain no words of the library, and each is a sentence', ({ schema }) => {
    const inputs = [
      undefined,
      ...WRONG,
      ...makeFields(schema).flatMap((field) => WRONG.map((value) => ({ [field]: value }))),
    ]
    for (const message of inputs.flatMap((input) => listMessages(schema, input))) {
      expect(message).not.toMatch(RAW)
      expect(message).toMatch(/^\S.+\.$/u)
    }
  })

  it.each([
    [z.object({ client: z.string().min(1) }), { client: '' }, 'client must not be empty.'],
    [z.object({ client: z.string() }), {}, 'client is missing.'],
    [z.object({ limit: z.number().int().max(5) }), { limit: 7 }, 'limit must be at most 5.'],
    [z.object({ by: z.enum(['a', 'b']) }), { by: 'c' }, 'by must be one of a, b.'],
    [
      z.object({ rows: z.array(z.string().max(3)) }),
      { rows: ['ab', 'abcd'] },
      'rows, entry 2 must have at most 3 characters.',
    ],
    [z.object({ sign: z.string().max(1) }), { sign: 'ab' }, 'sign must have at most 1 character.'],
    [
      z.object({ day: z.string().regex(/^x$/u, 'Write a day as YYYY-MM-DD') }),
      { day: '' },
      'day: Write a day as YYYY-MM-DD.',
    ],
  ])('%# names the field and the expected value', (schema, input, says) => {
    expect(listMessages(schema, input)).toEqual([says])
  })
})
