import { accessIds, accessRows } from '../../register/access.ts'
import { keyIds, keyRows } from '../../register/keys.ts'
import { membershipsOf, principalName, setLastReviewed } from '../../register/memberships.ts'
import { personAddresses, personExists, personIds, personRows } from '../../register/people.ts'
import { checkScope, decide, readerOf, todayOf } from '../context.ts'
import { os } from '../implementer.ts'
import { invalid, notFound, READ_AGAIN } from '../refusal.ts'
import { marked, sliceOf } from './slices.ts'

export const peopleRouter = {
  list: os.people.list.handler(({ context, input }) =>
    sliceOf(context, { list: 'people', query: input, ids: (query) => personIds(readerOf(context), query) }, (ids) =>
      marked(context, 'person', personRows(readerOf(context), ids, input), (row) => row.personId, input),
    ),
  ),
  get: os.people.get.handler(({ context, input }) => {
    checkScope(context, input)
    const reader = readerOf(context)
    const memberships = membershipsOf(reader, input.personId, input)
    const [row] = marked(
      context,
      'person',
      personRows(reader, [input.personId], input),
      (person) => person.personId,
      input,
    )
    if (!row || !personExists(reader, input.personId) || memberships.length === 0)
      throw notFound('This person', READ_AGAIN)
    const scope = { client: input.client, person: input.personId }
    return {
      row,
      aliases: personAddresses(reader, input.personId),
      memberships,
      access: accessRows(reader, accessIds(reader, { ...scope, sort: { by: 'client', direction: 'asc' } })),
      keys: keyRows(
        reader,
        keyIds(reader, { ...scope, sort: { by: 'due', direction: 'asc' } }, context.now(), todayOf(context)),
        todayOf(context),
      ),
    }
  }),
  setReviewed: os.people.setReviewed.handler(({ context, input }) => {
    const principal = principalName(readerOf(context), input.principalId)
    if (principal === null) throw notFound('This membership', READ_AGAIN)
    if (input.on !== null && input.on > todayOf(context)) {
      throw invalid('on', `${input.on} has not come yet.`, 'Give the day on which the access was looked at.')
    }
    decide(context, ['access'], ({ writer, note }) => {
      setLastReviewed(writer, input.principalId, input.on)
      note({
        action: 'access.reviewed',
        client: principal.client,
        subject: principal.name,
        body: { principal: input.principalId, on: input.on },
      })
    })
    return { done: true as const }
  }),
}
