import { readFileSync } from 'node:fs'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import {
  checkCredential,
  credentialHint,
  credentialWarning,
  keyWord,
  recognizeCredential,
} from '../../../../shared/domain/providers/credential.ts'
import { PROVIDER_IDS, providerFacts } from '../../../../shared/domain/providers/providers.ts'
import { withoutSecrets } from '../../../../shared/domain/secrets/cut-secrets.ts'
import { findTokenShape } from '../../../../shared/domain/secrets/token-shapes.ts'

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

describe('a credential of a registered provider', () => {
  it('has a shape in the table, by which it is cut from every text', () => {
    for (const id of PROVIDER_IDS) {
      const { readsFile, adminPrefix, alsoAdministers, credentials } = providerFacts(id)
      expect(credentials === null).toBe(readsFile)
      for (const prefix of readsFile ? [] : [adminPrefix, ...alsoAdministers.map(([prefix]) => prefix)]) {
        const shape = (credentials ?? [])
          .map(findTokenShape)
          .find(({ prefixes }) => prefixes.some((own) => prefix.startsWith(own)))
        expect([id, prefix, shape]).not.toEqual([id, prefix, undefined])
        const secret = `${prefix}${'0a9b8c7d6e5f4a3b2c1d'.repeat(3)}`
        expect(withoutSecrets(`Key ${secret} of Jane`)).toMatch(/^Key [a-z]{2,6}[-_][\w-]{0,14}…2c1d of Jane$/u)
      }
    }
  })
})

describe('a credential of a known form', () => {
  const forms = PROVIDER_IDS.flatMap((provider) =>
    (providerFacts(provider).credentials ?? [])
      .flatMap((id) => findTokenShape(id).prefixes)
      // LiteLLM's keys begin as those of many vendors do.
      .filter((prefix) => prefix !== 'sk-')
      .map((prefix) => ({ provider, prefix })),
  )
  const body = fc.string({
    unit: fc.constantFrom(...Array.from('abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789')),
    minLength: 12,
    maxLength: 80,
  })

  it('is recognized as its provider’s, whatever follows, and without any of its secret', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), body, ({ provider, prefix }, secret) => {
        const known = recognizeCredential(` ${prefix}${secret}\n`)
        expect(known?.provider).toBe(provider)
        expect(JSON.stringify(known)).not.toContain(secret)
        const check = checkCredential(provider, `${prefix}${secret}`)
        expect(known?.fits).toBe(check.ok)
        expect(JSON.stringify(check)).not.toContain(secret)
      }),
    )
  })

  it('of another provider is refused with what it is and what is needed', () => {
    fc.assert(
      fc.property(fc.constantFrom(...forms), body, ({ provider, prefix }, secret) => {
        for (const other of PROVIDER_IDS.filter((id) => id !== provider && !providerFacts(id).readsFile)) {
          const check = checkCredential(other, `${prefix}${secret}`)
          expect(check.ok ? '' : check.reason).toContain(`${providerFacts(other).name} needs its ${keyWord(other)}`)
        }
      }),
    )
  })

  it('of a seat provider is recognized', () => {
    expect(recognizeCredential(`github_pat_${BODY}`)?.provider).toBe('github-copilot')
    expect(recognizeCredential(`ghp_${BODY}`)?.fits).toBe(true)
    expect(recognizeCredential(`key_${BODY}`)?.provider).toBe('cursor-team')
  })

  it('is nothing for a text of no known form', () => {
    for (const text of ['', 'sk-', 'hello', 'sk-1234567890']) expect(recognizeCredential(text)).toBeNull()
  })
})

describe('the guide to the key', () => {
  it.each(PROVIDER_IDS.filter((id) => !providerFacts(id).readsFile))(
    'of %s has the same facts as its quick start',
    (id) => {
      const guide = providerFacts(id).keyGuide
      const page = readFileSync(new URL(`../../../../docs/quick-start-${id}.md`, import.meta.url), 'utf8')
      expect(guide).not.toBeNull()
      expect(page).toContain(`https://${guide?.page}`)
      expect(page).toContain(guide?.maker)
      expect(page).toContain(guide?.keyWord)
      expect(guide?.steps.at(-1)).toContain(providerFacts(id).adminPrefix)
    },
  )
})
