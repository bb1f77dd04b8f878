import { describe, expect, it } from 'vitest'

import { runCli } from '../../../electron/cli/program.ts'
import type { OpenSession, Session } from '../../../electron/cli/kit/run.ts'
import { OutputClosed } from '../../../electron/cli/kit/terminal.ts'
import { VERSION } from '../../../shared/domain/version.ts'
import { newCastellan } from './castellan.ts'
import { fakeTerminal } from './fake-terminal.ts'

const noApi = (): never => {
  throw new Error('There is no client here.')
}
const noJournal = (): Promise<never> => Promise.reject(new Error('There is no journal here.'))
const noRegister = (): Promise<never> => Promise.reject(new Error('There is no register here.'))
const noBackup = (): Promise<never> => Promise.reject(new Error('There is no register here.'))

const never: OpenSession = () => Promise.reject(new Error('The service must not be opened.'))

async function run(...argv: readonly string[]) {
  const terminal = fakeTerminal()
  const code = await runCli(argv, terminal, never)
  return { code, out: terminal.printed(), err: terminal.complained() }
}

const VERBS = [
  'today',
  'sample',
  'client',
  'connection',
  'sync',
  'import',
  'person',
  'key',
  'project',
  'access',
  'leaver',
  'impact',
  'recommendation',
  'remediation',
  'report',
  'due',
  'register',
  'recovery',
  'integrity',
  'update',
  'verify',
]

