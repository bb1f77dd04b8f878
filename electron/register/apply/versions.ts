import type { Writer } from '../db/handles.ts'
import { listVersioned } from './fact-columns.ts'

const SUBJECTS = ['project', 'principal', 'key'] as const

const differs = (facts: readonly string[], versions: string): string =>
  facts.map((fact) => `${versions}.${fact} IS NOT i.${fact}`).join(' OR ')

const READ_TO_ITS_END = (table: string): string =>
  `EXISTS (SELECT 1 FROM temp.done d WHERE d.source = ${table}.source AND d.project = ${table}.source_project)`

/** Closes what changed or is gone, and opens what is new, for subjects that have an identity. */
export function applySubjects(writer: Writer, connectionId: number, syncId: number): void {
  for (const subject of SUBJECTS) applySubject(writer, subject, connectionId, syncId)
}

function applySubject(writer: Writer, subject: (typeof SUBJECTS)[number], connectionId: number, syncId: number): void {
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
  const columns = [...facts, 'source', 'source_project']
  writer.run(
    `INSERT INTO ${versions} (${id}, from_sync, ${columns.join(', ')})
     SELECT i.id, :s, ${columns.map((c) => `i.${c}`).join(', ')} FROM ${staged} i
     WHERE NOT EXISTS (SELECT 1 FROM ${versions} v WHERE v.${id} = i.id AND v.to_sync IS NULL)`,
    { s: syncId },
  )
  writer.run(
    `UPDATE ${versions} SET source = i.source, source_project = i.source_project FROM ${staged} i
     WHERE ${versions}.${id} = i.id AND ${versions}.to_sync IS NULL
       AND (${versions}.source <> i.source OR ${versions}.source_project <> i.source_project)`,
  )
}

const GRANT_FACTS = listVersioned('grant')
const LIMIT_FACTS = listVersioned('limit')

/**
 * The same for grants, memberships and limits, whose rows are their versions. A fact belongs to the list that told it
 * last: only a complete reading of that one may close it.
 */
