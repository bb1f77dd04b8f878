import type { FakeAnthropicOrganization } from './anthropic-organization.ts'
import { anthropicError, tokenPage } from './anthropic-pages.ts'
import { hasAnalytics, reportedWorkspace } from './anthropic-variants.ts'
import type { FakeAnswer, FakeRequest } from './http.ts'
import { grouped, getGroups, type UseDimension, type UseGroup } from './use.ts'
import type { Variant } from './variants.ts'

const WORDS: Readonly<Record<string, UseDimension | null>> = {
  workspace_id: 'project',
  api_key_id: 'key',
  actor: 'user',
  account_id: 'user',
  service_account_id: null,
  model: 'model',
  description: null,
}

const day = (text: string | null): string => (text ?? '').slice(0, 10)

function groups(organization: FakeAnthropicOrganization, request: FakeRequest): UseGroup[] | null {
  const by = getGroups(request, WORDS, organization.refusedGroups)
  const [from, to] = [day(request.query.get('starting_at')), day(request.query.get('ending_at'))]
  return by === null ? null : grouped(organization.use, by).filter((group) => group.day >= from && group.day < to)
}

const tokens = (group: UseGroup): Record<string, unknown> => ({
  uncached_input_tokens: group.input - group.cached,
  cache_read_input_tokens: group.cached,
  cache_creation: { ephemeral_5m_input_tokens: 0, ephemeral_1h_input_tokens: 0 },
  output_tokens: group.output,
  requests: group.requests,
})

const cents = (group: UseGroup): string => (group.milliCents / 1000).toString()

/** `GET /analytics/cost` and `/analytics/usage`: a row for each group of a day. */
export function analytics(kind: 'cost' | 'usage', variant: Variant) {
  return (organization: FakeAnthropicOrganization, request: FakeRequest): FakeAnswer => {
    if (!hasAnalytics(organization, variant)) return anthropicError(404, 'Not found')
    const rows = groups(organization, request)
    if (rows === null) return anthropicError(400, 'group_by: not supported')
    return tokenPage(
      request,
      rows.map((group) => ({
        starting_at: `${group.day}T00:00:00Z`,
        ending_at: `${group.day}T24:00:00Z`,
        group: {
          workspace_id: group.project,
          api_key_id: group.key,
          model: group.model,
          actor: group.user === null ? null : { type: 'user_actor', user_id: group.user },
        },
        ...(kind === 'cost'
          ? { cost: { amount: cents(group), list_amount: cents(group), currency: 'USD' } }
          : { usage: tokens(group) }),
      })),
    )
  }
}

/** The older reports: rows in a bucket for each day. */
export function older(kind: 'cost' | 'usage', variant: Variant) {
  return (organization: FakeAnthropicOrganization, request: FakeRequest): FakeAnswer => {
    const rows = groups(organization, request)
    if (rows === null) return anthropicError(400, 'group_by: not supported')
    const buckets = [...Map.groupBy(rows, (group) => group.day)].map(([bucket, inside]) => ({
      starting_at: `${bucket}T00:00:00Z`,
      ending_at: `${bucket}T24:00:00Z`,
      results: inside.map((group) => ({
        workspace_id: reportedWorkspace(organization, variant, group.project),
        ...(kind === 'cost'
          ? { amount: cents(group), currency: 'USD', description: 'Tokens' }
          : { api_key_id: group.key, model: group.model, account_id: group.user, ...tokens(group) }),
      })),
    }))
    return tokenPage(request, buckets)
  }
}
