import { REMEDIATION_STATES, type RemediationState } from './remediation.ts'

/**
 * The events of an item of the remediation list. `send`: its request is about to be sent. `unsend`: the request was not
 * sent. `confirm`, `reject`, `lose`: the provider did it, refused it, or the result is unknown. `make`: the provider
 * made a key that has to be deployed. `deploy`: the key was deployed. `mark`: a person did it in the console.
 * `disprove`: a sync shows that a request with an unknown result was not done. `withdraw`: it is removed from the list.
 */
export const REMEDIATION_EVENTS = [
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
export type RemediationEvent = (typeof REMEDIATION_EVENTS)[number]

/** The state after an event, by the state before it. An event cannot happen in a state that it does not name. */
const NEXT = {
  // An item with manual steps is sent if an API supports it by now.
  send: { waiting: 'sending', 'by-hand': 'sending' },
  unsend: { sending: 'waiting' },
  confirm: { sending: 'done' },
  reject: { sending: 'failed' },
  lose: { sending: 'unsure' },
  make: { sending: 'deploying' },
  deploy: { deploying: 'done' },
  // An item that an API supports can be done in the console too, such as that of a read-only connection.
  mark: { waiting: 'done', 'by-hand': 'done', unsure: 'done' },
  disprove: { unsure: 'failed' },
  withdraw: { waiting: 'withdrawn', 'by-hand': 'withdrawn', unsure: 'withdrawn', deploying: 'withdrawn' },
} as const satisfies Readonly<Record<RemediationEvent, Partial<Readonly<Record<RemediationState, RemediationState>>>>>

/** The state of an item after an event; null if it cannot happen. */
export function nextRemediationState(state: RemediationState, event: RemediationEvent): RemediationState | null {
  const after: Partial<Readonly<Record<RemediationState, RemediationState>>> = NEXT[event]
  return after[state] ?? null
}

/** True if an item is on the list: of one change, one is at a time. */
export function isOpen(state: RemediationState): boolean {
  return !isEnded(state)
}

/** True if nothing was sent and no manual step was done yet. */
export function isUnsent(state: RemediationState): boolean {
  return nextRemediationState(state, 'send') !== null
}

/** True if nothing can happen to an item any more. */
export function isEnded(state: RemediationState): boolean {
  return REMEDIATION_EVENTS.every((event) => nextRemediationState(state, event) === null)
}

/** The states of items that are on the list. */
export const OPEN_STATES: readonly RemediationState[] = REMEDIATION_STATES.filter(isOpen)
