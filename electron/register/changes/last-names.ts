import type { SubjectKind } from '../../../shared/domain/facts.ts'
import type { Reader } from '../db/handles.ts'

export interface LastName {
  readonly id: number
  readonly name: string | null
  readonly personId?: number | null
}

/** A subject, and the sync after which its name is asked for. */
export type NamedAt = readonly [id: number, sync: number]

/** The name that each subject had when a sync had been applied, or had last before it was removed. */
export function lastNames(
  reader: Reader,
  kind: Exclude<SubjectKind, 'connection'>,
  asked: Iterable<NamedAt>,
): ReadonlyMap<number, LastName> {
  const versions = `${kind}_version`
  const fallback = kind === 'principal' ? `ifnull(nullif(v.name, ''), v.email)` : `nullif(v.name, '')`
  return new Map(
    reader
      .all<LastName>(
        `SELECT s.id, ifnull(${fallback}, s.external_id) AS name ${kind === 'principal' ? ', s.person_id AS personId' : ''}
         FROM json_each(?) j JOIN ${kind} s ON s.id = j.value ->> 0
         LEFT JOIN ${versions} v ON v.${kind}_id = s.id AND v.from_sync = (SELECT max(x.from_sync) FROM ${versions} x
           WHERE x.${kind}_id = s.id AND x.from_sync <= j.value ->> 1)`,
        [JSON.stringify([...asked])],
      )
      .map((row) => [row.id, row]),
  )
}
