import { expect, it } from 'vitest'

import type { Reader } from '../../../../electron/register/db/handles.ts'
import { usageChanges } from '../../../../electron/register/usage/changes.ts'
import { replaceUsageDays } from '../../../../electron/register/usage/days.ts'
import { usageInside } from '../../../../electron/register/usage/drill.ts'
import { usageMatrix } from '../../../../electron/register/usage/matrix.ts'
import { lastUsageDay, usageSeries, usageTotal } from '../../../../electron/register/usage/series.ts'
import { USAGE_BY } from '../../../../shared/contract/usage.ts'
import { monthOfDay } from '../../../../shared/domain/usage/rollups.ts'
import { type Explained, explainingReader, scans } from '../explaining.ts'
import { newConnection, newRegister } from '../registers.ts'

/* Frequent queries use the key of the cells or of the facts: a full scan of either reads millions of rows. */

const DAY = 20_760
const MONTH = monthOfDay(DAY)
const OF_MONTH = { source: 'billed', over: 'month', from: MONTH, to: MONTH } as const

const fact = {
  day: DAY,
  project: 'p',
  key: 'k',
  principal: 'u',
  model: 'm',
  item: '',
  requests: 1,
  input: 1,
  cached: 0,
  cacheWrite: 0,
  output: 1,
  cost: 1,
  estimate: 1,
}

function register() {
  const made = newRegister()
  const connectionId = newConnection(made)
  made.transact((writer) =>
    replaceUsageDays(writer, { clientId: 1, connectionId }, { report: 'cost', from: DAY, to: DAY + 1, facts: [fact] }),
  )
  return made
}

const QUESTIONS: Readonly<Record<string, (reader: Reader) => unknown>> = {
  ...Object.fromEntries(
    USAGE_BY.flatMap((by) => [
      [
        `${by}, over days`,
        (reader: Reader) =>
          usageSeries(
            reader,
            { source: 'billed', over: 'day', from: DAY - 30, to: DAY },
            { by, shown: 'cost', lines: 8 },
          ),
      ],
      [
        `${by}, over months`,
        (reader: Reader) =>
          usageSeries(
            reader,
            { source: 'billed', over: 'month', from: MONTH - 11, to: MONTH },
            { by, shown: 'tokens', lines: 8 },
          ),
      ],
      [
        `${by}, with the whole month before`,
        (reader: Reader) =>
          usageChanges(
            reader,
            { shown: OF_MONTH, compared: OF_MONTH, other: { ...OF_MONTH, from: MONTH - 1, to: MONTH - 1 } },
            by,
          ),
      ],
      [
        `${by}, with the same days of the month before`,
        (reader: Reader) =>
          usageChanges(
            reader,
            {
              shown: OF_MONTH,
              compared: { source: 'billed', over: 'day', from: DAY, to: DAY + 9 },
              other: { source: 'billed', over: 'day', from: DAY - 30, to: DAY - 10 },
            },
            by,
          ),
      ],
    ]),
  ),
  'the last day of a span': (reader) => lastUsageDay(reader, { source: 'billed', from: DAY - 30, to: DAY }),
  'a span of days': (reader) => usageTotal(reader, { source: 'billed', over: 'day', from: DAY - 30, to: DAY }),
  'each key and model': (reader) =>
    usageMatrix(reader, { source: 'billed', over: 'month', from: MONTH, to: MONTH }, 'key-model'),
  'each feature and key': (reader) =>
    usageMatrix(reader, { source: 'claimed', over: 'month', from: MONTH, to: MONTH }, 'feature-key'),
  'the details of a billed day': (reader) =>
    usageInside(reader, { over: 'day', from: DAY, to: DAY, source: 'billed' }, 'connection', '1 1'),
  'the details of a month of internal records': (reader) =>
    usageInside(reader, { over: 'month', from: MONTH, to: MONTH, source: 'claimed' }, 'connection', '1 0'),
}

it.each(Object.entries(QUESTIONS))('%s: reads only the requested cells and facts', (_, ask) => {
  const plans: Explained[] = []
  ask(explainingReader(register().reader, plans))
  expect(plans.length).toBeGreaterThan(0)
  const walks = plans.flatMap((plan) => scans(plan).filter((scan) => /\b(?:u|f|n|usage_cell|usage_fact)\b/u.test(scan)))
  expect(walks).toEqual([])
})
