import { expect, it } from 'vitest'

import { listVersioned } from '../../../../electron/register/apply/fact-columns.ts'
import { newRegister } from '../registers.ts'

/** The columns of every version: its subject, its span, and the list that reported it. */
const OF_EVERY_VERSION = ['id', 'connection_id', 'from_sync', 'to_sync', 'source', 'source_project']

it.each([
  ['project', 'project_version', ['project_id']],
  ['principal', 'principal_version', ['principal_id']],
  ['key', 'key_version', ['key_id']],
  ['grant', 'grant', ['principal_id', 'project_id', 'role_raw']],
  ['membership', 'membership', ['group_id', 'member_id']],
  ['limit', 'limit_version', ['external_id']],
  ['federation', 'federation_version', ['external_id']],
  ['restriction', 'restriction_version', ['external_id']],
  ['detail', 'detail_version', ['of_kind', 'external_id', 'kind']],
  ['certificate', 'certificate_version', ['external_id', 'project_id']],
] as const)('every column of a version of a %s is compared', (type, table, identity) => {
  const columns = newRegister().reader.column<string>('SELECT name FROM pragma_table_info(?)', [table])
  const facts = columns.filter((column) => ![...OF_EVERY_VERSION, ...identity].includes(column))
  expect(listVersioned(type).toSorted()).toEqual(facts.toSorted())
})
