import { expect, it } from 'vitest'

import { storeEvents } from '../../../../electron/register/events/log.ts'
import { makeRegister } from '../../../../electron/service/core/context.ts'
import { loggedEvent } from '../../../fixtures/apply-agency.ts'
import { newFolder, reviewed, toCsv } from './packs.ts'

it('an evidence pack has an event that Castellan does not know by the provider’s word, and no sign-in', async () => {
  const { reviewId, service, api, connections, clock } = await reviewed()
  const event = (n: number, type: string, kind: 'other' | 'session') =>
    loggedEvent({
      n,
      at: clock.now - 3_600_000,
      user: 'u1',
      type,
      act: 'other',
      subject: { kind, externalId: null, name: null },
      role: null,
      level: null,
      actor: { kind: 'user', externalId: 'u1', email: 'boss@acme.example', address: null, agent: null },
    })
  makeRegister(service.context).transact((writer) => {
    const events = [event(1, 'vault.opened', 'other'), event(2, 'login.succeeded', 'session')]
    storeEvents(writer, { id: 0, connectionId: connections.acme }, { events, position: null, isEnd: false })
  })
  const { path } = await api.evidence.pack({ reviewId, directory: newFolder(), zip: false })
  const rows = await toCsv(path, 'provider-log')
  expect(rows.map((row) => row['Provider’s word'])).toEqual(['vault.opened'])
})
