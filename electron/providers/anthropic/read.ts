import type { PrincipalFact, ProjectFact } from '../../../shared/domain/facts.ts'
import { CallFailure } from '../kit/errors.ts'
import { idOfRow } from '../kit/rows.ts'
import { openRun, type Run } from '../kit/run.ts'
import { noteFacts, type Sink } from '../kit/tally.ts'
import { readActivities } from './activities.ts'
import { openOrganization, type Organization } from './client.ts'
import { readFederation } from './federation.ts'
import { readGroups, mayHaveGroups } from './groups.ts'
import { anthropicLists, type AnthropicLists } from './lists.ts'
import { findLastActivity, readLastActivity } from './last-activity.ts'
import { keyReading } from './normalise/key.ts'
import { rateLimitReading, spendLimitReading, workspaceRateLimitReading } from './normalise/limit.ts'
import { organizationReading } from './normalise/organization.ts'
import { inviteReading, memberReading, userReading } from './normalise/people.ts'
import { workspaceReading } from './normalise/workspace.ts'
import type { Access } from '../kit/calls.ts'
import { memberLimitReading } from './normalise/member-limit.ts'

interface OrganizationFacts {
  organization: string | null
  readonly users: Map<string, PrincipalFact>
  readonly workspaces: Map<string, ProjectFact>
}

const ARCHIVED =
  'An archived workspace: its members and limits are not read, since archiving ended all access; its keys are read.'

/**
 * Reads one Anthropic organization: its own lists, then the lists that need them. Users come before members and keys,
 * which name users by id alone.
 */
export async function readAnthropic(access: Access, sink: Sink, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted()
  const api = await openOrganization(access)
  const lists = anthropicLists(api)
  const run = openRun('anthropic', access, sink, signal)
  const found: OrganizationFacts = { organization: null, users: new Map(), workspaces: new Map() }
  await run.together(organizationSources(run, access, { api, lists, found }))
  run.checkAddress()
  const workspaces = run.unfinishedFirst([...found.workspaces.values()], ({ externalId }) => externalId)
  const active = workspaces.filter((workspace) => workspace.status === 'active')
  await run.together([
    () => readKeys(run, lists, found),
    () => readFederation(run, access, lists),
    () => readGroups(run, access, lists),
    () => readMemberLimits(run, access, lists),
    ...active.flatMap((workspace) => workspaceSources(run, lists, workspace.externalId)),
  ])
  await readActivities(run, access, { api, lists, organization: found.organization }, signal)
}

interface Reads {
  readonly api: Organization
  readonly lists: AnthropicLists
  readonly found: OrganizationFacts
}

function organizationSources(run: Run, access: Access, { api, lists, found }: Reads) {
  return [
    () =>
      run.source('organization', null, async (tally) => {
        const row = await run.calls.json((options) => api.stable.retrieve(options))
        found.organization = idOfRow(row)
        if (found.organization === null) throw new CallFailure('malformed', 'it names no organization')
        tally.take([row], organizationReading)
      }),
    () => readPeople(run, access, lists, found),
    () => run.list('rate-limits', null, lists.rateLimits(), rateLimitReading),
    () => run.list('spend-limits', null, lists.spendLimits(), spendLimitReading),
  ]
}

/** The workspaces show whether anyone uses Claude Code; what the members did last comes before the members, and they before invites. */
async function readPeople(run: Run, access: Access, lists: AnthropicLists, found: OrganizationFacts): Promise<void> {
  await run.source('projects', null, async (tally) => {
    await run.take(tally, lists.workspaces(true), (row) =>
      noteFacts(found.workspaces, 'project', workspaceReading(row)),
    )
    const archived = [...found.workspaces.values()].filter((workspace) => workspace.status === 'archived').length
    if (archived > 0) tally.leave(archived, ARCHIVED)
  })
  const last = await readLastActivity(run, access, lists, found.workspaces.values())
  await run.list('users', null, lists.users(), (row) =>
    noteFacts(
      found.users,
      'principal',
      userReading(row, (member) => findLastActivity(last, member)),
    ),
  )
  await run.list('invites', null, lists.invites(), inviteReading)
}

function workspaceSources(run: Run, lists: AnthropicLists, workspace: string) {
  return [
    () => run.list('project-users', workspace, lists.members(workspace), (row) => memberReading(row, workspace)),
    () =>
      run.list('project-rate-limits', workspace, lists.workspaceRateLimits(workspace), (row) =>
        workspaceRateLimitReading(row, workspace),
      ),
  ]
}

function readKeys(run: Run, lists: AnthropicLists, found: OrganizationFacts): Promise<boolean> {
  const members = { users: found.users, whole: run.isComplete('users'), workspaces: found.workspaces }
  return run.list('keys', null, lists.keys(), (row) => noteFacts(found.workspaces, 'project', keyReading(row, members)))
}

/** At which amounts the members of a Claude Enterprise organization are stopped, whatever set them. */
async function readMemberLimits(run: Run, access: Access, lists: AnthropicLists): Promise<void> {
  if (mayHaveGroups(access)) await run.list('member-spend-limits', null, lists.effectiveLimits(), memberLimitReading)
}
