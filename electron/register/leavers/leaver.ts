import { instant } from '../../../shared/contract/common.ts'
import { leaverRow, type LeaverState } from '../../../shared/nouns/leavers.ts'
import { type Day, toLocalDay, type Moment } from '../../../shared/domain/day.ts'
import { departureAt } from '../../../shared/domain/leavers/departure.ts'
import { DEPARTED } from '../people/employment.ts'
import { connectionsEverywhere } from '../facts/connections-with-access.ts'
import type { Reader } from '../db/handles.ts'
import { readRows } from '../db/rows.ts'
import { listAll, likeParam, type Scope, when } from '../db/scope.ts'

/** A person who has left according to HR data and is known in a connection in scope. */
export interface Leaver {
  readonly personId: number
  readonly name: string
  readonly email: string | null
  readonly department: string | null
  readonly manager: string | null
  readonly jobTitle: string | null
  readonly contractor: boolean
  readonly endsOn: Day | null
  readonly departedAt: number
  /** The day of departure on the operator's calendar: keys rotated from then on are safe from the leaver. */
  readonly departedOn: Day
}

const columns = leaverRow
  .pick({
    personId: true,
    name: true,
    email: true,
    department: true,
    manager: true,
    jobTitle: true,
    contractor: true,
    endsOn: true,
  })
  .extend({ reportedAt: instant, departureReportedAt: instant.nullable() })

export interface LeaverQuery extends Scope {
  readonly people?: readonly number[] | undefined
  readonly search?: string | undefined
}

/** Whether HR reports on anyone in scope; where it does not, it is unknown who has left. A manual mark is not a report of HR. */
export function isEmploymentReported(reader: Reader, scope: Scope): boolean {
  const within = connectionsEverywhere(scope)
  return (
    reader.value<number>(
      `SELECT EXISTS (SELECT 1 FROM employment e CROSS JOIN principal p ON p.person_id = e.person_id
         WHERE (e.mark IS NULL OR e.mark ->> '$.before' IS NOT NULL) AND +p.connection_id IN (${within.text}))`,
      within.params,
    ) === 1
  )
}

/** Leavers in scope, earliest departure first. */
export function listLeavers(reader: Reader, query: LeaverQuery, { now, today }: Moment): Leaver[] {
  const within = connectionsEverywhere(query)
  const where = listAll([
    {
      text: `EXISTS (SELECT 1 FROM principal p WHERE p.person_id = n.id AND +p.connection_id IN (${within.text}))`,
      params: within.params,
    },
    when(query.people, (people) => ({
      text: 'd.person_id IN (SELECT value FROM json_each(:people))',
      params: { people: JSON.stringify(people) },
    })),
    when(query.search?.trim() || undefined, (text) => ({
      text: `(n.name LIKE :like ESCAPE '\\' OR n.email LIKE :like ESCAPE '\\')`,
      params: { like: likeParam(text) },
    })),
  ])
  return readRows(
    reader,
    columns,
    `SELECT d.person_id AS personId, n.name, n.email, e.department, e.manager, e.job_title AS jobTitle, e.contractor,
       e.ends_on AS endsOn, e.reported_at AS reportedAt, e.departure_reported_at AS departureReportedAt
     FROM (${DEPARTED}) d CROSS JOIN employment e ON e.person_id = d.person_id CROSS JOIN person n ON n.id = d.person_id
     WHERE ${where.text}`,
    { today, ...where.params },
  )
    .map(({ reportedAt, departureReportedAt, ...row }) => {
      const departedAt = departureAt({ endsOn: row.endsOn, departureReportedAt, reportedAt }, now)
      return { ...row, departedAt, departedOn: toLocalDay(departedAt) }
    })
    .toSorted((a, b) => a.departedAt - b.departedAt || a.personId - b.personId)
}

/** What decides a leaver's state. */
export function getState(holds: boolean, shares: boolean): LeaverState {
  if (holds) return 'holds'
  return shares ? 'shared' : 'clear'
}
