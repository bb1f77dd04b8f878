import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { looksSecret } from '../../../../shared/domain/text/secret-look.ts'

const letters = fc.string({ unit: fc.constantFrom(...Array.from('abcXYZ019_-')), minLength: 20, maxLength: 160 })

describe('what looks like a secret', () => {
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
    const around = fc.constantFrom('', ' ', 'key: ', '"', '(', '\n')
    fc.assert(
      fc.property(prefix, letters, around, (prefix, secret, around) => {
        expect(looksSecret(`${around}${prefix}${secret}${around}`)).toBe(true)
        expect(looksSecret(`${prefix}\u200B${secret.slice(0, 5)}\u200D${secret.slice(5)}`)).toBe(true)
      }),
    )
    expect(looksSecret('AKIAIOSFODNN7EXAMPLE')).toBe(true)
    expect(looksSecret('-----BEGIN OPENSSH PRIVATE KEY-----')).toBe(true)
  })

  test('does not include redacted keys, ids and names', () => {
    for (const text of [
      'sk-proj-xxx',
      'sk-proj-********************abcd',
      'sk-ant-api03-R2D...igAA',
      'sk-…wxyz',
      'key_abcdefghijklmnopqrstuvwxyz',
      'task-management-for-the-whole-company',
      'Jane Smith <jane.smith.of.acme@acme.example>',
    ]) {
      expect([text, looksSecret(text)]).toEqual([text, false])
    }
  })
})
