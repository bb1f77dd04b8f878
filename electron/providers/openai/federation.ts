import type { Run } from '../kit/run.ts'
import type { OpenAiLists } from './lists.ts'
import { federationRuleReading, identityProviderReading, type IdentityProvider } from './normalise/federation.ts'
import { readOfEach } from './roles.ts'

/** The identity providers of workloads, then the federation rules of each: one request for each of them. */
export async function readFederation(run: Run, lists: OpenAiLists): Promise<void> {
  const providers = new Map<string, IdentityProvider>()
  await run.list('identity-providers', null, lists.identityProviders(), (row) =>
    identityProviderReading(row, (provider) => providers.set(provider.id, provider)),
  )
  await run.source('federation-rules', null, async (tally) => {
    await readOfEach(run, tally, {
      ids: [...providers.keys()],
      what: 'identity providers',
      list: lists.federationRules,
      read: (row, id) => {
        const provider = providers.get(id)
        if (provider === undefined) throw new RangeError(`No identity provider ${id} was read.`)
        return federationRuleReading(row, provider)
      },
    })
    run.builtOn(null, 'identity-providers')
  })
}
