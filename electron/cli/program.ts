import { CommanderError } from 'commander'

import { VERSION } from '../../shared/domain/version.ts'
import { looksSecret } from '../../shared/domain/secrets/find-secrets.ts'
import { resolveProfile } from '../service/profile/place.ts'
import { Command } from './kit/command.ts'
import { canAsk, confirm } from './kit/confirm.ts'
import { EXIT, type ExitCode } from './kit/exit-code.ts'
import { toFailure, failureText, Misuse } from './kit/failure.ts'
import { exampleText, HELP_WIDTH, helpLayout, refuses, toPath, wrapLines } from './kit/help.ts'
import { readLayout } from './kit/layout.ts'
import { narrowingOptions } from './kit/narrowing.ts'
import { commandModel } from './model.ts'
import type { Act, OpenSession, Run, Session } from './kit/run.ts'
import { OutputClosed, type Terminal } from './kit/terminal.ts'
import { harmlessTerminal } from './kit/harmless.ts'
import { shown } from './kit/text/shown.ts'
import { addGlobalOptions, defineVerb, sentence } from './tree.ts'
import { VERBS } from './verbs.ts'

interface GlobalOptions {
  readonly json?: boolean
  readonly client?: string
  readonly profile?: string
  readonly quiet?: true
}

/** Runs one command line (without the program's name) and returns its exit code. Never throws. */
export async function runCli(argv: readonly string[], given: Terminal, open: OpenSession): Promise<ExitCode> {
  const terminal = harmlessTerminal(given)
  try {
    if (argv.some(looksSecret)) {
      throw new Misuse(
        'The command line contains a credential. Other users and the shell history can see it.',
        'Pass it on standard input. Replace the credential at the provider, since it was exposed.',
      )
    }
    return await parse(argv, terminal, open)
  } catch (error) {
    return settle(error, given)
  }
}

/** Prints what an error means to people, and returns the exit code. Never throws. */
export async function settle(error: unknown, given: Terminal): Promise<ExitCode> {
  const terminal = harmlessTerminal(given)
  if (error instanceof OutputClosed) return EXIT.done
  if (error instanceof CommanderError) return error.exitCode === 0 ? EXIT.done : EXIT.misuse
  const failure = toFailure(error)
  const trace = terminal.env['CASTELLAN_DEBUG'] === '1' && error instanceof Error ? `${error.stack ?? ''}\n` : ''
  try {
    await terminal.err(failureText(failure) + trace)
  } catch {
    // Standard error is closed; the exit code still reports the result.
  }
  return failure.code
}

async function parse(argv: readonly string[], terminal: Terminal, open: OpenSession): Promise<ExitCode> {
  let code: ExitCode = EXIT.done
  const said: { readonly to: 'out' | 'err'; readonly text: string }[] = []
  const program = newProgram(said, terminal)
  const acting = new Set<Command>()
  const act: Act = (command, work) => {
    acting.add(command)
    command.action(async (...args: unknown[]) => {
      // Commander passes the arguments, then the options and the command.
      const own = args.slice(0, -2) as never
      const run = makeRun(command, terminal, open)
      const { question } = command
      if (question !== null && command.opts<{ readonly yes?: true }>().yes !== true) {
        if (canAsk(run.terminal)) await run.withApi('read', async (api) => question.find?.(api, own))
        await confirm(run.terminal, toPath(command), question.consequences)
      }
      code = (await work(run, command.opts<never>(), ...own)) ?? EXIT.done
      if (code === EXIT.failed || code === EXIT.partial) for (const text of run.explain()) await terminal.err(text)
    })
  }
  const called = findVerb(argv)
  for (const [name, [summary]] of Object.entries(VERBS)) {
    const command = program.command(name)
    if (name === called) {
      await defineVerb(command, act)
      refuseAlone(argv, command, acting.has(command))
    } else command.summary(summary).description(sentence(summary))
    inherit(command, program)
  }
  try {
    await program.parseAsync(hoisted(helped(argv, called)), { from: 'user' })
  } finally {
    for (const { to, text } of said) await terminal[to](text)
  }
  return code
}

function newProgram(said: { readonly to: 'out' | 'err'; readonly text: string }[], terminal: Terminal): Command {
  const program = addGlobalOptions(new Command('castellan').version(VERSION, '-V, --version', 'print the version'))
    .description('Who holds which role, project and key in your AI providers’ organizations, and since when.')
    .addHelpText(
      'after',
      '\nExit codes: 0 done, 1 failed, 2 misuse, 3 done in part, 4 found what --fail-on names, or changed evidence.\n',
    )
    .configureOutput({
      writeOut: (text) => said.push({ to: 'out', text: wrapLines(text, terminal.columns ?? HELP_WIDTH) }),
      writeErr: (text) => said.push({ to: 'err', text }),
      outputError: (text, write) =>
        write(
          `${sentence(
            shown(
              text
                .replace(/^error: /u, '')
                .replaceAll(/\s+/gu, ' ')
                .trim(),
            ),
          )}\n`,
        ),
      getOutHasColors: () => false,
      getErrHasColors: () => false,
    })
    .showSuggestionAfterError()
    .enablePositionalOptions()
    .exitOverride()
  return program.configureHelp(helpLayout(program, terminal.columns))
}

/**
 * The command line with the options of the program in front, where commander's positional options have to be. Options
 * after a subcommand then belong to the subcommand: else a verb's `--month` would swallow that of its subcommand.
 */
