import type { ConnectionFault } from '../../../shared/domain/connection-fault.ts'
import { counted } from '../../../shared/domain/counted.ts'
import { providerFacts, providerName, type ProviderId } from '../../../shared/domain/providers/providers.ts'
import { sourceLabel, type SourceName, type SourceState } from '../../../shared/domain/source.ts'
import type { CallFailure, FailureKind } from './errors.ts'

export interface Ending {
  readonly state: Exclude<SourceState, 'complete' | 'cancelled'>
  readonly reason: string
  readonly fault: ConnectionFault
}

interface SourceRef {
  readonly provider: ProviderId
  readonly source: SourceName
  readonly project: string | null
}

/** A 401 about one list only: the credential is good but its permissions do not reach this far. */
const LACKS_PERMISSION = /\b(?:scopes?|permissions?)\b/iu

/** True if the failure means that the credential itself is refused, so that nothing more can be read with it. */
export function refusesCredential(failure: CallFailure): boolean {
  return failure.status === 401 && !LACKS_PERMISSION.test(failure.said ?? '')
}

/** Anthropic's words for a feature that an organization does not have, sent with 400 or 403. */
const NOT_OFFERED = /not_enabled|not_supported|not_eligible|not_enrolled/u

const MAY_BE_MISSING: ReadonlySet<SourceName> = new Set([
  'user-addresses',
  'user-activity',
  'groups',
  'roles',
  'spend-limits',
  'spend-alerts',
  'member-spend-limits',
  'shared-budgets',
  'service-accounts',
  'identity-providers',
  'federation-rules',
  'guardrails',
  'settings',
  'certificates',
])

/** Limits and federation are features that many organizations lack; lists inside a project end when the project does. */
function mayBeMissing({ source, project }: SourceRef): boolean {
  return project !== null || MAY_BE_MISSING.has(source)
}

/** A certificate without a known authority, that has expired, or that is for another host. */
const UNTRUSTED = /^(?:CERT_|DEPTH_ZERO|SELF_SIGNED|UNABLE_TO_|ERR_TLS_CERT)/u

/** Answers that cannot be used. */
const UNUSABLE: ReadonlySet<FailureKind> = new Set(['malformed', 'oversized', 'paging', 'endless'])

/** How a source ends when one of its requests failed for good, and why, in words an operator can act on. */
export function getEnding(failure: CallFailure, place: SourceRef): Ending {
  const ending = endingFor(failure, {
    provider: place.provider,
    what: sourceLabel(place.source).toLowerCase(),
    mayBeMissing: mayBeMissing(place),
    isEssential: providerFacts(place.provider).essentialSources.includes(place.source),
  })
  return { ...ending, fault: findFault(failure) }
}

/** The kind of a failure, by which a person can fix the connection. */
export function findFault(failure: CallFailure): ConnectionFault {
  const { kind, status, code } = failure
  if (kind === 'connection' || kind === 'timeout') {
    if (UNTRUSTED.test(code ?? '')) return 'certificate'
    return code === 'PROXY' || code === 'NOT_SENT' ? 'proxy' : 'unreachable'
  }
  if (UNUSABLE.has(kind)) return 'address'
  if (kind === 'partial') return 'permission'
  if (status === null) return 'other'
  if (refusesCredential(failure)) return 'refused'
  if (status === 401 || status === 403) return 'permission'
  if (status === 404 || (status >= 300 && status < 400)) return 'address'
  return status === 429 || status >= 500 ? 'busy' : 'other'
}

/**
 * The ending of a request that is not a source of a sync. `mayBeMissing`: an organization may lack it, so that 400 is
 * not a defect. `isEssential`: every organization has it, so that 404 is a defect.
 */
