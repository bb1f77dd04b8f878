import { type KeylessFilter, KEYLESS_STATE_WORDS } from '../../../shared/contract/keyless.ts'
import type { Moment } from '../../../shared/domain/day.ts'
import { platformName } from '../../../shared/domain/keyless/platforms.ts'
import { keylessMarkdown } from '../../../shared/report/keyless-markdown.ts'
import type { Reader } from '../db/handles.ts'
import { toList } from '../db/scope.ts'
import { keylessIds, keylessProgress, keylessRows } from './keyless.ts'

/** The plan as a Markdown document; see `keylessMarkdown`. */
export function writeKeyless(reader: Reader, filter: KeylessFilter, moment: Moment): string {
  const ids = keylessIds(reader, { ...filter, sort: { by: 'last-day', direction: 'asc' } }, moment)
  const rows = keylessRows(reader, ids, moment)
  const progress = keylessProgress(reader, filter, moment)
  const client = filter.client === undefined ? null : (progress[0]?.client.name ?? filter.client)
  return keylessMarkdown({ client, progress, rows, narrowed: narrowing(reader, filter) })
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
