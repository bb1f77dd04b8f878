import { describe, expect, it, onTestFinished } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { HIDDEN_CREDENTIAL, hiddenOpenAi } from '../../../providers/fixtures/hidden-openai.ts'
import { UNLIMITED } from '../../../providers/throttle.ts'
import { connected, synced } from '../fakes.ts'
import { newService } from '../services.ts'

describe('a finding about federation rules', () => {
  it('offers to delete those rules of the account that it is about, and is verified when the provider lists none', async () => {
    const organization = hiddenOpenAi()
    const server = await startFakeOpenAi({ organizations: [organization], throttle: UNLIMITED })
    onTestFinished(() => server.close())
    const { api } = await newService()
    await connected(api, server, { client: 'hidden', credential: HIDDEN_CREDENTIAL })
    await synced(api)
    const { rows } = await api.findings.list({ limit: 500, certainty: 'all' })
    const offered = await Promise.all(
      rows
        .filter(({ rule }) => rule.id.startsWith('federation-'))
        .map(async ({ findingId, rule }) => {
          const proposals = await api.remediation.proposals({ origins: [{ kind: 'finding', id: findingId }] })
          return `${rule.id}: ${proposals.map(({ says }) => says).join(' ')}`
        }),
    )
    expect(offered.toSorted()).toEqual([
      'federation-admin: Delete the federation rule rule-owner of the service account sa-owner.',
      'federation-any-branch: Delete the federation rule rule-branch of the service account sa-branch.',
      'federation-issuer-off: Delete the federation rule rule-off of the service account sa-off.',
      'federation-wildcard: Delete the federation rule rule-open of the service account sa-open. Delete the service account sa-open.',
    ])
  })

  it('offers no rule of the same account that it is not about', async () => {
    const organization = hiddenOpenAi()
    const [github, off] = organization.identityProviders
    const [open] = github?.rules ?? []
    const beside = {
      id: 'rule-main',
      name: 'rule-main',
      attribute_matchers: { sub: 'repo:hidden/shop:ref:refs/heads/main' },
    }
    const onlyFor = (account: string) => ({ service_account_id: account })
    github?.rules.push({ ...(open as object), ...beside, ...onlyFor('sa-off') })
    off?.rules.push({ ...(off.rules[0] as object), id: 'rule-shut', name: 'rule-shut', ...onlyFor('sa-open') })
    const server = await startFakeOpenAi({ organizations: [organization], throttle: UNLIMITED })
    onTestFinished(() => server.close())
    const { api } = await newService()
    await connected(api, server, { client: 'hidden', credential: HIDDEN_CREDENTIAL })
    await synced(api)
    const { rows } = await api.findings.list({ limit: 500, certainty: 'all' })
    const offered = async (rule: string, subject: string): Promise<readonly unknown[]> => {
      const found = rows.find((row) => row.rule.id === rule && row.subject.name === subject)
      const origins = [{ kind: 'finding', id: found?.findingId ?? 0 }] as const
      return (await api.remediation.proposals({ origins: [...origins] })).flatMap(({ values }) => values.name ?? [])
    }
    expect(await offered('federation-issuer-off', 'sa-off')).toEqual(['rule-off'])
    expect(await offered('federation-wildcard', 'sa-open')).toEqual(['rule-open'])
    expect(await offered('federation-issuer-off', 'sa-open')).toEqual(['rule-shut'])
  })
})
