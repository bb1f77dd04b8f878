import type { Access } from '../kit/calls.ts'
import type { Run } from '../kit/run.ts'
import { noteId } from '../kit/tally.ts'
import type { AnthropicLists } from './lists.ts'
import { federationRuleReading, issuerReading, type Issuer } from './normalise/federation.ts'
import { accountWorkspaceReading, serviceAccountReading } from './normalise/service-account.ts'

/** A key of any kind; other forms are OAuth tokens, and those of gateways. */
const KEY = /^sk-ant-(?!oat)/u

/** True if a credential is of a form that Anthropic never answers these lists to. */
export function isKey({ credential }: Pick<Access, 'credential'>): boolean {
  return KEY.test(credential)
}

/**
 * Service accounts with their workspaces, then the issuers and rules by which workloads act as one without a key. With a
 * key they are not asked for, since each would be refused (API reference): what is unknown then, the coverage names.
 */
export async function readFederation(run: Run, access: Access, lists: AnthropicLists): Promise<void> {
  if (isKey(access)) return
  await run.together([() => readAccounts(run, lists), () => readRules(run, lists)])
}

async function readAccounts(run: Run, lists: AnthropicLists): Promise<void> {
  const accounts = new Set<string>()
  await run.list('service-accounts', null, lists.serviceAccounts(), (row) =>
    noteId(accounts, serviceAccountReading(row)),
  )
  await run.source('service-account-projects', null, async (tally) => {
    await run.each([...accounts], (account) =>
      run.take(tally, lists.accountWorkspaces(account), (row) => accountWorkspaceReading(row, account)),
    )
    run.builtOn(null, 'service-accounts')
  })
}

async function readRules(run: Run, lists: AnthropicLists): Promise<void> {
  const issuers = new Map<string, Issuer>()
  await run.list('identity-providers', null, lists.issuers(), (row) =>
    issuerReading(row, (issuer) => issuers.set(issuer.id, issuer)),
  )
  await run.source('federation-rules', null, async (tally) => {
    await run.take(tally, lists.federationRules(), (row) => federationRuleReading(row, issuers))
    run.builtOn(null, 'identity-providers')
  })
}
