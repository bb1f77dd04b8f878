import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { checkCredential, credentialHint, credentialWarning } from '../../../../shared/domain/providers/credential.ts'
import { PROVIDER_IDS, providerFacts } from '../../../../shared/domain/providers/providers.ts'

const BODY = 'q7Zk2TfV9sXwB4'

describe('a pasted credential', () => {
  it.each([
    ['openai', `sk-admin-${BODY}`],
    ['openai', `  sk-admin-${BODY}\n`],
    ['anthropic', `sk-ant-admin01-${BODY}`],
    // A key that only calls models looks the same: the test of a connection distinguishes them.
    ['openrouter', `sk-or-v1-${BODY}`],
  ] as const)('%s takes %j', (provider, text) => {
    expect(checkCredential(provider, text)).toEqual({ ok: true, warning: null })
  })

  it.each([
    [`sk-ant-oat01-${BODY}`, 'org:admin', 'sk-ant-oat01-…XwB4'],
    [`sk-ant-api03-${BODY}`, 'admin scope', 'sk-ant-api03-…XwB4'],
    [`sk-ant-api01-${BODY}`, 'Claude Enterprise', 'sk-ant-api01-…XwB4'],
    [`sk-ant-new07-${BODY}`, 'does not know this form', 'sk-ant-new07-…XwB4'],
    [`sk-ant-${BODY}`, 'does not know this form', 'sk-ant-…XwB4'],
  ])('of Anthropic, %j, is accepted with a warning, and with its own prefix', (text, warning, hint) => {
    const check = checkCredential(
      'anthropic',
      ` ${text}
`,
    )
    expect(check.ok ? check.warning : check.reason).toContain(warning)
    expect(check.ok).toBe(true)
    expect(credentialHint('anthropic', text)).toBe(hint)
    expect(credentialWarning('anthropic', hint)).toContain(warning)
  })

  it('that is incomplete is refused, whatever its form', () => {
    for (const text of ['sk-ant-admin01-', 'sk-ant-oat01-q7Z', 'sk-ant-api03-']) {
      const check = checkCredential('anthropic', text)
      expect(check.ok ? '' : check.reason).toContain('is incomplete')
    }
  })

  it.each([
    ['openai', '', 'is empty'],
    ['openai', ' \n', 'is empty'],
    ['openai', `sk-proj-${BODY}`, 'an OpenAI project key'],
    ['openai', `sk-svcacct-${BODY}`, 'an OpenAI service-account key'],
    ['openai', `sk-ant-admin01-${BODY}`, 'an Anthropic Console admin key'],
    ['openai', `sk-or-v1-${BODY}`, 'an OpenRouter key'],
    ['openai', 'sk-admin-', 'is incomplete'],
    ['openai', `sk-admin-${BODY} sk-admin-${BODY}`, 'white space'],
    ['openai', `sk-admin-${BODY}\nsk-admin-${BODY}`, 'more than one line'],
    ['openai', `sk-admin-“${BODY}”`, 'a character that no API key has'],
    ['openai', `\u202esk-admin-${BODY}`, 'a character that no API key has'],
    ['anthropic', `sk-or-v1-${BODY}`, 'an OpenRouter key'],
    ['openrouter', `sk-ant-oat01-${BODY}`, 'an Anthropic OAuth token'],
    ['openai', `sk-ant-api03-${BODY}`, 'an Anthropic key'],
    ['anthropic', `sk-admin-${BODY}`, 'an OpenAI admin key'],
    ['openrouter', `sk-admin-${BODY}`, 'an OpenAI admin key'],
    ['file', `sk-admin-${BODY}`, 'has no credential'],
    ['anthropic', BODY, 'begins with sk-ant-admin01-'],
  ] as const)('%s refuses %j with a description of it', (provider, text, reason) => {
    const check = checkCredential(provider, text)
    expect(check.ok ? '' : check.reason).toContain(reason)
  })

  it('is never repeated in messages about it', () => {
    const prefix = fc.constantFrom(
      '',
      'sk-',
      'sk-proj-',
      'sk-admin-',
      'sk-ant-api03-',
      'sk-ant-oat01-',
      'sk-ant-admin01-',
      'sk-ant-',
    )
    // Letters in an order that does not occur in sentences.
    const body = fc.string({ unit: fc.constantFrom('Q', 'Z', 'x', '7', '9', 'K'), minLength: 4, maxLength: 40 })
    const around = fc.constantFrom('', ' ', '\n', '\t', '“', '\u0000', ' Bearer ')
    fc.assert(
      fc.property(fc.constantFrom(...PROVIDER_IDS), prefix, body, around, (provider, start, secret, sign) => {
        const check = checkCredential(provider, `${start}${secret}${sign}${secret}`)
        const said = check.ok ? (check.warning ?? '') : check.reason
        for (let at = 0; at + 4 <= secret.length; at += 1) expect(said).not.toContain(secret.slice(at, at + 4))
      }),
    )
  })

  it('is hinted at by its public prefix and its last four characters', () => {
    for (const provider of PROVIDER_IDS) {
      const { adminPrefix } = providerFacts(provider)
      expect(credentialHint(provider, ` ${adminPrefix}${BODY}\n`)).toBe(`${adminPrefix}…XwB4`)
    }
  })
})
