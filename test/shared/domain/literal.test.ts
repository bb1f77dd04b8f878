import { spawnSync } from 'node:child_process'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { envValue, pythonString, scriptString, shellWord, variablePart } from '../../../shared/domain/literal.ts'
import { commentText } from '../../../shared/domain/snippets/project-snippet.ts'
import { anyString } from '../../any-string.ts'

const anyText = anyString().map((text) => text.toWellFormed())

describe('a literal', () => {
  it('of a script is plain ASCII, and reads back as the same text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = scriptString(text)
        expect(literal).toMatch(/^"[\x20-\x7e]*"$/u)
        expect(JSON.parse(literal)).toBe(text)
      }),
    )
  })

  it('of Python reads back as the same text', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const literal = pythonString(text)
        expect(literal).toMatch(/^"[\x20-\x7e]*"$/u)
        expect(literal.slice(1, -1)).not.toMatch(/(?<!\\)(?:\\\\)*"/u)
        expect(pythonRead(literal)).toBe(text)
      }),
    )
  })

  it('of a shell is one word, and reads back as the same text', () => {
    fc.assert(
      fc.property(
        anyText.map((text) => text.replaceAll('\0', '')),
        (text) => {
          const { stdout } = spawnSync('/bin/sh', ['-c', `printf %s ${shellWord(text)}`], { encoding: 'utf8' })
          expect(stdout).toBe(text)
        },
      ),
      { numRuns: 40 },
    )
  })

  it('of a .env file is one line and does not affect the others', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const value = envValue(text)
        expect(value).not.toMatch(/[\r\n\0]/u)
        const within = value.startsWith('"') ? value.slice(1, -1) : value
        expect(within).not.toMatch(/(?<!\\)(?:\\\\)*["$`]/u)
      }),
    )
  })
})

/** Reads a Python literal in double quotes: the escapes of JSON, and eight digits after `\U`. */
function pythonRead(literal: string): string {
  return JSON.parse(
    literal.replaceAll(/\\(?:U([0-9a-f]{8})|(.))/gu, (whole, code: string | undefined) =>
      code === undefined ? whole : JSON.stringify(String.fromCodePoint(Number.parseInt(code, 16))).slice(1, -1),
    ),
  ) as string
}

describe('a name in a comment', () => {
  it('stays on its line, whatever it contains', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(commentText(text)).not.toMatch(/[\n\r\u2028\u2029\u0085\v\f]|\*\/|[\u202A-\u202E]/u)
      }),
    )
  })
})

describe('the name of a variable', () => {
  it.each([
    ['Client A', 'CLIENT_A'],
    ['client-b', 'CLIENT_B'],
    ['Café Zürich', 'CAFE_ZURICH'],
    ['"; rm -rf /', 'RM_RF'],
  ])('of %s is %s', (name, variable) => {
    expect(variablePart(name)).toBe(variable)
  })
})
