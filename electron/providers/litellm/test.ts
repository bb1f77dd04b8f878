import type { Access } from '../kit/calls.ts'
import { openProbe, type TestReport } from '../kit/probe.ts'
import { getProxyAddress, openLiteLlm } from './client.ts'
import { liteLlmLists, readCredentials, readOrganizations, readTeams } from './lists.ts'

/** Names what a key of a LiteLLM proxy can read. */
export async function testLiteLlm(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const api = await openLiteLlm(access)
  const lists = liteLlmLists(api, 1)
  const probe = openProbe('litellm', access, signal)
  await probe.together([
    () => probe.list('users', lists.users()),
    () => probe.list('keys', lists.keys()),
    () => probe.single('projects', () => readTeams(probe.calls, api)),
    () => probe.single('organization', () => readOrganizations(probe.calls, api)),
    () => probe.single('deposited-keys', () => readCredentials(probe.calls, api)),
  ])
  const { capabilities, fault } = probe
  const { host } = new URL(getProxyAddress(access))
  return { organization: { externalId: host, name: `LiteLLM at ${host}` }, capabilities, fault }
}
