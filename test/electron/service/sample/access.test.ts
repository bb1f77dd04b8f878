import { beforeAll, describe, expect, it } from 'vitest'

import { accessIds } from '../../../../electron/register/access/access.ts'
import { openRegister } from '../../../../electron/register/open.ts'
import type { Register } from '../../../../electron/register/register.ts'
import { loadSample } from '../../../../electron/service/sample/load.ts'
import { toLocalDay } from '../../../../shared/domain/day.ts'
import { GRANT_STATES, HOLDER_KINDS } from '../../../../shared/domain/access/grant-state.ts'
import { LEVELS } from '../../../../shared/domain/role.ts'

/** What no account of the sample has: other tests make them. */
const ABSENT: ReadonlySet<string> = new Set(['level other', 'state expired'])

const NOW = Date.UTC(2026, 10, 24, 12)

let register: Register

beforeAll(() => {
  register = openRegister({ path: ':memory:', key: new Uint8Array(32), now: () => NOW })
  loadSample(register, { today: toLocalDay(NOW), now: NOW })
})

describe('the access list of the sample agency', () => {
  it.each([
    ...HOLDER_KINDS.map((kind) => ['kind', kind] as const),
    ...LEVELS.map((level) => ['level', level] as const),
    ...GRANT_STATES.map((state) => ['state', state] as const),
  ])('has a row for each choice that is offered, but for those named as absent: %s %s', (option, value) => {
    const query = { [option]: value, sort: { by: 'client', direction: 'asc' } } as const
    expect(accessIds(register.reader, query, NOW).length === 0).toBe(ABSENT.has(`${option} ${value}`))
  })
})
