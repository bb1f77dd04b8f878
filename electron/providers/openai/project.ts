import type { ProjectFact } from '../../../shared/domain/facts.ts'
import type { Run } from '../kit/run.ts'
import { noteId, type Reading } from '../kit/tally.ts'
import type { Organization } from './client.ts'
import type { KeySources } from './keys.ts'
import type { OpenAiLists } from './lists.ts'
import { certificateReading } from './normalise/certificate.ts'
import { projectGroupReading } from './normalise/group.ts'
import { rateLimitReading, spendAlertReading, spendLimitReading } from './normalise/limit.ts'
import { projectUserReading, serviceAccountReading } from './normalise/project.ts'
import { assignmentReading, directRoleReading, isCustomRole, projectRoleReading } from './normalise/role.ts'
import { readOfEach } from './roles.ts'
import { readProjectSettings } from './settings.ts'
import { spendLimitRows } from './spend-limit.ts'

/** The sources of one project. Of an archived one only the keys: those that were left behind still have to be found. */
export function projectSources(
  run: Run,
  api: Organization,
  {
    lists,
    keySources,
    hasCertificates,
  }: { readonly lists: OpenAiLists; readonly keySources: KeySources; readonly hasCertificates: boolean },
  project: ProjectFact,
) {
  const id = project.externalId
  const keys = () => keySources.projectKeys(id)
  if (project.status === 'archived') return [keys]
  return [
    () => readMembers(run, lists, id),
    () => readGroups(run, lists, id),
    keys,
    () => run.list('project-rate-limits', id, lists.projectRateLimits(id), (row) => rateLimitReading(row, id)),
    () =>
      run.source('project-spend-limits', id, async (tally) => {
        const rows = await spendLimitRows(run.calls, (options) => api.projects.spendLimit.retrieve(id, options))
        tally.take(rows, (row) => spendLimitReading(row, id))
      }),
    () =>
      run.source('project-certificates', id, async (tally) => {
        if (hasCertificates) await run.take(tally, lists.projectCertificates(id), (row) => certificateReading(row, id))
      }),
    () => readProjectSettings(run, api, id),
    () => run.list('project-spend-alerts', id, lists.projectSpendAlerts(id), (row) => spendAlertReading(row, id)),
  ]
}

/**
 * Users and service accounts of a project, and the roles that they hold beside the word of those lists. A request for each
 * of them is spent only where it can add something: where the project offers custom roles, or where an account shows no
 * role at all, since such accounts are given their roles apart (`create_service_account_only`).
 */
async function readMembers(run: Run, lists: OpenAiLists, project: string): Promise<void> {
  const members = new Set<string>()
  const without = new Set<string>()
  let hasCustom = false
  const noting = (read: (row: unknown, project: string) => Reading) => (row: unknown) => {
    const reading = noteId(members, read(row, project))
    for (const fact of reading.facts) if (fact.type === 'grant' && fact.givesWay) without.add(fact.principal)
    return reading
  }
  await run.list('project-users', project, lists.projectUsers(project), noting(projectUserReading))
  await run.list(
    'project-service-accounts',
    project,
    lists.projectServiceAccounts(project),
    noting(serviceAccountReading),
  )
  if (members.size > 0) {
    await run.list('project-roles', project, lists.projectRoles(project), (row) => {
      hasCustom ||= isCustomRole(row)
      return projectRoleReading(row)
    })
  }
  await run.source('project-user-roles', project, async (tally) => {
    const read = (row: unknown, principal: string) => directRoleReading(row, { principal, project })
    const list = (user: string) => lists.projectUserRoles(project, user)
    await readOfEach(run, tally, {
      ids: hasCustom ? [...members] : [...without],
      what: 'users and service accounts',
      list,
      read,
    })
    run.builtOn(project, 'project-users', 'project-service-accounts', ...(members.size > 0 ? PROJECT_ROLES : []))
  })
}

const PROJECT_ROLES = ['project-roles'] as const

/** The list of a project's groups leaves out their roles, which another list has for each group. */
async function readGroups(run: Run, lists: OpenAiLists, project: string): Promise<void> {
  const groups = new Set<string>()
  await run.list('project-groups', project, lists.projectGroups(project), (row) =>
    noteId(groups, projectGroupReading(row, project)),
  )
  await run.source('project-group-roles', project, async (tally) => {
    const read = (row: unknown, principal: string) => assignmentReading(row, { principal, project })
    const list = (group: string) => lists.projectGroupRoles(project, group)
    await readOfEach(run, tally, { ids: [...groups], what: 'groups', list, read })
    run.builtOn(project, 'project-groups')
  })
}
