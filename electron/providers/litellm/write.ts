import { z } from 'zod'

import { repeating, whenAnswer } from '../kit/answers.ts'
import type { JsonApi } from '../kit/json-api.ts'
import { openWriting, type ChangeRequest, type Ways, type Write } from '../kit/write.ts'
import { openLiteLlm } from './client.ts'
import { isDeposit } from './normalise/credential.ts'
import { liteLlmSteps } from './write-by-hand.ts'

/** The ways of the API with keys; all else are manual steps in the proxy's window. */
const WAYS: Ways<JsonApi> = { 'key-disable': blockWay, 'key-delete': deleteWay }

/** Plans and applies changes at a LiteLLM proxy. */
export const { plan: planLiteLlm, write: writeLiteLlm } = openWriting('litellm', openLiteLlm, WAYS, liteLlmSteps)

function blockWay({ subject }: ChangeRequest): Write<JsonApi> | null {
  const { externalId: token } = subject
  if (isDeposit(token)) return null
  return {
    says: 'Blocks the key. It can be unblocked again.',
    send: (api, options) => api.send('POST', '/key/block', { key: token }, options),
    read: whenAnswer(repeating({ token, blocked: true }), 'The proxy reports that the key is blocked.'),
  }
}

function deleteWay({ subject }: ChangeRequest): Write<JsonApi> | null {
  const { externalId: token } = subject
  if (isDeposit(token)) return null
  const confirms = z.looseObject({ deleted_keys: z.tuple([z.literal(token)]) })
  return {
    says: 'Deletes the key immediately and permanently.',
    removes: true,
    send: (api, options) => api.send('POST', '/key/delete', { keys: [token] }, options),
    read: whenAnswer(confirms, 'The proxy reports that it was deleted.'),
  }
}
