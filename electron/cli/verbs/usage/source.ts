import { InvalidArgumentError, Option } from 'commander'

import type { Api } from '../../../../shared/contract/contract.ts'
import { counted } from '../../../../shared/domain/counted.ts'
import {
  defaultSource,
  SOURCE_LABELS,
  SOURCE_WORDS,
  toSource,
  toSourceWord,
  USAGE_SOURCES,
  type UsageSource,
} from '../../../../shared/domain/usage/source.ts'
import { daysText, type PeriodReading, READ_WORDS } from '../../../../shared/domain/usage/read-days.ts'
import { Misuse } from '../../kit/failure.ts'
import type { Field } from '../../kit/listing.ts'
import { type Run, readScope } from '../../kit/run.ts'

/** The choice between the two sources of usage, which are never added together. */
export function sourceOption(): Option {
  return new Option('--source <source>', 'billed by the providers, or from internal records')
    .argParser((text) => {
      const word = SOURCE_WORDS.find((each) => each === text)
      if (word === undefined) throw new InvalidArgumentError('Write billed or internal.')
      return toSource(word)
    })
    .default(undefined, 'billed; internal for features, which no provider bills')
}

/** The source of a question: as given, else the one that has its dimensions. Throws `Misuse`. */
export function getSource(asked: UsageSource | undefined, ...dimensions: readonly string[]): UsageSource {
  const known = defaultSource(...dimensions)
  if (asked !== undefined && known === 'claimed' && asked !== known) {
    throw new Misuse('No provider bills features.', 'Only internal records name them: --source internal')
  }
  return asked ?? known
}

/** `Billed usage, 2026-11`: the title over a table, so that the source of its numbers is clear. */
export function formatCaption(source: UsageSource, period: string): string {
  return `${source === 'billed' ? 'Billed usage' : 'Usage of internal records'}, ${period}`
}

/** The reading of the days that a row's numbers are of: how much, and the days where not all were. */
export function readFields<Row extends { readonly reading: PeriodReading }>(): readonly Field<Row>[] {
  return [
    { key: 'reading', json: ({ reading }) => READ_WORDS[reading.state] },
    { key: 'readDays', json: ({ reading }) => (reading.state === 'part' ? daysText(reading.days) : null) },
  ]
}

const READING_TITLES: Readonly<Record<string, string>> = { reading: 'Reading', readDays: 'Read days' }

/** The fields with columns for what was read, for a format that has no caption over its rows. */
export function nameReading<Row>(fields: readonly Field<Row>[]): readonly Field<Row>[] {
  return fields.map((field) => {
    const title = READING_TITLES[field.key]
    return title === undefined ? field : { ...field, column: { title } }
  })
}

/**
 * The message that a source has no usage, or that it is unknown since no day was read (`reading`); it names the other source where
 * that has some.
 */
export async function emptyWords(
  api: Api,
  run: Run,
  source: UsageSource,
  month: string | undefined,
  reading: PeriodReading['state'] = 'whole',
): Promise<string> {
  const isUnread = month !== undefined && reading === 'none'
  const none = isUnread
    ? `Usage of ${month} was not read: it is unknown.`
    : `No usage${month === undefined ? '' : ` in ${month}`}.`
  const nothing = `${none} Source: ${SOURCE_LABELS[source]}.`
  const [other] = USAGE_SOURCES.filter((one) => one !== source)
  if (other === undefined) return nothing
  const months = await api.usage.months({ ...readScope(run), source: other })
  if (months.length === 0)
    return `${nothing} Read it: castellan usage sync. Import records: castellan usage import FILE --client SLUG`
  return `${nothing} ${SOURCE_LABELS[other]}: usage in ${counted(months.length, 'month')}, ${months[0] ?? ''} the latest (--source ${toSourceWord(other)}).`
}

/** The latest month with usage of any source. */
export async function latestMonth(api: Api, run: Run): Promise<string | undefined> {
  const months = await Promise.all(USAGE_SOURCES.map((source) => api.usage.months({ ...readScope(run), source })))
  return months.flat().toSorted().at(-1)
}