describe('the command line', () => {
  it('lists its verbs and its exit codes', async () => {
    const { code, out } = await run('--help')
    expect(code).toBe(0)
    for (const verb of VERBS) expect(out).toMatch(new RegExp(`^  ${verb} `, 'mu'))
    expect(out).toContain('0 done, 1 failed, 2 misuse, 3 done in part')
  })

  it('prints its version', async () => {
    for (const word of ['--version', '-V', 'version'])
      expect(await run(word)).toEqual({ code: 0, out: `${VERSION}\n`, err: '' })
    expect(JSON.parse((await run('version', '--json')).out)).toEqual({ version: VERSION })
  })

  it.each(VERBS)('explains %s, with the options that every verb takes, and opens nothing', async (verb) => {
    const { code, out, err } = await run(verb, '--help')
    expect({ code, err }).toEqual({ code: 0, err: '' })
    for (const option of ['--json', '--client', '--profile']) expect(out).toContain(option)
    expect((await run('help', verb)).out).toBe(out)
  })

  it.each([
    [[]],
    [['nonsense']],
    [['--nonsense']],
    [['person', 'list', '--nonsense']],
    [['person', 'list', 'extra']],
    [['person', 'list', '--status', 'nonsense']],
    [['person', 'list', '--profile', '']],
    [['client']],
    [['client', 'add']],
    [['client', 'add', 'Acme', '--kind', 'nonsense']],
    [['client', 'add', 'Acme', '--colour', 'red']],
    [['client', 'archive']],
    [['connection', 'add', '--client', 'acme']],
    [['connection', 'add', '--client', 'acme', '--provider', 'nonsense']],
    [['connection', 'add', '--provider', 'openai']],
    [['connection', 'remove', 'x']],
    [['connection', 'remove', '0']],
    [['connection', 'test']],
    [['connection', 'credential', '1']],
    [['sync', '--connection', 'x']],
    [['sync', '--credential-stdin']],
    [['import', 'file.csv', '--client', 'acme']],
    [['import', 'file.csv', '--client', 'acme', '--kind', 'nonsense']],
    [['import', 'file.csv', '--kind', 'people']],
    [['import', 'file.csv', '--kind', 'people', '--client', 'acme', '--map', 'Name']],
    [['import', 'file.csv', '--kind', 'people', '--client', 'acme', '--map', 'Name=nonsense']],
    [['import', 'file.md', '--kind', 'register', '--client', 'acme', '--map', 'Name=name']],
    [['due', '--within', 'soon']],
    [['due', '--within', '99999d']],
    [['due', '--format', 'nonsense']],
    [['due', '--json', '--format', 'ics']],
    [['register', '--format', 'nonsense']],
    [['register', '--format', 'xlsx']],
    [['register', '--json', '--format', 'md']],
    [['recovery', 'show']],
    [['recovery', 'show', '--confirm', 'show']],
    [['recovery', 'unlock']],
  ])('reports %j as a misuse in plain words, and opens nothing', async (argv) => {
    const { code, out, err } = await run(...argv)
    expect({ code, out }).toEqual({ code: 2, out: '' })
    expect(err.trim()).not.toBe('')
    expect(err).not.toMatch(/\bat .+:\d+:\d+/u)
    expect(err).not.toMatch(/^error:/mu)
  })

  it('suggests the verb that was meant, on one line', async () => {
    expect((await run('cleint')).err).toBe("Unknown command 'cleint' (Did you mean client?)\n")
  })

  it.each([[['help', 'cleint']], [['cleint', '--help']]])('refuses %j, since there is no help of it', async (argv) => {
    expect(await run(...argv)).toEqual({ code: 2, out: '', err: "Unknown command 'cleint' (Did you mean client?)\n" })
  })

  it('refuses a credential among its arguments without repeating it, wherever it is', async () => {
    const secret = 'sk-admin-0123456789abcdefghijklmnop'
    for (const argv of [
      [secret],
      ['connection', 'add', secret],
      ['sync', `--credential=${secret}`],
      ['key', 'list', '--search', secret],
    ]) {
      const { code, out, err } = await run(...argv)
      expect(code).toBe(2)
      expect(out + err).not.toContain('0123456789')
      expect(err).toContain('standard input')
    }
  })

  it('takes the common options before and after the verb', async () => {
    const seen: string[] = []
    const open: OpenSession = async ({ profile, mode }) => {
      seen.push(`${profile} ${mode}`)
      const api = { client: { list: async () => [] } } as unknown as Session['api']
      return {
        api,
        warnings: [],
        backUp: noBackup,
        getApi: noApi,
        fillWithSample: async () => undefined,
        streamText: noRegister,
        streamDue: noRegister,
        streamFindings: noRegister,
        openJournal: noJournal,
        close: async () => undefined,
      }
    }
    const outputs: string[] = []
    for (const argv of [
      ['--profile', '/tmp/one', '--json', 'client', 'list'],
      ['client', '--profile', '/tmp/one', 'list', '--json'],
      ['client', 'list', '--json', '--profile=/tmp/one'],
      ['--client', 'sync', 'client', 'list', '--json', '--profile', '/tmp/one'],
    ]) {
      const terminal = fakeTerminal()
      expect(await runCli(argv, terminal, open)).toBe(0)
      outputs.push(terminal.printed())
    }
    expect(new Set(seen)).toEqual(new Set(['/tmp/one read']))
    expect(new Set(outputs)).toEqual(new Set(['[]\n']))
  })

  it('closes the service when the work fails, and when the reader has closed the pipe', async () => {
    let open = 0
    const opener =
      (error: Error): OpenSession =>
      async () => {
        open += 1
        const list = async (): Promise<never> => {
          throw error
        }
        return {
          api: { client: { list } } as unknown as Session['api'],
          warnings: [],
          backUp: noBackup,
          getApi: noApi,
          fillWithSample: async () => undefined,
          streamText: noRegister,
          streamDue: noRegister,
          streamFindings: noRegister,
          openJournal: noJournal,
          close: async () => {
            open -= 1
          },
        }
      }
    const failed = fakeTerminal()
    expect(await runCli(['client', 'list'], failed, opener(new Error('No luck.')))).toBe(1)
    expect(failed.complained()).toBe('No luck.\n')
    const closed = fakeTerminal()
    expect(await runCli(['client', 'list'], closed, opener(new OutputClosed()))).toBe(0)
    expect(closed.complained()).toBe('')
    expect(open).toBe(0)
  })

  it('shows a stack only on request', async () => {
    const open: OpenSession = () => Promise.reject(new TypeError('x is not a function'))
    const quiet = fakeTerminal()
    await runCli(['integrity'], quiet, open)
    expect(quiet.complained()).not.toContain(' at ')
    const loud = fakeTerminal({ env: { CASTELLAN_DEBUG: '1' } })
    await runCli(['integrity'], loud, open)
    expect(loud.complained()).toContain(' at ')
  })
})

describe('a verb that reads', () => {
  it('reports an unknown client', async () => {
    const castellan = newCastellan()
    await castellan.run('client', 'add', 'Acme Corp')
    const ran = await castellan.run('person', 'list', '--client', 'nobody')
    expect(ran).toMatchObject({ code: 1, out: '' })
    expect(ran.err).toContain('nobody')
  })
})
