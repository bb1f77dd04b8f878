import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { withoutSecrets, withoutTokens } from '../../../../shared/domain/secrets/cut-secrets.ts'
import { findSecrets, looksSecret } from '../../../../shared/domain/secrets/find-secrets.ts'
import { mayHoldSecret } from '../../../../shared/domain/secrets/signs.ts'
import { growth, LINEAR } from '../../../growth.ts'
import { makeRandom } from '../../../providers/random.ts'
import { anySecret, findPart, MADE_SHAPES, makeSecret } from '../../../secrets/made-secrets.ts'

const letters = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019_-')), minLength: 20, maxLength: 160 })

/** What people write around a secret. */
const around = fc.constantFrom('', ' ', 'key: ', '"', '(', '\n', ' of Jane Smith, until May. ', 'Küche – ', '<', '`')

describe('what looks like a secret', () => {
  test.each(MADE_SHAPES.map((shape) => [shape.name, shape] as const))('includes every %s, which is cut', (_, shape) => {
    const random = makeRandom(1)
    for (let run = 0; run < 200; run += 1) {
      const secret = makeSecret(shape, random)
      for (const text of [
        secret.text,
        `Key ${secret.text} of Jane`,
        `"${secret.text}"`,
        `${secret.text}\nJane Smith`,
      ]) {
        expect([text, looksSecret(text)]).toEqual([text, true])
        expect(findPart(secret, withoutSecrets(text))).toBe(null)
      }
    }
  })

  test('includes every key of the providers, anywhere in a text', () => {
    const prefix = fc.constantFrom(
      'sk-',
      'sk-proj-',
      'sk-admin-',
      'sk-svcacct-',
      'sk-ant-api03-',
      'sk-ant-oat01-',
      'sk-ant-admin01-',
      'sk-or-v1-',
    )
    fc.assert(
      fc.property(prefix, letters, around, (prefix, secret, around) => {
        expect(looksSecret(`${around}${prefix}${secret}${around}`)).toBe(true)
        expect(looksSecret(`${prefix}\u200B${secret.slice(0, 5)}\u200D${secret.slice(5)}`)).toBe(true)
      }),
    )
    // Shorter than the issuer's own, and as long as a key of any issuer.
    expect(looksSecret('sk-admin-Qm7xKb2dTzVN2k')).toBe(true)
    expect(looksSecret('AKIAIOSFODNN7EXAMPLE')).toBe(true)
    expect(looksSecret('-----BEGIN OPENSSH PRIVATE KEY-----')).toBe(true)
  })

  test('does not include redacted keys, ids, hashes, addresses and names', () => {
    for (const text of [
      'sk-proj-xxx',
      'sk-proj-********************abcd',
      'sk-ant-api03-R2D...igAA',
      'sk-…wxyz',
      'key_abcdefghijklmnopqrstuvwxyz',
      'task-management-for-the-whole-company',
      'desk-2024-Q3-Budget-Review-Team-Northfold',
      'task-7f3a9c2b-4d1e-4f5a-8b6c-9d0e1f2a3b4c, disk-0F8FAD5B-D9CB-469F-A165-70867728950E',
      'Jane Smith <jane.smith.of.acme@acme.example>',
      'proj_Ab3dEf6hIj9lMn2pQr5tUv8x',
      'user-Ab3dEf6hIj9lMn2pQr5tUv8x',
      'task-7f3a9c2b-4d1e-4f5a-8b6c-9d0e1f2a3b4c-2, aws-dev-7f3a9c2b-4d1e-4f5a-8b6c-9d0e1f2a3b4c',
      'wrkspc_01JwQvzr7rXLA5AGx3HKfFUJ',
      '0f8fad5b-d9cb-469f-a165-70867728950e',
      'azure tenant 0f8fad5b-d9cb-469f-a165-70867728950e',
      'cohere at 4f9b2c1d0e8a7f6b5c4d3e2f1a0b9c8d7e6f5a4b',
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      'https://api.northfold.example:8443/v1/keys?sort=name',
      'https://ann@db.northfold.example',
      'postgres://user:***@db.northfold.example',
      'mistral-large-2411, azure/gpt-4o, cohere.command-r-plus',
      'Bearer of the organizationwideresponsibility',
    ]) {
      expect([text, findSecrets(text)]).toEqual([text, []])
      expect(withoutSecrets(text)).toBe(text)
    }
  })

  test('is not looked for in a text of shortened keys, whatever disguises surround them', () => {
    for (const text of [
      'Redacted key: sk-proj-...x9Qa\\nOwner: user-0-997-of-the-whole-organization',
      'key_0_7_62\r\n continued-on-the-next-line, sk-ant-api03-R2D...igAA ✗ overdue',
      '"hint":"sk-proj-...x9Qa","keyId":12,"name":"prod-data-worker-22"',
    ]) {
      expect([text, mayHoldSecret(text)]).toEqual([text, false])
    }
  })

  test('includes a signed token of thousands of characters', () => {
    const token = `eyJ${'hbGciOiJ'.repeat(20)}.${'Zy9pCb2x'.repeat(500)}.${'Qm7xKb2d'.repeat(60)}`
    for (const text of [token, token.replaceAll(/.{64}/gu, '$&\n'), `\u200B${token}`]) {
      expect(withoutSecrets(`It is ${text} of Jane`)).not.toMatch(/[\w.]{9}/u)
    }
  })

  test('is proved by the checksum of GitHub and npm alone', () => {
    // A published example.
    const made = ['gho_', 'ikPvgG6nj44mj0XI9MiNMBh6o5AOso', '1ZSjq4'].join('')
    expect(findSecrets(made)).toMatchObject([{ what: 'a GitHub token', isProved: true }])
    expect(findSecrets(made.replace('ik', 'ki'))).toMatchObject([{ what: 'a GitHub token', isProved: false }])
  })
})

