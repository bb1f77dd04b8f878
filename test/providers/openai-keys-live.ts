import type { FakeOpenAiOrganization } from './openai-organization.ts'

/**
 * The list of admin keys as live organizations send it: keys of projects are in it too, under the same id and in the
 * form of an admin key (cartography, pull request 2511, and its test data). They come first, as older keys do.
 */
export function liveAdminKeys(organization: FakeOpenAiOrganization): FakeOpenAiOrganization {
  const mislabelled = organization.projects.flatMap(({ keys }) => keys.map((key) => asAdminKey(key)))
  return { ...organization, adminKeys: [...mislabelled, ...organization.adminKeys] }
}

interface KeyRow {
  readonly id: string
  readonly name?: string
  readonly redacted_value?: string
  readonly created_at?: number
  readonly last_used_at?: number | null
  readonly owner?: { readonly type?: string; readonly user?: OwnerRow; readonly service_account?: OwnerRow }
}

interface OwnerRow {
  readonly id: string
  readonly name?: string
}

function asAdminKey(key: unknown): unknown {
  const { id, name, redacted_value, created_at, last_used_at, owner } = key as KeyRow
  const account = owner?.service_account
  const holder = account ?? owner?.user
  return {
    object: 'organization.admin_api_key',
    id,
    name,
    redacted_value,
    created_at,
    last_used_at,
    owner: {
      type: account === undefined ? 'user' : 'service_account',
      object: account === undefined ? 'organization.user' : 'organization.service_account',
      id: holder?.id,
      name: holder?.name,
      created_at,
      role: 'owner',
    },
  }
}
