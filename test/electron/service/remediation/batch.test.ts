import { expect, it } from 'vitest'

import { type Context, getReader, makeRegister } from '../../../../electron/service/core/context.ts'
import { markManyByHand, withdrawMany } from '../../../../electron/service/remediation/end.ts'
import { type Explained, explainingReader } from '../../register/explaining.ts'
import { isRequested, world } from './world.ts'

it('reads the changes to cancel or to mark by as many statements for two as for one', async () => {
  const { service } = await world()
  const [first, ...others] = [
    await isRequested(service, 'member-remove', 'tomas@client-acme.example'),
    await isRequested(service, 'key-rename', 'legacy', { name: 'prod-acme-chat' }),
    await isRequested(service, 'invite-delete', 'new.dev@client-acme.example'),
  ].map(({ remediationId }) => remediationId)
  const count = (work: (context: Context) => void): number => {
    const read: Explained[] = []
    const session = service.context.session()
    const register = { ...makeRegister(service.context), reader: explainingReader(getReader(service.context), read) }
    work({ ...service.context, session: () => ({ ...session, register }) })
    return read.length
  }
  const one = count((context) => markManyByHand(context, [first ?? 0]))
  expect(count((context) => withdrawMany(context, others))).toBe(one)
})
