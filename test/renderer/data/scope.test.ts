import { expect, it } from 'vitest'

import { AREAS } from '../../../renderer/app/areas.ts'
import { frame } from '../../../renderer/data/areas.ts'
import { searchInScope } from '../../../renderer/data/scope.ts'

const OPENS = [frame, ...AREAS].flatMap((route) => route.options.staticData?.opens ?? [])

it('a change of scope keeps the filter and closes what is open', () => {
  const before = { client: 'acme-corp', rotation: 'overdue', q: 'prod', key: 7, person: 3, project: 2, connection: 1 }
  expect(searchInScope(before, 'tarnbeck-rail', OPENS)).toEqual({
    client: 'tarnbeck-rail',
    rotation: 'overdue',
    q: 'prod',
  })
})

it('the scope of all clients leaves no trace of the client in the address', () => {
  expect(searchInScope({ client: 'acme-corp', owner: 4, principal: 5 }, undefined, OPENS)).toEqual({
    client: undefined,
  })
})

it('a change of client closes the drawer with the other client’s changes', () => {
  const before = { client: 'acme-corp', state: 'waiting', remediation: 3, remediate: 'changes:3-4', start: 'person:1' }
  expect(searchInScope(before, 'tarnbeck-rail', OPENS)).toEqual({ client: 'tarnbeck-rail', state: 'waiting' })
})

it('a change of client closes the other client’s review', () => {
  const before = {
    client: 'acme-corp',
    kind: 'admins',
    review: 3,
    item: 40,
    step: 'sign',
    start: 'keys',
    of: 'acme-corp',
  }
  expect(searchInScope(before, 'tarnbeck-rail', OPENS)).toEqual({ client: 'tarnbeck-rail', kind: 'admins' })
})
