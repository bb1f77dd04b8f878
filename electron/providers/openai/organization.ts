import type { ProjectFact } from '../../../shared/domain/facts.ts'
import type { Run } from '../kit/run.ts'
import { noteFacts, noteId } from '../kit/tally.ts'
import type { Organization } from './client.ts'
import type { OpenAiLists } from './lists.ts'
import { certificateReading } from './normalise/certificate.ts'
import { groupReading } from './normalise/group.ts'
import { inviteReading } from './normalise/invite.ts'
import { spendAlertReading, spendLimitReading } from './normalise/limit.ts'
import { projectReading } from './normalise/project.ts'
import { isCustomOrganizationRole, roleReading } from './normalise/role.ts'
import { userReading } from './normalise/user.ts'
import { readSettings } from './settings.ts'
import { spendLimitRows } from './spend-limit.ts'

/** The data of the organization's own lists that the later sources need. */
export interface OrganizationFacts {
  /** The organization's id, where answers give it. */
  id: string | null
  readonly projects: Map<string, ProjectFact>
  readonly users: Set<string>
  readonly groups: Set<string>
  customRoles: boolean
  /** Certificates of the organization: projects list no others. */
  readonly certificates: Set<string>
}

const ARCHIVED =
  'An archived project: its users, groups, service accounts and limits are not read, since the provider refuses to list them; its keys are read.'

/** The independent sources, in the order in which they begin. */
export function organizationSources(run: Run, api: Organization, lists: OpenAiLists, found: OrganizationFacts) {
  return [
    () =>
      run.source('projects', null, async (tally) => {
        await run.take(tally, lists.projects(true), (row) => noteFacts(found.projects, 'project', projectReading(row)))
        const archived = [...found.projects.values()].filter((project) => project.status === 'archived').length
        if (archived > 0) tally.leave(archived, ARCHIVED)
      }),
    () => run.list('users', null, lists.users(), (row) => noteId(found.users, userReading(row))),
    () => run.list('groups', null, lists.groups(), (row) => noteId(found.groups, groupReading(row))),
    () =>
      run.list('roles', null, lists.roles(), (row) => {
        found.customRoles ||= isCustomOrganizationRole(row)
        return roleReading(row, found.id)
      }),
    () => run.list('invites', null, lists.invites(), inviteReading),
    () =>
      run.source('spend-limits', null, async (tally) => {
        const rows = await spendLimitRows(run.calls, (options) => api.spendLimit.retrieve(options))
        tally.take(rows, (row) => spendLimitReading(row, null))
      }),
    () =>
      run.list('certificates', null, lists.certificates(), (row) =>
        noteId(found.certificates, certificateReading(row, null)),
      ),
    () => readSettings(run, api),
    () => run.list('spend-alerts', null, lists.spendAlerts(), (row) => spendAlertReading(row, null)),
  ]
}
