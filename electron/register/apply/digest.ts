import { createHash } from 'node:crypto'

import type { Reader } from '../db/handles.ts'

export interface SyncDigest {
  /** The numbers of rows that it opened and closed. */
  readonly opened: number
  readonly closed: number
  /** SHA-256, in hex, over both. */
  readonly digest: string
}

interface Table {
  readonly name: string
  /** Joins from the table `v` to what identifies its row. */
  readonly joins: string
  /** The columns that identify a row to the provider; never changed. */
  readonly identity: readonly string[]
  /** The columns that the provider reported; never changed once written. */
  readonly facts: readonly string[]
}

const PROJECT = 'LEFT JOIN project p ON p.id = v.project_id'
const PRINCIPAL = 'JOIN principal n ON n.id = v.principal_id'

/**
 * Every column of a version of what a provider reported, so that no change to it goes unseen. Which list reported a fact last is left
 * out, and so are last uses, tools and vendors of keys, which change without a version. A column that is added after the first release needs
 * a second version of the digest beside this one, so that digests in audit logs can still be compared.
 */
const TABLES: readonly Table[] = [
  {
    name: 'project_version',
    joins: 'JOIN project p ON p.id = v.project_id',
    identity: ['p.external_id'],
    facts: ['v.name', 'v.status', 'v.is_default', 'v.created_at', 'v.archived_at', 'v.residency'],
  },
  {
    name: 'principal_version',
    joins: PRINCIPAL,
    identity: ['n.external_id', 'n.kind'],
    facts: ['v.name', 'v.email', 'v.role_raw', 'v.level', 'v.status', 'v.added_at', 'v.expires_at'],
  },
  {
    name: 'key_version',
    joins: `JOIN key k ON k.id = v.key_id ${PROJECT}`,
    identity: ['k.external_id'],
    facts: (
      'v.kind v.name v.hint v.status p.external_id v.owner_state v.owner_external_id ' +
      'v.owner_kind v.owner_name v.owner_email v.owner_access v.created_at v.expires_at v.expires_unread v.permissions'
    ).split(' '),
  },
  {
    name: 'membership',
    joins: 'JOIN principal g ON g.id = v.group_id JOIN principal n ON n.id = v.member_id',
    identity: ['g.external_id', 'n.external_id'],
    facts: [],
  },
  {
    name: 'grant',
    joins: `${PRINCIPAL} ${PROJECT}`,
    identity: ['n.external_id', 'p.external_id', 'v.role_raw'],
    facts: ['v.level', 'v.implied_role_raw', 'v.implied_level', 'v.granted_at'],
  },
  {
    name: 'limit_version',
    joins: PROJECT,
    identity: ['v.external_id'],
    facts: ['p.external_id', 'v.kind', 'v.enforcement', 'v.metric', 'v.model', 'v.amount', 'v.period'],
  },
  {
    name: 'federation_version',
    joins: 'LEFT JOIN principal n ON n.id = v.account_id',
    identity: ['v.external_id'],
    facts: (
      'n.external_id v.name v.status v.projects v.reaches_organization v.level v.issuer v.issuer_name v.issuer_status ' +
      'v.audience v.subject v.claims v.condition v.scopes v.lifetime_seconds v.created_at'
    ).split(' '),
  },
  {
    name: 'certificate_version',
    joins: PROJECT,
    identity: ['v.external_id', 'p.external_id'],
    facts: ['v.name', 'v.active', 'v.valid_at', 'v.expires_at', 'v.created_at'],
  },
  {
    name: 'restriction_version',
    joins: PROJECT,
    identity: ['v.external_id'],
    facts: ['p.external_id', 'v.kind', 'v.name', 'v.terms', 'v.keys', 'v.members'],
  },
  {
    name: 'detail_version',
    joins: '',
    identity: ['v.of_kind', 'v.external_id', 'v.kind'],
    facts: ['v.value'],
  },
]

const OPENED = TABLES.map(({ name, joins, identity, facts }) => ({
  what: `+${name}`,
  sql: `SELECT json_array(${[...identity, ...facts].join(', ')}) FROM "${name}" v ${joins} WHERE v.from_sync = ? ORDER BY 1`,
}))
const closedRows = (sync: string) =>
  TABLES.map(({ name, joins, identity }) => ({
    what: `-${name}`,
    sql: `SELECT json_array(${[...identity, sync].join(', ')}) FROM "${name}" v ${joins} WHERE v.to_sync = ? ORDER BY 1`,
  }))
/** `number`: the sync that opened a row by its number in this register; `uid`: by its name in every register. */
const CLOSED = {
  number: closedRows('v.from_sync'),
  uid: closedRows('(SELECT y.uid FROM sync y WHERE y.id = v.from_sync)'),
}

/**
 * The digest of what a sync wrote: all facts of each row that it opened, and the identity of each row that it closed.
 * Rows change later only by being closed, so the digest can be recomputed at any time. Together, the digests of all
 * syncs cover the whole history of facts. The journal has it with the numbers of syncs; `uid` is the same in every register.
 */
export function digestOfSync(reader: Reader, syncId: number, syncs: keyof typeof CLOSED = 'number'): SyncDigest {
  const hash = createHash('sha256')
  const add = (parts: typeof OPENED): number => {
    let rows = 0
    for (const { what, sql } of parts) {
      const lines = reader.column<string>(sql, [syncId])
      hash.update(`${what}\n`)
      for (const line of lines) {
        hash.update(`${line}\n`)
        rows += 1
      }
    }
    return rows
  }
  const opened = add(OPENED)
  const closed = add(CLOSED[syncs])
  return { opened, closed, digest: hash.digest('hex') }
}
