import type { FakeOpenRouterOrganization, FakeOpenRouterWorkspace } from './openrouter-organization.ts'
import type { Variant } from './variants.ts'

type Row = Readonly<Record<string, unknown>>

const SPENT = ['byok_usage', 'byok_usage_daily', 'byok_usage_monthly', 'byok_usage_weekly']

/** The fields of a key that the published specification requires, where the organization has no value for them. */
function documentedKey(row: Row, workspace: string, used: ReadonlyMap<unknown, string>): Row {
  const usage = typeof row['usage'] === 'number' ? row['usage'] : 0
  return {
    label: 'sk-or-v1-0e6...1c96',
    limit: null,
    limit_remaining: row['limit'] ?? null,
    limit_reset: null,
    include_byok_in_limit: false,
    disabled: false,
    creator_user_id: null,
    external_user: null,
    updated_at: null,
    usage,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: 0,
    ...Object.fromEntries(SPENT.map((name) => [name, 0])),
    workspace_id: workspace,
    // Since October 2026; null for a key that has spent means that its last use is older than the record.
    last_used_at: used.get(row['hash']) ?? null,
    ...row,
  }
}

/**
 * The rows of `GET /keys` of one workspace; servers until October 2026 ("calm") do not report when a key was last used.
 */
export function keyRows(
  { use }: FakeOpenRouterOrganization,
  workspace: FakeOpenRouterWorkspace,
  variant: Variant,
): readonly unknown[] {
  if (variant === 'calm') return workspace.keys
  const days = use.toSorted((a, b) => (a.day < b.day ? -1 : 1))
  const used = new Map<unknown, string>(days.map(({ key, day }) => [key, `${day}T12:00:00Z`]))
  return workspace.keys.map((row) => documentedKey(row as Row, workspace.row.id, used))
}

/**
 * The deposited keys of other providers that a workspace uses: its own, and those of all workspaces. A row of the
 * specification has the restrictions too.
 */
export function depositedRows(
  { byok = [] }: FakeOpenRouterOrganization,
  { row }: FakeOpenRouterWorkspace,
  variant: Variant,
): readonly unknown[] {
  const own = byok.filter((each) => [row.id, null].includes((each as { workspace_id: string | null }).workspace_id))
  if (variant === 'calm') return own
  const open = { allowed_models: null, allowed_api_key_hashes: null, allowed_user_ids: null }
  return own.map((each, order) => ({ is_fallback: false, sort_order: order, ...open, ...(each as Row) }))
}

/**
 * The answer of `GET /key` about the calling key. No specification has an id of the organization, and live servers send
 * none.
 */
export function currentKey({ id }: FakeOpenRouterOrganization, manages: boolean, maker: string, variant: Variant): Row {
  const row = {
    label: 'sk-or-v1-abc...def',
    is_management_key: manages,
    is_provisioning_key: manages,
    creator_user_id: maker,
    limit: null,
    usage: 0,
  }
  if (variant === 'calm') return { ...row, organization_id: id }
  return {
    ...row,
    is_free_tier: false,
    limit_remaining: null,
    limit_reset: null,
    include_byok_in_limit: false,
    expires_at: null,
    usage_daily: 0,
    usage_weekly: 0,
    usage_monthly: 0,
    ...Object.fromEntries(SPENT.map((name) => [name, 0])),
    rate_limit: { requests: -1, interval: '10s', note: 'This field is deprecated and safe to ignore.' },
  }
}

/** Everybody of the organization is in the default workspace without having been added: live servers list them all. */
export function memberRows(
  { members }: FakeOpenRouterOrganization,
  workspace: FakeOpenRouterWorkspace,
  variant: Variant,
): readonly unknown[] {
  if (variant !== 'live' || workspace.row['slug'] !== 'default') return workspace.members
  return members.map((row) => {
    const { id, role } = row as { id: string; role: string }
    return {
      id: `m-${id}`,
      workspace_id: workspace.row.id,
      user_id: id,
      role: role === 'org:admin' ? 'admin' : 'member',
      created_at: '2025-08-01T09:00:00Z',
    }
  })
}

/** A workspace of the specification has a dozen more fields, most of them null. */
export function workspaceRow({ row }: FakeOpenRouterWorkspace, variant: Variant): Row {
  if (variant === 'calm') return row
  return {
    description: null,
    created_by: 'user_ada',
    updated_at: null,
    default_text_model: null,
    default_image_model: null,
    default_provider_sort: null,
    default_guardrail_id: null,
    io_logging_api_key_ids: null,
    io_logging_sampling_rate: 1,
    is_data_discount_logging_enabled: true,
    is_observability_broadcast_enabled: false,
    is_observability_io_logging_enabled: false,
    include_byok_in_budgets: false,
    ...row,
  }
}

/** The day of a row of activity; live servers send it as an instant. */
export function activityDay(day: string, variant: Variant): string {
  return variant === 'live' ? `${day} 00:00:00` : day
}
