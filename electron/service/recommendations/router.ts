import { recommendationContract } from '../../../shared/contract/recommendations.ts'
import { readAdvice } from '../../register/recommendations/advice.ts'
import { idOfKey, orderAdvice } from '../../register/recommendations/list.ts'
import { recommendationRows } from '../../register/recommendations/rows.ts'
import { describeSilent } from '../../register/recommendations/silent.ts'
import { checkScope, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { readSlice, readWhole } from '../core/slices.ts'

const os = implementArea({ recommendations: recommendationContract })

export const recommendationRouter = {
  list: os.recommendations.list.handler(async ({ context, input }) => {
    checkScope(context, input)
    const { client, person } = input
    const { answer: advice, revision } = await readWhole(context, {
      answer: 'advice',
      query: { client, person },
      isNarrow: person !== undefined,
      read: readAdvice,
    })
    const reader = getReader(context)
    const slice = readSlice(
      context,
      { list: 'recommendations', query: input, revision, ids: (query) => orderAdvice(reader, advice, query) },
      (ids) => recommendationRows(reader, ids, context.now()),
    )
    return { ...slice, silent: describeSilent(reader, advice) }
  }),
  get: os.recommendations.get.handler(({ context, input }) => {
    const reader = getReader(context)
    const id = idOfKey(reader, input.rowKey, context.now())
    const [row] = id === null ? [] : recommendationRows(reader, [id], context.now())
    if (row === undefined) throw notFound('This recommendation', READ_AGAIN)
    return row
  }),
}
