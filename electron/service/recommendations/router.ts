import { recommendationContract } from '../../../shared/contract/recommendations.ts'
import type { UseQuery } from '../../register/recommendations/facts.ts'
import { recommendationIds, idOfKey } from '../../register/recommendations/list.ts'
import { recommendationRows } from '../../register/recommendations/rows.ts'
import { type Silence, silentPeople } from '../../register/recommendations/silent.ts'
import type { Register } from '../../register/register.ts'
import { type Context, getReader, makeRegister, getToday } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { notFound, READ_AGAIN } from '../kit/refusal.ts'
import { readSlice } from '../core/slices.ts'

const os = implementArea({ recommendations: recommendationContract })

interface Kept {
  readonly asked: string
  readonly silent: readonly Silence[]
}

/** The last count of each open register: every slice of a list gets the same. */
const kept = new WeakMap<Register, Kept>()

function silentIn(context: Context, query: UseQuery): Silence[] {
  const register = makeRegister(context)
  const asked = JSON.stringify([register.revision(), getToday(context), query])
  const known = kept.get(register)
  if (known?.asked === asked) return [...known.silent]
  const silent = silentPeople(register.reader, query, context.now())
  kept.set(register, { asked, silent })
  return silent
}

export const recommendationRouter = {
  list: os.recommendations.list.handler(({ context, input }) => ({
    ...readSlice(
      context,
      {
        list: 'recommendations',
        query: input,
        ids: (query) => recommendationIds(getReader(context), query, context.now()),
      },
      (ids) => recommendationRows(getReader(context), ids, context.now()),
    ),
    silent: silentIn(context, { client: input.client, person: input.person }),
  })),
  get: os.recommendations.get.handler(({ context, input }) => {
    const reader = getReader(context)
    const id = idOfKey(reader, input.rowKey, context.now())
    const [row] = id === null ? [] : recommendationRows(reader, [id], context.now())
    if (row === undefined) throw notFound('This recommendation', READ_AGAIN)
    return row
  }),
}
