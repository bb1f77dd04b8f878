import type { SourceName } from '../../../shared/domain/source.ts'
import { offsetPage, type OffsetList } from '../kit/offset.ts'
import { openProbe, type TestReport } from '../kit/probe.ts'
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
  const first = async (source: SourceName, list: OffsetList): Promise<readonly unknown[]> => {
    const page = await probe.single(
      source,
      async () => offsetPage(await probe.calls.json((options) => list.send(0, options))).data,
    )
    return Array.isArray(page) ? page : []
  }
  let workspace: string | null = null
  await probe.together([
    async () => {
      // All of them: the default one is what the organization goes by.
      const rows = await probe.single('projects', () => allWorkspaces(probe.calls, openRouterLists(api)))
      const projects = (Array.isArray(rows) ? rows : [])
        .map((row) => workspaceReading(row).id)
        .filter((id) => id !== null)
      if (projects.length === 0) return
      const { id } = organizationReading(rows as readonly unknown[])
      workspace = projects[0] ?? null
      organization = id === null ? null : { externalId: id, name: null, namedByProject: true, projects }
    },
    () => first('users', lists.users()),
  ])
  const one: string | null = workspace
  const tries = (['project-users', 'project-keys', 'project-spend-limits'] as const).map((source) => async () => {
    if (one === null) probe.nothing(source, NO_WORKSPACE)
    else if (source === 'project-users') await first(source, lists.members(one))
    else if (source === 'project-keys') await first(source, lists.keys(one))
    else await probe.single(source, async () => offsetPage(await probe.calls.json(lists.budgets(one))).data)
  })
  await probe.together(tries)
  return { organization, capabilities: probe.capabilities }
}
