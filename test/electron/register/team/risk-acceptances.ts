import type { Day } from '../../../../shared/domain/day.ts'
import type { Op } from '../../../../shared/team/op.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { type Laptop, listCounting } from './registers.ts'

/** What was decided about the risk of a finding. `seq`: infinite while it waits. `until`: null where an acceptance was ended. */
interface Decision {
  readonly member: string
  readonly seq: number
  readonly basis: number
  readonly until: Day | null
}

/**
 * The day until which the risk of a finding is accepted, computed without the product: of the decisions that no later one replaces, since
 * its author had read them or made them, one that ends the acceptance holds, and otherwise the earliest day. In the order of the positions.
 */
export function findDay(decisions: readonly Decision[]): Day | null {
  const left = decisions.filter(
    (one, at) => !decisions.slice(at + 1).some((later) => later.member === one.member || later.basis >= one.seq),
  )
  const days = left.flatMap(({ until }) => until ?? [])
  return days.length < left.length ? null : (days.toSorted()[0] ?? null)
}

/** The findings about whose risk something was decided in a client's log as a device holds it, with what waits there, and the day that holds. */
export function findDays(laptop: Laptop, client: string): Map<string, Day | null> {
  const { reader } = laptop.register
  const counting = listCounting(laptop, client)
  const orders = new Map(counting.map(({ hash, place }) => [hash, place]))
  const waiting = reader
    .column<string>('SELECT operation FROM team_waiting WHERE log = ? AND counts = 1 ORDER BY id', [client])
    .map((text) => ({ op: JSON.parse(text) as Op, member: laptop.member, place: Number.POSITIVE_INFINITY }))
  const decided = [...counting, ...waiting].filter(({ op }) => op.kind.startsWith('finding.'))
  const byFinding = Map.groupBy(decided, ({ op: { body } }) => JSON.stringify([body['findingNamed'], body['cause']]))
  return new Map(
    [...byFinding].map(([finding, all]) => [
      finding,
      findDay(
        all.map(({ op: { kind, on, body }, member, place }) => ({
          member,
          seq: place,
          basis: on === null ? -1 : (orders.get(on) ?? -1),
          until: kind === 'finding.accepted' ? (body['until'] as Day) : null,
        })),
      ),
    ]),
  )
}

/** The same as the table of a register has it, for those findings. */
export function readDays({ reader }: Register, findings: Iterable<string>): Map<string, Day | null> {
  const sql = `SELECT a.until FROM acceptance a JOIN connection n ON n.id = a.connection_id
    WHERE n.uid = ? AND a.rule = ? AND a.subject_kind = ? AND a.external_id = ifnull(?, '') AND a.cause = ?`
  return new Map(
    [...findings].map((finding) => {
      const [named, cause] = JSON.parse(finding) as [Readonly<Record<string, string | null>>, string]
      const { connectionUid, rule, kind, externalId } = named
      return [finding, reader.value<Day>(sql, [connectionUid, rule, kind, externalId, cause] as never) ?? null]
    }),
  )
}
