import { getBaseUrl } from '../kit/network.ts'
import type { Access } from '../kit/calls.ts'
import { openJsonApi, type JsonApi } from '../kit/json-api.ts'

/** OpenRouter's management API. */
export type OpenRouter = JsonApi

/**
 * Its official SDK is not used: it weighs 11 MB, checks every answer against a closed schema (a row with a missing field
 * fails the whole page, where we keep the row), and is generated again every few days; what it adds to a dozen requests
 * is their addresses. `send` replaces `providerFetch`.
 */
export function openOpenRouter(access: Access, send?: typeof fetch): Promise<OpenRouter> {
  const baseUrl = getBaseUrl('openrouter', access.baseUrl)
  return Promise.resolve(
    openJsonApi({ access, baseUrl, headers: { authorization: `Bearer ${access.credential}` }, send }),
  )
}
