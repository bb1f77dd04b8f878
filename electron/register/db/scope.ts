import type { Value } from './handles.ts'

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

/** One value of a filter, or several; any of them matches. */
export type OneOrMany<T> = T | readonly T[]

function isList<T>(values: OneOrMany<T>): values is readonly T[] {
  return Array.isArray(values)
}

export function toList<T extends Value>(values: OneOrMany<T>): readonly T[] {
  return isList(values) ? values : [values]
}

/** An expression that has one of some values. One value is compared as such: an index on the column serves it best. */
export function anyOf<T extends Value>(expression: string, name: string, values: OneOrMany<T>): Sql {
  const list = toList(values)
  const [only = null] = list
  return list.length === 1
    ? { text: `${expression} = :${name}`, params: { [name]: only } }
    : { text: `${expression} IN (SELECT value FROM json_each(:${name}))`, params: { [name]: JSON.stringify(list) } }
}

/** Conditions joined by "or", with the parameters of all of them. */
export function listAny(conditions: readonly Sql[]): Sql {
  return {
    text: conditions.map((c) => `(${c.text})`).join(' OR '),
    params: Object.assign({}, ...conditions.map((c) => c.params)) as Record<string, Value>,
  }
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
