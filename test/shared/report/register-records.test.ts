import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'

import { grantRecords, keyRecords, type RegisterRecord } from '../../../shared/report/register-records.ts'
import { accessReading, keyReading, organizationReading, principalReading, projectReading } from './readings.ts'

const name = fc.constantFrom('Ann', 'ann', 'Änn', 'Bob', '\u{1F600}', '\uFFFD', '')

const principals = fc.array(
  fc.record({
    name: fc.option(name),
    email: fc.option(fc.constantFrom('a@x.example', 'b@x.example')),
    externalId: fc.constantFrom('file:ann', 'file:bob', 'user-1', 'user-2'),
    status: fc.constantFrom('active', 'pending'),
    access: fc.array(
      fc.record({
        project: fc.option(fc.constantFrom(projectReading('Web'), projectReading('web'), projectReading('Api'))),
        roleRaw: fc.constantFrom('member', 'owner'),
        via: fc.constantFrom('direct' as const, 'group' as const),
        viaName: fc.option(fc.constantFrom('Team', 'team')),
      }),
      { maxLength: 4 },
    ),
  }),
  { maxLength: 8 },
)

/** Code points of the lower case, then of the text: the order of files, written again. */
function compareWords(one: string, other: string): number {
  const points = (text: string): string[] =>
    Array.from(text, (letter) => (letter.codePointAt(0) ?? 0).toString(16).padStart(6, '0'))
  const keys = (text: string): string =>
    `${points(text.normalize('NFC').toLowerCase()).join('')} ${points(text).join('')}`
  const [a, b] = [keys(one), keys(other)]
  return a === b ? 0 : a < b ? -1 : 1
}

function inOrder(records: readonly RegisterRecord[], fields: readonly (keyof RegisterRecord)[]): RegisterRecord[] {
  return records.toSorted((a, b) =>
    fields.reduce((result, field) => result || compareWords(String(a[field] ?? ''), String(b[field] ?? '')), 0),
  )
}

describe('the records of a register', () => {
  test('are the grants of each account alone, in the order of name, address, id, project, role and path', () => {
    fc.assert(
      fc.property(principals, (drawn) => {
        const people = drawn.map(({ name: called, access, ...over }) =>
          principalReading('', {
            ...over,
            name: called,
            access: access.map(({ project, ...role }) => ({ ...accessReading('', role), project })),
          }),
        )
        const each = people.flatMap((one) => [...grantRecords(organizationReading({ principals: [one] }))])
        const fields = ['name', 'email', 'id', 'project', 'projectId', 'role', 'path', 'via'] as const
        expect([...grantRecords(organizationReading({ principals: people }))]).toEqual(inOrder(each, fields))
      }),
    )
  })

  test('are the keys, in the order of name and id', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(name, fc.constantFrom('key_1', 'key_2', 'file:key:1')), { maxLength: 8 }),
        (drawn) => {
          const keys = drawn.map(([called, externalId], at) => keyReading(called, { externalId, team: `${at}` }))
          const each = keys.flatMap((one) => [...keyRecords(organizationReading({ keys: [one] }))])
          expect([...keyRecords(organizationReading({ keys }))]).toEqual(inOrder(each, ['name', 'id']))
        },
      ),
    )
  })
})
