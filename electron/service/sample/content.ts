import type { OrganizationDescription, FileContent } from './client.ts'

/** The rows of an organization at an instant, in the form of a file. */
export interface Content extends Pick<FileContent, 'organization' | 'platform'> {
  readonly at: number
  readonly projects: NonNullable<FileContent['projects']>
  readonly principals: NonNullable<FileContent['principals']>
  /** The ids of principals that have their roles: all but invites that cannot be accepted any more. */
  readonly holders: ReadonlySet<string>
  readonly grants: NonNullable<FileContent['grants']>
  readonly keys: NonNullable<FileContent['keys']>
  readonly limits: NonNullable<FileContent['limits']>
}

/**
 * Returns the rows of an organization when a sync began. Those of the first sync follow from the days of the rows that are there now, and
 * from the rows that were otherwise before.
 */
export function getContent({ now, before, label }: OrganizationDescription, at: number, isLast: boolean): Content {
  if (now === undefined) throw new Error(`The sample has a sync of what it does not describe: ${label}`)
  const was = isLast ? {} : before
  const isThere = (since: string | null | undefined): boolean => !since || Date.parse(since) <= at
  const projects = (now.projects ?? [])
    .filter(({ createdAt }) => isThere(createdAt))
    .map((row) => (isThere(row.archivedAt) ? row : { ...row, status: 'active' as const, archivedAt: null }))
  const present = replace(now.principals, was.principals, ({ id }) => id).filter(({ addedAt }) => isThere(addedAt))
  const ids = new Set(present.map(({ id }) => id))
  const principals = present.map((row) => ({
    ...row,
    ...(row.kind === 'invite' ? { status: isThere(row.expiresAt) ? 'expired' : 'pending' } : {}),
    ...(row.members === undefined ? {} : { members: row.members.filter((id) => ids.has(id)) }),
    ...seenUse(row.lastUsedAt, row.addedAt, at),
  }))
  // Only an invite that can still be accepted gives future access, and of an archived project only its keys are read.
  const holders = new Set(
    principals.filter(({ kind, status }) => kind !== 'invite' || status === 'pending').map(({ id }) => id),
  )
  const open = new Set(projects.filter(({ status }) => status === 'active').map(({ id }) => id))
  return {
    at,
    organization: now.organization,
    platform: now.platform,
    projects,
    principals,
    holders,
    grants: replace(now.grants, was.grants, ({ principal, project }) => `${principal} ${project}`)
      .filter(({ principal, since }) => holders.has(principal) && isThere(since))
      .filter(({ project }) => project === null || open.has(project)),
    keys: replace(now.keys, was.keys, ({ id }) => id)
      .filter(({ createdAt }) => isThere(createdAt))
      .map((row) => ({ ...row, ...seenUse(row.lastUsedAt, row.createdAt, at) })),
    limits: replace(now.limits, was.limits, ({ id, kind }) => `${kind} ${id}`),
  }
}

/** Returns the rows of before, and those of now that are not among them. */
function replace<T>(now: readonly T[] = [], before: readonly T[] = [], getId: (row: T) => string): T[] {
  const ids = new Set(before.map(getId))
  return [...now.filter((row) => !ids.has(getId(row))), ...before]
}

const HALF_AN_HOUR = 1_800_000

/** The last use that a sync could see: none after it began, and none before the thing was made. */
function seenUse(
  lastUsedAt: string | null | undefined,
  since: string | null | undefined,
  at: number,
): { readonly lastUsedAt?: string | null } {
  if (!lastUsedAt) return lastUsedAt === null ? { lastUsedAt: null } : {}
  const seen = Math.max(Math.min(Date.parse(lastUsedAt), at - HALF_AN_HOUR), since ? Date.parse(since) : 0)
  return { lastUsedAt: new Date(seen).toISOString() }
}
