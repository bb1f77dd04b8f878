import { expect, it } from 'vitest'

import { FACT_COLUMNS, type FactColumn, listVersioned } from '../../../../electron/register/apply/fact-columns.ts'
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

/**
 * Every column of a staged fact: `T`ext or `I`nteger, `key` for identity, `v` where a difference makes a new version, `lasting` where null replaces
 * nothing, `unreadable` where a date may be, and `later` where it is filled after all facts are staged.
 */
const COLUMNS = {
  project: [
    'archived_at I v',
    'created_at I v lasting',
    'id I later',
    'is_default I v',
    'name T v',
    'residency T v',
    'source T',
    'source_project T',
    'status T v',
    'x T key',
  ],
  principal: [
    'added_at I v lasting',
    'email T v',
    'expires_at I v unreadable',
    'id I later',
    'kind T',
    'last_used_at I',
    'level T v',
    'name T v',
    'role_raw T v',
    'source T',
    'source_project T',
    'status T v',
    'x T key',
  ],
  membership: [
    'group_id I later',
    'group_x T key',
    'member_id I later',
    'member_x T key',
    'source T',
    'source_project T',
  ],
  grant: [
    'gives_way I',
    'granted_at I v lasting',
    'implied_level T v',
    'implied_role_raw T v',
    'level T v',
    'place I key',
    'principal_id I key',
    'project_id I',
    'role_raw T key',
    'source T',
    'source_project T',
  ],
  key: [
    'created_at I v lasting',
    'expires_at I v unreadable',
    'expires_unread I v',
    'hint T v',
    'id I later',
    'kind T v',
    'last_use_inexact I',
    'last_use_state T',
    'last_used_at I',
    'name T v',
    'owner_access T v',
    'owner_email T v',
    'owner_external_id T v',
    'owner_kind T v',
    'owner_name T v',
    'owner_state T v',
    'permissions T v',
    'project_id I v later',
    'project_x T',
    'rotated_at I',
    'source T',
    'source_project T',
    'status T v',
    'tool T',
    'vendor T',
    'x T key',
  ],
  limit: [
    'amount I v',
    'enforcement T v',
    'external_id T key',
    'kind T v',
    'metric T v',
    'model T v',
    'period T v',
    'project_id I v later',
    'project_x T',
    'source T',
    'source_project T',
  ],
  federation: [
    'account_id I v later',
    'account_x T',
    'audience T v',
    'claims T v',
    'condition T v',
    'created_at I v lasting',
    'external_id T key',
    'issuer T v',
    'issuer_name T v',
    'issuer_status T v',
    'level T v',
    'lifetime_seconds I v',
    'name T v',
    'pin T v',
    'projects T v',
    'reaches_organization I v',
    'scopes T v',
    'source T',
    'source_project T',
    'status T v',
    'subject T v',
    'workload T v',
  ],
  certificate: [
    'active I v',
    'created_at I v lasting',
    'expires_at I v unreadable',
    'external_id T key',
    'name T v',
    'project_id I later',
    'project_x T key',
    'source T',
    'source_project T',
    'valid_at I v',
  ],
  restriction: [
    'external_id T key',
    'keys T v',
    'kind T v',
    'members T v',
    'name T v',
    'project_id I v later',
    'project_x T',
    'source T',
    'source_project T',
    'terms T v',
  ],
  detail: ['external_id T key', 'kind T key', 'of_kind T key', 'source T', 'source_project T', 'value T v'],
} as const

const describeColumn = ({ name, type, key, versioned, lasting, unreadable, value }: FactColumn<never>): string =>
  [
    name,
    type[0],
    ...(key === true ? ['key'] : []),
    ...(versioned === true ? ['v'] : []),
    ...(lasting === true ? ['lasting'] : []),
    ...(unreadable === true ? ['unreadable'] : []),
    ...(value === undefined ? ['later'] : []),
  ].join(' ')

it('the columns of staged facts follow from their fields', () => {
  const columns: Readonly<Record<string, readonly FactColumn<never>[]>> = FACT_COLUMNS
  const all = Object.entries(columns).map(([type, own]) => [type, own.map(describeColumn).toSorted()])
  expect(Object.fromEntries(all)).toEqual(COLUMNS)
})
