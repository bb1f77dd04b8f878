import { IDENTIFIED } from '../../../shared/domain/facts.ts'
import type { Writer } from '../db/handles.ts'
import { listVersioned, type StagedType } from './fact-columns.ts'

const differs = (facts: readonly string[], versions: string): string =>
  facts.map((fact) => `${versions}.${fact} IS NOT i.${fact}`).join(' OR ')

const READ_TO_ITS_END = (table: string): string =>
  `EXISTS (SELECT 1 FROM temp.done d WHERE d.source = ${table}.source AND d.project = ${table}.source_project)`

/** Closes changed and removed versions, and opens new ones, for subjects that have an identity. */
export function applySubjects(writer: Writer, connectionId: number, syncId: number): void {
  for (const subject of IDENTIFIED) applySubject(writer, subject, connectionId, syncId)
}

function applySubject(
  writer: Writer,
  subject: (typeof IDENTIFIED)[number],
  connectionId: number,
  syncId: number,
): void {
  const at = { c: connectionId, s: syncId }
  const versions = `${subject}_version`
  const id = `${subject}_id`
  const staged = `temp.in_${subject}`
  const facts = listVersioned(subject)
  writer.run(
    `UPDATE ${versions} SET to_sync = :s FROM ${staged} i
     WHERE ${versions}.${id} = i.id AND ${versions}.to_sync IS NULL AND (${differs(facts, versions)})`,
    { s: syncId },
  )
  writer.run(
    `UPDATE ${versions} SET to_sync = :s
     WHERE to_sync IS NULL AND ${id} IN (SELECT id FROM ${subject} WHERE connection_id = :c)
       AND ${READ_TO_ITS_END(versions)}
       AND NOT EXISTS (SELECT 1 FROM ${subject} y JOIN ${staged} i ON i.x = y.external_id WHERE y.id = ${versions}.${id})`,
    at,
  )
  writer.run(
    `UPDATE ${versions} SET source = i.source, source_project = i.source_project FROM ${staged} i
     WHERE ${versions}.${id} = i.id AND ${versions}.to_sync IS NULL
       AND (${versions}.source <> i.source OR ${versions}.source_project <> i.source_project)`,
  )
  const columns = [...facts, 'source', 'source_project']
  writer.run(
    `INSERT INTO ${versions} (${id}, from_sync, ${columns.join(', ')})
     SELECT i.id, :s, ${columns.map((c) => `i.${c}`).join(', ')} FROM ${staged} i
     WHERE NOT EXISTS (SELECT 1 FROM ${versions} v WHERE v.${id} = i.id AND v.to_sync IS NULL)`,
    { s: syncId },
  )
}

interface Relation {
  readonly type: StagedType
  readonly table: string
  /** The columns that identify the relation, in both tables. */
  readonly identity: readonly string[]
  /** True if a row of the table and a staged row `i` are the same relation. */
  readonly same: string
}

const MEMBERSHIP: Relation = {
  type: 'membership',
  table: 'membership',
  identity: ['group_id', 'member_id'],
  same: 'i.group_id = membership.group_id AND i.member_id = membership.member_id',
}
const GRANT: Relation = {
  type: 'grant',
  table: 'grant',
  identity: ['principal_id', 'project_id', 'role_raw'],
  // The place twice: staged grants are found by the number that is never null, those of the register by the project.
  same: `i.principal_id = grant.principal_id AND i.place = ifnull(grant.project_id, 0) AND i.project_id IS grant.project_id
    AND i.role_raw = grant.role_raw`,
}
const LIMIT: Relation = {
  type: 'limit',
  table: 'limit_version',
  identity: ['external_id'],
  same: 'limit_version.connection_id = :c AND i.external_id = limit_version.external_id',
}
const FEDERATION: Relation = {
  type: 'federation',
  table: 'federation_version',
  identity: ['external_id'],
  same: 'federation_version.connection_id = :c AND i.external_id = federation_version.external_id',
}
const CERTIFICATE: Relation = {
  type: 'certificate',
  table: 'certificate_version',
  identity: ['external_id', 'project_id'],
  same: 'certificate_version.connection_id = :c AND i.external_id = certificate_version.external_id AND i.project_id IS certificate_version.project_id',
}

const RESTRICTION: Relation = {
  type: 'restriction',
  table: 'restriction_version',
  identity: ['external_id'],
  same: 'restriction_version.connection_id = :c AND i.external_id = restriction_version.external_id',
}

const DETAIL: Relation = {
  type: 'detail',
  table: 'detail_version',
  identity: ['of_kind', 'external_id', 'kind'],
  same: 'detail_version.connection_id = :c AND i.of_kind = detail_version.of_kind AND i.external_id = detail_version.external_id AND i.kind = detail_version.kind',
}

