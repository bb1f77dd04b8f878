import { VIEWS } from '../../../shared/decisions/views.ts'
import { referToOwner } from './refer.ts'
import { tableOf } from './table-of.ts'

export const viewTable = tableOf({
  decisions: VIEWS,
  from: 'saved_view v LEFT JOIN client c ON c.id = v.client_id',
  columns: ['uid', 'list', 'name', 'search', 'subjects', 'columns', 'saved_at'],
  named: { client: 'c.slug' },
  json: ['search', 'subjects', 'columns'],
  refer: referToOwner,
  group: ({ client }) => ['c.slug IS :client', { client }],
  words: ({ name }) => `view ${JSON.stringify(name)}`,
  number: 'view',
  // Two views may exchange their names.
  isReplaced: true,
})
