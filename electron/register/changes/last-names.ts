import type { SubjectKind } from '../../../shared/domain/facts.ts'
import type { Reader } from '../db/handles.ts'
import { idsParam } from '../db/scope.ts'

export interface Named {
  readonly id: number
  readonly name: string | null
  readonly personId?: number | null
}

/** The last name of each subject, whether it is active or removed. */
export function lastNames(
  reader: Reader,
  kind: Exclude<SubjectKind, 'connection'>,
  ids: readonly number[],
): ReadonlyMap<number, Named> {
  const versions = `${kind}_version`
  const fallback = kind === 'principal' ? `ifnull(nullif(v.name, ''), v.email)` : `nullif(v.name, '')`
  return new Map(
    reader
      .all<Named>(
        `SELECT s.id, ifnull(${fallback}, s.external_id) AS name ${kind === 'principal' ? ', s.person_id AS personId' : ''}
         FROM json_each(?) j JOIN ${kind} s ON s.id = j.value
         LEFT JOIN ${versions} v ON v.${kind}_id = s.id AND v.from_sync = (SELECT max(x.from_sync) FROM ${versions} x WHERE x.${kind}_id = s.id)`,
        [idsParam(ids)],
      )
      .map((row) => [row.id, row]),
  )
}
