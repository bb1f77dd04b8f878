import { getBaseUrl } from '../kit/network.ts'
import type { Access } from '../kit/calls.ts'
import { openJsonApi, type JsonApi } from '../kit/json-api.ts'

/** Cursor's Admin API: basic authentication, with the key as the user and no password. `send` replaces `providerFetch`. */
export function openCursor(access: Access, send?: typeof fetch): Promise<JsonApi> {
  const authorization = `Basic ${Buffer.from(`${access.credential}:`).toString('base64')}`
  const baseUrl = getBaseUrl('cursor-team', access.baseUrl)
  return Promise.resolve(openJsonApi({ access, baseUrl, headers: { authorization }, send }))
}
