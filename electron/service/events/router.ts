import { eventsContract } from '../../../shared/contract/events.ts'
import { eventIds, eventLogs, eventRows } from '../../register/events/list.ts'
import { checkScope, getReader } from '../core/context.ts'
import { implementArea } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'
import { notFound } from '../kit/refusal.ts'

const os = implementArea({ events: eventsContract })

export const eventsRouter = {
  list: os.events.list.handler(({ context, input }) =>
    readSlice(context, { list: 'events', query: input, ids: (query) => eventIds(getReader(context), query) }, (ids) =>
      eventRows(getReader(context), ids),
    ),
  ),
  get: os.events.get.handler(({ context, input }) => {
    const [row] = eventRows(getReader(context), [input.eventId])
    if (row === undefined) throw notFound(`Event ${input.eventId}`, 'Open it from the list of the provider log.')
    return row
  }),
  logs: os.events.logs.handler(({ context, input }) => {
    checkScope(context, input)
    return eventLogs(getReader(context), input)
  }),
}
