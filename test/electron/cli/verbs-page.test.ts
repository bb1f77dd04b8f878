import { readFileSync } from 'node:fs'
import { join } from 'node:path'

import { expect, it } from 'vitest'

import { allCommands } from './commands.ts'

const PAGE = readFileSync(join(import.meta.dirname, '../../../docs/verbs.md'), 'utf8').replaceAll(/```[^]*?```/gu, '')

/** The words of a command line up to its first argument or option. */
function getWords(line: string): readonly string[] {
  return /^[a-z][a-z-]*(?: [a-z][a-z-]*)*/u.exec(line)?.[0].split(' ') ?? []
}

/** The commands that a code span may name: `client list|edit`, `key|project list`, `plan list|version list`. */
function expand(span: string): readonly string[] {
  const parts = span
    .replace(/^castellan /u, '')
    .split('|')
    .map(getWords)
  const [first = [], last = []] = [parts[0], parts.at(-1)]
  return [
    ...first.map((_, at) => first.slice(0, at + 1)),
    ...parts.map((part) => [...part, ...last.slice(1)]),
    ...parts.flatMap((part) => first.map((_, at) => [...first.slice(0, at), ...part])),
  ].map((words) => words.join(' '))
}

it('the page about verbs names every command of the terminal', async () => {
  const named = new Set(
    [...PAGE.matchAll(/`([^`]+)`/gu)].flatMap(([, span = '']) => expand(span.replaceAll('\\|', '|'))),
  )
  expect((await allCommands()).filter((path) => !named.has(path))).toEqual([])
})
