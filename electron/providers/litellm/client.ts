import { getBaseUrl } from '../kit/network.ts'
import type { Access } from '../kit/calls.ts'
import { openJsonApi, type JsonApi } from '../kit/json-api.ts'

/** The management API of a LiteLLM proxy. `send` replaces `providerFetch`. */
export function openLiteLlm(access: Access, send?: typeof fetch): Promise<JsonApi> {
  const headers = { authorization: `Bearer ${access.credential}` }
  return Promise.resolve(openJsonApi({ access, baseUrl: getProxyAddress(access), headers, send }))
}

/** The address of the proxy, which identifies it: it reports neither an id nor a name. */
export function getProxyAddress({ baseUrl }: Pick<Access, 'baseUrl'>): string {
  return getBaseUrl('litellm', baseUrl)
}
