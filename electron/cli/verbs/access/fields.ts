import { ACCESS, type AccessRow } from '../../../../shared/nouns/access.ts'
import { toFields } from '../../kit/noun.ts'
import { shown } from '../../kit/text/shown.ts'

/** How the role gets there. */
function pathText(row: AccessRow): string {
  if (row.via === 'direct') return 'direct'
  if (row.via === 'federation') return shown(row.viaName ?? '')
  return row.via === 'group' ? `group ${shown(row.viaName ?? '')}` : `organization role ${shown(row.viaName ?? '')}`
}

export const ACCESS_FIELDS = toFields(ACCESS, {
  principalName: ({ principal: { name, email, externalId } }) => shown(name?.trim() || email || externalId),
  via: pathText,
})
