import { keylessContract, KEYLESS_STATE_WORDS, type KeylessFilter } from '../../../shared/contract/keyless.ts'
import { platformName } from '../../../shared/domain/keyless/platforms.ts'
import { keylessMarkdown } from '../../../shared/report/keyless-markdown.ts'
import { keylessSetups } from '../../../shared/report/keyless-setup.ts'
import { keylessIds, keylessProgress, keylessRows } from '../../register/keyless/keyless.ts'
import type { Reader } from '../../register/db/handles.ts'
import { toList } from '../../register/db/scope.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { readLongSlice } from '../core/slices.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

const os = implementArea({ keyless: keylessContract })

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

export const keylessRouter = {
  list: os.keyless.list.handler(({ context, input }) =>
    readLongSlice(
      context,
      { list: 'keyless', query: input, ids: (query) => keylessIds(getReader(context), query, makeMoment(context)) },
      (ids) => keylessRows(getReader(context), ids, makeMoment(context)),
    ),
  ),
  get: os.keyless.get.handler(({ context, input }) => {
    const [row] = keylessRows(getReader(context), [input.keyId], makeMoment(context))
    if (row === undefined) throw notFound('This key in the keyless plan', READ_AGAIN)
    return { row, setups: keylessSetups(row) }
  }),
  progress: os.keyless.progress.handler(({ context, input }) => {
    checkScope(context, input)
    return keylessProgress(getReader(context), input, makeMoment(context))
  }),
  markdown: os.keyless.markdown.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = getReader(context)
    const moment = makeMoment(context)
    const ids = keylessIds(reader, { ...input, sort: { by: 'last-day', direction: 'asc' } }, moment)
    const rows = keylessRows(reader, ids, moment)
    const progress = keylessProgress(reader, input, moment)
    const client = input.client === undefined ? null : (progress[0]?.client.name ?? input.client)
    return { text: keylessMarkdown({ client, progress, rows, narrowed: narrowing(reader, input) }) }
  }),
}
