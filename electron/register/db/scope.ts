import type { Value } from './handles.ts'

/** What a list is narrowed to. */
export interface Scope {
  /** Slug of one client, or undefined for all clients that are not archived. */
  readonly client?: string | undefined
}

/** A piece of SQL with its named parameters. */
export interface Sql {
  readonly text: string
  readonly params: Readonly<Record<string, Value>>
}

/**
 * The ids of the connections in scope, as a subquery. "All clients" means those that are not archived; an archived
 * client is included only when it is named. Removed connections are in no scope.
 */
export function connectionsInScope(scope: Scope): Sql {
  return scope.client === undefined
    ? {
        text: `SELECT cn.id FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.removed_at IS NULL AND c.archived_at IS NULL`,
        params: {},
      }
    : {
        text: `SELECT cn.id FROM connection cn JOIN client c ON c.id = cn.client_id WHERE cn.removed_at IS NULL AND c.slug = :scope_client`,
        params: { scope_client: scope.client },
      }
}

/** Conditions joined by "and", with the parameters of all of them. */
export function listAll(conditions: readonly (Sql | null)[]): Sql {
  const given = conditions.filter((c) => c !== null)
  return {
    text: given.length === 0 ? 'true' : given.map((c) => `(${c.text})`).join(' AND '),
    params: Object.assign({}, ...given.map((c) => c.params)) as Record<string, Value>,
  }
}

export function when<T>(value: T | undefined, condition: (value: T) => Sql): Sql | null {
  return value === undefined ? null : condition(value)
}

/** `LIKE` on a text that may contain LIKE's wildcards. */
export function likeParam(text: string): string {
  return `%${text.replaceAll(/[\\%_]/gu, (sign) => `\\${sign}`)}%`
}

/** The trigram index query for a text of three characters or more; null for a shorter text, which LIKE finds. */
export function ftsPhrase(text: string): string | null {
  // A null byte would end the phrase before its closing quote.
  const plain = text.replaceAll('\0', ' ')
  return Array.from(plain).length >= 3 ? `"${plain.replaceAll('"', '""')}"` : null
}

/** All of the ids, as JSON, for `json_each`: one statement whatever their number. */
export function idsParam(ids: readonly number[]): string {
  return JSON.stringify(ids)
}
