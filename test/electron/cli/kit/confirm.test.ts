import { EventEmitter } from 'node:events'

import { describe, expect, it } from 'vitest'

import { runCli } from '../../../../electron/cli/program.ts'
import type { OpenSession, Session } from '../../../../electron/cli/kit/run.ts'
import { allCommands, ASKING, listArguments, printsOnce } from '../commands.ts'
import { fakeTerminal } from '../fake-terminal.ts'
import { newCastellan } from '../castellan.ts'

const given = listArguments({ file: import.meta.filename, folder: import.meta.dirname })
const COMMANDS = await allCommands()

/** Words of commands that remove something, or undo what cannot be done again by the same words. */
const REMOVING = /\b(?:remove|archive|clear|forget|undo|merge|cancel|delete|revoke|leave|resolve)\b/u

/** These only undo something, by a command that is named for it. */
const REVERSIBLE = ['review undo', 'remediation cancel']

const opened = new Error('The register was opened.')
const open: OpenSession = () => Promise.reject(opened)

/** Rows in which everything that a command may name is there. */
const rows = Object.assign([{ budgetId: 1, folderId: 1, priceId: 1 }], { rows: [] })
const area = new Proxy({}, { get: () => async () => rows })
const api = new Proxy({}, { get: () => area }) as Session['api']

/** A register that can be read before a question, and not written to. */
const openToRead: OpenSession = ({ mode }) =>
  mode === 'read'
    ? Promise.resolve({ api, warnings: [], close: async () => undefined } as unknown as Session)
    : Promise.reject(opened)

class Keyboard extends EventEmitter {
  readonly isTTY = true
  resume(): void {}
  pause(): void {}
}

/** A command at a keyboard on which an answer is typed once it asks. */
async function atKeyboard(
  argv: readonly string[],
  answer: string,
): Promise<{ readonly code: number; readonly err: string }> {
  const keyboard = new Keyboard()
  const fake = fakeTerminal({ showsProgress: true })
  const terminal = {
    ...fake,
    stdin: keyboard as unknown as NodeJS.ReadStream,
    err: async (text: string) => {
      await fake.err(text)
      if (text.endsWith('[y/N] ')) setImmediate(() => keyboard.emit('data', `${answer}\n`))
    },
  }
  return { code: await runCli(argv, terminal, openToRead), err: fake.complained() }
}

function toWords(command: string): readonly string[] {
  return [...command.split(' '), ...given(command).argv.filter((word) => word !== '--yes')]
}

describe('a command that removes something', () => {
  it('is in the list of those that ask, unless it only undoes something', () => {
    const removing = COMMANDS.filter((command) => REMOVING.test(command) && !REVERSIBLE.includes(command))
    expect(ASKING.map(([path]) => path).toSorted()).toEqual(removing.toSorted())
  })

  it.each(ASKING)(
    '%s is refused in a script without --yes, names the consequences, and opens nothing',
    async (command, what) => {
      const terminal = fakeTerminal()
      expect(await runCli(toWords(command), terminal, open)).toBe(2)
      expect(terminal.complained()).toContain(what)
      expect(terminal.complained()).toContain('--yes')
    },
  )

  it.each(ASKING)('%s asks at a keyboard, and is done for yes alone', async (command, what) => {
    for (const answer of ['', 'n', 'yesterday']) {
      expect(await atKeyboard(toWords(command), answer)).toEqual({
        code: 1,
        err: `This ${what}. Continue? [y/N] Nothing was changed.\n`,
      })
    }
    expect((await atKeyboard(toWords(command), 'Y')).err).toContain(opened.message)
  })

  it.each(['budget clear', 'usage folder remove', 'usage price clear'])(
    '%s does not ask about a number that is not in the register',
    async (command) => {
      const { code, err } = await atKeyboard([...command.split(' '), '2'], 'y')
      expect(code).toBe(1)
      expect(err).toMatch(/^\w+ 2 is not in the register\.\nNothing was changed\.\n$/u)
    },
  )

  it.each(ASKING)('%s is done with --yes and asks nothing', async (command) => {
    const ran = await atKeyboard([...toWords(command), '--yes'], '')
    expect(ran.err).toBe(`${opened.message}\n`)
  })
})

describe('--quiet', () => {
  it('prints nothing of what was done, and leaves errors and the exit code', async () => {
    const castellan = newCastellan()
    expect(await castellan.run('client', 'add', 'Acme', '--quiet')).toMatchObject({ code: 0, out: '', err: '' })
    expect((await castellan.run('client', 'list', '--json')).json()).toHaveLength(1)
    const failed = await castellan.run('client', 'add', 'Acme', '--quiet')
    expect(failed).toMatchObject({ code: 1, out: '' })
    expect(failed.err).not.toBe('')
  })

  it.each(COMMANDS.filter(printsOnce))('is refused by %s, whose output cannot be had again', async (command) => {
    const terminal = fakeTerminal()
    expect(await runCli([...toWords(command), '--quiet'], terminal, open)).toBe(2)
    expect(terminal.complained()).toContain('--quiet would lose it')
  })
})
