import type { ImpactSubject } from '../../../shared/contract/impact.ts'
import type { PrincipalKind } from '../../../shared/domain/facts.ts'
import type { Removal } from '../../../shared/domain/providers/facts.ts'
import { providerName } from '../../../shared/domain/providers/providers.ts'
import type { Reader } from '../db/handles.ts'
import { connectionsEverywhere } from '../facts/connections-with-access.ts'
import { idsParam, type Scope } from '../db/scope.ts'

/** The subject of an impact analysis, as the register knows it. */
export interface SubjectFacts {
  readonly name: string
  /**
   * The principals that are removed: all accounts of a person, including already removed ones, since keys may still
   * exist in their name.
   */
  readonly principals: readonly number[]
  readonly groups: readonly number[]
  readonly keyId: number | null
  readonly projectId: number | null
  readonly removal: Removal
  /** A note about the subject itself. */
  readonly notes: readonly string[]
}

/** Null when there is no such subject in scope. */
export function resolveSubject(reader: Reader, subject: ImpactSubject, scope: Scope): SubjectFacts | null {
  if (subject.kind === 'person') return person(reader, subject.id, scope)
  if (subject.kind === 'principal') return principal(reader, subject.id, scope)
  return subject.kind === 'key' ? key(reader, subject.id, scope) : project(reader, subject.id, scope)
}

const NOTHING = { principals: [], groups: [], keyId: null, projectId: null, notes: [] } as const

function person(reader: Reader, id: number, scope: Scope): SubjectFacts | null {
  const name = reader.value<string>('SELECT name FROM person WHERE id = ?', [id])
  const within = connectionsEverywhere(scope)
  const principals = reader.column<number>(
    `SELECT p.id FROM principal p WHERE p.person_id = :id AND +p.connection_id IN (${within.text}) ORDER BY p.id`,
    { id, ...within.params },
  )
  if (name === undefined || principals.length === 0) return null
  return { ...NOTHING, name, principals, removal: 'member' }
}

/** The last name that the principal `p` had. */
export const LAST_NAME = 'ifnull((SELECT a.display_name FROM account_last_row a WHERE a.id = p.id), p.external_id)'

interface PrincipalColumns {
  readonly kind: PrincipalKind
  readonly name: string
}

function principal(reader: Reader, id: number, scope: Scope): SubjectFacts | null {
  const within = connectionsEverywhere(scope)
  const found = reader.get<PrincipalColumns>(
    `SELECT p.kind, ${LAST_NAME} AS name FROM principal p
     WHERE p.id = :id AND +p.connection_id IN (${within.text})`,
    { id, ...within.params },
  )
  if (found === undefined) return null
  const removal = found.kind === 'service-account' ? 'service-account' : 'member'
  return found.kind === 'group'
    ? { ...NOTHING, name: found.name, groups: [id], removal }
    : { ...NOTHING, name: found.name, principals: [id], removal }
}

interface KeyColumns {
  readonly name: string
  readonly vendor: string | null
  readonly provider: string
}

/** A deposited credential ends at the gateway alone. */
function depositedNote(vendor: string, gateway: string): string {
  return `It is a credential of ${providerName(vendor)} that is deposited at ${providerName(gateway)}: calls that ${providerName(gateway)} makes with it stop, and the secret stays valid at ${providerName(vendor)} until it is revoked there.`
}

function key(reader: Reader, id: number, scope: Scope): SubjectFacts | null {
  const within = connectionsEverywhere(scope)
  const found = reader.get<KeyColumns>(
    `SELECT k.name, k.vendor, cn.provider FROM key_last_row k JOIN connection cn ON cn.id = k.connection_id
     WHERE k.id = :id AND +k.connection_id IN (${within.text})`,
    { id, ...within.params },
  )
  if (found === undefined) return null
  const { name, vendor, provider } = found
  const notes = vendor === null ? [] : [depositedNote(vendor, provider)]
  return { ...NOTHING, name, keyId: id, removal: 'key', notes }
}

interface ProjectColumns {
  readonly name: string | null
  readonly externalId: string
  readonly status: string | null
  readonly isDefault: number | null
}

/** Neither provider allows archiving an organization's initial project (OpenAI help 9186755; workspaces guide). */
const DEFAULT_PROJECT = 'This is the organization’s default project: the provider does not allow it to be archived.'

function project(reader: Reader, id: number, scope: Scope): SubjectFacts | null {
  const within = connectionsEverywhere(scope)
  const found = reader.get<ProjectColumns>(
    `SELECT p.external_id AS externalId, p.name, p.status, p.is_default AS isDefault FROM project_last_row p
     WHERE p.id = :id AND +p.connection_id IN (${within.text})`,
    { id, ...within.params },
  )
  if (found === undefined) return null
  const notes = [
    ...(found.isDefault === 1 ? [DEFAULT_PROJECT] : []),
    ...(found.status === 'archived' ? ['It is already archived.'] : []),
  ]
  return { ...NOTHING, name: found.name ?? found.externalId, projectId: id, removal: 'project', notes }
}

/** The principals that a removal deletes, as a parameter for `json_each`. */
export function principalsParam({ principals }: SubjectFacts): string {
  return idsParam(principals)
}
