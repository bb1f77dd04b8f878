import { MATTERS } from '../../../shared/decisions/today.ts'
import { referToClient } from './refer.ts'
import { tableOf } from './table-of.ts'

export const todayTable = tableOf({
  decisions: MATTERS,
  from: 'today_state s JOIN client c ON c.id = s.client_id',
  columns: ['entry', 'hidden', 'until', 'reason', 'facts', 'by', 'at', 'note', 'contact'],
  named: { client: 'c.slug' },
  json: ['facts'],
  refer: referToClient,
  identity: ['client_id', 'entry'],
  group: ({ client, body: { entry } }) => ['c.slug = ? AND s.entry = ?', [client ?? '', entry]],
  words: ({ entry, client }) => `the entry ${entry} of client ${client}`,
})
