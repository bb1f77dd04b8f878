import { expect, it } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { offboardingReadings } from '../../../../electron/register/read/offboarding.ts'
import type { SourceName, SourceState } from '../../../../shared/domain/source.ts'
import { getReading, newConnection, newRegister, user } from '../registers.ts'

it('an organization counts as read for the offboarding where its sync misses only lists that give no one access', () => {
  const register = newRegister()
  const connection = newConnection(register)
  const sync = (...missing: readonly (readonly [SourceName, SourceState])[]) => {
    const lists = missing.map(([source, state]) => ({ source, state, facts: [] }))
    const parts = [{ source: 'users' as const, facts: [user('ann')] }, ...lists]
    const { state } = register.transact((writer) => applyReading(writer, getReading(connection, parts)))
    return [state, ...offboardingReadings(register.reader, 'acme').map(({ obstacle }) => obstacle)]
  }
  const narrowing = [['guardrails', 'denied'] as const, ['project-settings', 'denied'] as const]
  expect(sync(...narrowing)).toEqual(['complete', null])
  expect(sync(['user-activity', 'denied'])).toEqual(['complete', null])
  expect(sync(['audit-log', 'denied'])).toEqual(['complete', null])
  expect(sync(['audit-log', 'failed'])[0]).toBe('partial')
  expect(sync(['guardrails', 'failed'])).toEqual(['partial', 'Its last sync did not read: Guardrails.'])
  expect(sync(['keys', 'denied'], ...narrowing)).toEqual(['partial', 'Its last sync did not read: Keys.'])
  expect(sync(['certificates', 'unavailable'])).toEqual(['complete', null])
})