export function applyRelations(writer: Writer, connectionId: number, syncId: number): void {
  const at = { c: connectionId, s: syncId }
  const gone = (table: string, staged: string): void => {
    writer.run(
      `UPDATE ${table} SET to_sync = :s WHERE connection_id = :c AND to_sync IS NULL AND ${READ_TO_ITS_END(table)}
       AND NOT EXISTS (SELECT 1 FROM ${staged})`,
      at,
    )
  }
  const toldBy = (table: string, staged: string, same: string): void => {
    writer.run(
      `UPDATE ${table} SET source = i.source, source_project = i.source_project FROM temp.${staged} i
       WHERE ${table}.connection_id = :c AND ${table}.to_sync IS NULL AND ${same}
         AND (${table}.source <> i.source OR ${table}.source_project <> i.source_project)`,
      { c: connectionId },
    )
  }
  // The tables were filled by external ids; here they are asked by ours.
  writer.run('CREATE INDEX IF NOT EXISTS temp.in_membership_by_id ON in_membership (group_id, member_id)')
  writer.run('CREATE INDEX IF NOT EXISTS temp.in_grant_by_id ON in_grant (principal_id, project_id, role_raw)')
  const sameGrant = 'g.principal_id = i.principal_id AND g.project_id IS i.project_id AND g.role_raw = i.role_raw'
  gone(
    'membership',
    'temp.in_membership i WHERE i.group_id = membership.group_id AND i.member_id = membership.member_id',
  )
  writer.run(
    `INSERT INTO membership (connection_id, group_id, member_id, source, source_project, from_sync)
     SELECT :c, group_id, member_id, source, source_project, :s FROM temp.in_membership i
     WHERE NOT EXISTS (SELECT 1 FROM membership m WHERE m.group_id = i.group_id AND m.member_id = i.member_id AND m.to_sync IS NULL)`,
    at,
  )
  toldBy('membership', 'in_membership', 'membership.group_id = i.group_id AND membership.member_id = i.member_id')
  gone(
    'grant',
    `temp.in_grant i WHERE i.principal_id = grant.principal_id AND i.project_id IS grant.project_id AND i.role_raw = grant.role_raw
     AND NOT (${differs(GRANT_FACTS, 'grant')})`,
  )
  writer.run(
    `UPDATE grant SET to_sync = :s FROM temp.in_grant i
     WHERE grant.connection_id = :c AND grant.principal_id = i.principal_id AND grant.project_id IS i.project_id
       AND grant.role_raw = i.role_raw AND grant.to_sync IS NULL AND (${differs(GRANT_FACTS, 'grant')})`,
    at,
  )
  writer.run(
    `INSERT INTO grant (connection_id, principal_id, project_id, role_raw, ${GRANT_FACTS.join(', ')}, source, source_project, from_sync)
     SELECT :c, principal_id, project_id, role_raw, ${GRANT_FACTS.join(', ')}, source, source_project, :s FROM temp.in_grant i
     WHERE NOT EXISTS (SELECT 1 FROM grant g WHERE ${sameGrant} AND g.to_sync IS NULL) ORDER BY i.rowid`,
    at,
  )
  toldBy(
    'grant',
    'in_grant',
    'grant.principal_id = i.principal_id AND grant.project_id IS i.project_id AND grant.role_raw = i.role_raw',
  )
  writer.run(
    `UPDATE limit_version SET to_sync = :s FROM temp.in_limit i
     WHERE limit_version.connection_id = :c AND limit_version.external_id = i.x AND limit_version.to_sync IS NULL
       AND (${differs(LIMIT_FACTS, 'limit_version')})`,
    at,
  )
  gone('limit_version', 'temp.in_limit i WHERE i.x = limit_version.external_id')
  writer.run(
    `INSERT INTO limit_version (connection_id, external_id, ${LIMIT_FACTS.join(', ')}, source, source_project, from_sync)
     SELECT :c, x, ${LIMIT_FACTS.join(', ')}, source, source_project, :s FROM temp.in_limit i
     WHERE NOT EXISTS (SELECT 1 FROM limit_version v WHERE v.connection_id = :c AND v.external_id = i.x AND v.to_sync IS NULL)`,
    at,
  )
  toldBy('limit_version', 'in_limit', 'limit_version.external_id = i.x')
}

/**
 * Closes what hangs on a subject that this sync found gone: whoever is no longer in the organization holds nothing in
 * it, and a deleted project takes its grants, keys and limits along, even where their own list could not be read. What a
 * list told in this very sync stands.
 */
export function closeDependants(writer: Writer, connectionId: number, syncId: number): void {
  const at = { c: connectionId, s: syncId }
  const gone = (versions: string, id: string): string =>
    `(SELECT v.${id} FROM ${versions} v WHERE v.to_sync = :s
      AND NOT EXISTS (SELECT 1 FROM ${versions} n WHERE n.${id} = v.${id} AND n.to_sync IS NULL))`
  const principals = gone('principal_version', 'principal_id')
  const projects = gone('project_version', 'project_id')
  const close = (table: string, hangs: string, told: string): void => {
    writer.run(
      `UPDATE ${table} SET to_sync = :s WHERE connection_id = :c AND to_sync IS NULL AND (${hangs})
       AND NOT EXISTS (SELECT 1 FROM temp.${told})`,
      at,
    )
  }
  close(
    'grant',
    `principal_id IN ${principals} OR project_id IN ${projects}`,
    'in_grant i WHERE i.principal_id = grant.principal_id AND i.project_id IS grant.project_id AND i.role_raw = grant.role_raw',
  )
  close(
    'membership',
    `group_id IN ${principals} OR member_id IN ${principals}`,
    'in_membership i WHERE i.group_id = membership.group_id AND i.member_id = membership.member_id',
  )
  close('limit_version', `project_id IN ${projects}`, 'in_limit i WHERE i.x = limit_version.external_id')
  writer.run(
    `UPDATE key_version SET to_sync = :s WHERE to_sync IS NULL AND project_id IN ${projects}
     AND NOT EXISTS (SELECT 1 FROM key k JOIN temp.in_key i ON i.x = k.external_id WHERE k.id = key_version.key_id)`,
    { s: syncId },
  )
}
