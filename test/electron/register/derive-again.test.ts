import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { applyReading } from '../../../electron/register/apply/apply.ts'
import { type Register } from '../../../electron/register/register.ts'
import { openRegister } from '../../../electron/register/open.ts'
import { KEY, key, newConnection, project, getReading } from './registers.ts'

const AT = Date.UTC(2026, 0, 10)

it('a register whose migration changed the rules derives its keys again at the next opening, once', () => {
  const path = join(mkdtempSync(join(tmpdir(), 'castellan-derive-')), 'register.db')
  const open = (): Register => openRegister({ path, key: KEY, now: () => AT })
  const first = open()
  const connectionId = newConnection(first)
  first.transact((writer) => {
    const keys = [key('key_1', { name: 'prod-backend', createdAt: AT, expiresAt: AT + 5 })]
    applyReading(
      writer,
      getReading(
        connectionId,
        [
          { source: 'projects', facts: [project('proj_a')] },
          { source: 'project-keys', project: 'proj_a', facts: keys },
        ],
        AT,
      ),
    )
  })
  const columns = 'SELECT environment, due_basis, ends_at, unowned FROM key'
  const derived = first.reader.get(columns)
  expect(derived).toMatchObject({ environment: 'production', ends_at: AT + 5 })
  first.transact((writer) => {
    writer.run("UPDATE key SET environment = NULL, due_basis = 'other-policy', ends_at = NULL, unowned = 1 - unowned")
    writer.run("INSERT INTO meta (key, value) VALUES ('derive', 'again')")
  })
  first.close()

  const second = open()
  expect(second.reader.get(columns)).toEqual(derived)
  second.transact((writer) => writer.run('UPDATE key SET environment = NULL'))
  second.close()
  const third = open()
  expect(third.reader.value('SELECT environment FROM key')).toBeNull()
  third.close()
})
