import { describe, expect, test } from 'vitest'

import { applyReading } from '../../../../electron/register/apply/apply.ts'
import { recordAttempt } from '../../../../electron/register/apply/apply.ts'
import { type Context, makeRegister } from '../../../../electron/service/core/context.ts'
import { renderRegister } from '../../../../electron/service/files/export-register.ts'
import { newConnection, getReading, user, type Part } from '../../register/registers.ts'
import { newService } from '../services.ts'

async function population(context: Context): Promise<string[]> {
  const { text } = await renderRegister(context, { format: 'md' })
  return text
    .slice(text.indexOf('### Population'))
    .split('\n')
    .filter((line) => line.startsWith('| OpenAI'))
}

describe('the population of a register', () => {
  test('names the snapshot that each list comes from, the newest and those that could not be read again', async () => {
    const { context } = await newService()
    const register = makeRegister(context)
    const connection = newConnection(register)
    const at = Date.UTC(2026, 10, 2, 9, 14, 3)
    const sync = (parts: readonly Part[], origin: 'api' | 'file' = 'api') =>
      register.transact((writer) => applyReading(writer, { ...getReading(connection, parts, at), origin }))
    expect(await population(context)).toEqual(['| OpenAI | - | - | never read | - |'])

    const users: Part = { source: 'users', facts: [user('ann')] }
    const projectUsers = (project: string, state: Part['state'] = 'complete'): Part => ({
      source: 'project-users',
      project,
      state,
      facts: [],
    })
    sync([{ source: 'register-file', facts: [user('old')] }], 'file')
    sync([users, projectUsers('a'), projectUsers('b'), { source: 'invites', facts: [] }])
    sync([users, projectUsers('a'), projectUsers('b', 'denied'), { source: 'invites', state: 'failed', facts: [] }])
    register.transact((writer) =>
      recordAttempt(writer, { ...getReading(connection, [], at), state: 'cancelled', reason: 'Stopped.' }),
    )
    expect(await population(context)).toEqual([
      '| OpenAI | 3 | Admin API | partial | 2026-11-02T09:14:03Z |',
      '| OpenAI | Invites | failed: failed | - | - | 0 | 2 (2026-11-02T09:14:03Z) |',
      '| OpenAI | Project users | denied: denied | - | - | 0 | 2 (2026-11-02T09:14:03Z) |',
      '| OpenAI | Users | complete | - | 0 | 0 | latest |',
    ])

    sync([{ source: 'keys-file', facts: [] }], 'file')
    expect(await population(context)).toEqual([
      '| OpenAI | 5 | Imported file | complete | 2026-11-02T09:14:03Z |',
      '| OpenAI | Invites | failed: failed | - | - | 0 | 2 (2026-11-02T09:14:03Z) |',
      '| OpenAI | Project users | denied: denied | - | - | 0 | 2 (2026-11-02T09:14:03Z) |',
      '| OpenAI | Users | complete | - | 0 | 0 | 3 (2026-11-02T09:14:03Z) |',
      '| OpenAI | Keys file | complete | - | 0 | 0 | latest |',
    ])
  })
})
