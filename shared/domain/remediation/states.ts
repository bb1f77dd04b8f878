import type { RemediationState } from './remediation.ts'

/**
 * What happens to an item of the remediation list. `send`: its request is about to leave. `unsend`: the request did not
 * leave. `confirm`, `reject`, `lose`: the provider did it, refused it, or nobody knows. `make`: the provider made a key
 * that has to be put in place. `deploy`: somebody has. `mark`: somebody did it in the console. `disprove`: a sync shows
 * that what nobody knew of was not done. `withdraw`: it is taken off the list.
 */
export const REMEDY_EVENTS = [
  'send',
  'unsend',
  'confirm',
  'reject',
  'lose',
  'make',
  'deploy',
  'mark',
  'disprove',
  'withdraw',
] as const
export type RemediationEvent = (typeof REMEDY_EVENTS)[number]

/** The state after an event, by the state before it. An event does not happen in a state that it does not name. */
const NEXT = {
  // What was to be done by hand is sent where an API does it meanwhile.
  send: { waiting: 'sending', 'by-hand': 'sending' },
  unsend: { sending: 'waiting' },
  confirm: { sending: 'done' },
  reject: { sending: 'failed' },
  lose: { sending: 'unsure' },
  make: { sending: 'deploying' },
  deploy: { deploying: 'done' },
  mark: { 'by-hand': 'done', unsure: 'done' },
  disprove: { unsure: 'failed' },
  withdraw: { waiting: 'withdrawn', 'by-hand': 'withdrawn', unsure: 'withdrawn', deploying: 'withdrawn' },
} as const satisfies Readonly<Record<RemediationEvent, Partial<Readonly<Record<RemediationState, RemediationState>>>>>

/** The state in which an event leaves an item; null where it cannot happen. */
export function nextRemediationState(state: RemediationState, event: RemediationEvent): RemediationState | null {
  const after: Partial<Readonly<Record<RemediationState, RemediationState>>> = NEXT[event]
  return after[state] ?? null
}

/** Whether nothing was sent and nobody did anything yet. */
export function isUnsent(state: RemediationState): boolean {
  return nextRemediationState(state, 'send') !== null
}

/** Whether nothing can happen to an item any more. */
export function isEnded(state: RemediationState): boolean {
  return REMEDY_EVENTS.every((event) => nextRemediationState(state, event) === null)
}
