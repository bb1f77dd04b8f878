import { z } from 'zod'

import { KEY_END_STATES, KEY_KINDS, OWNER_KINDS, OWNER_STATES } from '../domain/facts.ts'
import { KEY_STATUSES } from '../domain/key-status.ts'
import { KEY_HOLDERS } from '../domain/providers/key-holder.ts'
import { ROTATION_STATES } from '../domain/rotation.ts'
import { byDay, many, manyTexts, named, ofOne, search } from './filter.ts'
import {
  clientField,
  code,
  connectionFields,
  findingsField,
  idField,
  instant as instantField,
  json,
  noun,
  own,
  status,
  text,
} from './noun.ts'
import { clientRef, connectionRef, day, findingMark, id, instant, projectRef } from './values.ts'

export const lastUse = z.discriminatedUnion('state', [
  z.object({ state: z.literal('known'), at: instant }),
  /** Last used before that instant. */
  z.object({ state: z.literal('before'), at: instant }),
  z.object({ state: z.literal('never') }),
  z.object({ state: z.literal('not-reported') }),
])

export const keyOwner = z.object({
  state: z.enum(OWNER_STATES),
  kind: z.enum(OWNER_KINDS).nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
  /** The person behind a user, where the register knows one. */
  personId: id.nullable(),
  /**
   * True if the owner is still in the connection; null if the owner is not known, or no list that was read shows it.
   */
  present: z.boolean().nullable(),
  /** OpenAI: whether the owner still reaches the project. */
  access: z.enum(['active', 'inactive']).nullable(),
})

export const keyRow = z.object({
  keyId: id,
  externalId: z.string(),
  name: z.string(),
  hint: z.string().nullable(),
  kind: z.enum(KEY_KINDS),
  /** The tool that made it for its owner at a sign-in, such as Claude Code; null for all other keys. */
  tool: z.string().nullable(),
  /** Of a credential of another vendor that is deposited at a gateway: the vendor, in the gateway's word; else null. */
  vendor: z.string().nullable(),
  /** The permissions of the key, in the provider's words; null where the provider does not report them. */
  permissions: z.string().nullable(),
  status: z.string(),
  client: clientRef,
  connection: connectionRef,
  project: projectRef.nullable(),
  /** Who holds the key. A key of a `workspace` belongs to it: `owner` is only its creator. */
  holder: z.enum(KEY_HOLDERS),
  owner: keyOwner,
  createdAt: instant.nullable(),
  lastUse,
  expiresAt: instant.nullable(),
  endState: z.enum(KEY_END_STATES),
  environment: z.string().nullable(),
  team: z.string().nullable(),
  purpose: z.string().nullable(),
  contact: z.string().nullable(),
  /** When it was marked as a decoy, whose use is an alarm, and why; null for every other key. */
  decoySince: instant.nullable(),
  decoyReason: z.string().nullable(),
  rotation: z.object({
    dueOn: day.nullable(),
    basis: z.string(),
    state: z.enum(ROTATION_STATES),
    /** Days until due; negative when overdue. */
    daysLeft: z.number().int().nullable(),
    lastRotatedOn: day.nullable(),
    snoozedUntil: day.nullable(),
    nextReminderOn: day.nullable(),
  }),
  /** Its open findings, where a list or panel was asked for. */
  findings: findingMark.optional(),
})
export type KeyRow = z.infer<typeof keyRow>

/** Why the use of a key raises no alarm when it is a decoy; null where it does. */
export function findSilence({ lastUse: { state } }: Pick<KeyRow, 'lastUse'>): string | null {
  if (state === 'before') return 'Only a day by which this key was last used is known, so Castellan cannot see its use.'
  return state === 'not-reported'
    ? 'The provider does not report when this key was last used, so Castellan cannot see its use.'
    : null
}

/**
 * `unowned`: no owner or an owner who was removed; `unused`: unused for as long as the client’s policy allows, neither of them a decoy;
 * `never`: never used; `decoy`: marked as a decoy.
 */
export const KEY_FLAGS = ['unowned', 'unused', 'never', 'personal', 'decoy'] as const
export type KeyFlag = (typeof KEY_FLAGS)[number]

/**
 * Whose key it is: that of a person, of a service account, without an owner (`none`, also a workspace’s own), or not reported
 * (`unknown`).
 */
export const KEY_ACCOUNTS = ['person', 'service-account', 'none', 'unknown'] as const
export type KeyAccount = (typeof KEY_ACCOUNTS)[number]

