import { afterEach, expect, test } from 'vitest'

import type { ChangeRequest } from '../../../../electron/providers/kit/write.ts'
import { getProvider } from '../../../../electron/providers/registry.ts'
import { startFakeLiteLlm } from '../../../providers/fake-litellm.ts'
import { QUAY_MASTER_KEY, quayLiteLlm } from '../../../providers/fixtures/quay-litellm.ts'
import type { FakeServer } from '../../../providers/http.ts'

let server: FakeServer | undefined

afterEach(async () => server?.close())

const provider = getProvider('litellm')

function toRequest(action: 'key-disable' | 'key-delete' | 'key-rotate', externalId: string): ChangeRequest {
  return {
    action,
    subject: { kind: 'key', externalId, name: externalId },
    project: null,
    key: null,
    role: null,
    name: null,
    lifetimeDays: null,
    amountMicros: null,
    recipients: [],
    email: null,
    memberships: [],
  }
}

test.each([
  ['key-disable', '/key/block', { key: 'hash-prod' }],
  ['key-delete', '/key/delete', { keys: ['hash-prod'] }],
] as const)('%s is one request, which the proxy confirms', async (action, path, body) => {
  server = await startFakeLiteLlm(quayLiteLlm())
  const request = toRequest(action, 'hash-prod')
  const planned = await provider.plan(request, server.baseUrl)
  expect(planned).toMatchObject({ kind: 'call', call: { method: 'POST', url: `${server.baseUrl}${path}` } })
  if (planned.kind !== 'call') return
  expect(JSON.parse(planned.call.body ?? '')).toEqual(body)
  const access = { credential: QUAY_MASTER_KEY, baseUrl: server.baseUrl }
  const { signal } = new AbortController()
  expect(await provider.write(access, request, planned.call, signal)).toMatchObject({ state: 'done' })
})

test.each(['key-disable', 'key-delete', 'key-rotate'] as const)(
  '%s of a deposited credential is a manual step',
  async (action) => {
    const planned = await provider.plan(toRequest(action, 'credential:openai-main'), null)
    expect(planned).toMatchObject({ kind: 'by-hand', steps: expect.stringContaining('LLM Credentials') as string })
  },
)
