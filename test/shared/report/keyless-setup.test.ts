import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'

import type { KeylessRow } from '../../../shared/contract/keyless.ts'
import { PLATFORMS } from '../../../shared/domain/keyless/platforms.ts'
import { describeWorkload } from '../../../shared/domain/federation/workload.ts'
import { envValue } from '../../../shared/domain/literal.ts'
import { keylessMarkdown } from '../../../shared/report/keyless-markdown.ts'
import { keylessSetups } from '../../../shared/report/keyless-setup.ts'
import { anyString } from '../../any-string.ts'

const row = (provider: string, over: Partial<KeylessRow> = {}): KeylessRow => ({
  keyId: 1,
  name: 'dev-shop-ci',
  client: { slug: 'acme', name: 'Acme', colour: '#000000' },
  connection: { id: 1, label: 'Acme', provider, organizationId: '0c3f' },
  project: { id: 1, name: 'Shop', externalId: 'proj_shop', status: 'active' },
  account: { id: 1, externalId: "svc_'1", name: 'shop' },
  state: 'static',
  certainty: 'certain',
  reasons: ['It belongs to a service account, which only programs use.'],
  platform: 'gitlab',
  rule: null,
  lastDay: '2026-12-10',
  lastDayBecause: 'the day on which it would be rotated',
  dueOn: '2026-12-10',
  lastUse: { state: 'never' },
  ...over,
})

describe('what to configure in place of a key', () => {
  it('is there for every platform, that of the key first, and for no provider that accepts no workloads', () => {
    const setups = keylessSetups(row('openai'))
    expect(setups.map(({ platform }) => platform)).toEqual(['gitlab', 'github', 'google-cloud', 'aws', 'azure'])
    expect(keylessSetups(row('openai', { platform: null })).map(({ platform }) => platform)).toEqual([...PLATFORMS])
    expect(keylessSetups(row('openrouter'))).toEqual([])
  })

  it('proposes rules that pin one workload down where a subject has a branch, and the audience of the provider', () => {
    for (const provider of ['openai', 'anthropic']) {
      const pins = keylessSetups(row(provider)).map(
        ({ rule }) => describeWorkload({ ...rule, claims: {}, condition: null }).pin,
      )
      expect(new Set(pins)).toEqual(new Set(['exact']))
    }
    expect(keylessSetups(row('anthropic'))[0]?.rule.audience).toBe('https://api.anthropic.com')
    expect(keylessSetups(row('openai')).at(-1)?.rule.audience).toBe('api://APPLICATION_ID')
  })

  it('has pipelines in sound YAML with the audience, and a program with the account as a literal', () => {
    const [gitlab, github] = keylessSetups(row('anthropic'))
    expect(parse(gitlab?.snippets[0]?.text ?? '')).toEqual({
      job: { id_tokens: { ANTHROPIC_IDENTITY_TOKEN: { aud: 'https://api.anthropic.com' } } },
    })
    const job = parse(github?.snippets[0]?.text ?? '') as { permissions: object; steps: { run: string }[] }
    expect(job.permissions).toEqual({ 'id-token': 'write', contents: 'read' })
    expect(job.steps[0]?.run).toContain('audience=https%3A%2F%2Fapi.anthropic.com"')
    expect(gitlab?.snippets[1]?.text).toContain('ANTHROPIC_WORKSPACE_ID=proj_shop\n')
    expect(keylessSetups(row('openai'))[0]?.snippets[1]?.text).toContain(`serviceAccountId: "svc_'1",`)
  })

  it('keeps an id of the provider within its literal and its variable, whatever is in it', () => {
    const program = (provider: string, id: string): string =>
      keylessSetups(row(provider, { account: { id: 1, externalId: id, name: null } }))[0]?.snippets[1]?.text ?? ''
    fc.assert(
      fc.property(anyString(), (id) => {
        const literal = /serviceAccountId: (.*),$/mu.exec(program('openai', id))?.[1] ?? ''
        expect(JSON.parse(literal)).toBe(id)
        const lines = program('anthropic', id).split('\n')
        expect(lines).toHaveLength(program('anthropic', 'svc_1').split('\n').length)
        expect(lines.filter((line) => line.startsWith('ANTHROPIC_SERVICE_ACCOUNT_ID='))).toEqual([
          `ANTHROPIC_SERVICE_ACCOUNT_ID=${envValue(id)}`,
        ])
      }),
    )
  })

  it('asks for a service account where the key has none, and not for a rule where one is there', () => {
    expect(keylessSetups(row('openai', { account: null }))[0]?.steps[0]).toMatch(/^Create a service account/u)
    const beside = row('openai', { state: 'beside', rule: { federationId: 1, workload: 'the workload x' } })
    expect(keylessSetups(beside)[0]?.steps[0]).toMatch(/^The federation rule is there/u)
  })
})

describe('the keyless plan in Markdown', () => {
  it('has progress, one line for each key, and what to configure once for a provider and platform', () => {
    const { client } = row('openai')
    const pieces = keylessMarkdown({
      client: 'Acme',
      progress: [{ client, static: 2, beside: 0, retired: 3 }],
      count: 2,
      open: 2,
      rows: [row('openai'), row('openai', { keyId: 2, name: 'a|b```' })],
      narrowed: 'platform gitlab',
    })
    const text = [...pieces].join('')
    expect(text).toContain('2 keys of pipelines and cloud workloads can be replaced by federation: 2 without a rule')
    expect(text).toContain('Filters: platform gitlab. The progress counts all keys.')
    expect(text).toContain('| Acme | 2 | 0 | 3 |')
    // What is copied into a form has no escapes.
    expect(text).toMatch(/^- Issuer: `https:\/\/[^`\\]+`$/mu)
    expect(text).toMatch(/^- Audience: `[^`\\]+`$/mu)
    expect(text.match(/^### OpenAI from GitLab CI\/CD, as for dev-shop-ci$/gmu)).toHaveLength(1)
    expect(text.split('\n').filter((line) => line.startsWith('| Acme |')).length).toBe(3)
  })
})
