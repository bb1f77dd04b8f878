import { canonicalJson, hasCanonicalForm, type Json } from '../domain/canonical-json.ts'
import { MOST_OPERATIONS } from './batch.ts'
import { type BatchText, op as opSchema, type Op } from './op.ts'

/** How deep lists and objects of a batch's text may be, itself included. */
export const MOST_LEVELS = 64
/** How many values a batch's text may have: they cost memory when they are parsed. */
export const MOST_VALUES = 2_000_000

/** The operations of a batch with the canonical text of each, or why the batch has no effect. */
export type ParsedBatch =
  | { readonly ops: readonly Op[]; readonly texts: readonly string[]; readonly state: BatchText['state'] }
  | 'not-canonical'
  | 'over-budget'

/**
 * Reads the text of a batch. Every budget is counted before it is spent, and on every device alike; a limit of memory or time is never a
 * verdict. An operation that is none makes the whole batch not canonical.
 */
export function parseBatchText(text: string): ParsedBatch {
  if (isOverBudget(text)) return 'over-budget'
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return 'not-canonical'
  }
  if (!hasCanonicalForm(value, MOST_LEVELS) || canonicalJson(value as Json) !== text || !isBatchText(value)) {
    return 'not-canonical'
  }
  if (value.ops.length > MOST_OPERATIONS) return 'over-budget'
  return { ops: value.ops, texts: value.ops.map((op) => canonicalJson(op as Json)), state: value.state }
}

function isBatchText(value: unknown): value is BatchText {
  if (typeof value !== 'object' || value === null) return false
  const { v, state, ops, ...others } = value as Partial<BatchText>
  return (
    v === 1 &&
    Object.keys(others).length === 0 &&
    (state === null || isState(state)) &&
    Array.isArray(ops) &&
    ops.length > 0 &&
    ops.every((op) => opSchema.safeParse(op).success)
  )
}

function isState(state: unknown): boolean {
  const { fold, hash, ...others } = (state ?? {}) as Record<string, unknown>
  return (
    Number.isSafeInteger(fold) &&
    typeof hash === 'string' &&
    /^[0-9a-f]{64}$/u.test(hash) &&
    Object.keys(others).length === 0
  )
}

const [QUOTE, BACKSLASH, COMMA, OPEN_LIST, CLOSE_LIST, OPEN_OBJECT, CLOSE_OBJECT] = Array.from('"\\,[]{}', (sign) =>
  sign.charCodeAt(0),
)

/**
 * True if a text of JSON has more values or levels than a device reads. Each comma outside of strings separates two values, and each list or
 * object that is not empty has one more.
 */
function isOverBudget(text: string): boolean {
  let [values, level, isInString, isOpened] = [1, 0, false, false]
  for (let at = 0; at < text.length; at += 1) {
    const code = text.charCodeAt(at)
    if (isInString) {
      if (code === BACKSLASH) at += 1
      else if (code === QUOTE) isInString = false
      continue
    }
    const isClosed = code === CLOSE_LIST || code === CLOSE_OBJECT
    if (isOpened && !isClosed) values += 1
    isOpened = code === OPEN_LIST || code === OPEN_OBJECT
    if (isOpened) level += 1
    else if (isClosed) level -= 1
    else if (code === COMMA) values += 1
    else if (code === QUOTE) isInString = true
    if (values > MOST_VALUES || level > MOST_LEVELS) return true
  }
  return false
}
