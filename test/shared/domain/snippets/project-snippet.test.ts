import { stripTypeScriptTypes } from 'node:module'

import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'

import { looksSecret } from '../../../../shared/domain/secrets/find-secrets.ts'
import { organizationMap } from '../../../../shared/domain/snippets/organization-map.ts'
import { PROVIDER_IDS, providerFacts } from '../../../../shared/domain/providers/providers.ts'
import { projectSnippets } from '../../../../shared/domain/snippets/project-snippet.ts'
import { anyString } from '../../../any-string.ts'

const SNIPPET_PROVIDERS = PROVIDER_IDS.filter((id) => providerFacts(id).snippet !== null)

const CHATBOT = {
  provider: 'openai',
  organizationId: 'org-abc123',
  project: { id: 'proj_xyz789', name: 'Customer Support Bot' },
  baseUrl: null,
}

describe('the snippet of a project', () => {
  it('selects organization and project, and reads the key from the environment', () => {
    const { python, typescript, curl, env } = projectSnippets(CHATBOT) ?? {}
    expect(python).toBe(`import os

from openai import OpenAI

# Project Customer Support Bot. Keep its key out of the code: in a secret store, or in the environment.
client = OpenAI(
    api_key=os.environ["OPENAI_API_KEY"],
    organization="org-abc123",
    project="proj_xyz789",
)
`)
    expect(typescript).toContain('organization: "org-abc123",\n  project: "proj_xyz789",')
    expect(curl).toContain("--header 'OpenAI-Project: proj_xyz789'")
    expect(env).toContain('OPENAI_API_KEY=\nOPENAI_ORG_ID=org-abc123\nOPENAI_PROJECT_ID=proj_xyz789\n')
  })

  it('states for Anthropic that the key selects the workspace', () => {
    const python = projectSnippets({ ...CHATBOT, provider: 'anthropic' })?.python
    expect(python).toContain('The key selects the workspace')
    expect(python).not.toContain('organization=')
  })

  it('is null for a provider without a known client library', () => {
    expect(projectSnippets({ ...CHATBOT, provider: 'file' })).toBeNull()
  })

  it('contains hostile names only as text: it parses, and has as many lines as any other', () => {
    const hostile = anyString().map((text) => text.toWellFormed())
    fc.assert(
      fc.property(fc.constantFrom(...SNIPPET_PROVIDERS), hostile, hostile, (provider, name, id) => {
        const of = { provider, organizationId: id, project: { id, name }, baseUrl: null }
        const snippets = projectSnippets(of)
        const plain = projectSnippets({ ...of, organizationId: 'o', project: { id: 'p', name: 'n' } })
        for (const language of ['python', 'typescript', 'env'] as const) {
          expect(snippets?.[language].split(/[\r\n\u2028\u2029]/u)).toHaveLength(
            plain?.[language].split('\n').length ?? 0,
          )
        }
        expect(() => stripTypeScriptTypes(snippets?.typescript ?? '')).not.toThrow('Unexpected')
        expect(Object.values(snippets ?? {}).some(looksSecret)).toBe(looksSecret(id) || looksSecret(name))
      }),
      { numRuns: 100 },
    )
  })
})

describe('the map from clients to organizations', () => {
  const ORGANIZATIONS = [
    { client: 'client-a', provider: 'openai', organization: 'org-client-a' },
    { client: 'client-b', provider: 'openai', organization: 'org-client-b' },
    { client: 'client-b', provider: 'anthropic', organization: 'b1' },
  ]

  it('is code and JSON, each client with the variable that holds its key', () => {
    const { python, typescript, json } = organizationMap(ORGANIZATIONS)
    expect(JSON.parse(json)).toEqual({
      'client-a': { provider: 'openai', organization: 'org-client-a', keyVariable: 'OPENAI_API_KEY_CLIENT_A' },
      'client-b:openai': {
        provider: 'openai',
        organization: 'org-client-b',
        keyVariable: 'OPENAI_API_KEY_CLIENT_B_OPENAI',
      },
      'client-b:anthropic': {
        provider: 'anthropic',
        organization: 'b1',
        keyVariable: 'ANTHROPIC_API_KEY_CLIENT_B_ANTHROPIC',
      },
    })
    expect(python).toContain('"client-a": {"provider": "openai", "organization": "org-client-a"')
    expect(stripTypeScriptTypes(typescript)).toContain('"client-a": { provider: "openai"')
  })

  it('names every organization once', () => {
    const one = ORGANIZATIONS[0] ?? { client: '', provider: '', organization: '' }
    expect(Object.keys(JSON.parse(organizationMap([one, one]).json) as object)).toHaveLength(2)
  })
})
