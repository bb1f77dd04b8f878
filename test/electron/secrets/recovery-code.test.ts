import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { keyOfRecoveryCode, toRecoveryCode } from '../../../electron/secrets/recovery-code.ts'

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const key = fc.uint8Array({ minLength: 32, maxLength: 32 })
const place = fc.nat({ max: 59 })

const bare = (code: string): string => code.replaceAll('-', '')
const toGroup = (index: number): number => Math.floor(index / 5) + 1

function getReason(text: string): string {
  const read = keyOfRecoveryCode(text)
  if (read.ok) throw new Error(`Accepted: ${text}`)
  return read.reason
}

describe('a recovery code', () => {
  test('returns the key', () => {
    fc.assert(
      fc.property(key, (key) => {
        expect(keyOfRecoveryCode(toRecoveryCode(key))).toEqual({ ok: true, key })
      }),
    )
  })

  test('is twelve groups of five unambiguous characters', () => {
    fc.assert(
      fc.property(key, (key) => {
        expect(toRecoveryCode(key)).toMatch(/^C1[0-9A-HJKMNP-TV-Z]{3}(?:-[0-9A-HJKMNP-TV-Z]{5}){11}$/u)
      }),
    )
  })

  test('is one fixed text for one key, on every machine and in every version', () => {
    expect(toRecoveryCode(Uint8Array.from({ length: 32 }, (_, index) => index))).toMatchInlineSnapshot(
      `"C1000-G40R4-0M30E-20918-5GR38-E1W81-24GK2-GAHC5-RR34D-1P70X-3RFGE-P328S"`,
    )
  })

  test('is read in any form that a person types', () => {
    const typed = fc.record({
      key,
      lower: fc.boolean(),
      separator: fc.constantFrom('', ' ', '-', ' - ', '\u2013', '\n', '\u00a0', '\u200b'),
      letters: fc.boolean(),
    })
    fc.assert(
      fc.property(typed, ({ key, lower, separator, letters }) => {
        const groups = toRecoveryCode(key).split('-').join(separator)
        const written = letters ? groups.replaceAll('0', 'O').replaceAll('1', lower ? 'l' : 'I') : groups
        expect(keyOfRecoveryCode(` ${lower ? written.toLowerCase() : written}\r\n`)).toEqual({ ok: true, key })
      }),
    )
  })

  test('is refused with any one character changed, and the group is named', () => {
    fc.assert(
      fc.property(key, place, fc.integer({ min: 1, max: 31 }), (key, index, shift) => {
        const code = bare(toRecoveryCode(key))
        const other = ALPHABET.charAt((ALPHABET.indexOf(code.charAt(index)) + shift) % 32)
        const reason = getReason(code.slice(0, index) + other + code.slice(index + 1))
        expect(reason).toContain(`A character in group ${toGroup(index)} is wrong.`)
      }),
      { numRuns: 300 },
    )
  })

  const exchanged = (code: string, a: number, b: number): string => {
    const characters = Array.from(bare(code))
    fc.pre(characters[a] !== characters[b])
    return characters.with(a, characters[b]!).with(b, characters[a]!).join('')
  }

  test('is refused with any two characters swapped', () => {
    fc.assert(
      fc.property(key, place, place, (key, a, b) => {
        expect(keyOfRecoveryCode(exchanged(toRecoveryCode(key), a, b)).ok).toBe(false)
      }),
      { numRuns: 300 },
    )
  })

  test('is refused with two neighbours swapped, and the groups are named', () => {
    fc.assert(
      fc.property(key, fc.nat({ max: 58 }), (key, index) => {
        const groups = [...new Set([toGroup(index), toGroup(index + 1)])].join(' and ')
        const reason = getReason(exchanged(toRecoveryCode(key), index, index + 1))
        expect(reason).toMatch(new RegExp(`changed places in groups? ${groups}\\.`, 'u'))
      }),
    )
  })

  test('never holds the code in its reason', () => {
    fc.assert(
      fc.property(key, fc.string({ minLength: 1, maxLength: 80 }), place, (key, noise, index) => {
        const code = toRecoveryCode(key)
        const answer = JSON.stringify(keyOfRecoveryCode(`${code.slice(0, index)}${noise}U${code.slice(index)}`))
        expect(code.split('-').filter((group) => answer.includes(group))).toEqual([])
      }),
    )
  })

  test('with a character missing or too many names the group, while the groups are still separate', () => {
    const code = toRecoveryCode(new Uint8Array(32).fill(9))
    const groups = code.split('-')
    expect(getReason(groups.with(3, groups[3]!.slice(1)).join('-'))).toBe(
      'A recovery code has 60 characters in 12 groups of 5; 59 were entered. Look at group 4. Compare it with the printed code.',
    )
    expect(getReason(groups.with(0, `${groups[0]}7`).join(' '))).toContain('61 were entered. Look at group 1.')
    expect(getReason(bare(code).slice(1))).toContain('59 were entered. Compare')
  })

  test.each([
    ['', '0 were entered'],
    ['sk-ant-admin01-abc', '15 were entered'],
    [`${'C1ZZZ-'.repeat(11)}UUUUU`, 'Group 12 holds a character that no recovery code has'],
    ['😀'.repeat(60), 'Group 1 holds a character that no recovery code has'],
    ['Z'.repeat(60), 'Several characters of the recovery code are wrong'],
  ])('is not what %j is', (text, reason) => {
    expect(getReason(text)).toContain(reason)
  })

  test('is made of keys of 32 bytes only', () => {
    expect(() => toRecoveryCode(new Uint8Array(31))).toThrow(RangeError)
  })
})
