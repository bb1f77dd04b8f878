import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { looksSecret } from '../../../../shared/domain/secrets/find-secrets.ts'
import { said } from '../../../../shared/domain/text/said.ts'
import { visibleText } from '../../../../shared/domain/text/visible-text.ts'
import { withoutSecrets } from '../../../../shared/domain/secrets/cut-secrets.ts'
import { hostileText } from '../../report/hostile-text.ts'

const RANDOM = 'Ab3dEf6hIj9lMn2pQr5tUv8xYz1bCd4f'

const secrets = fc.constantFrom(
  `sk-proj-${RANDOM}${RANDOM}`,
  `sk-ant-api03-${RANDOM}_${RANDOM}-AA`,
  `sk-admin-${RANDOM}`,
  `sk-${RANDOM}`,
  `AKIA${RANDOM.toUpperCase().slice(0, 16)}`,
  `AIza${RANDOM}${RANDOM.slice(0, 3)}`,
  `ghp_${RANDOM}${RANDOM.slice(0, 4)}`,
  `github_pat_${RANDOM}`,
  `xoxb-${RANDOM}`,
  `eyJ${RANDOM}.eyJ${RANDOM}.${RANDOM}`,
  '-----BEGIN RSA PRIVATE KEY-----',
)

describe('text of a document', () => {
  test('contains no secret, wherever it was and however it was hidden', () => {
    fc.assert(
      fc.property(
        hostileText,
        secrets,
        hostileText,
        fc.constantFrom('', '\u200B', '\u00AD', '\uFE0F', '\u200D', '\uFE0F\uFE0F', '\u{E0041}', '\u3164'),
        (a, secret, b, hidden) => {
          const text = `${a} ${secret.slice(0, 9)}${hidden}${secret.slice(9)} ${b}`
          const result = said(text)
          expect(looksSecret(result)).toBe(false)
          for (let at = 0; at + 16 <= secret.length; at += 1) expect(result).not.toContain(secret.slice(at, at + 16))
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('is the same on the slow and the fast path, and does not change when processed again', () => {
    fc.assert(
      fc.property(hostileText, (text) => {
        expect(said(text)).toBe(withoutSecrets(visibleText(withoutSecrets(text))))
        expect(said(said(text))).toBe(said(text))
        expect(said(text).isWellFormed()).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })

  test.each([
    [`sk-proj-${RANDOM}`, 'sk-proj-…Cd4f'],
    [`key sk-ant-api03-${RANDOM} of Jane`, 'key sk-ant-api03-…Cd4f of Jane'],
    ['sk-proj-xxx', 'sk-proj-xxx'],
    ['sk-proj-…abcd', 'sk-proj-…abcd'],
    ['desk-top of the risk-management team', 'desk-top of the risk-management team'],
    ['\u001B[31m\u007F\u0085', '␛[31m␡\uFFFD'],
    ['two\nlines\tand\r\nmore', 'two\nlines\tand\r\nmore'],
    ['\uD83D', '\uFFFD'],
    ['👩‍👩‍👧 שלום', '👩‍👩‍👧 שלום'],
  ])('of %j is %j', (text, result) => {
    expect(said(text)).toBe(result)
  })
})
