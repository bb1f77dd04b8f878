import { leaversContract, type LeaverRow, LEAVER_STATES } from '../../../shared/contract/leavers.ts'
import { leaverRows } from '../../register/leavers/counts.ts'
import { listLeavers, isEmploymentReported } from '../../register/leavers/leaver.ts'
import type { Scope } from '../../register/db/scope.ts'
import { checkScope, type Context, getReader, makeRegister, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { pickLeaver, printLeavers } from './document.ts'

const os = implementArea({ leavers: leaversContract })

const ORDER: Readonly<Record<string, (a: LeaverRow, b: LeaverRow) => number>> = {
  pressing: (a, b) => LEAVER_STATES.indexOf(a.state) - LEAVER_STATES.indexOf(b.state) || a.departedAt - b.departedAt,
  name: (a, b) => a.name.localeCompare(b.name),
  departed: (a, b) => a.departedAt - b.departedAt,
}

interface LeaverQuery extends Scope {
  readonly state?: LeaverRow['state'] | undefined
  readonly search?: string | undefined
  readonly sort: { readonly by: string; readonly direction: 'asc' | 'desc' }
}

/** A leaver's place in the list depends on their remaining access, so all are computed together to be sorted. */
function orderedIds(context: Context, query: LeaverQuery): number[] {
  const moment = makeMoment(context)
  const reader = getReader(context)
  const rows = leaverRows(reader, listLeavers(reader, query, moment), query, moment)
  const order = ORDER[query.sort.by] ?? (() => 0)
  const turned = query.sort.direction === 'asc' ? 1 : -1
  return rows
    .filter((row) => query.state === undefined || row.state === query.state)
    .toSorted((a, b) => turned * order(a, b) || a.personId - b.personId)
    .map((row) => row.personId)
}

function listRows(context: Context, ids: readonly number[], scope: Scope): LeaverRow[] {
  const moment = makeMoment(context)
  const reader = getReader(context)
  const people = listLeavers(reader, { client: scope.client, people: ids }, moment)
  const rows = new Map(leaverRows(reader, people, scope, moment).map((row) => [row.personId, row]))
  return ids.flatMap((id) => rows.get(id) ?? [])
}

export const leaversRouter = {
  list: os.leavers.list.handler(({ context, input }) => {
    checkScope(context, input)
    const { offset, limit, ...query } = input
    const revision = makeRegister(context).revision()
    // By the hour: expired access no longer counts, and hours increase.
    const hour = Math.floor(context.now() / 3_600_000)
    const { total, ids } = context.lists.slice({
      list: 'leavers',
      query,
      revision: `${revision} ${hour}`,
      offset,
      limit,
      resolve: () => orderedIds(context, query),
    })
    const reported = isEmploymentReported(getReader(context), { client: query.client })
    return { total, revision, rows: listRows(context, ids, query), reported }
  }),
  get: os.leavers.get.handler(({ context, input }) => pickLeaver(context, input, input.personId)),
  report: os.leavers.report.handler(({ context, input }) => ({ text: [...printLeavers(context, input)].join('') })),
}
