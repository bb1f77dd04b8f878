import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { LEFT_OUT, withoutSecret } from '../../../../shared/domain/secrets/own-secret.ts'

const SECRET = 'sk-admin-q7Zk2TfV9sXwB4pLm3Rd8YhN'
const shorten = (text: string): string => text.slice(0, 200)
const shown = (text: string, secret = SECRET): string => withoutSecret(text, secret, shorten)

type Disguise = (text: string) => string

/** Made with Node and the language alone, not with the code under test. */
const DISGUISES: Readonly<Record<string, Disguise>> = {
  base64: (text) => Buffer.from(text).toString('base64'),
  base64url: (text) => Buffer.from(text).toString('base64url'),
  hex: (text) => Buffer.from(text).toString('hex'),
  'hex in capitals': (text) => Buffer.from(text).toString('hex').toUpperCase(),
  'hex bytes': (text) => [...Buffer.from(text)].map((byte) => `0x${byte.toString(16).padStart(2, '0')}`).join(' '),
  'percent-encoded': (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
  reversed: (text) => Array.from(text).toReversed().join(''),
  spaced: (text) => Array.from(text).join(' '),
  dashed: (text) => Array.from(text).join('-'),
  'with zero-width spaces': (text) => Array.from(text).join('\u200b'),
  'JSON escapes': (text) =>
    Array.from(text)
      .map((each) => `\\u00${each.charCodeAt(0).toString(16)}`)
      .join(''),
  'HTML entities': (text) =>
    Array.from(text)
      .map((each) => `&#${each.charCodeAt(0)};`)
      .join(''),
}

/** The disguises that programs apply to another disguise. */
const OVER: readonly string[] = ['base64', 'base64url', 'hex', 'percent-encoded', 'reversed']

describe('a text that repeats a secret', () => {
  it('in plain form loses only the secret', () => {
    expect(shown(`Incorrect API key provided: ${SECRET}. Find yours in the console.`)).toBe(
      'Incorrect API key provided: …. Find yours in the console.',
    )
  })

  it.each(Object.entries(DISGUISES))('in the disguise %s is left out', (_name, disguise) => {
    for (const prose of ['', 'Bad key ', 'The key (', 'Your request with ']) {
      expect(shown(`${prose}${disguise(SECRET)}`)).toBe(LEFT_OUT)
      expect(shown(`${prose}${disguise(`Bearer ${SECRET}`)} is wrong.`)).toBe(LEFT_OUT)
    }
  })

  it('in capitals or in part is left out, down to eight consecutive characters', () => {
    expect(shown(`Bad key ${SECRET.toUpperCase()}`)).toBe(LEFT_OUT)
    expect(shown('It ends with …3Rd8YhN, I think: pLm3Rd8Y')).toBe(LEFT_OUT)
    expect(shown('It ends with …8YhN')).toBe('It ends with …8YhN')
    expect(shown('Admin keys begin with sk-admin-')).toBe('Admin keys begin with sk-admin-')
  })

  it('of any form, in one disguise or two nested ones, after any words, is never shown', () => {
    const body = fc.string({
      unit: fc.constantFrom(...Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-')),
      minLength: 24,
      maxLength: 100,
    })
    const secrets = fc
      .tuple(fc.constantFrom('sk-admin-', 'sk-ant-admin01-', 'sk-or-v1-'), body)
      .map(([prefix, text]) => `${prefix}${text}`)
      .filter((secret) => secret.replaceAll(/[^a-z0-9]/giu, '').length > 30)
    const first = fc.constantFrom(...Object.keys(DISGUISES))
    const more = fc.array(fc.constantFrom(...OVER), { maxLength: 1 })
    const words = fc.string({ unit: fc.constantFrom(...Array.from('abcdefghij .:(=')), maxLength: 20 })
    fc.assert(
      fc.property(secrets, first, more, words, words, (secret, name, over, before, after) => {
        const echo = [name, ...over].reduce((text, each) => DISGUISES[each]?.(text) ?? text, secret)
        const said = shown(`${before} ${echo} ${after}`, secret)
        // Reversed twice, it is the literal secret and is cut out.
        fc.pre(echo !== secret)
        expect(said).toBe(LEFT_OUT)
      }),
      { numRuns: 300 },
    )
  })
})

it('a text that repeats nothing of the secret stays unchanged', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 200 }), (text) => {
      expect(withoutSecret(text, SECRET, (each) => each)).toBe(text)
    }),
  )
  expect(shown('You have insufficient permissions for this operation. Missing scopes: api.management.read')).toContain(
    'scopes',
  )
  expect(withoutSecret('Anything', '', shorten)).toBe('Anything')
})
