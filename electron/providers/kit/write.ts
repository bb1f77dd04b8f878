import type { KeyKind } from '../../../shared/domain/facts.ts'
import { providerName, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import type { RemediationAction } from '../../../shared/domain/remediation/remediation.ts'
import { openCalls, type Access } from './calls.ts'
import { CallFailure, isNeverSent } from './errors.ts'
import { providerFetch } from './network.ts'
import { refusesCredential } from './outcome.ts'
import { refusal } from './run.ts'

/** A change to apply, in the provider's own ids. Fields that an action does not need are null. */
export interface ChangeRequest {
  readonly action: RemediationAction
  readonly subject: {
    readonly kind: 'user' | 'service-account' | 'group' | 'invite' | 'key' | 'project' | 'organization'
    readonly externalId: string
    readonly name: string
  }
  /** The project that it concerns: of the role, the service account, the key or the limit. */
  readonly project: { readonly externalId: string; readonly name: string } | null
  /** Of a key: what kind it is and whose. */
  readonly key: {
    readonly kind: KeyKind
    readonly owner: { readonly kind: string | null; readonly externalId: string } | null
  } | null
  readonly role: string | null
  readonly name: string | null
  /** Of a key that is made: after how many days it expires; null where it need not. */
  readonly lifetimeDays: number | null
  /** In micro-USD, whole cents. */
  readonly amountMicros: number | null
  /** Addresses that an alert is sent to. */
  readonly recipients: readonly string[]
  /** Of who is invited. */
  readonly email: string | null
  /** The projects of an invite, and the role in each. */
  readonly memberships: readonly {
    readonly project: { readonly externalId: string; readonly name: string }
    readonly role: string
  }[]
}

/** A request as it is sent. It never holds a secret: the credential goes in a header. */
export interface PlannedCall {
  readonly method: string
  readonly url: string
  /** As sent on the wire; null without one. */
  readonly body: string | null
}

export type WritePlan =
  /** The request, and the steps in the console that do the same, one a line. */
  | { readonly kind: 'call'; readonly call: PlannedCall; readonly says: string; readonly steps: string }
  /** No API does it: the steps, one a line. */
  | { readonly kind: 'by-hand'; readonly steps: string }

/** A secret that the provider shows once. */
export interface NewSecret {
  readonly value: string
  readonly name: string
  readonly externalId: string
}

/**
 * `done`: the provider confirmed it. `failed`: it refused, and nothing changed. `unsent`: no connection was made, so
 * nothing can have changed. `unsure`: it was sent, and whether it was done is not known.
 */
export type WriteResult =
  | { readonly state: 'done'; readonly says: string; readonly secret: NewSecret | null }
  /** `alone`: the answer is about this change, and on it no other depends. */
  | { readonly state: 'failed' | 'unsent' | 'unsure'; readonly says: string; readonly alone?: true }

/** The content of the expected answer. */
export interface WriteAnswer {
  readonly says: string
  readonly secret?: NewSecret
}

/** One request that applies a change. */
export interface Write<Api> {
  readonly says: string
  readonly send: (api: Api, options: { readonly signal: AbortSignal }) => { asResponse(): Promise<Response> }
  /** It removes something, so that "not found" may mean that it was removed already, which only a sync can show. */
  readonly removes?: boolean
  /** Explains a refusal and what to do instead, in sentences, where it is about this change alone; else null. */
  readonly refused?: (failure: CallFailure) => string | null
  /** Null for any answer that does not confirm the change. */
  readonly read: (answer: unknown) => WriteAnswer | null
}

/** A way to apply a change: a request, or the manual steps, one a line. */
export type Way<Api> = Write<Api> | { readonly steps: string }

/** The ways of an API, by action; null where it has none for the subject. */
export type Ways<Api> = Readonly<Partial<Record<RemediationAction, (request: ChangeRequest) => Write<Api> | null>>>

export type OpenApi<Api> = (access: Access, send: typeof fetch) => Promise<Api>

/** Never sent: the SDKs want a credential before they make a request. */
const NO_CREDENTIAL = 'sk-none'

/**
 * The request of a way, exactly as `carryOut` sends it: the same method of the same SDK makes it, but it is recorded
 * instead of sent.
 */
async function planned<Api>(
  way: Way<Api>,
  open: OpenApi<Api>,
  baseUrl: string | null,
  steps: string,
): Promise<WritePlan> {
  if ('steps' in way) return { kind: 'by-hand', steps: way.steps }
  const calls: PlannedCall[] = []
  const api = await open({ credential: NO_CREDENTIAL, baseUrl }, (input, init) => {
    calls.push(describeCall(input, init))
    return Promise.resolve(Response.json({}))
  })
  await way.send(api, { signal: new AbortController().signal }).asResponse()
  const [call] = calls
  if (call === undefined || calls.length > 1) throw new Error('A change is exactly one request.')
  return { kind: 'call', call, says: way.says, steps }
}

function describeCall(input: Parameters<typeof fetch>[0], init: RequestInit | undefined): PlannedCall {
  const body = init?.body ?? null
  if (body !== null && typeof body !== 'string') throw new TypeError('The body of a write is text.')
  return {
    method: (init?.method ?? 'GET').toUpperCase(),
    url: input instanceof Request ? input.url : String(input),
    body,
  }
}

interface Carry<Api> {
  readonly provider: ProviderId
  readonly way: Way<Api>
  readonly open: OpenApi<Api>
  readonly access: Access
  readonly planned: PlannedCall
  readonly signal: AbortSignal
}

/** Sends the request of a way once; no failure makes it go out again. Throws when it is not the planned one. */
export async function carryOut<Api>(carry: Carry<Api>): Promise<WriteResult> {
  const { provider, way, open, signal } = carry
  if ('steps' in way) throw new Error('Manual steps are not sent.')
  const access = { ...carry.access, tries: 1 }
  let differs = false
  const api = await open(access, (input, init) => {
    const call = describeCall(input, init)
    differs = call.method !== carry.planned.method || call.url !== carry.planned.url || call.body !== carry.planned.body
    return differs ? Promise.reject(new Error('It is not what was previewed.')) : providerFetch(input, init)
  })
  try {
    const done = way.read(await openCalls(access, signal).json((options) => way.send(api, options)))
    if (done === null) {
      return { state: 'unsure', says: `${providerName(provider)} answered, but not that it was done.` }
    }
    return { state: 'done', says: done.says, secret: done.secret ?? null }
  } catch (error) {
    if (differs) throw new Error('A request differs from what was previewed. It was not sent.', { cause: error })
    if (!(error instanceof CallFailure)) throw error
    return toResult(error, provider, way)
  }
}

/** How a provider plans and applies changes: by its API, else by the steps in its console. */
export function openWriting<Api>(
  provider: ProviderId,
  open: OpenApi<Api>,
  ways: Ways<Api>,
  stepsFor: (request: ChangeRequest) => string,
): {
  readonly plan: (request: ChangeRequest, baseUrl: string | null) => Promise<WritePlan>
  readonly write: (
    access: Access,
    request: ChangeRequest,
    planned: PlannedCall,
    signal: AbortSignal,
  ) => Promise<WriteResult>
} {
  const find = (request: ChangeRequest): Way<Api> => ways[request.action]?.(request) ?? { steps: stepsFor(request) }
  return {
    plan: (request, baseUrl) => planned(find(request), open, baseUrl, stepsFor(request)),
    write: (access, request, call, signal) =>
      carryOut({ provider, way: find(request), open, access, planned: call, signal }),
  }
}

function toResult(
  failure: CallFailure,
  provider: ProviderId,
  { removes = false, refused }: Pick<Write<never>, 'removes' | 'refused'>,
): WriteResult {
  if (refusesCredential(failure)) return { state: 'failed', says: refusal(provider, failure) }
  const alone = refused?.(failure) ?? null
  if (alone !== null) return { state: 'failed', says: alone, alone: true }
  const who = providerName(provider)
  const { status } = failure
  if (status === null) {
    const reported = failure.said ?? failure.message
    if (failure.kind === 'connection' || failure.kind === 'timeout') {
      if (isNeverSent(failure)) {
        return { state: 'unsent', says: `No connection to ${who} (${reported}). Nothing was sent.` }
      }
      return failure.kind === 'timeout'
        ? { state: 'unsure', says: `${who} did not answer in time. It may have been done.` }
        : { state: 'unsure', says: `The connection to ${who} broke (${reported}). It may have been done.` }
    }
    return { state: 'unsure', says: `${who} sent an answer that cannot be read: ${failure.message}. It may be done.` }
  }
  const says = failure.said === null ? '' : ` ${who} says: ${failure.said}`
  if (status === 404 && removes && failure.fromProvider && failure.code !== 'unknown_url') {
    // This answer also comes where its project is archived, or the credential does not reach it.
    const reasons = 'it was removed already, or its project is archived, or the credential does not reach it'
    return {
      state: 'unsure',
      says: `${who} does not find it (404): ${reasons}. The next sync shows which.`,
      alone: true,
    }
  }
  if (status === 401 || status === 403) {
    return { state: 'failed', says: `The credential may not do this (${status}). Nothing changed.${says}` }
  }
  if (status === 429) {
    return {
      state: 'failed',
      says: `${who} limits requests (429). Nothing changed; add it to the list again later.${says}`,
    }
  }
  if (status === 303) {
    return { state: 'unsure', says: `${who} answered that its result is elsewhere (303). It may have been done.` }
  }
  if (status === 408 || status >= 500) {
    return { state: 'unsure', says: `${who} answered ${status}. It may have been done.${says}` }
  }
  if (status >= 300 && status < 400) {
    return { state: 'failed', says: `The address answered with a redirect (${status}), which is not followed.` }
  }
  return { state: 'failed', says: `${who} refused it (${status}). Nothing changed.${says}` }
}
