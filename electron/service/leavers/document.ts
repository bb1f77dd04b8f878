import type { Inputs } from '../../../shared/contract/contract.ts'
import { type LeaverDetail, type LeaverRow, leaversTextInput } from '../../../shared/contract/leavers.ts'
import { leaversMarkdown } from '../../../shared/report/leavers-markdown.ts'
import type { Scope } from '../../register/db/scope.ts'
import { leaverRows } from '../../register/leavers/counts.ts'
import { listLeavers } from '../../register/leavers/leaver.ts'
import { eachLeaverDetail, leaverDetails } from '../../register/leavers/detail.ts'
import { eachInOneState } from '../../register/read/report.ts'
import { checkScope, type Context, getReader, makeMoment } from '../core/context.ts'
import { answerEach } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

/** One leaver with everything that remains. Throws `Refusal` NOT_FOUND for a person who is not a leaver, or not in scope. */
export function pickLeaver(context: Context, scope: Scope, personId: number): LeaverDetail {
  checkScope(context, scope)
  const reader = getReader(context)
  const moment = makeMoment(context)
  const people = listLeavers(reader, { client: scope.client, people: [personId] }, moment)
  const [detail] = leaverDetails(reader, people, scope, moment)
  if (detail === undefined) throw notFound('This leaver', READ_AGAIN)
  return detail
}

/**
 * The document about one leaver, or about all for whom something is left to do, piece by piece and from one state of the
 * register. Throws `Refusal` NOT_FOUND.
 */
export function printLeavers(context: Context, input: Inputs['leavers']['report']): Iterable<string> {
  const reader = getReader(context)
  return eachInOneState(reader, () => {
    const moment = makeMoment(context)
    const client =
      input.client === undefined
        ? null
        : (reader.value<string>('SELECT name FROM client WHERE slug = ?', [input.client]) ?? input.client)
    const about = { client, at: context.now() }
    if (input.personId !== undefined) {
      const leaver = pickLeaver(context, input, input.personId)
      return leaversMarkdown({ ...about, ...countHolding([leaver.row]), leavers: [leaver] })
    }
    checkScope(context, input)
    const people = listLeavers(reader, { client: input.client }, moment)
    const open = new Set<number>()
    let [holding, late] = [0, 0]
    for (let at = 0; at < people.length; at += COUNTED_TOGETHER) {
      const rows = leaverRows(reader, people.slice(at, at + COUNTED_TOGETHER), input, moment)
      for (const { personId, state } of rows) if (state !== 'clear') open.add(personId)
      const counts = countHolding(rows)
      holding += counts.holding
      late += counts.late
    }
    const some = people.filter(({ personId }) => open.has(personId))
    return leaversMarkdown({ ...about, holding, late, leavers: eachLeaverDetail(reader, some, input, moment) })
  })
}

/** So many leavers are counted together. */
const COUNTED_TOGETHER = 1000

/** Streams the document for a terminal. The register can be written only after the last piece. */
export function streamLeavers(context: Context, input: Inputs['leavers']['report']): Iterable<string> {
  return answerEach(context, { operation: 'leavers.report', schema: leaversTextInput, input }, (asked) =>
    printLeavers(context, asked),
  )
}

function countHolding(rows: readonly LeaverRow[]): { readonly holding: number; readonly late: number } {
  const holding = rows.filter(({ state }) => state === 'holds')
  return { holding: holding.length, late: holding.filter(({ late }) => late).length }
}
