import { keylessContract } from '../../../shared/contract/keyless.ts'
import { keylessSetups } from '../../../shared/report/keyless-setup.ts'
import { writeKeyless } from '../../register/keyless/document.ts'
import { keylessIds, keylessProgress, keylessRows, readKeyless } from '../../register/keyless/keyless.ts'
import { checkScope, type Context, getReader, makeMoment } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { isLongRegister, readLongSlice, readWhole } from '../core/slices.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'

const os = implementArea({ keyless: keylessContract })

/** The plan of a long register, from which every order of its list is made. */
function readPlanned(context: Context, client: string | undefined) {
  return readWhole(context, { answer: 'keyless', query: { client }, read: readKeyless })
}

export const keylessRouter = {
  list: os.keyless.list.handler(({ context, input }) =>
    readLongSlice(
      context,
      {
        list: 'keyless',
        query: input,
        ids: (query) => keylessIds(getReader(context), query, makeMoment(context)),
        isWhole: true,
        // A text is compared with those of every key, which a plan does not have any more.
        toOrder: async (query) =>
          (query.search ?? '').trim() === ''
            ? { ...query, plan: (await readPlanned(context, query.client)).answer.plan }
            : query,
      },
      (ids) => keylessRows(getReader(context), ids, makeMoment(context)),
    ),
  ),
  get: os.keyless.get.handler(({ context, input }) => {
    const [row] = keylessRows(getReader(context), [input.keyId], makeMoment(context))
    if (row === undefined) throw notFound('This key in the keyless plan', READ_AGAIN)
    return { row, setups: keylessSetups(row) }
  }),
  progress: os.keyless.progress.handler(async ({ context, input }) => {
    checkScope(context, input)
    if (!isLongRegister(context)) return keylessProgress(getReader(context), input, makeMoment(context))
    const { answer } = await readPlanned(context, input.client)
    return [...answer.progress]
  }),
  markdown: os.keyless.markdown.handler(async ({ context, input }) => {
    checkScope(context, input)
    const question = { answer: 'keylessText', query: input, read: writeKeyless, isKept: false } as const
    const { answer } = await readWhole(context, question)
    return { text: answer }
  }),
}
