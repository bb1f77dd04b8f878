import type { Anthropic } from '@anthropic-ai/sdk'

import { getBaseUrl, sealedFetch } from '../kit/network.ts'
import type { Access } from '../kit/calls.ts'

/** The parts of the SDK that read an organization; limits on spending are only in its beta part. */
export interface Organization {
  readonly stable: Anthropic['organization']
  readonly beta: Anthropic['beta']['organization']
  /** For the reports that the SDK has no method for. */
  readonly get: Anthropic['get']
}

const TIMEOUT_MS = 30_000

/** The version of the API whose rows `normalise/` reads; rows of 2023-06-01 are understood too. */
const VERSION = '2026-10-21'

const ALLOWED: ReadonlySet<string> = new Set(['accept', 'content-type', 'anthropic-beta'])

/**
 * The official SDK with every setting given that it would otherwise read from `ANTHROPIC_*` variables or a profile
 * file, and without its own retries, logs and traces. It is loaded only now: a terminal verb that calls no provider
 * must not wait for it. Every credential goes as a bearer token, as the SDK sends it: admin keys and API keys
 * (authentication guide) and OAuth tokens, which no other header may carry (admin API guide). `send` replaces
 * `providerFetch`, behind the seal.
 */
export async function openOrganization(access: Access, send?: typeof fetch): Promise<Organization> {
  const baseURL = getBaseUrl('anthropic', access.baseUrl)
  const { Anthropic } = await import('@anthropic-ai/sdk')
  const client = new Anthropic({
    apiKey: access.credential,
    authToken: null,
    webhookKey: null,
    baseURL,
    timeout: access.timeoutMs ?? TIMEOUT_MS,
    maxRetries: 0,
    logLevel: 'off',
    openTelemetry: false,
    // The SDK sets this header for single calls; null drops what `ANTHROPIC_CUSTOM_HEADERS` sets for all.
    defaultHeaders: { 'anthropic-beta': null },
    fetch: sealedFetch({
      baseUrl: baseURL,
      allowed: ALLOWED,
      fixed: {
        authorization: `Bearer ${access.credential}`,
        'anthropic-version': VERSION,
        'user-agent': 'Castellan',
      },
      onRequest: access.onRequest,
      send,
    }),
  })
  return {
    stable: client.organization,
    beta: client.beta.organization,
    get: (path, options) => client.get(path, options),
  }
}
