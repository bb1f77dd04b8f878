import type { Outputs } from '../../../shared/contract/contract.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import { roleLabel, type RoleScope } from '../../../shared/domain/role.ts'
import type { Reader } from '../../register/db/handles.ts'
import { type DecidedItem, rolesHeld } from '../../register/reviews/deciding.ts'
import { invalid } from '../kit/refusal.ts'
import { listGivableRoles, roleCapability } from '../../../shared/domain/providers/roles.ts'

/** The roles that one provider has where some of the items are. */
interface RolesThere {
  readonly provider: string
  readonly scope: RoleScope
  readonly roles: readonly string[]
}

/**
 * The roles of each place of some items: those that its provider publishes and those that are held there, custom roles
 * among them. A platform with unknown roles accepts any, so it is left out.
 */
function rolesByPlace(reader: Reader, items: readonly DecidedItem[]): readonly RolesThere[] {
  const places = new Map(
    items.map(({ connectionId, provider, projectName }) => {
      const scope: RoleScope = projectName === null ? 'organization' : 'project'
      return [`${connectionId} ${scope}`, { connectionId, provider, scope }]
    }),
  )
  return [...places.values()].flatMap(({ connectionId, provider, scope }) => {
    const published = listGivableRoles(provider, scope)
    if (published.length === 0) return []
    return [{ provider, scope, roles: [...new Set([...published, ...rolesHeld(reader, connectionId, scope)])] }]
  })
}

function plain(role: string): string {
  return roleLabel(role.trim()).toLowerCase()
}

/** The roles that a decision about all of some items can change to; none where any role is accepted. */
export function rolesFor(reader: Reader, items: readonly DecidedItem[]): Outputs['reviews']['roles'] {
  const places = rolesByPlace(reader, items)
  const [first, ...others] = places
  if (first === undefined) return []
  const elsewhere = others.map(({ roles }) => new Set(roles.map(plain)))
  return first.roles
    .filter((role) => elsewhere.every((known) => known.has(plain(role))))
    .map((role) => {
      const [can = null, ...more] = new Set(places.map(({ provider, scope }) => roleCapability(provider, scope, role)))
      return { role, can: more.length === 0 ? can : null }
    })
}

/**
 * The provider's own word for the new role of items, in any spelling. Throws `Refusal` INVALID for one that the
 * provider of some item neither publishes nor shows: no one could carry such a decision out.
 */
export function roleWord(reader: Reader, to: string, items: readonly DecidedItem[]): string {
  let word = to.trim()
  for (const { provider, scope, roles } of rolesByPlace(reader, items)) {
    const found = roles.find((role) => plain(role) === plain(to))
    if (found === undefined) {
      const where = scope === 'project' ? 'of projects' : 'of the organization'
      throw invalid(
        'to',
        `${JSON.stringify(to)} is not a role ${where} at ${providerName(provider)}.`,
        `Give one of: ${roles.join(', ')}.`,
      )
    }
    word = found
  }
  return word
}