/** The owner of a key; null for a key of a workspace, which has none. */
function getOwner({ holder, owner }: KeyRow): Partial<KeyRow['owner']> {
  return holder === 'workspace' ? {} : owner
}

/** The creator of a key of a workspace; null for every other key. */
function getMaker({ holder, owner }: KeyRow): Partial<KeyRow['owner']> {
  return holder === 'workspace' ? owner : {}
}

export const KEYS = noun(keyRow, {
  id: 'keys',
  title: 'Keys',
  one: 'key',
  many: 'keys',
  about:
    'Credentials of the providers, never their secrets. A key that was rotated and its successor are versions of one logical key, which keeps purpose, contact and interval.',
  none: 'keys appear with the first sync, or with an imported register or CSV file.',
  fields: {
    keyId: idField(),
    name: text('Key', { wide: 18, grow: 2, empty: 'No name', table: { flexible: true, keep: 24 } }),
    hint: code('Key ending', { wide: 14, hidden: true, table: { optional: true } }),
    status: text('Status', { wide: 9, hidden: true, table: {} }),
    client: clientField({ wide: 14, grow: 1 }),
    project: own(
      'Project',
      { wide: 13, grow: 1, table: { flexible: true, optional: true } },
      (row) => row.project?.name,
    ),
    ownerName: own(
      'Owner',
      { id: 'owner', wide: 27, grow: 1, table: { flexible: true, optional: true } },
      (row) => getOwner(row).name,
    ),
    createdAt: instantField('Age', {
      wide: 8,
      whole: true,
      align: 'end',
      hidden: true,
      table: { title: 'Created', optional: true },
    }),
    lastUsedAt: instantField('Last used', { wide: 13, whole: true, table: { optional: true } }, ({ lastUse: use }) =>
      use.state === 'known' ? use.at : null,
    ),
    dueOn: own('Due', { wide: 22, whole: true, align: 'end', table: {} }, (row) => row.rotation.dueOn),
    rotation: status('Rotation', { wide: 14, hidden: true, table: {} }, (row) => row.rotation.state),
    externalId: code('Key id', { id: 'id', wide: 19, hidden: true }),
    kind: json(),
    permissions: text('Permissions', {
      wide: 16,
      hidden: true,
      empty: 'Not reported',
      table: { flexible: true, optional: true },
    }),
    tool: text('Tool', { wide: 13, hidden: true, empty: 'None' }),
    vendor: text('Vendor', { wide: 13, hidden: true, empty: 'None' }),
    ...connectionFields({ wide: 17, hidden: true }),
    provider: json((row) => row.connection.provider),
    organizationId: json((row) => row.connection.organizationId),
    projectId: json((row) => row.project?.id ?? null),
    holder: json(),
    ownerState: json((row) => getOwner(row).state ?? null),
    ownerKind: json((row) => getOwner(row).kind ?? null),
    ownerEmail: json((row) => getOwner(row).email ?? null),
    ownerPresent: json((row) => getOwner(row).present ?? null),
    ownerAccess: json((row) => getOwner(row).access ?? null),
    madeBy: json((row) => getMaker(row).name ?? null),
    madeByEmail: json((row) => getMaker(row).email ?? null),
    madeByPresent: json((row) => getMaker(row).present ?? null),
    ownerRemoved: json((row) => row.owner.present === false),
    lastUse: json((row) => row.lastUse.state),
    lastUsedBefore: instantField('', {}, ({ lastUse: use }) => (use.state === 'before' ? use.at : null)),
    expiresAt: instantField('Expires', { wide: 13, whole: true, hidden: true }),
    endState: json(),
    environment: text('Environment', { wide: 12, hidden: true }),
    team: text('Team', { wide: 10, hidden: true }),
    purpose: text('Purpose', { wide: 13, hidden: true }),
    contact: text('Contact', { wide: 17, hidden: true }),
    decoySince: instantField('Decoy', { id: 'decoy', wide: 11, hidden: true, empty: 'No' }),
    decoyReason: json(),
    dueBasis: json((row) => row.rotation.basis),
    daysLeft: json((row) => row.rotation.daysLeft),
    lastRotatedOn: json((row) => row.rotation.lastRotatedOn),
    snoozedUntil: json((row) => row.rotation.snoozedUntil),
    nextReminderOn: json((row) => row.rotation.nextReminderOn),
    findings: findingsField(),
  },
  columns: {
    name: 'the name of the key. Environment, team and purpose are read from names that follow the policy’s pattern.',
    client: 'the client whose organization has the key.',
    project: 'the project that the key belongs to; admin keys and keys without a project show their kind instead.',
    dueOn:
      'the day by which the key is to be rotated, and how far it is away. It follows from the policy, the key’s own interval or date.',
    ownerName:
      'who the key belongs to, and whether they still have access. _No owner_ and _Not reported_ are different.',
    lastUsedAt: 'as the provider reports it; some providers report only that it was before a day.',
    findings: 'the highest severity and the number of open findings about the key.',
    rotation: 'overdue, due, on track, or without a due date.',
    createdAt: 'days since the key was created.',
    expiresAt: 'when the provider stops accepting the key; _Never_ where it has no expiry.',
    connection: 'the organization that the key was read from.',
    environment: 'production, development and the like: set in the key’s panel, or read from its name.',
    team: 'set in the key’s panel, or read from its name.',
    purpose: 'what the key is for: set in the key’s panel, or read from its name.',
    contact: 'who is asked about the key. Reminders name them.',
    decoySince: 'since when the key is marked as a decoy: nothing should use it, and its use is a critical finding.',
    permissions:
      'what the key may do, in the provider’s words, at most what its holder may: the routes of a LiteLLM key, or _All APIs_. _Not reported_ where the provider’s list of keys does not contain it, as with OpenAI and Anthropic.',
    tool: 'the tool that made the key for its owner at a sign-in, such as Claude Code.',
    vendor: 'of a credential that is deposited at a gateway: the vendor that it is for.',
    status: 'the provider’s own word, such as active or inactive.',
    hint: 'the last characters of the key, by which it is recognized in a configuration.',
    externalId: 'the provider’s id of the key.',
  },
  filters: {
    search: search('part of a name, an id, a hint or an owner'),
    connection: ofOne,
    project: ofOne,
    /** The person who owns them. */
    person: named('owner', ofOne),
    /** The account that owns them. */
    principal: { ...ofOne, param: null },
    environment: manyTexts({ placeholder: '<name>', help: 'only keys of this environment' }),
    /** Whose key it is. */
    account: many(KEY_ACCOUNTS, { placeholder: '<kind>', help: 'only keys of this kind of account' }),
    rotation: many(ROTATION_STATES, { placeholder: '<state>', help: 'only this state of rotation' }),
    flag: many(KEY_FLAGS, {
      placeholder: '<flag>',
      help: 'unowned: no active owner; unused: for longer than the policy allows; decoy: marked as a decoy',
    }),
    kind: many(KEY_KINDS, { placeholder: '<kind>', help: 'only this kind' }),
    status: many(KEY_STATUSES, { placeholder: '<status>', help: 'only this status' }),
    /** Due on that day at the earliest. */
    dueFrom: byDay,
    /** Due on that day at the latest, overdue ones included. */
    dueUntil: byDay,
  },
  sorts: ['due', 'name', 'client', 'project', 'owner', 'created', 'last-used', 'expires'],
})

