import { getBaseUrl } from '../kit/network.ts'
import type { Access } from '../kit/calls.ts'
import { openJsonApi, type JsonApi } from '../kit/json-api.ts'

/** GitHub's REST API below its root, and the organization that the address of the connection names. */
export interface GitHub extends JsonApi {
  /** The login of an organization; null where the address names none. */
  readonly organization: string | null
}

/** A connection may name its organization, for a token that opens several: `https://api.github.com/orgs/acme`. */
const OF_ORGANIZATION = /\/orgs\/([^/]+)\/*$/u

/** `send` replaces `providerFetch`. */
export function openGitHub(access: Access, send?: typeof fetch): Promise<GitHub> {
  const address = getBaseUrl('github-copilot', access.baseUrl)
  const headers = {
    authorization: `Bearer ${access.credential}`,
    accept: 'application/vnd.github+json',
    'x-github-api-version': '2022-11-28',
  }
  const api = openJsonApi({ access, baseUrl: address.replace(OF_ORGANIZATION, ''), headers, send })
  const named = OF_ORGANIZATION.exec(address)?.[1]
  return Promise.resolve({ ...api, organization: named === undefined ? null : decodeURIComponent(named) })
}
