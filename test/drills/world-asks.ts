import { getReader } from '../../electron/service/core/context.ts'
import type { Service } from '../../electron/service/process/open.ts'
import type { KeyRow } from '../../shared/contract/keys.ts'

/** What the product answers, in the words of the world: organizations, accounts, projects and keys by the providers' ids. */

interface Slice<T> {
  readonly total: number
  readonly rows: readonly T[]
}

/** All rows of a list. */
async function all<T>(
  read: (slice: { readonly offset: number; readonly limit: number }) => Promise<Slice<T>>,
): Promise<T[]> {
  const rows: T[] = []
  for (;;) {
    const { rows: some, total } = await read({ offset: rows.length, limit: 500 })
    rows.push(...some)
    if (rows.length >= total || some.length === 0) return rows
  }
}

const day = (at: number): string => new Date(at).toISOString().slice(0, 10)

export async function askAccess({ api }: Service) {
  const rows = await all((slice) => api.access.list(slice))
  return rows.map(({ connection, principal, project, roleRaw, level, via, viaName }) => ({
    organization: connection.organizationId,
    account: principal.externalId,
    kind: principal.kind,
    project: project?.externalId ?? null,
    role: roleRaw,
    level,
    via,
    viaName,
  }))
}

const lastUse = ({ lastUse: use }: KeyRow): string => ('at' in use ? new Date(use.at).toISOString() : use.state)

function keyAnswer(service: Service, row: KeyRow) {
  return {
    organization: row.connection.organizationId,
    id: row.externalId,
    name: row.name,
    kind: row.kind,
    status: row.status,
    project: row.project?.externalId ?? null,
    holder: row.holder,
    owner: getReader(service.context).value(
      'SELECT owner_external_id FROM key_version WHERE key_id = ? AND to_sync IS NULL',
      [row.keyId],
    ),
    ownerState: row.owner.state,
    createdOn: row.createdAt === null ? null : day(row.createdAt),
    lastUse: lastUse(row),
    expiresOn: row.expiresAt === null ? null : day(row.expiresAt),
    environment: row.environment,
    dueOn: row.rotation.dueOn,
    basis: row.rotation.basis,
    state: row.rotation.state,
    daysLeft: row.rotation.daysLeft,
    lastRotatedOn: row.rotation.lastRotatedOn,
  }
}

export async function askKeys(service: Service) {
  return (await all((slice) => service.api.keys.list(slice))).map((row) => keyAnswer(service, row))
}

/** The keys that are due within 30 days or overdue, earliest first. */
export async function askDue({ api }: Service) {
  const { rows } = await api.rotation.due({ within: 30, limit: 100_000 })
  return rows.map(({ connection, externalId, rotation }) => ({
    organization: connection.organizationId,
    id: externalId,
    dueOn: rotation.dueOn,
  }))
}