/**
 * Applies memberships, grants, limits, federation rules, certificates, restrictions and details, whose rows are their
 * versions. A fact belongs to the list that reported it last: only a complete reading of that one may close it.
 */
export function applyRelations(writer: Writer, connectionId: number, syncId: number): void {
  // The table was filled by external ids; here it is read by internal ids.
  writer.run('CREATE INDEX IF NOT EXISTS temp.in_membership_by_id ON in_membership (group_id, member_id)')
  for (const relation of [MEMBERSHIP, GRANT, LIMIT, FEDERATION, CERTIFICATE, RESTRICTION, DETAIL])
    applyRelation(writer, relation, connectionId, syncId)
}

function applyRelation(writer: Writer, relation: Relation, connectionId: number, syncId: number): void {
  const { type, table, identity, same } = relation
  const c = { c: connectionId }
  const at = { c: connectionId, s: syncId }
  const staged = `temp.in_${type} i`
  const facts = listVersioned(type)
  if (facts.length > 0) {
    writer.run(
      `UPDATE ${table} SET to_sync = :s FROM ${staged}
       WHERE ${table}.connection_id = :c AND ${same} AND ${table}.to_sync IS NULL AND (${differs(facts, table)})`,
      at,
    )
  }
  writer.run(
    `UPDATE ${table} SET to_sync = :s WHERE connection_id = :c AND to_sync IS NULL AND ${READ_TO_ITS_END(table)}
     AND NOT EXISTS (SELECT 1 FROM ${staged} WHERE ${same})`,
    at,
  )
  writer.run(
    `UPDATE ${table} SET source = i.source, source_project = i.source_project FROM ${staged}
     WHERE ${table}.connection_id = :c AND ${table}.to_sync IS NULL AND ${same}
       AND (${table}.source <> i.source OR ${table}.source_project <> i.source_project)`,
    c,
  )
  const columns = [...identity, ...facts, 'source', 'source_project'].join(', ')
  writer.run(
    `INSERT INTO ${table} (connection_id, ${columns}, from_sync) SELECT :c, ${columns}, :s FROM ${staged}
     WHERE NOT EXISTS (SELECT 1 FROM ${table} WHERE ${same} AND ${table}.to_sync IS NULL)
     ${type === 'grant' ? 'ORDER BY i.rowid' : ''}`,
    at,
  )
}

/**
 * Closes what depends on a subject that this sync found removed: a principal that has left the organization holds
 * nothing in it, and a deleted project ends its grants, keys, limits and settings, even where their own list could not be
 * read. The details of an ended principal, project or limit end with it. Facts that a list reported in this very sync are kept.
 */
export function closeDependants(writer: Writer, connectionId: number, syncId: number): void {
  const at = { c: connectionId, s: syncId }
  const removed = (versions: string, id: string): string =>
    `(SELECT v.${id} FROM ${versions} v WHERE v.to_sync = :s
      AND NOT EXISTS (SELECT 1 FROM ${versions} n WHERE n.${id} = v.${id} AND n.to_sync IS NULL))`
  const principals = removed('principal_version', 'principal_id')
  const projects = removed('project_version', 'project_id')
  const close = ({ type, table, same }: Relation, hangs: string): void => {
    writer.run(
      `UPDATE ${table} SET to_sync = :s WHERE connection_id = :c AND to_sync IS NULL AND (${hangs})
       AND NOT EXISTS (SELECT 1 FROM temp.in_${type} i WHERE ${same})`,
      at,
    )
  }
  close(GRANT, `principal_id IN ${principals} OR project_id IN ${projects}`)
  close(MEMBERSHIP, `group_id IN ${principals} OR member_id IN ${principals}`)
  close(LIMIT, `project_id IN ${projects}`)
  close(FEDERATION, `account_id IN ${principals}`)
  close(CERTIFICATE, `project_id IN ${projects}`)
  close(RESTRICTION, `project_id IN ${projects}`)
  const identified = (of: 'principal' | 'project', ids: string): string =>
    `(of_kind = '${of}' AND external_id IN (SELECT o.external_id FROM ${of} o WHERE o.id IN ${ids}))`
  const limits = `(SELECT l.external_id FROM limit_version l WHERE l.connection_id = :c AND l.to_sync = :s
    AND NOT EXISTS (SELECT 1 FROM limit_version n WHERE n.connection_id = :c AND n.external_id = l.external_id AND n.to_sync IS NULL))`
  close(
    DETAIL,
    `${identified('principal', principals)} OR ${identified('project', projects)} OR (of_kind = 'limit' AND external_id IN ${limits})`,
  )
  writer.run(
    `UPDATE key_version SET to_sync = :s WHERE to_sync IS NULL AND project_id IN ${projects}
     AND NOT EXISTS (SELECT 1 FROM key k JOIN temp.in_key i ON i.x = k.external_id WHERE k.id = key_version.key_id)`,
    { s: syncId },
  )
}
