import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { CommanderError } from 'commander'
import { describe, expect, it } from 'vitest'

import { filesUnder } from '../../../build/freshness.mjs'
import { Command } from '../../../electron/cli/kit/command.ts'
import { refuses } from '../../../electron/cli/kit/help.ts'
import { defineVerb } from '../../../electron/cli/tree.ts'
import { VERBS } from '../../../electron/cli/verbs.ts'
import { commandTree } from './commands.ts'
import { textsIn, VALUE } from './source-texts.ts'

const ROOT = resolve(import.meta.dirname, '../../..')

/** Names under which a digest is made, which are not commands. */
const LABEL = /castellan (?:\S+ 1\b|secrets while locked|journal end)/u

/** The end of a command line in a sentence. */
const LINE_END = /[,;)“”"\n`<>|[\\]|\.(?=\s|$)|: | –| \(/u

/** Words that go on with the sentence behind a command. */
const SENTENCE =
  /^(?:has|does|do|compares|takes|reads|asks|prints|checks|shows|explains|again|first|without|with|to|as|and|or|is|on|needs|was|for|opens|in)$/u

/** A command line, whose options are its own. */
const OF_A_COMMAND = /\b(?:castellan|systemctl|apt) [^.]*/gu

const GLOBAL = ['--json', '--quiet', '--client', '--profile']

interface Proposed {
  readonly where: string
  readonly line: string
  readonly words: readonly string[]
  /** Whether a sentence only names the command, as “see castellan restore”. */
  readonly isMention: boolean
}

function proposedIn(text: string, where: string): readonly Proposed[] {
  return [...text.matchAll(/(?<![\w./-])castellan (?=[a-z-])/gu)].flatMap((match) => {
    const rest = text.slice(match.index + match[0].length)
    const end = LINE_END.exec(rest)?.index ?? rest.length
    const line = rest.slice(0, end).trim()
    if (LABEL.test(text.slice(match.index)) || line === '') return []
    const all = line.split(/\s+/u)
    const stop = all.findIndex((word) => SENTENCE.test(word))
    const words = stop === -1 ? all : all.slice(0, stop)
    const isMention = !/(?:^|: |[“(`\n]|, or )$/u.test(text.slice(0, match.index)) || stop !== -1
    return [{ where, line: `castellan ${words.join(' ')}`, words, isMention }]
  })
}

const TEXTS = ['electron', 'shared', 'renderer']
  .flatMap((folder) => filesUnder(ROOT, folder))
  .filter((file) => /\.tsx?$/u.test(file))
  .flatMap((file) => {
    const source = readFileSync(join(ROOT, file), 'utf8')
    return source.includes('castellan ') || source.includes('--') ? [{ file, source }] : []
  })
  .flatMap(({ file, source }) => textsIn(source).map(({ text, line }) => ({ file, line, text })))

/** A person replaces a word of capitals. */
function isPlaceholder(word: string): boolean {
  return word.includes(VALUE) || /^[A-Z][A-Z=@|-]*…?$/u.test(word)
}

/** Takes placeholders for every value that is otherwise checked. */
function takePlaceholders(command: Command): void {
  for (const each of [...command.options, ...command.registeredArguments]) {
    const check = each.parseArg
    if (check === undefined) continue
    each.argParser((text, before) => (isPlaceholder(text) ? text : check(text, before as never)))
  }
  for (const sub of command.commands) takePlaceholders(sub)
}

function inherit(command: Command, from: Command): void {
  command.copyInheritedSettings(from)
  for (const sub of command.commands) inherit(sub, command)
}

/** Parses a line without doing it; what is wrong with it, or null. */
async function problemOf({ words, isMention }: Proposed): Promise<string | null> {
  const own: string[] = []
  const global: string[] = []
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    if (!GLOBAL.includes(word)) own.push(word)
    else if (global.push(word) > 0 && (word === '--client' || word === '--profile')) at += 1
  }
  const [name = ''] = own
  if (!Object.hasOwn(VERBS, name)) return `no verb ${name}`
  const called: Command[] = []
  const complaints: string[] = []
  const root = new Command('castellan')
    .exitOverride()
    .configureOutput({ writeErr: (text) => complaints.push(text), writeOut: () => undefined })
  const command = root.command(name)
  await defineVerb(command, (acting) => {
    acting.action(() => void called.push(acting))
  })
  takePlaceholders(command)
  inherit(command, root)
  const known = (await TREE).find((one) => one.path === own.join(' '))
  if (isMention && known !== undefined) return null
  try {
    await root.parseAsync(own, { from: 'user' })
  } catch (error) {
    if (!(error instanceof CommanderError)) throw error
    return error.code === 'commander.helpDisplayed' ? null : complaints.join('').trim()
  }
  const [acting] = called
  if (acting === undefined) return 'does nothing'
  const refused = global.find((option) => refuses(acting, option))
  return refused === undefined ? null : `takes no ${refused}`
}

const TREE = commandTree()

describe('a command line that a text of the product names', () => {
  const proposed = TEXTS.flatMap(({ file, line, text }) => proposedIn(text, `${file}:${line}`)).filter(
    ({ words: [first = '-'] }) => GLOBAL.includes(first) || !(first.startsWith('-') || isPlaceholder(first)),
  )

  it('is of a command that exists, with its options and as many arguments as it takes', async () => {
    expect(proposed.length).toBeGreaterThan(120)
    const wrong: string[] = []
    for (const one of proposed) {
      const problem = await problemOf(one)
      if (problem !== null) wrong.push(`${one.where} ${one.line}: ${problem}`)
    }
    expect(wrong).toEqual([])
  })
})

describe('an option that a text names', () => {
  it('is one of the verb whose text it is; in a text of the service, one of some command', async () => {
    const tree = await TREE
    const optionsOf = (verb: string): ReadonlySet<string> =>
      new Set(
        tree
          .filter(({ path }) => verb === '' || path.split(' ')[0] === verb)
          .flatMap(({ command }) => [
            ...command.options.map(({ long }) => long ?? ''),
            ...GLOBAL,
            '--help',
            '--version',
          ]),
      )
    const wrong = TEXTS.filter(
      ({ file, text }) => /^electron\/(?:cli|service)\//u.test(file) && /[a-z] \S|[.]$/u.test(text),
    ).flatMap(({ file, line, text }) => {
      const verb = /^electron\/cli\/verbs\/([a-z-]+)/u.exec(file)?.[1] ?? ''
      const takes = optionsOf(verb)
      const own = text.replaceAll(OF_A_COMMAND, '')
      const named = [...own.matchAll(/(?<![\w-])--[a-z][a-z-]*[a-z](?!-)/gu)].map(([option]) => option)
      return named.filter((option) => !takes.has(option)).map((option) => `${file}:${line} ${option}`)
    })
    expect(wrong).toEqual([])
  })
})
