import { readPages } from '../paging.ts'
import type { Run } from '../run.ts'
import type { OpenAiLists } from './lists.ts'
import { groupMemberReading } from './normalise/group.ts'
import { assignmentReading, userRoleReading } from './normalise/role.ts'
import type { Found } from './organization.ts'

/**
 * What groups and roles add, one request for each group or user. Roles of single users are asked for only where the
 * organization has made roles of its own: without any, the list of users has told each user's only role, and asking
 * would cost a request for every user to learn nothing.
 */
export function roleSources(run: Run, lists: OpenAiLists, found: Found) {
  const groups = [...found.groups]
  return [
    () =>
      run.source('group-users', null, async (tally) => {
        await run.each(groups, (group) =>
          readPages(run.calls, lists.groupUsers(group), (rows) =>
            tally.take(rows, (row) => groupMemberReading(row, group)),
          ),
        )
        run.builtOn('groups')
      }),
    () =>
      run.source('group-roles', null, async (tally) => {
        await run.each(groups, (group) =>
          readPages(run.calls, lists.groupRoles(group), (rows) =>
            tally.take(rows, (row) => assignmentReading(row, { principal: group, project: null })),
          ),
        )
        run.builtOn('groups')
      }),
    () =>
      run.source('user-roles', null, async (tally) => {
        await run.each(found.customRoles ? [...found.users] : [], (user) =>
          readPages(run.calls, lists.userRoles(user), (rows) => tally.take(rows, (row) => userRoleReading(row, user))),
        )
        run.builtOn('roles', 'users')
      }),
  ]
}
