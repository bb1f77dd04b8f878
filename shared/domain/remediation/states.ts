import type { RemedyState } from './remedy.ts'

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
export type RemedyEvent = (typeof REMEDY_EVENTS)[number]

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
} as const satisfies Readonly<Record<RemedyEvent, Partial<Readonly<Record<RemedyState, RemedyState>>>>>

/** The state in which an event leaves an item; null where it cannot happen. */
export function nextRemedyState(state: RemedyState, event: RemedyEvent): RemedyState | null {
  const after: Partial<Readonly<Record<RemedyState, RemedyState>>> = NEXT[event]
  return after[state] ?? null
}

/** Whether nothing was sent and nobody did anything yet. */
export function isUnsent(state: RemedyState): boolean {
  return nextRemedyState(state, 'send') !== null
}

/** Whether nothing can happen to an item any more. */
export function isEnded(state: RemedyState): boolean {
  return REMEDY_EVENTS.every((event) => nextRemedyState(state, event) === null)
}
