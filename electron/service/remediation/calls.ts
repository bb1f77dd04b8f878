import { createHash } from 'node:crypto'

import { canonicalJson } from '../../../shared/domain/canonical-json.ts'
import type { PlannedCall } from '../../providers/kit/write.ts'
import type { FrozenRequest } from '../../register/remediation/frozen.ts'

/** The requests of a change and the SHA-256 of their canonical JSON in hex, by which members of a team approve them. */
export interface FrozenCalls {
  readonly calls: string
  readonly requests: readonly FrozenRequest[]
}

/** They have what the provider calls things and no number of this register, so every member's program derives the same. */
export function freezeCalls({ method, url, body }: PlannedCall): FrozenCalls {
  const requests = [{ method, url, body }]
  return { requests, calls: createHash('sha256').update(canonicalJson(requests)).digest('hex') }
}

/** Describes the difference between requests that were added to the list and those that this register derives. */
export function describeDifference(added: readonly FrozenRequest[] | null, own: FrozenCalls): string {
  const [before] = added ?? []
  const [now] = own.requests
  if (before === undefined || now === undefined) return 'The requests differ.'
  const parts = (['method', 'url', 'body'] as const).filter((part) => before[part] !== now[part])
  return parts
    .map((part) => `${WORDS[part]}: ${show(before[part])} where it was added, ${show(now[part])} here.`)
    .join(' ')
}

const WORDS = { method: 'The method differs', url: 'The address differs', body: 'The body differs' } as const

function show(text: string | null): string {
  return text ?? 'none'
}
