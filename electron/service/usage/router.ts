import { usageContract } from '../../../shared/contract/usage.ts'
import {
  dayNumber,
  dayText,
  monthNumber,
  monthOfDay,
  monthText,
  toFirstDay,
} from '../../../shared/domain/usage/rollups.ts'
import { usageMonths } from '../../register/usage/by.ts'
import { assertWritable, checkScope, findClientId, readOperator, getReader, makeRegister } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { usageInside } from '../../register/usage/drill.ts'
import { countImports, listImports } from '../../register/usage/imports.ts'
import { usageMatrix } from '../../register/usage/matrix.ts'
import { usageSeries, usageTotal } from '../../register/usage/series.ts'
import { chosenConnections } from '../sync/start.ts'
import { checkBudgets } from './budget-spend.ts'
import { importUsage } from './import.ts'
import { syncOne } from './sync-one.ts'
import { undoUsage } from './undo.ts'
import { comparedDays, isComparable, rowsOfMonth, spansOf, toSpan as toDaySpan } from './month-rows.ts'
import { readScopeDays, readSpan } from './readings.ts'
import { type Days, parsePeriod, toDays, toSpan } from './spans.ts'

const os = implementArea({ usage: usageContract })

export const usageRouter = {
  sync: os.usage.sync.handler(async function* ({ context, input, signal }) {
    checkScope(context, input)
    assertWritable(context)
    const stop = signal ?? new AbortController().signal
    for (const connection of chosenConnections(context, input)) {
      yield await syncOne(context, connection, input.credential, stop)
      context.events.changed('usage')
    }
    checkBudgets(context)
  }),
  import: os.usage.import.handler(async function* ({ context, input, signal }) {
    assertWritable(context)
    const options = {
      register: makeRegister(context),
      clientId: findClientId(context, input.client),
      client: input.client,
      path: input.path,
      operator: readOperator(context),
      now: context.now,
    }
    try {
      yield* importUsage(options, signal ?? new AbortController().signal)
      checkBudgets(context)
    } finally {
      context.events.changed('usage')
    }
  }),
  imports: os.usage.imports.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    return { total: countImports(reader, input), rows: listImports(reader, input, input) }
  }),
  undo: os.usage.undo.handler(({ context, input }) => undoUsage(context, input.importId)),
  by: os.usage.by.handler(({ context, input }) => {
    checkScope(context, input)
    return rowsOfMonth(context, input)
  }),
  matrix: os.usage.matrix.handler(({ context, input }) => {
    checkScope(context, input)
    const at = monthNumber(input.month) ?? 0
    const span = { over: 'month', from: at, to: at } as const
    return {
      ...usageMatrix(getReader(context), { ...input, ...span }, input.of, input.limit),
      ...readSpan(context, input, toDays(span, dayNumber(context.now()))),
    }
  }),
  months: os.usage.months.handler(({ context, input }) => {
    checkScope(context, input)
    return usageMonths(getReader(context), input, input.source).map(monthText)
  }),
  series: os.usage.series.handler(({ context, input }) => {
    checkScope(context, input)
    const { client, source, stretch } = input
    const reader = getReader(context)
    const today = dayNumber(context.now())
    const month = monthNumber(input.month ?? '') ?? usageMonths(reader, input, source)[0] ?? monthOfDay(today)
    const span = toSpan(stretch, month, today)
    const { of } = readScopeDays(context, { client }, source)
    const read = Array.from({ length: span.to - span.from + 1 }, (_, n) => {
      const at = span.from + n
      return of(span.over === 'day' ? { from: at, to: at + 1 } : { from: toFirstDay(at), to: toFirstDay(at + 1) }).state
    })
    return { ...usageSeries(reader, { client, source, ...span }, input), read, today: dayText(today) }
  }),
  compare: os.usage.compare.handler(({ context, input }) => {
    checkScope(context, input)
    const { client, source, month } = input
    const spans = spansOf(context, input)
    const total = (span: Days) => usageTotal(getReader(context), { client, source, over: 'day', ...span })
    const days = comparedDays(context, input, spans)
    const isLastRead = readScopeDays(context, { client }, source).of(toDaySpan(spans.last)).state === 'whole'
    return {
      month,
      day: spans.day,
      ...days,
      now: total(spans.now),
      before: isComparable(days) ? total(spans.before) : null,
      last: isLastRead ? total(spans.last) : null,
    }
  }),
  inside: os.usage.inside.handler(({ context, input }) => {
    checkScope(context, input)
    const { client, source, by, rowKey } = input
    const span = parsePeriod(input.period)
    return {
      ...usageInside(getReader(context), { client, source, ...span }, by, rowKey),
      ...readSpan(context, input, toDays(span, dayNumber(context.now()))),
    }
  }),
}
