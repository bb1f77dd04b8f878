import type { ProjectFact } from '../../../shared/domain/facts.ts'
import { readPages, type List } from '../paging.ts'
import type { Run } from '../run.ts'
import type { Reading, Tally } from '../tally.ts'
import type { Organization } from './client.ts'
import type { KeySources } from './keys.ts'
import type { OpenAiLists } from './lists.ts'
import { projectGroupReading } from './normalise/group.ts'
import { rateLimitReading, spendAlertReading, spendLimitReading } from './normalise/limit.ts'
import { projectUserReading, serviceAccountReading } from './normalise/project.ts'
import { assignmentReading } from './normalise/role.ts'
import { spendLimitRows } from './spend-limit.ts'

/** The sources of one project. Of an archived one only the keys: what was left behind still has to be found. */
export function projectSources(
  run: Run,
  api: Organization,
  { lists, keySources }: { readonly lists: OpenAiLists; readonly keySources: KeySources },
  project: ProjectFact,
) {
  const id = project.externalId
  const whole = (list: List, read: (row: unknown, project: string) => Reading) => (tally: Tally) =>
    readPages(run.calls, list, (rows) => tally.take(rows, (row) => read(row, id)))

  const keys = () => keySources.projectKeys(id)
  if (project.status === 'archived') return [keys]
  return [
    () => run.source('project-users', id, whole(lists.projectUsers(id), projectUserReading)),
    () => run.source('project-groups', id, (tally) => readProjectGroups(run, lists, id, tally)),
    () => run.source('project-service-accounts', id, whole(lists.projectServiceAccounts(id), serviceAccountReading)),
    keys,
    () => run.source('project-rate-limits', id, whole(lists.projectRateLimits(id), rateLimitReading)),
    () =>
      run.source('project-spend-limits', id, async (tally) => {
        const rows = await spendLimitRows(run.calls, (options) => api.projects.spendLimit.retrieve(id, options))
        tally.take(rows, (row) => spendLimitReading(row, id))
      }),
    () => run.source('project-spend-alerts', id, whole(lists.projectSpendAlerts(id), spendAlertReading)),
  ]
}

/** The list of a project's groups leaves out their roles, which another list tells for each group. */
async function readProjectGroups(run: Run, lists: OpenAiLists, project: string, tally: Tally): Promise<void> {
  const groups = new Set<string>()
  await readPages(run.calls, lists.projectGroups(project), (rows) =>
    tally.take(rows, (row) => {
      const reading = projectGroupReading(row)
      if (reading.id !== null) groups.add(reading.id)
      return reading
    }),
  )
  await run.each([...groups], (group) =>
    readPages(run.calls, lists.projectGroupRoles(project, group), (rows) =>
      tally.take(rows, (row) => assignmentReading(row, { principal: group, project })),
    ),
  )
}
