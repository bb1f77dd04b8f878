import type { EventAct, EventSubject } from '../domain/events/event.ts'

/** The version of the Open Cybersecurity Schema Framework that the output follows: its ids and captions are below. */
export const OCSF_VERSION = '1.8.0'

/** The classes of events, with the captions of the schema. */
export const OCSF_CLASSES = {
  account: { uid: 3001, category: 3, caption: 'Account Change' },
  authentication: { uid: 3002, category: 3, caption: 'Authentication' },
  entity: { uid: 3004, category: 3, caption: 'Entity Management' },
  group: { uid: 3006, category: 3, caption: 'Group Management' },
  base: { uid: 0, category: 0, caption: 'Base Event' },
} as const

export type OcsfClass = keyof typeof OCSF_CLASSES

/** An activity of a class, by its id and caption in the schema. */
export type OcsfActivity = readonly [id: number, caption: string]

/** An act without an activity of its own in the class; its name is the provider's word. */
export const OTHER: OcsfActivity = [99, 'Other']

type Activities = Readonly<Partial<Record<EventAct, OcsfActivity>>>

const ACCOUNT: Activities = {
  created: [1, 'Create'],
  enabled: [2, 'Enable'],
  disabled: [5, 'Disable'],
  removed: [6, 'Delete'],
}

const ENTITY: Activities = {
  created: [1, 'Create'],
  changed: [3, 'Update'],
  removed: [4, 'Delete'],
  enabled: [8, 'Enable'],
  disabled: [9, 'Disable'],
}

/** The class of an event in the schema, by its subject. */
export interface OcsfMeaning {
  readonly class: OcsfClass
  readonly activities: Activities
}

const OF_ENTITY: OcsfMeaning = { class: 'entity', activities: ENTITY }

export const OCSF_MEANINGS: Readonly<Record<EventSubject, OcsfMeaning>> = {
  user: { class: 'account', activities: ACCOUNT },
  'service-account': { class: 'account', activities: ACCOUNT },
  // A role is a policy that is attached to an account.
  grant: {
    class: 'account',
    activities: { created: [7, 'Attach Policy'], changed: [7, 'Attach Policy'], removed: [8, 'Detach Policy'] },
  },
  group: { class: 'group', activities: { created: [6, 'Create'], removed: [5, 'Delete'] } },
  // An invite is not an account: there is none until it was accepted.
  invite: { class: 'entity', activities: { ...ENTITY, succeeded: [10, 'Activate'] } },
  // The result is in the status of the event.
  session: {
    class: 'authentication',
    activities: { created: [1, 'Logon'], succeeded: [1, 'Logon'], failed: [1, 'Logon'], removed: [2, 'Logoff'] },
  },
  key: OF_ENTITY,
  'admin-key': OF_ENTITY,
  role: OF_ENTITY,
  project: OF_ENTITY,
  limit: OF_ENTITY,
  federation: OF_ENTITY,
  certificate: OF_ENTITY,
  network: OF_ENTITY,
  'sign-on': OF_ENTITY,
  provisioning: OF_ENTITY,
  log: OF_ENTITY,
  organization: OF_ENTITY,
  other: { class: 'base', activities: {} },
}

/** Activities that the provider's word shows and the act does not, the first that fits; each is of the class of its subject. */
export const OCSF_WORDS: readonly {
  readonly subject: EventSubject
  readonly word: RegExp
  readonly activity: OcsfActivity
}[] = [
  {
    subject: 'session',
    word: /log_?(?:ged_)?out|sign(?:ed)?_?out|session_?(?:revoked|ended|deleted)/u,
    activity: [2, 'Logoff'],
  },
  { subject: 'group', word: /member.*(?:added|created)/u, activity: [3, 'Add User'] },
  { subject: 'group', word: /member.*(?:removed|deleted)/u, activity: [4, 'Remove User'] },
]

/** The class of a role given to or taken from a group. */
export const OCSF_GROUP_GRANT: OcsfMeaning = {
  class: 'group',
  activities: {
    created: [1, 'Assign Privileges'],
    changed: [1, 'Assign Privileges'],
    removed: [2, 'Revoke Privileges'],
  },
}