/** The list of keys by their due day. */
export const DUE_KEYS = noun(keyRow, {
  ...KEYS,
  id: 'rotation',
  title: 'Rotation',
  about:
    'The keys by due day, most urgent first. _Mark rotated_ moves the due day; the next sync also recognizes a successor by itself.',
  none: 'no key has this due day, or no keys were read yet.',
  fields: {
    ...KEYS.fields,
    environment: text('Environment', { wide: 12 }),
    contact: text('Contact', { wide: 14, grow: 1 }),
  },
  columns: {
    name: 'the name of the key.',
    client: 'the client whose organization has the key.',
    dueOn:
      'the day by which the key is to be rotated, from the policy, or from the key’s own interval or date, and the distance to it.',
    environment: 'production, development and the like.',
    project: 'the project that the key belongs to.',
    ownerName: 'who the key belongs to, and whether they still have access.',
    contact: 'who is asked about the key.',
    lastUsedAt: 'as the provider reports it.',
    rotation: 'overdue, due, on track, or without a due date.',
    createdAt: 'days since the key was created.',
    expiresAt: 'when the provider stops accepting the key.',
    connection: 'the organization that the key was read from.',
    team: 'set in the key’s panel, or read from its name.',
    purpose: 'what the key is for.',
    status: 'the provider’s own word.',
    hint: 'the last characters of the key.',
    externalId: 'the provider’s id of the key.',
  },
})
export type KeyFilter = z.input<typeof KEYS.filter>
