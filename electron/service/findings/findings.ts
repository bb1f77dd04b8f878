import { evaluateFindings, evaluateStale, STALE } from '../../register/findings/evaluate.ts'
import { assertWritable, type Context, makeRegister, getToday, makeMoment } from '../core/context.ts'

/**
 * Evaluates the connections that today's evaluation does not cover: most rules depend on an age, and a day can break
 * them. Returns how many there were. Throws `Refusal` READ_ONLY.
 */
export function evaluateNow(context: Context): number {
  assertWritable(context)
  const at = makeMoment(context)
  const register = makeRegister(context)
  // Usually there is nothing to do, and a transaction would wait for another writer and move the revision.
  if (register.reader.value(`${STALE} LIMIT 1`, { today: at.today }) === undefined) return 0
  const evaluated = register.transact((writer) => evaluateStale(writer, at))
  if (evaluated > 0) context.events.changed('findings')
  return evaluated
}

/** Evaluates one of those connections; false when there is none. Throws `Refusal` READ_ONLY. */
export function evaluateNext(context: Context): boolean {
  assertWritable(context)
  const register = makeRegister(context)
  const today = getToday(context)
  const next = register.reader.value<number>(`${STALE} LIMIT 1`, { today })
  if (next === undefined) return false
  register.transact((writer) => evaluateFindings(writer, [next], { now: context.now(), today }))
  return true
}
