import { providerName } from '../../../shared/domain/providers/providers.ts'
import { CallFailure } from '../kit/errors.ts'
import type { List } from '../kit/list.ts'
import type { Run } from '../kit/run.ts'
import type { Reading, Tally } from '../kit/tally.ts'
import type { OpenAiLists } from './lists.ts'
import { groupMemberReading } from './normalise/group.ts'
import { assignmentReading, directRoleReading } from './normalise/role.ts'
import type { OrganizationFacts } from './organization.ts'

/** Of whom something is asked, one by one. */
export interface Each {
  readonly ids: readonly string[]
  /** Their name in the plural. */
  readonly what: string
  readonly list: (id: string) => List
  readonly read: (row: unknown, id: string) => Reading
}

/**
 * Reads a list of each of several things that another list named. Where OpenAI does not know one of them (404), the
 * others are read, but the source is not complete: what the other list named is there, with roles unknown.
 */
export async function readOfEach(run: Run, tally: Tally, { ids, what, list, read }: Each): Promise<void> {
  let unknown = 0
  await run.each(ids, async (id) => {
    try {
      await run.take(tally, list(id), (row) => read(row, id))
    } catch (error) {
      if (!(error instanceof CallFailure) || error.status !== 404) throw error
      unknown += 1
    }
  })
  if (unknown === 0) return
  const who = providerName(run.provider)
  throw new CallFailure(
    'gap',
    `${who} lists ${ids.length} ${what}, but does not know ${unknown} of them where it is asked for more (404). What is missing is unknown. Sync again; ask ${who} if it stays.`,
  )
}

/**
 * The additions of groups and roles, one request for each group or user. Roles of single users are asked for only where
 * the organization has made roles of its own: without any, the list of users already has each user's only role, and
 * asking would cost a request for every user to learn nothing.
 */
export function roleSources(run: Run, lists: OpenAiLists, found: OrganizationFacts) {
  const groups = { ids: [...found.groups], what: 'groups' }
  return [
    () =>
      run.source('group-users', null, async (tally) => {
        await readOfEach(run, tally, { ...groups, list: lists.groupUsers, read: groupMemberReading })
        run.builtOn(null, 'groups')
      }),
    () =>
      run.source('group-roles', null, async (tally) => {
        const read = (row: unknown, principal: string) => assignmentReading(row, { principal, project: null })
        await readOfEach(run, tally, { ...groups, list: lists.groupRoles, read })
        run.builtOn(null, 'groups')
      }),
    () =>
      run.source('user-roles', null, async (tally) => {
        const ids = found.customRoles ? [...found.users] : []
        const read = (row: unknown, principal: string) => directRoleReading(row, { principal, project: null })
        await readOfEach(run, tally, { ids, what: 'users', list: lists.userRoles, read })
        run.builtOn(null, 'roles', 'users')
      }),
  ]
}
