import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

import { describe, expect, it } from 'vitest'

import { commandTree } from './commands.ts'
import { listWays, writeReference } from './operations.ts'

const CLI = join(import.meta.dirname, '../../../electron/cli')

/** An assistant needs fewer operations than a person, so its folder does not count here. */
const SOURCES = readdirSync(CLI, { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.ts') && !name.startsWith('mcp'))
  .map((name) => readFileSync(join(CLI, name), 'utf8'))

const WAYS = await listWays()

const VERBS = WAYS.flatMap(([operation, way]) => {
  if (typeof way === 'string') return [[operation, way] as const]
  return 'verb' in way ? [[operation, way.verb] as const] : []
})

const COMMANDS = new Map((await commandTree()).map(({ path, command }) => [path, command]))

/** A verb and its options, as the table names them. */
function splitParts(verb: string): { readonly path: string; readonly options: readonly string[] } {
  const words = verb.split(' ')
  const isOption = (word: string): boolean => word.startsWith('--')
  return { path: words.filter((word) => !isOption(word)).join(' '), options: words.filter(isOption) }
}

/** Whether the terminal's own code calls an operation: `api.keys.get(`, or `api.reviews[name](` beside `name: 'sign'`. */
function isCalled(operation: string): boolean {
  const [area = '', name = ''] = operation.split('.')
  const listed = new RegExp(`(?:name|operation): '${name}'`, 'u')
  const printed = new RegExp(String.raw`\b(?:streamText|printDocument)\((?:run, )?'${area}\.${name}'`, 'u')
  return SOURCES.some(
    (text) =>
      text.includes(`api.${area}.${name}(`) ||
      (text.includes(`api.${area}[`) && listed.test(text)) ||
      printed.test(text),
  )
}

describe('the operations of the contract in the terminal', () => {
  it.each(WAYS)('%s is called by a command, or has the reason why not', (_operation, way) => {
    expect(way).not.toEqual({ none: '' })
  })

  it.each(VERBS)('%s is done by a command and options that exist: %s', (_operation, verb) => {
    const { path, options } = splitParts(verb)
    const command = COMMANDS.get(path)
    const long = command?.options.map((option) => option.long) ?? []
    expect({ path, exists: command !== undefined, lacks: options.filter((option) => !long.includes(option)) }).toEqual({
      path,
      exists: true,
      lacks: [],
    })
  })

  it.each(WAYS.filter(([, way]) => typeof way === 'string'))(
    '%s is called by the code of the terminal',
    (operation) => {
      expect(isCalled(operation)).toBe(true)
    },
  )

  it.each(WAYS.filter(([, way]) => typeof way === 'object'))(
    '%s is not called by the code of the terminal, so that its note is needed',
    (operation) => {
      expect(isCalled(operation)).toBe(false)
    },
  )

  it('are listed in docs/terminal.md; this file run with --update writes it', async () => {
    await expect(writeReference(WAYS)).toMatchFileSnapshot('../../../docs/terminal.md')
  })
})
