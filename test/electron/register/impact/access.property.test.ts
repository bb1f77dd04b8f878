import * as fc from 'fast-check'
import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { findImpact } from '../../../../electron/register/impact/impact.ts'
import { getReading, grant, newConnection, newRegister, user } from '../registers.ts'

const NOW = Date.UTC(2026, 10, 2)

it('impact reports the last owner or admin of an organization exactly where no other account has either level there', () => {
  const words = {
    owner: ['owner', 'free-owner', 'Admin'],
    admin: ['admin', 'Owner'],
    member: ['owner', 'member'],
    other: ['owner'],
  } as const
  const role = fc
    .constantFrom<keyof typeof words>('owner', 'admin', 'member', 'other')
    .chain((level) => fc.constantFrom(...words[level]).map((roleRaw) => ({ level, roleRaw })))
  const holder = fc.record({
    kind: fc.constantFrom('user', 'service-account', 'invite'),
    own: fc.option(role),
    isInGroup: fc.boolean(),
  })
  fc.assert(
    fc.property(fc.array(holder, { minLength: 1, maxLength: 5 }), fc.option(role), (holders, groupRole) => {
      const id = (at: number): string => `who${at}`
      const register = newRegister()
      const connection = newConnection(register)
      register.transact((writer) =>
        applyReading(
          writer,
          getReading(connection, [
            {
              source: 'users',
              facts: holders.flatMap(({ kind, own }, at) => [
                user(id(at), { kind, status: kind === 'invite' ? 'pending' : 'active' }),
                ...(own === null ? [] : [grant(id(at), null, own)]),
              ]),
            },
            {
              source: 'groups',
              facts: [
                user('group', { kind: 'group', email: null, roleRaw: null, level: null }),
                ...(groupRole === null ? [] : [grant('group', null, groupRole)]),
              ],
            },
            {
              source: 'group-users',
              facts: holders.flatMap(({ isInGroup }, at) =>
                isInGroup ? [{ type: 'membership' as const, group: 'group', member: id(at) }] : [],
              ),
            },
          ]),
        ),
      )
      const administers = (role: { readonly level: string } | null): boolean =>
        role !== null && ['owner', 'admin'].includes(role.level)
      const members = holders.map(({ kind, own, isInGroup }) => ({
        direct: kind !== 'invite' && administers(own),
        byGroup: kind !== 'invite' && isInGroup && administers(groupRole),
      }))
      const isSaid = (externalId: string): boolean => {
        const subject = register.reader.value<number>('SELECT id FROM principal WHERE external_id = ?', [externalId])
        const report = findImpact(register.reader, { kind: 'principal', id: subject ?? 0 }, { now: NOW })
        return report?.says.some((sentence) => sentence.startsWith('No one else is owner or admin')) ?? false
      }
      for (const [at, { direct, byGroup }] of members.entries()) {
        const hasOthers = members.some((other, n) => n !== at && (other.direct || other.byGroup))
        expect(isSaid(id(at))).toBe((direct || byGroup) && !hasOthers)
      }
      const isGroupLast = members.some(({ byGroup }) => byGroup) && !members.some(({ direct }) => direct)
      expect(isSaid('group')).toBe(isGroupLast)
    }),
    { numRuns: 40 },
  )
})
