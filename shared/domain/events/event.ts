import type { Level } from '../role.ts'

/** The subject of an event in a provider's log. */
export const EVENT_SUBJECTS = [
  'key',
  'admin-key',
  'user',
  'invite',
  'service-account',
  'group',
  'grant',
  'role',
  'project',
  'limit',
  'federation',
  'certificate',
  'network',
  'sign-on',
  'provisioning',
  'log',
  'organization',
  'session',
  'other',
] as const
export type EventSubject = (typeof EVENT_SUBJECTS)[number]

/** The act of an event; `other` where the provider's word is not known. */
export const EVENT_ACTS = [
  'created',
  'changed',
  'removed',
  'enabled',
  'disabled',
  'succeeded',
  'failed',
  'other',
] as const
export type EventAct = (typeof EVENT_ACTS)[number]

/**
 * Who did it. `directory`: a directory of the organization that provisions accounts. `provider`: the provider itself.
 * `workload`: an external identity without an account.
 */
export const EVENT_ACTORS = [
  'user',
  'service-account',
  'key',
  'admin-key',
  'directory',
  'provider',
  'workload',
  'unknown',
] as const
export type EventActor = (typeof EVENT_ACTORS)[number]

/** A value of an event's details: short text, a number, yes or no, or several short texts. */
export type EventDetail = string | number | boolean | readonly string[]

/**
 * One event in a provider's own log of what was done in an organization. Only what is listed here is kept: never the
 * whole row, and never a secret. Text is as the provider sent it and must be treated as hostile data.
 */
export interface EventFact {
  /** The provider's id of the event; an event is stored once for each. */
  readonly externalId: string
  /** Milliseconds since the Unix epoch. */
  readonly at: number
  /** The provider's word, such as `api_key.created`. */
  readonly type: string
  readonly act: EventAct
  readonly subject: {
    readonly kind: EventSubject
    /** The provider's id; of a grant that of the principal who holds it. Null where the event names none. */
    readonly externalId: string | null
    readonly name: string | null
  }
  /** The provider's id of the project in which it happened, as far as the event names one. */
  readonly project: string | null
  /** The role that was given or asked for, in the provider's word, and its level. */
  readonly role: string | null
  readonly level: Level | null
  readonly actor: {
    readonly kind: EventActor
    readonly externalId: string | null
    readonly email: string | null
    readonly address: string | null
    readonly agent: string | null
  }
  readonly detail: Readonly<Record<string, EventDetail>>
}

const SUBJECT_WORDS: Readonly<Record<EventSubject, string>> = {
  key: 'Key',
  'admin-key': 'Admin key',
  user: 'Member',
  invite: 'Invite',
  'service-account': 'Service account',
  group: 'Group',
  grant: 'Role of a member',
  role: 'Role',
  project: 'Project',
  limit: 'Limit',
  federation: 'Federation',
  certificate: 'Certificate',
  network: 'IP allow list',
  'sign-on': 'Single sign-on',
  provisioning: 'Provisioning by a directory',
  log: 'Audit log',
  organization: 'Organization settings',
  session: 'Sign-in',
  other: 'Other',
}

/** The subject of an event for people. */
export function eventSubjectWord(subject: EventSubject): string {
  return SUBJECT_WORDS[subject]
}

const ACT_WORDS: Readonly<Record<EventAct, string>> = {
  created: 'created',
  changed: 'changed',
  removed: 'removed',
  enabled: 'turned on',
  disabled: 'turned off',
  succeeded: 'succeeded',
  failed: 'failed',
  other: 'recorded',
}

/** Names an event for people: `Key created`. */
export function eventWord(subject: EventSubject, act: EventAct): string {
  if (subject === 'grant' && act === 'created') return 'Role given'
  if (subject === 'grant' && act === 'removed') return 'Role taken away'
  if (subject === 'user' && act === 'created') return 'Member added'
  if (subject === 'invite' && act === 'created') return 'Invite sent'
  if (subject === 'invite' && act === 'succeeded') return 'Invite accepted'
  return `${eventSubjectWord(subject)} ${ACT_WORDS[act]}`
}
