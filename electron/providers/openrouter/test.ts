import { offsetPage } from '../kit/offset.ts'
import { getIds, openProbe, type TestReport } from '../kit/probe.ts'
import { openOpenRouter } from './client.ts'
import { allWorkspaces, openRouterLists } from './lists.ts'
import { checkManagementKey, organizationReading } from './normalise/organization.ts'
import { workspaceReading } from './normalise/workspace.ts'
import type { Access } from '../kit/calls.ts'

const NO_WORKSPACE = 'There is no workspace to try it on.'

/** Names what an OpenRouter key can read. Throws `CredentialRefused` for a key that only calls models. */
export async function testOpenRouter(access: Access, signal: AbortSignal): Promise<TestReport> {
  signal.throwIfAborted()
  const api = await openOpenRouter(access)
  const lists = openRouterLists(api, 1)
  const probe = openProbe('openrouter', access, signal)
  let organization: TestReport['organization'] = null
  await probe.single('organization', async () =>
    checkManagementKey(await probe.calls.json((options) => api.get('/key', {}, options))),
  )
  let workspace: string | null = null
  await probe.together([
    async () => {
      // All of them: the default one is what the organization goes by.
      const rows = await probe.single('projects', () => allWorkspaces(probe.calls, openRouterLists(api)))
      const projects = getIds(rows as readonly unknown[] | null, workspaceReading)
      if (projects.length === 0) return
      const { id } = organizationReading(rows as readonly unknown[])
      workspace = projects[0] ?? null
      organization = id === null ? null : { externalId: id, name: null, namedByProject: true, projects }
    },
    () => probe.list('users', lists.users()),
  ])
  const noWorkspace = probe.whyNothing('projects', NO_WORKSPACE)
  await probe.together([
    ...probe.of(workspace, noWorkspace, [
      ['project-users', lists.members],
      ['project-keys', lists.keys],
      ['deposited-keys', lists.deposited],
      ['guardrails', lists.guardrails],
    ]),
    async () => {
      if (workspace === null) return probe.nothing('project-spend-limits', noWorkspace)
      const budgets = lists.budgets(workspace)
      await probe.single('project-spend-limits', async () => offsetPage(await probe.calls.json(budgets)).data)
    },
  ])
  const { capabilities, fault } = probe
  return { organization, capabilities, fault }
}
