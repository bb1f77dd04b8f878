import { id } from '../../../shared/contract/common.ts'
import { departureMark, type DepartureMark, employment } from '../../../shared/contract/people.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { isDeparted, type Employment } from '../../../shared/domain/people/employment.ts'
import type { Reader, Writer } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { idsParam } from '../db/scope.ts'

export interface StoredEmployment extends Employment {
  /** The file or system that reported it. */
  readonly source: string
  /** When it was last reported, in milliseconds since the epoch. */
  readonly reportedAt: number
  /** When the first file that reports the departure was imported; null while employed. */
  readonly departureReportedAt: number | null
  readonly mark: StoredMark | null
}

/** A manual mark, with the employment that returns when it is removed; null where HR had reported nothing. */
export interface StoredMark extends DepartureMark {
  readonly before: Omit<StoredEmployment, 'mark'> | null
}

/** Whether the employment `e` has ended, as `isDeparted`; uses the parameter `:today`. */
export function departedSql(e: string): string {
  return `(${e}.status = 'departed' OR ifnull(${e}.ends_on < :today, 0))`
}

/** The same as ranges of the index of statuses, to find those who have left among all; null instead of false. */
export function departedRangesSql(e: string): string {
  return `(${e}.status = 'departed' OR (${e}.status IN ('employed', 'leave') AND ${e}.ends_on < :today))`
}

/** The people of all who have left: two searches of one index, since one condition over both would read the table. */
export const DEPARTED = `SELECT person_id FROM employment WHERE status = 'departed'
  UNION ALL SELECT person_id FROM employment WHERE status IN ('employed', 'leave') AND ends_on < :today`

const stored = employment.omit({ departed: true, mark: true })
const columns = stored.extend({ personId: id, mark: departureMark.extend({ before: stored.nullable() }).nullable() })

/** Employment from HR data, by person; people without data are left out. */
export function readEmployment(reader: Reader, personIds: readonly number[]): ReadonlyMap<number, StoredEmployment> {
  const rows = readRows(
    reader,
    columns,
    `SELECT e.person_id AS personId, e.external_id AS externalId, e.name, e.status, e.department, e.manager, e.job_title AS jobTitle,
       e.contractor, e.starts_on AS startsOn, e.ends_on AS endsOn, e.source, e.reported_at AS reportedAt, e.departure_reported_at AS departureReportedAt, e.mark
     FROM json_each(?) j JOIN employment e ON e.person_id = j.value`,
    [idsParam(personIds)],
  )
  return new Map(rows.map(({ personId, ...stored }) => [personId, stored]))
}

/**
 * Stores what a source reports about a person; a manual mark ends with it. The instant at which a departure was first reported is kept until the
 * person is employed again.
 */
export function reportEmployment(
  writer: Writer,
  personId: number,
  reported: Employment & { readonly source: string; readonly at: number; readonly today: Day },
): void {
  const { at, today, source } = reported
  const before = readEmployment(writer, [personId]).get(personId)
  const departureReportedAt = isDeparted(reported, today) ? (before?.departureReportedAt ?? at) : null
  putEmployment(writer, personId, { ...reported, source, reportedAt: at, departureReportedAt, mark: null })
}

/** Writes employment exactly as given. */
export function putEmployment(writer: Writer, personId: number, employment: StoredEmployment): void {
  writer.run(
    `INSERT INTO employment (person_id, external_id, name, status, department, manager, job_title, contractor, starts_on, ends_on,
       source, reported_at, departure_reported_at, mark)
     VALUES (:person, :external, :name, :status, :department, :manager, :title, :contractor, :starts, :ends, :source, :reported, :departure, :mark)
     ON CONFLICT (person_id) DO UPDATE SET external_id = excluded.external_id, name = excluded.name, status = excluded.status,
       department = excluded.department, manager = excluded.manager, job_title = excluded.job_title,
       contractor = excluded.contractor, starts_on = excluded.starts_on, ends_on = excluded.ends_on, source = excluded.source,
       reported_at = excluded.reported_at, departure_reported_at = excluded.departure_reported_at,
       mark = excluded.mark`,
    {
      person: personId,
      external: employment.externalId,
      name: employment.name,
      status: employment.status,
      department: employment.department,
      manager: employment.manager,
      title: employment.jobTitle,
      contractor: employment.contractor ? 1 : 0,
      starts: employment.startsOn,
      ends: employment.endsOn,
      source: employment.source,
      reported: employment.reportedAt,
      departure: employment.departureReportedAt,
      mark: employment.mark === null ? null : JSON.stringify(employment.mark),
    },
  )
}

export function removeEmployment(writer: Writer, personId: number): void {
  writer.run('DELETE FROM employment WHERE person_id = ?', [personId])
}
