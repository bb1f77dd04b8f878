import type { Access } from '../kit/calls.ts'
import { openProbe, type TestReport } from '../kit/probe.ts'
import { readAddresses } from './addresses.ts'
import { openGitHub } from './client.ts'
import { gitHubLists } from './lists.ts'
import { findOrganization, readOrganization } from './organization.ts'

const NOT_KEPT = { known: new Map(), onRows: () => undefined }

const NO_ORGANIZATION = 'It is not known which organization to try it on.'

/** Names what a GitHub token can read about Copilot. */
export async function testGitHubCopilot(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const api = await openGitHub(access)
  const probe = openProbe('github-copilot', access, signal)
  let organization: TestReport['organization'] = null
  const login = await probe.single('organization', async () => {
    const found = await findOrganization(probe.calls, api)
    const [fact] = (await readOrganization(probe.calls, api, found)).facts
    if (fact?.type === 'organization') organization = { externalId: fact.externalId, name: fact.name }
    return found
  })
  const of = typeof login === 'string' ? login : null
  await probe.together([
    async () => {
      if (of === null) return probe.nothing('user-addresses', NO_ORGANIZATION)
      await probe.single('user-addresses', () => readAddresses(probe.calls, api, of, NOT_KEPT))
    },
    ...probe.of(of, NO_ORGANIZATION, [['users', gitHubLists(api, 1).seats]]),
  ])
  const { capabilities, fault } = probe
  return { organization, capabilities, fault }
}
