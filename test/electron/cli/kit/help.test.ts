import { describe, expect, it } from 'vitest'

import { listExamples } from '../../../../electron/cli/kit/command.ts'
import { newCastellan } from '../castellan.ts'
import { commandTree, isWhole, printsOnce } from '../commands.ts'

const castellan = newCastellan()
const TREE = await commandTree()
const COMMANDS = TREE.map(({ path, command }) => [path, command] as const)

/** Commands with others below them, which have a help page too. */
const GROUPS = [
  ...new Set(
    TREE.flatMap(({ path }) =>
      path
        .split(' ')
        .slice(0, -1)
        .map((_, n, words) => words.slice(0, n + 1).join(' ')),
    ),
  ),
]

async function readHelp(path: string, columns: number | null = null): Promise<string> {
  const ran = await castellan.runWith({ columns }, ...path.split(' '), '--help')
  expect({ path, code: ran.code, err: ran.err }).toEqual({ path, code: 0, err: '' })
  return ran.out
}

/** The long options that a section of a page lists, such as `--json`. */
function listed(help: string, section: 'Options' | 'Global Options'): readonly string[] {
  const text = help.split(`\n${section}:\n`)[1]?.split('\n\n')[0] ?? ''
  return [...text.matchAll(/^ {2}(?:-\w, )?(--[a-z-]+)/gmu)].map(([, option = '']) => option)
}

describe('the help of', () => {
  it.each(COMMANDS)('%s has its usage, a description, and an example', async (path) => {
    const help = await readHelp(path)
    expect(help).toMatch(new RegExp(`^Usage: castellan ${path}\\b`, 'u'))
    const [, description = ''] = help.split('\n\n')
    expect(description).toMatch(/^[A-Z][^]*[.)]$/u)
    expect(description).not.toMatch(/^(?:Arguments|Options|Commands):/u)
    expect(help).toMatch(/^Examples?:/mu)
  })

  it.each([...TREE.map(({ path }) => path), ...GROUPS])('%s fits a screen of 80 columns', async (path) => {
    for (const columns of [null, 80]) {
      const wide = (await readHelp(path, columns)).split('\n').filter((line) => line.length > 80)
      expect(wide).toEqual([])
    }
  })

  it.each(COMMANDS)('%s lists exactly the options that it takes', async (path, command) => {
    const help = await readHelp(path)
    const own = command.options.map(({ long }) => long ?? '')
    expect(listed(help, 'Options').toSorted()).toEqual([...own, '--help'].toSorted())
    const refused = [...(isWhole(path) ? ['--client'] : []), ...(printsOnce(path) ? ['--quiet'] : [])]
    const global = ['--json', '--quiet', '--client', '--profile'].filter((option) => !refused.includes(option))
    expect(listed(help, 'Global Options')).toEqual(global)
  })

  it.each(COMMANDS)('%s shows examples of its own, with options that it takes', (path, command) => {
    const takes = [...command.options.map(({ long }) => long), '--json', '--quiet', '--client', '--profile']
    const lines = listExamples(command, path)
    const { length: needed } = command.registeredArguments.filter(({ required }) => required)
    const mandatory = command.options.filter((option) => option.mandatory).map(({ long }) => long)
    for (const line of lines) {
      const [words = ''] = line.slice(path.length).trim().split(/ ?--/u)
      expect({ line, given: (words.match(/"[^"]*"|\S+/gu) ?? []).length >= needed }).toEqual({ line, given: true })
      expect(line.split(' ')).toEqual(expect.arrayContaining(mandatory))
      const options = [...line.matchAll(/ (--[a-z-]+)/gu)].map(([, option]) => option)
      expect(takes).toEqual(expect.arrayContaining(options))
    }
  })

  it.each(GROUPS)('%s has no example, since it only has other commands', async (path) => {
    if (TREE.some((one) => one.path === path)) return
    expect(await readHelp(path)).not.toMatch(/^Examples?:/mu)
  })

  it('is the same with help before the words of a command and with --help behind them', async () => {
    for (const path of [...TREE.map((one) => one.path), ...GROUPS]) {
      expect((await castellan.run('help', ...path.split(' '))).out).toBe(await readHelp(path))
    }
  })
})