describe('a secret in disguise', () => {
  /** As people and programs write a text that hides nothing from a reader. */
  const DISGUISES: Readonly<Record<string, (text: string, at: number) => string>> = {
    'a line break': (text, at) => `${text.slice(0, at)}\n${text.slice(at)}`,
    'a line break and an indentation': (text, at) => `${text.slice(0, at)}\r\n    ${text.slice(at)}`,
    'line breaks, every 20 characters': (text) => text.replaceAll(/[^\n]{20}/gu, '$&\n'),
    'an escaped line break': (text, at) => `${text.slice(0, at)}\\n${text.slice(at)}`,
    'a character without width': (text, at) => `${text.slice(0, at)}\u200B${text.slice(at)}`,
    'a soft hyphen': (text, at) => `${text.slice(0, at)}\u00AD${text.slice(at)}`,
    'hyphens that do not break': (text) => text.replaceAll('-', '\u2011'),
    'minus signs': (text) => text.replaceAll('-', '\u2212'),
    'full-width characters': (text) =>
      text.replaceAll(/[!-~]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) + 0xfee0)),
    'percent signs': (text) => text.replaceAll(/[-_.:/]/gu, (sign) => `%${sign.charCodeAt(0).toString(16)}`),
    'escaped signs': (text) => text.replaceAll(/[-_.]/gu, String.raw`\$&`),
    'codes of JSON': (text) => text.replaceAll('-', String.raw`\u002d`),
  }

  test.each(Object.entries(DISGUISES))('of %s is found and cut whole', (_, disguise) => {
    fc.assert(
      fc.property(anySecret, fc.nat(400), (secret, at) => {
        // A word and its secret are on one line.
        fc.pre(secret.text.startsWith('-----') || !/\s/u.test(secret.text))
        const text = `It is ${disguise(secret.text, at % secret.text.length)} (of Jane)`
        const cut = withoutSecrets(text)
        const bare = (each: string): string =>
          each
            .replaceAll(/\\n|[\s\u200B\u00AD\\]/gu, '')
            .replaceAll(/[\uFF01-\uFF5E]/gu, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
            .replaceAll(/u002d|%2d/gu, '-')
            .replaceAll('%5f', '_')
            .replaceAll(/[\u2011\u2212]/gu, '-')
        expect([secret.name, text, findPart(secret, bare(cut))]).toEqual([secret.name, text, null])
        expect(cut.endsWith(' (of Jane)')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test('of two disguises is never left unsearched, whatever is around it', () => {
    const any = fc.record({ disguise: fc.constantFrom(...Object.values(DISGUISES)), at: fc.nat(400) })
    const beside = fc.array(
      fc.constantFrom(
        ' ',
        '  ',
        '\t',
        '\n',
        '\\n',
        '\\r',
        '\\',
        '\u200B',
        '%',
        '%2',
        '\\u00',
        '\\u002d',
        'sk',
        '-',
        'x',
        'n',
      ),
      { maxLength: 8 },
    )
    fc.assert(
      fc.property(anySecret, any, any, beside, beside, (secret, first, second, before, after) => {
        const once = first.disguise(secret.text, first.at % secret.text.length)
        const text = before.join('') + second.disguise(once, second.at % once.length) + after.join('')
        fc.pre(findSecrets(text).length > 0)
        expect([text, mayHoldSecret(text)]).toEqual([text, true])
      }),
      { numRuns: 4000 },
    )
  })

  test.each([
    ['an escape after an indented line', `Owner:\n  \\npm_${'aB3dE5gH7jK9'.repeat(3)}`],
    [
      'a code of its own for each of the first characters of an address',
      'hooks.slack.com/services/T01ABCDEF/B01ABCDEF/'.replaceAll(
        /[a-z./]/gu,
        (sign) => `\\u00${sign.charCodeAt(0).toString(16)}`,
      ) + 'aB3dE5gH7jK9mN1pQ3rS5tU7',
    ],
    [
      'codes of which one is cut where the look for a sign ends',
      String.raw`\u0068\u006f\u006f\u006b\u0073\u002e\u0073\u006cack.com\u002fservices/T01ABCDEF/B01ABCDEF/aB3dE5gH7jK9mN1pQ3rS5tU7`,
    ],
  ])('of %s is not left unsearched', (_, text) => {
    expect([findSecrets(text).length > 0, mayHoldSecret(text)]).toEqual([true, true])
  })

  test('of a letter before it is found, whatever its prefix', () => {
    for (const shape of MADE_SHAPES) {
      const [first] = shape.parts
      if (typeof first !== 'string' || /\s|=|:/u.test(first)) continue
      const secret = makeSecret(shape, makeRandom(2))
      expect([shape.name, findPart(secret, withoutSecrets(`x${secret.text}`))]).toEqual([shape.name, null])
    }
  })
})

test.each([
  ['signs of tokens', 'sk-', 2000],
  ['signs at the ends of lines', 'sk-\n', 3000],
  ['signs in capitals', 'AKIAx', 2000],
  ['beginnings of signed tokens', 'eyJ', 2000],
  ['private keys without an end', '-----BEGIN PRIVATE KEY-----', 24_000],
  ['spaces', ' ', 4000],
])('a text full of %s takes as long as it has characters, also in disguise', async (_, part, least) => {
  for (const begin of ['sk-', 'sk-\u200B']) {
    expect(await growth((size) => withoutSecrets(begin + part.repeat(size / part.length)), least)).toBeLessThan(LINEAR)
  }
})

test('a line after a secret is left as it is where it is a word, and so is what follows', () => {
  const secret = makeSecret(MADE_SHAPES[1] ?? { name: '', parts: [] }, makeRandom(3))
  expect(withoutSecrets(`${secret.text}\nJane Smith\n2026-12-01\nproduction`)).toMatch(
    /^sk-svcacct-….{4}\nJane Smith\n2026-12-01\nproduction$/u,
  )
})

test('what begins as a token and was shortened by its issuer is cut to its prefix', () => {
  expect(withoutTokens('Incorrect API key provided: sk-admin***cdef.')).toBe('Incorrect API key provided: sk-…')
  expect(withoutTokens('risk-management of key_abc')).toBe('risk-management of key_abc')
})
