import type { Answer, Calls, Options } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { readOffsets, type OffsetList } from '../kit/offset.ts'
import { withRoutes } from '../kit/list.ts'
import { toPath } from '../kit/json-api.ts'
import type { OpenRouter } from './client.ts'
import { workspaceReading } from './normalise/workspace.ts'

/** The documented maximum of the lists that state one; keys choose their own size. */
const PAGE = 100

/** Every list that a sync reads. `limit`: rows of a page. */
export function openRouterLists(api: OpenRouter, limit = PAGE) {
  const list = (path: string, query: Readonly<Record<string, string | number | boolean>> = { limit }): OffsetList => ({
    countsRows: true,
    send: (offset, options) => api.get(path, { offset, ...query }, options),
  })
  return withRoutes({
    users: () => list('/organization/members'),
    workspaces: () => list('/workspaces'),
    members: (workspace: string) => list(toPath`/workspaces/${workspace}/members`),
    /** Without a workspace OpenRouter lists the keys of the default one alone. */
    keys: (workspace: string) => list('/keys', { include_disabled: true, workspace_id: workspace }),
    /** Of a workspace, and the ones that all workspaces use. */
    deposited: (workspace: string) => list('/byok', { limit, workspace_id: workspace }),
    guardrails: (workspace: string) => list('/guardrails', { limit, workspace_id: workspace }),
    guardedKeys: () => list('/guardrails/assignments/keys'),
    guardedMembers: () => list('/guardrails/assignments/members'),
    groups: () => list('/scim/groups'),
    groupMappings: () => list('/scim/group-mappings'),
    /** Not paged: a workspace has at most one for each period. */
    budgets:
      (workspace: string) =>
      (options: Options): Answer =>
        api.get(toPath`/workspaces/${workspace}/budgets`, {}, options),
  })
}

export type OpenRouterLists = ReturnType<typeof openRouterLists>

/** The rows of all workspaces, each once. Throws `CallFailure` where one cannot be read. */
export async function allWorkspaces(calls: Calls, lists: OpenRouterLists): Promise<readonly unknown[]> {
  const rows = new Map<string, unknown>()
  await readOffsets(calls, lists.workspaces(), (page) => {
    const before = rows.size
    for (const row of page) {
      const { id } = workspaceReading(row)
      // One of them is what the organization goes by: without it, another would be taken for it.
      if (id === null) throw new CallFailure('malformed', 'it lists a workspace in an unknown form')
      if (!rows.has(id)) rows.set(id, row)
    }
    return rows.size - before
  })
  return [...rows.values()]
}
