import type { KeylessFilter, KeylessRow } from '../../../shared/contract/keyless.ts'
import { keylessMarkdown } from '../../../shared/report/keyless-markdown.ts'
import { keylessSetups } from '../../../shared/report/keyless-setup.ts'
import { keylessIds, keylessProgress, keylessRows } from '../../register/keyless/keyless.ts'
import { toList } from '../../register/db/scope.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

/** The filters of a document, in words; empty for none. */
function narrowing(
  { search, connection, state, certainty, platform }: KeylessFilter,
  rows: readonly KeylessRow[],
): string {
  const words = (name: string, values: string | readonly string[] | undefined): readonly string[] =>
    values === undefined ? [] : [`${name} ${toList(values).join(' or ')}`]
  const label = rows.find((row) => row.connection.id === connection)?.connection.label ?? String(connection)
  return [
    ...words('state', state),
    ...words('certainty', certainty),
    ...words('platform', platform),
    ...(connection === undefined ? [] : [`connection ${label}`]),
    ...(search === undefined || search.trim() === '' ? [] : [`“${search.trim()}” in the name`]),
  ].join('; ')
}

export const keylessRouter = {
  list: os.keyless.list.handler(({ context, input }) =>
    readSlice(
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
    return { text: keylessMarkdown({ client, progress, rows, narrowed: narrowing(input, rows) }) }
  }),
}
