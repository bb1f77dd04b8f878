import { type KeylessFilter, type KeylessRow, KEYLESS_STATE_WORDS } from '../../../shared/nouns/keyless.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { platformName } from '../../../shared/domain/keyless/platforms.ts'
import { keylessMarkdown } from '../../../shared/report/keyless-markdown.ts'
import type { Reader } from '../db/handles.ts'
import { toList } from '../db/scope.ts'
import { keylessIds, keylessRows, readKeyless } from './keyless.ts'

/** The plan as a Markdown document; see `keylessMarkdown`. */
export function writeKeyless(reader: Reader, filter: KeylessFilter, moment: Moment): string {
  return [...printKeyless(reader, filter, moment)].join('')
}

/** Prints the plan piece by piece. */
export function printKeyless(reader: Reader, filter: KeylessFilter, moment: Moment): Iterable<string> {
  const { plan, progress } = readKeyless(reader, { client: filter.client }, moment)
  const listIds = (narrower: KeylessFilter): readonly number[] => {
    // A text is compared with those of every key, which a plan does not have any more.
    const known = (filter.search ?? '').trim() === '' ? { plan } : {}
    return keylessIds(reader, { ...narrower, ...known, sort: { by: 'last-day', direction: 'asc' } }, moment)
  }
  const ids = listIds(filter)
  const hasOpen = filter.state === undefined || toList(filter.state).includes('static')
  return keylessMarkdown({
    client: filter.client === undefined ? null : (progress[0]?.client.name ?? filter.client),
    progress,
    count: ids.length,
    open: hasOpen ? listIds({ ...filter, state: 'static' }).length : 0,
    rows: eachKeyless(reader, ids, moment),
    narrowed: narrowing(reader, filter),
  })
}

/** Rows that are in memory together. */
const TOGETHER = 500

function* eachKeyless(reader: Reader, ids: readonly number[], moment: Moment): Generator<KeylessRow> {
  for (let at = 0; at < ids.length; at += TOGETHER) yield* keylessRows(reader, ids.slice(at, at + TOGETHER), moment)
}

/** The filters of a document, in words; empty for none. */
function narrowing(
  reader: Reader,
  { search, connection, state, certainty, platform }: Omit<KeylessFilter, 'client'>,
): string {
  const text = search?.trim() ?? ''
  const words = <T extends string>(values: T | readonly T[] | undefined, toWord: (value: T) => string): string[] =>
    values === undefined ? [] : [toList<T>(values).map(toWord).join(' or ')]
  return [
    ...words(state, (value) => `state “${KEYLESS_STATE_WORDS[value]}”`),
    ...words(certainty, (value) => `certainty ${value}`),
    ...words(platform, (value) => `platform ${platformName(value)}`),
    ...(connection === undefined ? [] : [`connection ${readLabel(reader, connection)}`]),
    ...(text === '' ? [] : [`“${text}” in the name, the project or the service account`]),
  ].join('; ')
}

function readLabel(reader: Reader, connection: number): string {
  return (
    reader.value<string>('SELECT label FROM connection WHERE id = ?', [connection]) ??
    'that this register does not have'
  )
}
