import type { FakeAnswer, FakeRequest } from './http.ts'
import type { FakeOpenAiOrganization } from './openai-organization.ts'
import { bucketPage, openAiError } from './openai-pages.ts'
import { getDays, grouped, getGroups, type UseGroup } from './use.ts'

const getDay = (seconds: string | null): string => new Date(Number(seconds) * 1000).toISOString().slice(0, 10)

function buckets(
  organization: FakeOpenAiOrganization,
  request: FakeRequest,
  { max, words }: { readonly max: number; readonly words: Parameters<typeof getGroups>[1] },
  result: (group: UseGroup) => unknown,
): FakeAnswer {
  const by = getGroups(request, words, organization.refusedGroups)
  if (by === null) return openAiError(400, "Invalid 'group_by'.", 'invalid_value')
  const days = getDays(getDay(request.query.get('start_time')), getDay(request.query.get('end_time')))
  const groups = Map.groupBy(grouped(organization.use, by), ({ day }) => day)
  return bucketPage(
    request,
    days.map((day) => ({
      object: 'bucket',
      start_time: Date.parse(day) / 1000,
      end_time: Date.parse(day) / 1000 + 86_400,
      results: (groups.get(day) ?? []).map(result),
    })),
    { max, byDefault: 7 },
  )
}

/** `GET /organization/costs`. Amounts come as numbers and as text in turn, as they do at the provider. */
export function costs(organization: FakeOpenAiOrganization, request: FakeRequest): FakeAnswer {
  let turn = 0
  const words = { project_id: 'project', api_key_id: 'key', line_item: 'model', user_id: 'user' } as const
  return buckets(organization, request, { max: 180, words }, (group) => {
    turn += 1
    const value = group.milliCents / 100_000
    return {
      object: 'organization.costs.result',
      amount: { value: turn % 2 === 0 ? String(value) : value, currency: 'usd' },
      line_item: group.model === null ? null : `${group.model}, input_tokens`,
      project_id: group.project,
      api_key_id: group.key,
    }
  })
}

/** `GET /organization/usage/completions`. */
export function completions(organization: FakeOpenAiOrganization, request: FakeRequest): FakeAnswer {
  const words = { project_id: 'project', api_key_id: 'key', user_id: 'user', model: 'model' } as const
  return buckets(organization, request, { max: 31, words }, (group) => ({
    object: 'organization.usage.completions.result',
    input_tokens: group.input,
    input_cached_tokens: group.cached,
    output_tokens: group.output,
    num_model_requests: group.requests,
    project_id: group.project,
    api_key_id: group.key,
    user_id: group.user,
    model: group.model,
  }))
}
