import type { Access } from '../kit/calls.ts'
import { CallFailure } from '../kit/errors.ts'
import { readPages } from '../kit/list.ts'
import type { Run } from '../kit/run.ts'
import type { AnthropicLists } from './lists.ts'
import {
  doesAdminister,
  groupMemberReading,
  groupReading,
  groupRoleReading,
  roleReading,
  type Group,
  type GroupRole,
} from './normalise/group.ts'

/** Keys of Claude Enterprise, and OAuth tokens: other keys are of Console organizations, which have no groups. */
const MAY_HAVE_GROUPS = /^(?!sk-ant-)|^sk-ant-(?:api01|oat)/u

/** True if a credential may be of an organization with groups and roles of its own. */
export function mayHaveGroups({ credential }: Pick<Access, 'credential'>): boolean {
  return MAY_HAVE_GROUPS.test(credential)
}

/** Groups of a Claude Enterprise organization, their members, and the roles that they hold, by what these permit. */
export async function readGroups(run: Run, access: Access, lists: AnthropicLists): Promise<void> {
  if (!mayHaveGroups(access)) return
  const groups = new Map<string, Group>()
  const names = new Map<string, string>()
  await run.list('groups', null, lists.groups(), (row) => groupReading(row, (group) => groups.set(group.id, group)))
  await run.list('roles', null, lists.roles(), (row) => roleReading(row, (id, name) => names.set(id, name)))
  await run.source('group-users', null, async (tally) => {
    await run.each([...groups.keys()], (group) =>
      run.take(tally, lists.groupMembers(group), (row) => groupMemberReading(row, group)),
    )
    run.builtOn(null, 'groups')
  })
  await run.source('group-roles', null, async (tally) => {
    const held = new Set([...groups.values()].flatMap(({ roles }) => roles ?? []))
    const levels = new Map<string, GroupRole['level']>()
    await run.each([...held], async (role) => void levels.set(role, await readLevel(run, lists, role)))
    const grants = [...groups.values()].flatMap(({ id: group, roles }) =>
      (roles ?? []).map((role) => ({ group, role: names.get(role) ?? role, level: levels.get(role) ?? 'other' })),
    )
    tally.take(grants, (grant) => groupRoleReading(grant as GroupRole))
    run.builtOn(null, 'groups', 'roles')
    const unknown = [...groups.values()].filter(({ roles }) => roles === null).length
    if (unknown > 0) {
      throw new CallFailure('gap', `Anthropic does not report the roles of ${unknown} of its groups now. Sync again.`)
    }
  })
}

const UNKNOWN_PERMISSION =
  'A permission of a role in an unknown form. Earlier data is kept. Update Castellan if it stays.'

async function readLevel(run: Run, lists: AnthropicLists, role: string): Promise<GroupRole['level']> {
  let administers = false
  await readPages(run.calls, lists.rolePermissions(role), (rows) => {
    for (const row of rows) {
      const does = doesAdminister(row)
      if (does === null) throw new CallFailure('unknown', UNKNOWN_PERMISSION)
      administers ||= does
    }
    return rows.length
  })
  return administers ? 'admin' : 'member'
}
