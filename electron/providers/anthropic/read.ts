import type { PrincipalFact, ProjectFact } from '../../../shared/domain/facts.ts'
import { CallFailure } from '../kit/errors.ts'
import { readPages, type List } from '../kit/paging.ts'
import { openRun, type Run } from '../kit/run.ts'
import type { Reading, Tally, Sink } from '../kit/tally.ts'
import { openOrganization, type Organization } from './client.ts'
import { anthropicLists, type AnthropicLists } from './lists.ts'
import { keyReading } from './normalise/key.ts'
import { rateLimitReading, spendLimitReading, workspaceRateLimitReading } from './normalise/limit.ts'
import { organizationReading } from './normalise/organization.ts'
import { inviteReading, memberReading, userReading } from './normalise/people.ts'
import { workspaceReading } from './normalise/workspace.ts'
import type { Access } from '../kit/calls.ts'

interface Found {
  readonly users: Map<string, PrincipalFact>
  readonly workspaces: Map<string, ProjectFact>
}

const ARCHIVED =
  'An archived workspace: its members and limits are not read, since archiving ended all access; its keys are read.'

/**
 * Reads one Anthropic organization: its own lists, then what needs them. Users come before members and keys, which name
 * users by id alone.
 */
export async function readAnthropic(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const api = await openOrganization(access)
  const lists = anthropicLists(api)
  const run = openRun('anthropic', access, sink, signal)
  const found: Found = { users: new Map(), workspaces: new Map() }
  await run.together(organizationSources(run, api, lists, found))
  run.checkAddress()
  const workspaces = run.unfinishedFirst([...found.workspaces.values()], ({ externalId }) => externalId)
  const active = workspaces.filter((workspace) => workspace.status === 'active')
  await run.together([
    () => run.source('keys', null, (tally) => readKeys(run, lists, found, tally)),
    ...active.flatMap((workspace) => workspaceSources(run, lists, workspace.externalId)),
  ])
}

function whole(run: Run, list: List, read: (row: unknown) => Reading): (tally: Tally) => Promise<void> {
  return (tally) => readPages(run.calls, list, (rows) => tally.take(rows, read))
}

function organizationSources(run: Run, api: Organization, lists: AnthropicLists, found: Found) {
  return [
    () =>
      run.source('organization', null, async (tally) => {
        const row = await run.calls.json((options) => api.stable.retrieve(options))
        if (tally.take([row], organizationReading) === 0) {
          throw new CallFailure('malformed', 'it names no organization')
        }
      }),
    () =>
      run.source('projects', null, async (tally) => {
        await whole(run, lists.workspaces(true), (row) => noteWorkspace(found, workspaceReading(row)))(tally)
        const archived = [...found.workspaces.values()].filter((workspace) => workspace.status === 'archived').length
        if (archived > 0) tally.leave(archived, ARCHIVED)
      }),
    () =>
      run.source(
        'users',
        null,
        whole(run, lists.users(), (row) => noteUser(found, userReading(row))),
      ),
    () => run.source('invites', null, whole(run, lists.invites(), inviteReading)),
    () => run.source('rate-limits', null, whole(run, lists.rateLimits(), rateLimitReading)),
    () => run.source('spend-limits', null, whole(run, lists.spendLimits(), spendLimitReading)),
  ]
}

function workspaceSources(run: Run, lists: AnthropicLists, workspace: string) {
  return [
    () =>
      run.source(
        'project-users',
        workspace,
        whole(run, lists.members(workspace), (row) => memberReading(row, workspace)),
      ),
    () =>
      run.source(
        'project-rate-limits',
        workspace,
        whole(run, lists.workspaceRateLimits(workspace), (row) => workspaceRateLimitReading(row, workspace)),
      ),
  ]
}

async function readKeys(run: Run, lists: AnthropicLists, found: Found, tally: Tally): Promise<void> {
  const members = { users: found.users, whole: run.isComplete('users'), workspaces: found.workspaces }
  await whole(run, lists.keys(), (row) => noteWorkspace(found, keyReading(row, members)))(tally)
}

function noteUser(found: Found, reading: Reading): Reading {
  for (const fact of reading.facts) if (fact.type === 'principal') found.users.set(fact.externalId, fact)
  return reading
}

function noteWorkspace(found: Found, reading: Reading): Reading {
  for (const fact of reading.facts) {
    if (fact.type === 'project' && !found.workspaces.has(fact.externalId)) found.workspaces.set(fact.externalId, fact)
  }
  return reading
}
