import type { Access } from '../kit/calls.ts'
import { readFirst } from '../kit/list.ts'
import { openProbe, type TestReport } from '../kit/probe.ts'
import { readCaller, toReach, UNKNOWN_CALLER, type Caller } from './caller.ts'
import { getProxyAddress, openLiteLlm } from './client.ts'
import { liteLlmLists, readBudgets, readCredentials, readOrganizations, readTeams } from './lists.ts'

/** Names what a key of a LiteLLM proxy can read. */
export async function testLiteLlm(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const api = await openLiteLlm(access)
  const lists = liteLlmLists(api, 1)
  const probe = openProbe('litellm', access, signal)
  let caller: Caller = UNKNOWN_CALLER
  await probe.single('users', async () => {
    probe.reach(toReach(caller))
    caller = await readCaller(probe.calls, api)
    probe.reach(toReach(caller))
    return readFirst(probe.calls, lists.users(), 1)
  })
  await probe.together([
    () => probe.list('keys', lists.keys()),
    () => probe.single('projects', () => readTeams(probe.calls, api, caller)),
    () => probe.single('organization', () => readOrganizations(probe.calls, api, caller)),
    () => probe.single('deposited-keys', () => readCredentials(probe.calls, api, caller)),
    () => probe.single('shared-budgets', () => readBudgets(probe.calls, api, caller)),
  ])
  const { capabilities, fault } = probe
  const { host } = new URL(getProxyAddress(access))
  return { organization: { externalId: host, name: `LiteLLM at ${host}` }, capabilities, fault }
}
