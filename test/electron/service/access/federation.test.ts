import { expect, it, onTestFinished } from 'vitest'

import { startFakeOpenAi } from '../../../providers/fake-openai.ts'
import { HIDDEN_CREDENTIAL, hiddenOpenAi } from '../../../providers/fixtures/hidden-openai.ts'
import { connected, synced } from '../fakes.ts'
import { refused } from '../seeded.ts'
import { newService } from '../services.ts'

it('a federation rule is found by any of its versions as it is now, until the provider no longer lists it', async () => {
  const organization = hiddenOpenAi()
  const openai = await startFakeOpenAi({ organizations: [organization] })
  onTestFinished(() => openai.close())
  const { api } = await newService()
  await connected(api, openai, { client: 'hidden', provider: 'openai', credential: HIDDEN_CREDENTIAL })
  await synced(api)
  const [before] = (await api.access.federation({ search: 'rule-branch' })).rows
  const federationId = before?.federationId ?? 0
  const [provider] = organization.identityProviders
  if (provider === undefined) throw new Error('The organization has no identity provider.')

  provider.rules = provider.rules.map((rule) =>
    (rule as { id: string }).id === 'rule-branch'
      ? { ...(rule as object), attribute_matchers: { sub: 'repo:hidden/shop:ref:refs/heads/main' } }
      : rule,
  )
  await synced(api)
  const now = await api.access.federationRule({ federationId })
  expect(now).toMatchObject({ externalId: 'rule-branch', pin: 'exact' })
  expect(now.federationId).not.toBe(federationId)

  provider.rules = provider.rules.filter((rule) => (rule as { id: string }).id !== 'rule-branch')
  await synced(api)
  expect(await refused(api.access.federationRule({ federationId }))).toMatchObject({ code: 'NOT_FOUND' })
})
