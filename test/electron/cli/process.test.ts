import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

import { afterAll, beforeAll, describe, expect, it } from 'vitest'

import { startFakeOpenAi } from '../../providers/fake-openai.ts'
import { NORTHFOLD_CREDENTIAL, northfoldOpenAi } from '../../providers/fixtures/northfold-openai.ts'
import type { FakeServer } from '../../providers/http.ts'

const MAIN = resolve('out/node/cli.js')
const profile = join(mkdtempSync(join(tmpdir(), 'castellan-process-')), 'profile')

/** As a person starts it, without a keychain; the output of the service is checked against the contract. */
function start(argv: readonly string[], given: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, [MAIN, ...argv], {
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      HOME: profile,
      CASTELLAN_PROFILE: profile,
      CASTELLAN_CHECK_OUTPUT: '1',
      DBUS_SESSION_BUS_ADDRESS: 'disabled:',
      ...given,
    },
  })
}

interface Ended {
  readonly code: number | null
  readonly out: string
  readonly err: string
}

function ended(child: ChildProcess): Promise<Ended> {
  const out: Buffer[] = []
  const err: Buffer[] = []
  child.stdout?.on('data', (part: Buffer) => out.push(part))
  child.stderr?.on('data', (part: Buffer) => err.push(part))
  return new Promise((done) => {
    child.on('close', (code) => done({ code, out: Buffer.concat(out).toString(), err: Buffer.concat(err).toString() }))
  })
}

function run(argv: readonly string[], stdin = '', env: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const child = start(argv, env)
  const result = ended(child)
  child.stdin?.end(stdin)
  return result
}

/** The command line and environment of a process as the system shows them (Linux). */
function whatOthersSee({ pid, spawnargs }: ChildProcess): string {
  const files = ['cmdline', 'environ'].map((file) => `/proc/${pid}/${file}`)
  return [...spawnargs, ...files.filter(existsSync).map((file) => readFileSync(file, 'latin1'))].join(' ')
}

let slow: FakeServer

beforeAll(async () => {
  slow = await startFakeOpenAi({ organizations: [northfoldOpenAi()], latencyMs: 400 })
  await run(['sample'])
})

afterAll(() => slow.close())

describe('the process', () => {
  it('ends with the code of what happened: 0, 1, 2', async () => {
    expect(await run(['person', 'list', '--search', 'jane'])).toMatchObject({ code: 0, err: '' })
    expect(await run(['person', 'list', '--client', 'nobody'])).toMatchObject({ code: 1, out: '' })
    expect(await run(['person', 'list', '--nonsense'])).toMatchObject({ code: 2, out: '' })
  })

  it('fails where there is no register, and leaves no folder behind', async () => {
    const absent = join(profile, '..', 'mistyped')
    for (const verb of [['finding', 'list', '--fail-on', 'info'], ['verify', '--register'], ['sync']]) {
      const ran = await run([...verb, '--profile', absent])
      expect(ran).toMatchObject({ code: 1, out: '' })
      expect(ran.err).toContain(`No register at ${join(absent, 'register.db')}.`)
    }
    expect(existsSync(absent)).toBe(false)
  })

  it('answers in JSON that another program can read', async () => {
    const { out } = await run(['key', 'list', '--json'], '', { NO_COLOR: '1' })
    expect(JSON.parse(out)).toHaveLength(137)
  })

  it.each([[['key', 'list']], [['key', 'list', '--json']], [['due', '--json']], [['register']]])(
    'ends without an error when the reader of %j has closed the pipe',
    async (argv) => {
      const child = start(argv)
      const result = ended(child)
      child.stdin?.end()
      child.stdout?.destroy()
      expect(await result).toMatchObject({ code: 0, err: '' })
    },
  )

  it('reads a credential from standard input, which no list of processes shows', async () => {
    const add = ['connection', 'add', '--client', 'acme-corp', '--provider', 'openai', '--base-url', slow.baseUrl]
    const added = await run([...add, '--json'], NORTHFOLD_CREDENTIAL)
    expect(added.code).toBe(0)
    const { id } = JSON.parse(added.out) as { readonly id: number }

    const child = start(['sync', '--connection', String(id), '--credential-stdin', '--json'])
    const result = ended(child)
    child.stdin?.end(NORTHFOLD_CREDENTIAL)
    await new Promise((done) => child.stderr?.once('data', done))
    expect(whatOthersSee(child)).not.toContain(NORTHFOLD_CREDENTIAL)
    const { code, out, err } = await result
    expect({ code, state: (JSON.parse(out) as { state: string }[])[0]?.state }).toEqual({ code: 0, state: 'complete' })
    expect(out + err + added.out + added.err).not.toContain(NORTHFOLD_CREDENTIAL)
  })

  it('cancels a sync at Ctrl+C and keeps the earlier facts', async () => {
    const connection = [
      'connection',
      'add',
      '--client',
      'northfold',
      '--provider',
      'openai',
      '--base-url',
      slow.baseUrl,
    ]
    const { id } = JSON.parse((await run([...connection, '--no-credential', '--json'])).out) as { readonly id: number }
    const child = start(['sync', '--connection', String(id), '--credential-stdin', '--json'])
    const result = ended(child)
    child.stdin?.end(NORTHFOLD_CREDENTIAL)
    await new Promise((done) => child.stderr?.once('data', done))
    child.kill('SIGINT')
    const { code, out } = await result
    expect({ code, state: (JSON.parse(out) as { state: string }[])[0]?.state }).toEqual({ code: 1, state: 'cancelled' })
    expect(await run(['integrity'])).toMatchObject({ code: 0 })
  })
})
