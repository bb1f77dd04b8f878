import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { parseOp } from '../../../shared/team/op.ts'

/** An operation whose body has a part of this spelling. */
const withPart = (part: string): string =>
  `{"at":0,"basis":-1,"body":{"v":1,"x":${part}},"day":"2026-11-27","kind":"x","salt":"${'0'.repeat(32)}","subject":"s"}`
const toLists = (levels: number): string => `${'['.repeat(levels)}${']'.repeat(levels)}`

it('a text is an operation in the one spelling that RFC 8785 gives', () => {
  for (const part of ['1', '1.5', '1e+21', '"Zoë 🗝"', '{"__proto__":{"v":2}}', '{"a":1,"b":2}', toLists(62)]) {
    expect([part, JSON.stringify(parseOp(withPart(part))?.body['x'])]).toEqual([part, part])
  }
  const numbers = ['1e400', '-1e400', '-0', '1.0', '1E2', ' 1']
  const texts = ['"\\u0041"', '"\\ud800"', '{"\\udfff":1}']
  for (const part of [...numbers, ...texts, '{"b":1,"a":1}', '{"a":1,"a":1}', toLists(63), toLists(1e5)]) {
    expect([part.slice(0, 20), parseOp(withPart(part))]).toEqual([part.slice(0, 20), null])
  }
  expect(parseOp(`\uFEFF${withPart('1')}`)).toBeNull()
})

it('an operation of any JSON keeps every member of its body', () => {
  fc.assert(
    fc.property(fc.json({ maxDepth: 3 }), (part) => {
      const parsed = parseOp(withPart(part))
      expect(parsed === null || JSON.stringify(parsed.body['x']).length === part.length).toBe(true)
    }),
  )
})

it('an operation has a time that every device can show as a day', () => {
  const withTime = (at: string): string => withPart('1').replace('"at":0', `"at":${at}`)
  for (const at of ['0', '253402300799999']) expect([at, parseOp(withTime(at))?.at]).toEqual([at, Number(at)])
  for (const at of ['-1', '253402300800000', '8640000000000001', '1.5'])
    expect([at, parseOp(withTime(at))]).toEqual([at, null])
})
