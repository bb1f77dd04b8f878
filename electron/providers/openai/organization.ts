import type { ProjectFact } from '../../../shared/domain/facts.ts'
import { readPages, type List } from '../kit/paging.ts'
import type { Run } from '../kit/run.ts'
import type { Reading, Tally } from '../kit/tally.ts'
import type { Organization } from './client.ts'
import type { OpenAiLists } from './lists.ts'
import { groupReading } from './normalise/group.ts'
import { inviteReading } from './normalise/invite.ts'
import { spendAlertReading, spendLimitReading } from './normalise/limit.ts'
import { projectReading } from './normalise/project.ts'
import { isCustomOrganizationRole, roleReading } from './normalise/role.ts'
import { userReading } from './normalise/user.ts'
import { spendLimitRows } from './spend-limit.ts'

/** What the organization's own lists say that the sources after them need. */
export interface Found {
  /** The organization's id, where answers give it. */
  id: string | null
  readonly projects: Map<string, ProjectFact>
  readonly users: Set<string>
  readonly groups: Set<string>
  customRoles: boolean
}

const ARCHIVED =
  'An archived project: its users, groups, service accounts and limits are not read, since the provider refuses to list them; its keys are read.'

/** The sources that stand alone, in the order in which they begin. */
export function organizationSources(run: Run, api: Organization, lists: OpenAiLists, found: Found) {
  const whole = (list: List, read: (row: unknown) => Reading) => (tally: Tally) =>
    readPages(run.calls, list, (rows) => tally.take(rows, read))

  return [
    () =>
      run.source('projects', null, async (tally) => {
        await whole(lists.projects(true), (row) => noteProject(found, projectReading(row)))(tally)
        const archived = [...found.projects.values()].filter((project) => project.status === 'archived').length
        if (archived > 0) tally.leave(archived, ARCHIVED)
      }),
    () =>
      run.source(
        'users',
        null,
        whole(lists.users(), (row) => noteId(found.users, userReading(row))),
      ),
    () =>
      run.source(
        'groups',
        null,
        whole(lists.groups(), (row) => noteId(found.groups, groupReading(row))),
      ),
    () =>
      run.source(
        'roles',
        null,
        whole(lists.roles(), (row) => {
          found.customRoles ||= isCustomOrganizationRole(row)
          return roleReading(row, found.id)
        }),
      ),
    () => run.source('invites', null, whole(lists.invites(), inviteReading)),
    () =>
      run.source('spend-limits', null, async (tally) => {
        const rows = await spendLimitRows(run.calls, (options) => api.spendLimit.retrieve(options))
        tally.take(rows, (row) => spendLimitReading(row, null))
      }),
    () =>
      run.source(
        'spend-alerts',
        null,
        whole(lists.spendAlerts(), (row) => spendAlertReading(row, null)),
      ),
  ]
}

function noteProject(found: Found, reading: Reading): Reading {
  for (const fact of reading.facts) {
    if (fact.type === 'project' && !found.projects.has(fact.externalId)) found.projects.set(fact.externalId, fact)
  }
  return reading
}

function noteId(ids: Set<string>, reading: Reading): Reading {
  if (reading.id !== null) ids.add(reading.id)
  return reading
}
