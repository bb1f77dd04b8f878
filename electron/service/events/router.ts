import { eventIds, eventLogs, eventRows } from '../../register/events/list.ts'
import { checkScope, getReader } from '../core/context.ts'
import { os } from '../core/implementer.ts'
import { readSlice } from '../core/slices.ts'

export const eventsRouter = {
  list: os.events.list.handler(({ context, input }) =>
    readSlice(context, { list: 'events', query: input, ids: (query) => eventIds(getReader(context), query) }, (ids) =>
      eventRows(getReader(context), ids),
    ),
  ),
  logs: os.events.logs.handler(({ context, input }) => {
    checkScope(context, input)
    return eventLogs(getReader(context), input)
  }),
}
