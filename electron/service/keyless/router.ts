import { keylessMarkdown } from '../../../shared/report/keyless-markdown.ts'
import { keylessSetups } from '../../../shared/report/keyless-setup.ts'
import { keylessIds, keylessProgress, keylessRows } from '../../register/keyless/keyless.ts'
import { checkScope, getReader, makeMoment } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

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
    return { text: keylessMarkdown({ client, progress, rows }) }
  }),
}
