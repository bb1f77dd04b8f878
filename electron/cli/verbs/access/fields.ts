import type { AccessRow } from '../../../../shared/contract/access.ts'
import { CONNECTION_FIELDS } from '../../kit/fields.ts'
import type { Field } from '../../kit/listing.ts'
import { shown } from '../../kit/text/shown.ts'
import { isoTime } from '../../kit/text/when.ts'

function principalText(row: AccessRow): string {
  const { name, email, externalId } = row.principal
  return shown(name?.trim() || email || externalId)
}

/** How the role gets there. */
function pathText(row: AccessRow): string {
  if (row.via === 'direct') return 'direct'
  if (row.via === 'federation') return shown(row.viaName ?? '')
  return row.via === 'group' ? `group ${shown(row.viaName ?? '')}` : `organization role ${shown(row.viaName ?? '')}`
}

export const ACCESS_FIELDS: readonly Field<AccessRow>[] = [
  { key: 'principalId', json: (row) => row.principal.id, column: { title: 'ID', align: 'right' } },
  { key: 'client', json: (row) => row.client.slug, column: { title: 'Client', whole: true } },
  ...CONNECTION_FIELDS,
  { key: 'provider', json: (row) => row.connection.provider, column: { title: 'Provider', optional: true } },
  { key: 'organizationId', json: (row) => row.connection.organizationId },
  { key: 'principalKind', json: (row) => row.principal.kind, column: { title: 'Kind', optional: true } },
  { key: 'principalExternalId', json: (row) => row.principal.externalId },
  {
    key: 'principalName',
    json: (row) => row.principal.name,
    column: { title: 'Principal', flexible: true },
    cell: principalText,
  },
  { key: 'principalEmail', json: (row) => row.principal.email },
  { key: 'personId', json: (row) => row.principal.personId },
  { key: 'provisioned', json: (row) => row.principal.provisioned },
  { key: 'projectId', json: (row) => row.project?.id ?? null },
  {
    key: 'project',
    json: (row) => row.project?.name ?? null,
    column: { title: 'Project', flexible: true },
    cell: (row) => (row.project === null ? '(organization)' : shown(row.project.name)),
  },
  { key: 'role', json: (row) => row.roleRaw, column: { title: 'Role' } },
  { key: 'level', json: (row) => row.level, column: { title: 'Level' } },
  { key: 'via', json: (row) => row.via, column: { title: 'Path', flexible: true }, cell: pathText },
  { key: 'viaName', json: (row) => row.viaName },
  { key: 'state', json: (row) => row.state, column: { title: 'State' } },
  { key: 'grantedAt', json: (row) => isoTime(row.grantedAt) },
]