function hoisted(argv: readonly string[]): string[] {
  const [front, rest]: [string[], string[]] = [[], []]
  const end = argv.includes('--') ? argv.indexOf('--') : argv.length
  for (let at = 0; at < end; at += 1) {
    const word = argv[at] ?? ''
    const takesNext = word === '--client' || word === '--profile'
    if (takesNext) front.push(...argv.slice(at, Math.min(end, at + 2)))
    else if (word === '--json' || word === '--quiet' || /^--(?:client|profile)=/u.test(word)) front.push(word)
    else rest.push(word)
    if (takesNext) at += 1
  }
  return [...front, ...rest, ...argv.slice(end)]
}

/**
 * `help VERB SUBVERB` as `VERB SUBVERB --help`: commander's own help goes one level deep. An unknown verb has no help,
 * so that commander rejects it.
 */
function helped(argv: readonly string[], called: string | undefined): readonly string[] {
  const [first, ...verb] = argv
  const words = first === 'help' && verb.length > 0 ? [...verb, '--help'] : argv
  const isKnown = called === undefined || called === 'help' || Object.hasOwn(VERBS, called)
  return isKnown ? words : words.filter((word) => word !== '--help' && word !== '-h')
}

/** Copies the program's settings to subcommands; commander copies them only to commands made afterwards. */
function inherit(command: Command, from: Command): void {
  command.copyInheritedSettings(from)
  command.addHelpText('after', () => exampleText(command))
  for (const sub of command.commands) inherit(sub, command)
}

/** The verb of a command line: its first word that is neither an option nor an option's value; `help VERB` is about VERB. */
function findVerb(argv: readonly string[]): string | undefined {
  const words = listWords(argv)
  return words[0] === 'help' ? words[1] : words[0]
}

/** The words of a command line without options and their values. */
function listWords(argv: readonly string[]): readonly string[] {
  return argv.filter((word, index) => {
    const before = argv[index - 1]
    return !word.startsWith('-') && before !== '--client' && before !== '--profile'
  })
}

function asksHelp(argv: readonly string[]): boolean {
  return argv[0] === 'help' || argv.includes('--help') || argv.includes('-h')
}

/** Asks for the command of a noun that is called alone: what a list shows is never the answer of a noun. */
function refuseAlone(argv: readonly string[], noun: Command, acts: boolean): void {
  const next = argv[argv.indexOf(noun.name()) + 1] ?? '-'
  const isCalled = noun.commands.some((command) => listWords(argv).includes(command.name()))
  if (acts || noun.commands.length === 0 || isCalled || !next.startsWith('-') || asksHelp(argv)) return
  const list = noun.commands.find((command) => command.name() === 'list')
  const hint = list === undefined ? '' : `To list: castellan ${noun.name()} list. `
  throw new Misuse(
    `“castellan ${noun.name()}” needs a command: ${noun.commands.map((command) => command.name()).join(', ')}.`,
    `${hint}Each is described by: castellan ${noun.name()} --help`,
  )
}

function makeRun(command: Command, given: Terminal, open: OpenSession): Run {
  const options = command.optsWithGlobals<GlobalOptions>()
  const profile = getProfile(options.profile, given)
  if (options.client !== undefined && refuses(command, '--client')) {
    throw new Misuse('This command concerns all clients and cannot be limited to one.', 'Leave out --client.')
  }
  if (options.quiet === true && refuses(command, '--quiet')) {
    throw new Misuse('This output is shown only once, so --quiet would lose it.', 'Leave out --quiet.')
  }
  const layout = readLayout(command, options.json ?? false)
  const credentials = given.env['CREDENTIALS_DIRECTORY']
  const { terminal, explain } = options.quiet === true ? makeQuiet(given) : { terminal: given, explain: () => [] }
  return {
    terminal,
    json: layout.format === 'json',
    layout,
    explain,
    client: options.client,
    narrowedBy: narrowingOptions(command),
    profile,
    profileNamed: options.profile,
    secrets: open.secrets,
    commands: commandModel,
    withApi: async (mode, work, other) => {
      const create = other !== undefined || command.facts?.createsRegister === true
      const progress = terminal.showsProgress ? (stage: string) => void terminal.err(`${shown(stage)}\n`) : undefined
      const { client } = options
      const session = await open({ profile: other ?? profile, mode, create, client, progress, credentials })
      return during(session, terminal, work)
    },
    withRunner: async (note, work) => {
      const asked = { profile, mode: 'write', create: false, client: undefined, progress: undefined } as const
      return during(await open({ ...asked, credentials, note }), terminal, work)
    },
  }
}

/** The most characters of an explanation. */
const LONGEST = 1 << 16

/** A terminal that prints nothing; what was to be printed explains an end that is neither 0 nor a result. */
function makeQuiet(given: Terminal): Pick<Run, 'terminal' | 'explain'> {
  const held = { out: '', err: '' }
  const hold = (to: 'out' | 'err') => async (text: string | Uint8Array) => {
    if (typeof text === 'string' && held[to].length < LONGEST) held[to] += text
  }
  const ask = (text: string): Promise<void> => given.err(text)
  const terminal = { ...given, out: hold('out'), err: hold('err'), ask, showsProgress: false }
  return { terminal, explain: () => [held.err === '' ? held.out : held.err] }
}

/** Does work with an open session and always closes it. */
async function during<T>(
  session: Session,
  terminal: Terminal,
  work: (api: Session['api'], session: Session) => Promise<T>,
): Promise<T> {
  try {
    for (const warning of session.warnings) await terminal.err(`Warning: ${shown(warning)}\n`)
    return await work(session.api, session)
  } finally {
    await session.close()
  }
}

function getProfile(flag: string | undefined, terminal: Terminal): string {
  try {
    return resolveProfile(flag, terminal.env)
  } catch (error) {
    throw new Misuse(error instanceof Error ? error.message : String(error))
  }
}