export function endingFor(
  failure: CallFailure,
  asked: {
    readonly provider: ProviderId
    readonly what: string
    readonly mayBeMissing: boolean
    readonly isEssential?: boolean
  },
): Omit<Ending, 'fault'> {
  const who = providerName(asked.provider)
  const { what } = asked
  const says = failure.said === null ? '' : ` ${who} says: ${failure.said}`
  const ending = (state: Ending['state'], sentence: string): Omit<Ending, 'fault'> => ({
    state,
    reason: `${sentence}${says}`,
  })

  if (failure.kind === 'connection' && UNTRUSTED.test(failure.code ?? '')) {
    return {
      state: 'failed',
      reason: `The certificate that answered for ${who} is not trusted (${failure.message}), so nothing was sent. If it comes from an authority of your own, add that to the certificates of the system, or name its file in NODE_EXTRA_CA_CERTS, then sync again.`,
    }
  }
  if (failure.kind === 'connection') {
    return {
      state: 'failed',
      reason: `No connection to ${who} in ${times(failure.tries)} (${causeText(failure)}). Check the network and the base URL, then sync again.`,
    }
  }
  if (failure.kind === 'timeout') {
    return {
      state: 'failed',
      reason: `${who} did not answer in time, in ${times(failure.tries)}. Check the network, then sync again.`,
    }
  }
  if (UNUSABLE.has(failure.kind)) {
    return { state: 'failed', reason: `${who} sent an answer that cannot be used: ${failure.message}.` }
  }
  if (failure.kind === 'unfounded') return { state: 'unavailable', reason: failure.message }
  if (failure.kind === 'partial') return { state: 'denied', reason: failure.message }
  if (failure.kind === 'gap' || failure.kind === 'unknown') return { state: 'failed', reason: failure.message }
  const { status } = failure
  if (status === 401 || status === 403) {
    return NOT_OFFERED.test(failure.code ?? '')
      ? ending('unavailable', `The organization does not have ${what} (${status}).`)
      : ending('denied', `The credential may not read ${what} (${status}). Use a credential that may.`)
  }
  if (status === 404 && asked.isEssential === true) {
    return ending('failed', `${who} answered 404 to ${what}. Check the base URL of the connection, then sync again.`)
  }
  if (status === 404) return ending('unavailable', `${who} has no ${what} here (404).`)
  if (status === 400) {
    return asked.mayBeMissing || NOT_OFFERED.test(failure.code ?? '')
      ? ending('unavailable', `${who} does not offer ${what} here (400).`)
      : ending('failed', `${who} did not accept the request for ${what} (400).`)
  }
  if (status === 429) {
    return failure.retryAfter !== null
      ? ending('failed', `${who} limits requests (429) and asks to wait ${span(failure.retryAfter)}. Sync again after.`)
      : ending(
          'failed',
          `${who} limits requests (429), in ${times(failure.tries)}. Sync again later: the next sync begins with what is missing.`,
        )
  }
  if (status === 529)
    return ending('failed', `${who} is overloaded (529), in ${times(failure.tries)}. Sync again later.`)
  if (status !== null && status >= 300 && status < 400) {
    return {
      state: 'failed',
      reason: `The address answered with a redirect (${status}), which is not followed since it would carry the credential elsewhere. Check the base URL.`,
    }
  }
  return ending('failed', `${who} answered ${status ?? 'nothing'} for ${what}, in ${times(failure.tries)}.`)
}

/** The meaning of the system's codes. */
const CAUSES: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'nothing listens at its address',
  ENOTFOUND: 'its host name is not known',
  EAI_AGAIN: 'its host name could not be looked up',
  ENETUNREACH: 'there is no network',
  ENETDOWN: 'there is no network',
  EHOSTUNREACH: 'its host cannot be reached',
  UND_ERR_CONNECT_TIMEOUT: 'its host does not answer',
}

function causeText({ code, message }: CallFailure): string {
  const meaning = CAUSES[code ?? '']
  return meaning === undefined ? message : `${code}: ${meaning}`
}

function times(tries: number): string {
  return tries === 1 ? 'one try' : counted(tries, 'try', 'tries')
}

function span(ms: number): string {
  const seconds = Math.ceil(ms / 1000)
  return seconds < 120 ? `${seconds} s` : `${Math.ceil(seconds / 60)} min`
}
