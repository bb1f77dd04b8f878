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
  const rows = await all((slice) => api.access.list({ ...slice, state: 'effective' }))
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
    isPresent: row.owner.present,
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

/** The accounts of a person, also those that were removed, as `organization:id`. */
function findAccounts(service: Service, personId: number): string[] {
  return getReader(service.context).column<string>(
    `SELECT c.organization_id || ':' || p.external_id FROM principal p JOIN connection c ON c.id = p.connection_id
     WHERE p.person_id = ? AND p.kind = 'user'`,
    [personId],
  )
}

export async function askPeople(service: Service) {
  const rows = await all((slice) => service.api.people.list({ ...slice, status: ['active', 'invited', 'removed'] }))
  return rows.flatMap((row) => {
    const { personId, email, status, clients, connections, projects, keys, level, privileged, external } = row
    const accounts = findAccounts(service, personId)
    // Who was invited and never came is listed until the next sync, or not.
    if (status === 'removed' && accounts.length === 0) return []
    return {
      who: accounts.length > 0 ? accounts.toSorted().join(' ') : email?.toLowerCase(),
      status,
      clients: clients.map(({ slug }) => slug).toSorted(),
      connections,
      projects,
      keys,
      level,
      isPrivileged: privileged,
      isExternal: status === 'removed' ? null : external,
    }
  })
}

export async function askProjects({ api }: Service) {
  const rows = await all((slice) => api.projects.list(slice))
  return rows.map(({ connection, externalId: id, name, status, people, serviceAccounts, keys, limits }) => ({
    organization: connection.organizationId,
    id,
    name,
    status,
    people,
    serviceAccounts,
    keys,
    limits,
  }))
}

const TABLES = { key: 'key', principal: 'principal', project: 'project' } as const

/** Open findings of some rules, whatever their certainty, after the day's evaluation. */
export async function askFindings(service: Service, rules: readonly string[]) {
  await service.api.findings.evaluate()
  const rows = await all((slice) => service.api.findings.list({ ...slice, certainty: 'all' }))
  return rows.flatMap(({ rule, connection, subject: { kind, id } }) => {
    if (!rules.includes(rule.id)) return []
    const subject =
      kind === 'connection'
        ? connection.organizationId
        : getReader(service.context).value<string>(`SELECT external_id FROM ${TABLES[kind]} WHERE id = ?`, [id])
    return [{ organization: connection.organizationId, rule: rule.id, subject }]
  })
}

/** Kinds whose two sides are compared, too. */
const WITH_SIDES: ReadonlySet<string> = new Set([
  'person-renamed',
  'address-changed',
  'group-joined',
  'group-left',
  'project-changed',
])

/** Changes between an instant and now. */
export async function askChanges(service: Service, at: number) {
  const reader = getReader(service.context)
  const { rows } = await service.api.changes.list({ since: { at }, limit: 100_000 })
  return rows.map(({ kind, connection, subject, project, before, after }) => {
    const { kind: of, id } = subject
    const place =
      project === null
        ? null
        : (reader.value<string>('SELECT external_id FROM project WHERE id = ?', [project.id]) ?? null)
    const own =
      of in TABLES
        ? reader.value<string>(`SELECT external_id FROM ${TABLES[of as keyof typeof TABLES]} WHERE id = ?`, [id])
        : null
    const sides = WITH_SIDES.has(kind) ? { before, after } : { before: null, after: null }
    return {
      organization: connection.organizationId,
      kind,
      subject: of === 'limit' ? (place ?? 'organization') : own,
      project: place,
      ...sides,
    }
  })
}

/** What each project used in each month. */
export async function askMonths(service: Service) {
  const reader = getReader(service.context)
  const parts = []
  const totals = []
  for (const month of await service.api.usage.months({ source: 'billed' })) {
    const { rows, total } = await service.api.usage.by({ month, by: 'project', source: 'billed', limit: 10_000 })
    totals.push({ month, micro: total.cost })
    for (const { ref, cost, requests, input, output } of rows) {
      const place = reader.get<{ organization: string; project: string; provider: string }>(
        `SELECT c.organization_id AS organization, p.external_id AS project, c.provider FROM project p
         JOIN connection c ON c.id = p.connection_id WHERE p.id = ?`,
        [ref],
      )
      // A project of the month before only is shown beside it.
      if (cost === 0 && requests === 0) continue
      const micro = place?.provider === 'file' ? null : cost
      const { organization = null, project = null } = place ?? {}
      parts.push({ organization, project, month, micro, requests, input, output })
    }
  }
  return { parts, totals }
}

/** Marks the person of an account as leaving. */
export async function markLeaving(service: Service, organization: string, account: string, on: string): Promise<void> {
  const personId = getReader(service.context).value<number>(
    `SELECT p.person_id FROM principal p JOIN connection c ON c.id = p.connection_id
     WHERE c.organization_id = ? AND p.external_id = ?`,
    [organization, account],
  )
  if (personId === undefined) throw new Error(`No person has the account ${account}.`)
  await service.api.people.markLeaving({ personId, on, reason: 'The contract ends.' })
}

/** People who have left, with what they still have. */
export async function askLeavers(service: Service) {
  const rows = await all((slice) => service.api.leavers.list(slice))
  return rows.map(({ personId, endsOn, state, accounts, keys, invites }) => ({
    who: findAccounts(service, personId).toSorted().join(' '),
    endsOn,
    holds: state === 'holds',
    accounts,
    keys,
    invites,
  }))
}
