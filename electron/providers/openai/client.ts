import type { OpenAI } from 'openai'

import { getBaseUrl, providerFetch, sealedFetch } from '../kit/network.ts'
import type { Access } from '../kit/calls.ts'

/** The part of the SDK that reads an organization. */
export type Organization = OpenAI['admin']['organization']

const TIMEOUT_MS = 30_000

const ALLOWED: ReadonlySet<string> = new Set(['accept', 'content-type'])

/** Answers name the organization in this header: by its id, or by a name that may change and identifies nothing. */
const ORGANIZATION_HEADER = 'openai-organization'
const ORGANIZATION_ID = /^org-[A-Za-z0-9]{20,}$/u

/**
 * The official SDK with every setting given that it would otherwise read from `OPENAI_*` variables, and without its own
 * retries and logs. It is loaded only now: a terminal verb that calls no provider must not wait for it. `send` replaces
 * `providerFetch`, behind the seal; `onOrganization` gets the id in the answers.
 */
export async function openOrganization(
  access: Access,
  send?: typeof fetch,
  onOrganization?: (id: string) => void,
): Promise<Organization> {
  const baseURL = getBaseUrl('openai', access.baseUrl)
  const { OpenAI } = await import('openai')
  const client = new OpenAI({
    adminAPIKey: access.credential,
    apiKey: null,
    organization: null,
    project: null,
    webhookSecret: null,
    baseURL,
    timeout: access.timeoutMs ?? TIMEOUT_MS,
    maxRetries: 0,
    logLevel: 'off',
    fetch: sealedFetch({
      baseUrl: baseURL,
      allowed: ALLOWED,
      fixed: { authorization: `Bearer ${access.credential}`, 'user-agent': 'Castellan' },
      onRequest: access.onRequest,
      send: onOrganization === undefined ? send : hearing(send ?? providerFetch, onOrganization),
    }),
  })
  return client.admin.organization
}

function hearing(send: typeof fetch, onOrganization: (id: string) => void): typeof fetch {
  return async (input, init) => {
    const answer = await send(input, init)
    const id = answer.headers.get(ORGANIZATION_HEADER)
    if (id !== null && ORGANIZATION_ID.test(id)) onOrganization(id)
    return answer
  }
}
