import { strongerLevel, type Level } from '../../../../shared/domain/role.ts'

/** The worth of a custom role's permissions, and whether they act inside projects. */
interface Worth {
  readonly level: Level
  readonly inProjects: boolean
}

interface Area {
  /** The level of every permission but `read`. */
  readonly level: Level
  readonly inProjects: boolean
  /** The level of `read`, where it is not a reader. */
  readonly read?: Level
}

const GIVES_ACCESS: Area = { level: 'admin', inProjects: true }
const GIVES_ACCESS_TO_ORGANIZATION: Area = { level: 'admin', inProjects: false }
const WORKS: Area = { level: 'member', inProjects: true }

/**
 * The areas of OpenAI's RBAC guide by the names that its API gives them: `api.<area>.<read, write, request…>`. OpenAI
 * publishes no list of the names; these are from its API reference, its Terraform provider, its console and the scopes
 * that its errors name. A right to write keys, accounts, groups or roles gives access to others.
 */
const AREAS: Readonly<Record<string, Area>> = {
  management: GIVES_ACCESS,
  organization: GIVES_ACCESS_TO_ORGANIZATION,
  groups: GIVES_ACCESS_TO_ORGANIZATION,
  roles: GIVES_ACCESS_TO_ORGANIZATION,
  project: GIVES_ACCESS,
  'organization.projects': GIVES_ACCESS,
  'organization.projects.api_keys': GIVES_ACCESS,
  // Keys of one's own only.
  'organization.projects.api_keys.self': WORKS,
  'organization.projects.groups': GIVES_ACCESS,
  'organization.projects.roles': GIVES_ACCESS,
  'organization.projects.service_accounts': GIVES_ACCESS,
  'organization.projects.users': GIVES_ACCESS,
  usage: { level: 'billing', inProjects: false, read: 'billing' },
  audit_logs: { level: 'reader', inProjects: false },
  all: WORKS,
  assistants: WORKS,
  batch: WORKS,
  datasets: WORKS,
  evals: WORKS,
  files: WORKS,
  'fine_tuning.jobs': WORKS,
  model: WORKS,
  prompts: WORKS,
  responses: WORKS,
  threads: WORKS,
  vector_stores: WORKS,
  videos: WORKS,
  voices: WORKS,
  webhooks: WORKS,
}

const PERMISSION = /^api\.(.+)\.(manage|read|request|use|write)$/u

/** Null for a permission that we do not know: it may allow anything. */
function findWorth(permission: unknown): Worth | null {
  const [, name = '', action] = typeof permission === 'string' ? (PERMISSION.exec(permission) ?? []) : []
  const area = Object.hasOwn(AREAS, name) ? AREAS[name] : undefined
  if (area === undefined) return null
  return { level: action === 'read' ? (area.read ?? 'reader') : area.level, inProjects: area.inProjects }
}

/**
 * The level that permissions amount to: their union, so the strongest. A permission that we do not know may be stronger
 * than all that we know, so it makes the level `other`, unless the known ones give access to others already.
 * Permissions that the provider does not report (null) do too.
 */
export function levelOfPermissions(permissions: readonly unknown[] | null): Level {
  return joinWorths(permissions?.map(findWorth) ?? [null])
}

/** The level that a role on the organization has in every project; null where none of its permissions acts in one. */
export function levelInProjects(permissions: readonly unknown[] | null): Level | null {
  const acting = (permissions?.map(findWorth) ?? [null]).filter((worth) => worth?.inProjects !== false)
  return acting.length === 0 ? null : joinWorths(acting)
}

function joinWorths(worths: readonly (Worth | null)[]): Level {
  const strongest = worths.reduce<Level>((level, worth) => strongerLevel(level, worth?.level ?? 'other'), 'other')
  return strongest === 'admin' || !worths.includes(null) ? strongest : 'other'
}
