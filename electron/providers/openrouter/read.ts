import type { PrincipalFact } from '../../../shared/domain/facts.ts'
import type { SourceName } from '../../../shared/domain/source.ts'
import { offsetPage, type OffsetList } from '../kit/offset.ts'
import { openRun, type Run } from '../kit/run.ts'
import { noteFacts, noteId, type Reading, type Sink } from '../kit/tally.ts'
import { openOpenRouter } from './client.ts'
import { allWorkspaces, openRouterLists, type OpenRouterLists } from './lists.ts'
import { depositedKeyReading } from './normalise/deposited-key.ts'
import { groupReading, mappingReading } from './normalise/group.ts'
import { assignmentReading, guardrailReading } from './normalise/guardrail.ts'
import { keyReading } from './normalise/key.ts'
import { budgetReading } from './normalise/limit.ts'
import { checkManagementKey, organizationReading } from './normalise/organization.ts'
import { memberReading, userReading } from './normalise/people.ts'
import { getDefaultGuardrail, workspaceReading } from './normalise/workspace.ts'
import type { Access } from '../kit/calls.ts'

/**
 * Reads one OpenRouter organization: first whether the key may read, since keys that only call models share its prefix,
 * and which organization it opens; then its own lists, then those of each workspace. Where the organization is unknown,
 * nothing more is read: members of another one would be taken for those of this one.
 */
export async function readOpenRouter(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const api = await openOpenRouter(access)
  const lists = openRouterLists(api)
  const run = openRun('openrouter', access, sink, signal)
  const users = new Map<string, PrincipalFact>()
  const workspaces = new Set<string>()
  const defaults = new Set<string>()
  await run.source('organization', null, async (tally) => {
    checkManagementKey(await run.calls.json((options) => api.get('/key', {}, options)))
    const reading = organizationReading(await allWorkspaces(run.calls, lists))
    tally.take([reading], () => reading)
  })
  run.checkAddress()
  await run.together([
    () =>
      ofKnown(run, 'projects', lists.workspaces(), (row) => {
        const guardrail = getDefaultGuardrail(row)
        if (guardrail !== null) defaults.add(guardrail)
        return noteId(workspaces, workspaceReading(row))
      }),
    () => ofKnown(run, 'users', lists.users(), (row) => noteFacts(users, 'principal', userReading(row))),
  ])
  const ordered = run.unfinishedFirst([...workspaces], (id) => id)
  await run.together([
    ...(run.isComplete('organization')
      ? [
          () => groups(run, lists),
          () => depositedKeys(run, lists, ordered),
          () => guardrails(run, lists, ordered, defaults),
        ]
      : []),
    ...ordered.flatMap((workspace) => workspaceSources(run, lists, workspace, users)),
  ])
}

/** Reads a list once the organization is known. */
function ofKnown(run: Run, name: SourceName, list: OffsetList, read: (row: unknown) => Reading): Promise<boolean> {
  return run.source(name, null, (tally) => {
    run.builtOn(null, 'organization')
    return run.take(tally, list, read)
  })
}

/** Groups of the identity provider, and the roles that they have in workspaces. */
async function groups(run: Run, lists: OpenRouterLists): Promise<void> {
  const found = new Set<string>()
  await run.list('groups', null, lists.groups(), (row) => noteId(found, groupReading(row)))
  await run.source('group-roles', null, async (tally) => {
    // Roles without groups are not asked for.
    if (found.size > 0) await run.take(tally, lists.groupMappings(), mappingReading)
    run.builtOn(null, 'groups')
  })
}

/** One that all workspaces use is in the list of each of them, so that they are one source. */
function depositedKeys(run: Run, lists: OpenRouterLists, workspaces: readonly string[]): Promise<boolean> {
  return run.source('deposited-keys', null, async (tally) => {
    await run.each(workspaces, (workspace) => run.take(tally, lists.deposited(workspace), depositedKeyReading))
    run.builtOn(null, 'projects')
  })
}

/** The assignments first: a guardrail narrows what it is assigned to. */
function guardrails(
  run: Run,
  lists: OpenRouterLists,
  workspaces: readonly string[],
  defaults: ReadonlySet<string>,
): Promise<boolean> {
  return run.source('guardrails', null, async (tally) => {
    const assignments = { keys: new Map<string, string[]>(), members: new Map<string, string[]>() }
    for (const list of [lists.guardedKeys(), lists.guardedMembers()]) {
      await run.take(tally, list, (row) => assignmentReading(row, assignments))
    }
    await run.each(workspaces, (workspace) =>
      run.take(tally, lists.guardrails(workspace), (row) => guardrailReading(row, assignments, defaults)),
    )
    run.builtOn(null, 'projects')
  })
}

function workspaceSources(
  run: Run,
  lists: OpenRouterLists,
  workspace: string,
  users: ReadonlyMap<string, PrincipalFact>,
) {
  const members = { users, whole: run.isComplete('users') }
  return [
    () => run.list('project-users', workspace, lists.members(workspace), (row) => memberReading(row, workspace)),
    () => run.list('project-keys', workspace, lists.keys(workspace), (row) => keyReading(row, workspace, members)),
    () =>
      run.source('project-spend-limits', workspace, async (tally) => {
        const { data } = offsetPage(await run.calls.json(lists.budgets(workspace), 'budgets'))
        tally.take(data, (row) => budgetReading(row, workspace))
      }),
  ]
}
