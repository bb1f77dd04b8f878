import { createHash } from 'node:crypto'

import type { Service } from '../../electron/service/process/open.ts'
import { openAiOrganization, openAiProject, type FakeOpenAiOrganization } from '../providers/openai-organization.ts'

/** Two states of one organization, each opened by its own admin key, so that every sync changes much. */
export const VARIANTS = ['a', 'b'] as const

export type Variant = (typeof VARIANTS)[number]

export function adminKey(variant: Variant): string {
  return `sk-admin-crash-variant-${variant}`
}

const PROJECTS = 6
const USERS = 150
const KEYS_EACH = 40

export function organization(variant: Variant): FakeOpenAiOrganization {
  const shift = variant === 'a' ? 0 : 75
  const users = Array.from({ length: USERS }, (_, n) => ({
    object: 'organization.user',
    id: `user-${n + shift}`,
    name: `Person ${n + shift} ${variant}`,
    email: `person${n + shift}@acme.example`,
    role: n === 0 ? 'owner' : 'reader',
    added_at: 1_700_000_000,
  }))
  const projects = Array.from({ length: PROJECTS }, (_, p) =>
    openAiProject({
      row: {
        object: 'organization.project',
        id: `proj_${p}`,
        name: `Project ${p} ${variant}`,
        created_at: 1_700_000_000,
        status: 'active',
      },
      users: users.map((user) => ({
        object: 'organization.project.user',
        id: user.id,
        name: user.name,
        email: user.email,
        added_at: 1_700_000_000,
        role: variant === 'a' ? 'member' : 'owner',
      })),
      keys: Array.from({ length: KEYS_EACH }, (_, k) => ({
        object: 'organization.project.api_key',
        id: `key_${p}_${k + shift}`,
        name: `prod-web-job${k}`,
        redacted_value: 'sk-proj-...x9Qa',
        created_at: 1_700_000_000 + shift,
        last_used_at: 1_760_000_000,
        expires_at: null,
        owner_project_access: 'active',
        owner: { type: 'user', user: { id: `user-${shift + 1}`, name: 'Owner', email: null } },
      })),
    }),
  )
  return openAiOrganization({ id: 'org-crash', credentials: [adminKey(variant)], users, projects })
}

/** A register file of a second organization, in two states. */
export function registerFile(variant: Variant): string {
  const rows = Array.from(
    { length: 200 },
    (_, n) =>
      `| Person ${n} ${variant} | ${n % 2 === 0 ? 'Member' : 'Admin'} | App ${n % 7} | 2026-01-0${(n % 9) + 1} |`,
  )
  return [
    '## AI Platform Access Register',
    '',
    '### Anthropic (org-file)',
    '',
    '| Person | Role | Projects | Last Review |',
    '|--------|------|----------|-------------|',
    ...rows,
    '',
  ].join('\n')
}

/** The facts of the register and the data derived from them, as one hash for each provider. */
export function standing(service: Service): Readonly<Record<string, string>> {
  const reader = service.context.session().register?.reader
  const digest = (provider: string): string => {
    const rows = reader?.column<string>(
      `SELECT concat_ws('|', 'grant', p.external_id, v.name, n.external_id, g.role_raw) FROM grant g
       JOIN principal p ON p.id = g.principal_id JOIN principal_version v ON v.principal_id = p.id AND v.to_sync IS NULL
       LEFT JOIN project n ON n.id = g.project_id JOIN connection c ON c.id = g.connection_id
       WHERE g.to_sync IS NULL AND c.provider = :provider
       UNION ALL SELECT concat_ws('|', 'key', k.external_id, v.name, k.due_on, k.standing, k.unowned) FROM key k
       JOIN key_version v ON v.key_id = k.id AND v.to_sync IS NULL JOIN connection c ON c.id = k.connection_id WHERE c.provider = :provider
       UNION ALL SELECT concat_ws('|', 'access', count(*), count(DISTINCT e.principal_id)) FROM grant_path e
       JOIN connection c ON c.id = e.connection_id WHERE c.provider = :provider
       ORDER BY 1`,
      { provider },
    )
    return createHash('sha256')
      .update((rows ?? []).join('\n'))
      .digest('hex')
      .slice(0, 16)
  }
  return { openai: digest('openai'), anthropic: digest('anthropic') }
}
