import { type Pin, WILD_PINS } from '../../../shared/domain/federation/workload.ts'
import type { Reader } from '../db/handles.ts'
import { isExpiredInvite } from '../facts/invite-state.ts'
import { isUsable } from '../facts/key-state.ts'
import { EFFECTIVE_GRANTS } from '../facts/grant-now.ts'

/** A current project. */
export interface NamedProject {
  readonly id: number
  readonly externalId: string
  readonly name: string
}

/** The active projects of a connection with a name, ignoring case; a provider allows duplicate names. */
export function projectsNamed(reader: Reader, connectionId: number, name: string): NamedProject[] {
  return [
    ...reader.all<NamedProject>(
      `SELECT id, external_id AS externalId, name FROM project_row
       WHERE connection_id = ? AND status = 'active' AND name = ? COLLATE NOCASE ORDER BY id LIMIT 2`,
      [connectionId, name],
    ),
  ]
}

/** The name by which a change means a federation rule `f`: its own, else its id. */
export const FEDERATION_NAME = `ifnull(nullif(f.name, ''), f.external_id)`

const ISSUER_OFF = `f.issuer_status IN ('disabled', 'archived')`

const pinnedBy = (pins: readonly Pin[]): string =>
  `NOT ifnull(${ISSUER_OFF}, 0) AND f.pin IN (${pins.map((pin) => `'${pin}'`).join(', ')})`

/** Which federation rules `f` of an account a finding is about, by the rule of the finding. */
const ABOUT: Readonly<Record<string, string>> = {
  'federation-wildcard': pinnedBy(WILD_PINS),
  'federation-any-branch': pinnedBy(['repository']),
  'federation-issuer-off': ISSUER_OFF,
  'federation-admin': `EXISTS (SELECT 1 FROM ${EFFECTIVE_GRANTS} e WHERE e.principal_id = f.account_id AND e.via = 'federation'
    AND e.via_role = f.workload AND e.level IN ('owner', 'admin'))`,
}

/** The names of the active federation rules of a service account that a finding of a rule is about. */
export function federationNames(reader: Reader, accountId: number, rule: string, now: number): string[] {
  return reader.column<string>(
    `SELECT ${FEDERATION_NAME} FROM federation_version f WHERE f.account_id = :account AND f.to_sync IS NULL AND f.status = 'active'
       AND ${ABOUT[rule] ?? 'true'} ORDER BY 1 LIMIT 100`,
    { account: accountId, now },
  )
}

/** True if an address belongs to a member, or to an invite that can still be accepted. */
export function isThere(reader: Reader, connectionId: number, email: string, now: number): boolean {
  return (
    reader.value<number>(
      `SELECT 1 FROM account_row p WHERE p.connection_id = :connection AND p.kind IN ('user', 'invite')
         AND p.email = :email COLLATE NOCASE AND NOT ${isExpiredInvite('p')} LIMIT 1`,
      { connection: connectionId, email, now },
    ) === 1
  )
}

/** True if a project has a service account or a usable key with this name. */
export function holdsKeyNamed(reader: Reader, projectId: number, name: string, now: number): boolean {
  return (
    reader.value<number>(
      `SELECT 1 FROM key_row k WHERE k.project_id = :project AND ${isUsable('k')}
         AND (k.name = :name COLLATE NOCASE OR k.owner_name = :name COLLATE NOCASE)
       UNION ALL SELECT 1 FROM ${EFFECTIVE_GRANTS} g JOIN account_row p ON p.id = g.principal_id AND p.kind = 'service-account'
       WHERE g.project_id = :project AND g.via = 'direct' AND p.name = :name COLLATE NOCASE LIMIT 1`,
      { project: projectId, name, now },
    ) === 1
  )
}
