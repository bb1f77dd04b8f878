import { z } from 'zod'

import {
  clientField,
  connectionFields,
  instant as instantField,
  json,
  minute,
  noun,
  own,
  plain,
  providerField,
  text,
} from './noun.ts'
import { clientRef, connectionRef, id, instant, level, madeBy } from './values.ts'

/**
 * The changes between two states, net: those that were reversed in between are left out. The kinds of access compare
 * effective access, the union of direct roles, roles of groups, and the access of organization roles in projects:
 * `raised` and `lowered` the strongest level that a principal holds on a project or the organization, where it is known
 * before and after, `role-changed` the paths at the same level, or a custom role, which compares with none.
 * `role-changed` of a group, `group-joined` and `group-left` are causes; their effects have rows of their own. The
 * kinds of federation are about rules, whose paths are not among those of access. `certificate-expired` is of a
 * certificate that was active when its end came; the other kinds of certificates compare the places where each is.
 * `recipients-changed`, `enforcement-changed`, `provisioning-changed` and `tags-changed` are about a limit, account or
 * project that was there before and after. `first-reading` is one row for a connection that was not read before a day:
 * the findings of its first sync are counted in it, and the rows of the connection compare with that sync.
 */
export const CHANGE_KINDS = [
  'access-gained',
  'access-lost',
  'access-raised',
  'access-lowered',
  'role-changed',
  'group-joined',
  'group-left',
  'person-joined',
  'person-left',
  'person-renamed',
  'address-changed',
  'provisioning-changed',
  'key-created',
  'key-rotated',
  'key-removed',
  'key-re-owned',
  'key-changed',
  'project-created',
  'project-archived',
  'project-removed',
  'project-changed',
  'tags-changed',
  'limit-set',
  'limit-changed',
  'limit-removed',
  'recipients-changed',
  'enforcement-changed',
  'federation-added',
  'federation-changed',
  'federation-removed',
  'certificate-added',
  'certificate-changed',
  'certificate-expired',
  'certificate-removed',
  'first-reading',
] as const

export const changeKind = z.enum(CHANGE_KINDS)
export type ChangeKind = z.infer<typeof changeKind>

export const change = z.object({
  /** Stable for one query; use it only as a key for rows. */
  rowKey: z.string(),
  kind: changeKind,
  client: clientRef,
  connection: connectionRef,
  /** The last sync in between that touched it, and when it ended. */
  sync: z.object({ id, at: instant }),
  /** Who or what changed, by the last name in the register. */
  subject: z.object({
    kind: z.enum(['principal', 'key', 'project', 'limit', 'federation', 'certificate', 'connection']),
    id,
    name: z.string(),
    personId: id.nullable(),
  }),
  project: z.object({ id, name: z.string() }).nullable(),
  /** Of access: every role that is held, each with its path, as in `owner (by group Org readers)`. */
  before: z.string().nullable(),
  after: z.string().nullable(),
  /** The strongest level that is held; null where none is, and of a group. */
  levelBefore: level.nullable(),
  levelAfter: level.nullable(),
  /** By whom and when, where the provider's own log has it. */
  madeBy: madeBy.nullable(),
})
export type Change = z.infer<typeof change>

export const CHANGES = noun(change, {
  id: 'changes',
  title: 'Changes',
  one: 'change',
  many: 'changes',
  about:
    'What differs between two days or syncs: roles, memberships, keys, limits and whom they notify, projects and their tags, accounts that a directory manages, federation rules and certificates.',
  none: 'nothing changed in this period, or there was no second sync yet.',
  fields: {
    syncId: json((row) => row.sync.id),
    at: minute('Detected', { id: 'read', table: {} }, (row) => row.sync.at),
    client: clientField({ wide: 12, grow: 1 }),
    ...connectionFields({ wide: 12, grow: 1, hidden: true }, 'provider-connection'),
    provider: providerField(),
    kind: own('Change', { wide: 15, table: {} }),
    subjectKind: json((row) => row.subject.kind),
    subjectId: json((row) => row.subject.id),
    subject: text('Subject', { wide: 15, grow: 2, table: { flexible: true } }, (row) => row.subject.name),
    personId: json((row) => row.subject.personId),
    projectId: json((row) => row.project?.id),
    project: text('Project', { wide: 12, grow: 1, table: { flexible: true } }, (row) => row.project?.name),
    before: text('Before', { wide: 9, grow: 1, table: { flexible: true } }),
    after: text('After', { wide: 9, grow: 1, table: { flexible: true } }),
    ...plain('levelBefore', 'levelAfter'),
    madeBy: text(
      'By',
      { id: 'by', wide: 13, grow: 1, empty: '', table: { flexible: true, optional: true } },
      (row) => row.madeBy?.name,
    ),
    madeAt: instantField('', {}, (row) => row.madeBy?.at),
  },
  columns: {
    at: 'the sync that found the change; it happened between that one and the one before.',
    kind: 'added, removed, changed or renamed.',
    subject: 'what changed.',
    project: 'where it changed.',
    before: 'the value before.',
    after: 'the value after.',
    madeBy: 'who made it, where the provider’s own log has it.',
    client: 'the client that it concerns.',
    connection: 'the organization and its provider.',
  },
  filters: {},
  sorts: [],
})
