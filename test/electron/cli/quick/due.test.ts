import { rmSync } from 'node:fs'
import { join } from 'node:path'

import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'

import { answerDue } from '../../../../electron/cli/quick/due.ts'
import { answerRegister } from '../../../../electron/cli/quick/register.ts'
import { keepRegisterKey } from '../../../../electron/secrets/register-key.ts'
import { memoryStore } from '../../../../electron/secrets/secret-store.ts'
import { makeBigRegister } from '../../../bench/big-register.ts'
import { newCastellan } from '../castellan.ts'
import { fakeTerminal } from '../fake-terminal.ts'

const castellan = newCastellan()
const secrets = memoryStore('This test has no keychain.')

beforeAll(async () => {
  // A register has the second at which it was made, which differs between two programs.
  vi.useFakeTimers({ toFake: ['Date'] })
  const key = new Uint8Array(32).fill(7)
  const size = { organizations: 2, people: 4, keys: 60, grants: 8, projects: 2 }
  makeBigRegister(castellan.profile, key, size, Date.now()).close()
  await keepRegisterKey({ profile: castellan.profile, secrets, key })
  // Notes where the audit log ends.
  await castellan.run('client', 'add', 'Acme')
})

afterAll(() => {
  vi.useRealTimers()
})

/** What is answered without the whole program; a code of null where that has to answer. */
async function ask(argv: readonly string[], env: NodeJS.ProcessEnv = {}, answer = answerDue) {
  const terminal = fakeTerminal({ env: { CASTELLAN_PROFILE: castellan.profile, ...env } })
  const settle = () => Promise.reject(new Error('nothing fails'))
  const code = await answer(argv, terminal, settle, secrets)
  return { code, out: terminal.printed(), err: terminal.complained() }
}

const LEFT = { code: null, out: '', err: '' }

describe('the register without the whole program', () => {
  it.each([
    ['register'],
    ['register', '--format', 'csv'],
    ['--client', 'client-1', 'register', '--format', 'json'],
    ['register', '--profile', castellan.profile, '--client', 'client-0', '--format', 'md'],
  ])('prints the bytes of the whole program: %s %s %s %s', async (...argv) => {
    const whole = await castellan.run(...argv)
    expect(whole.code).toBe(0)
    expect(whole.out.split('\n').length).toBeGreaterThan(20)
    expect(await ask(argv, {}, answerRegister)).toEqual({ code: 0, out: whole.out, err: whole.err })
  })

  it('is left to the whole program with any other option, format or client', async () => {
    const others = [
      ['register', '--json'],
      ['register', '--format', 'xlsx'],
      ['register', '--format'],
      ['register', '--out', 'register.md'],
      ['register', '--connection', '1'],
      ['register', '--client', 'nobody'],
      ['register', '--format', 'md', '--format', 'md'],
      ['client', 'add', 'register'],
      ['register', '--profile', join(castellan.profile, 'none')],
    ]
    expect(await Promise.all(others.map((argv) => ask(argv, {}, answerRegister)))).toEqual(others.map(() => LEFT))
  })
})

describe('due --json without the whole program', () => {
  it.each([
    ['due', '--json'],
    ['--json', 'due', '--within', '4w'],
    ['due', '--json', '--within', '0', '--client', 'client-1'],
    ['--client', 'client-1', '--profile', castellan.profile, 'due', '--json'],
  ])('prints the bytes of the whole program: %s %s %s %s', async (...argv) => {
    const whole = await castellan.run(...argv)
    expect(whole.code).toBe(0)
    expect(whole.json().length).toBeGreaterThan(0)
    expect(await ask(argv)).toEqual({ code: 0, out: whole.out, err: whole.err })
  })

  it('leaves to the whole program what needs more than the rows', async () => {
    const others = [
      ['due'],
      ['due', '--json', '--help'],
      ['due', '--json', '--contact', 'ops'],
      ['due', '--json', '--within', 'soon'],
      ['due', '--json', '--within', '1', '--within', '2'],
      ['due', '--json', '--client', 'nobody'],
      ['due', '--json', '--client'],
      ['due', '--json', '--profile', join(castellan.profile, 'none')],
      ['due', '--json', '--profile', 'sk-ant-admin01-abcdefghijklmnopqrstuvwxyz'],
      ['due', 'due', '--json'],
    ]
    expect(await Promise.all(others.map((argv) => ask(argv)))).toEqual(others.map(() => LEFT))
    expect(await ask(['due', '--json'], { CREDENTIALS_DIRECTORY: castellan.profile })).toEqual(LEFT)
  })

  it('leaves a register without the note of its end to the whole program, which warns', async () => {
    rmSync(join(castellan.profile, 'register.end'))
    expect(await ask(['due', '--json'])).toEqual(LEFT)
    expect((await castellan.run('due', '--json')).err).toContain('Warning: ')
  })
})
