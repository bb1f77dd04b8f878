import { Command, listExamples } from '../../../electron/cli/kit/command.ts'
import type { Act } from '../../../electron/cli/kit/run.ts'
import { defineVerb } from '../../../electron/cli/tree.ts'
import { VERBS } from '../../../electron/cli/verbs.ts'

interface CommandEntry {
  /** Its words, such as `client add`. */
  readonly path: string
  readonly command: Command
}

/** The commands that do something, such as `client add`, read from the program itself. */
export async function allCommands(): Promise<readonly string[]> {
  return (await commandTree()).map(({ path }) => path)
}

/** The same, each with the command that commander has. */
export async function commandTree(): Promise<readonly CommandEntry[]> {
  const found: CommandEntry[] = []
  for (const name of Object.keys(VERBS)) {
    const acting = new Set<Command>()
    const act: Act = (command) => void acting.add(command)
    const root = new Command(name)
    await defineVerb(root, act)
    const visit = (command: Command, path: string): void => {
      if (acting.has(command)) found.push({ path, command })
      for (const sub of command.commands) visit(sub, `${path} ${sub.name()}`)
    }
    visit(root, name)
  }
  return found
}

const COMMANDS = new Map((await commandTree()).map(({ path, command }) => [path, command]))

/** The command of some words. */
export function getCommand(path: string): Command {
  const command = COMMANDS.get(path)
  if (command === undefined) throw new Error(`${path} is not a command.`)
  return command
}

/** True if a command concerns all clients and takes no --client. */
export const isWhole = (path: string): boolean => getCommand(path).facts?.isWhole === true

/** True if a command prints what is shown only once and takes no --quiet. */
export const printsOnce = (path: string): boolean => getCommand(path).facts?.printsOnce === true

/** The commands that ask before they remove something, with the consequences. */
export const ASKING: readonly (readonly [path: string, asks: string])[] = [...COMMANDS].flatMap(
  ([path, { question }]) => (question === null ? [] : [[path, question.consequences] as const]),
)

/** What a command is given after its name so that it opens the register. */
export interface Given {
  readonly argv: readonly string[]
  readonly stdin?: string
}

/**
 * What each command is given: the arguments and options without which it is refused, as its first example has them, with 1
 * for every number, and --yes where it asks. `file` is any file that can be read, `folder` any folder.
 */
export function listArguments({ file, folder }: { readonly file: string; readonly folder: string }) {
  const by = (...argv: readonly string[]): Given => ({ argv })
  const secret = 'sk-admin-0123456789abcdef'
  const own: Readonly<Record<string, Given>> = {
    'today note': by('keys-overdue-admin', '--text', 'Ask Mara'),
    show: by('connection-1'),
    'client edit': by('acme', '--name', 'Acme Corporation'),
    'connection add': by('--provider', 'openai', '--no-credential', '--client', 'acme'),
    'connection edit': by('1', '--label', 'Acme'),
    'connection credential': { argv: ['1'], stdin: secret },
    import: by(file, '--kind', 'people', '--client', 'acme'),
    'person import': by(file),
    'person reviewed': by('1', '--on', 'yesterday'),
    'person leaving': by('1', '--on', 'today', '--why', 'Contract ended'),
    'person merge': by('1', '2', '--yes'),
    'finding list': by('--fail-on', 'info'),
    'finding accept': by('1', '--until', '7d', '--why', 'Freeze'),
    'finding reopen': by('1'),
    'review open': by('--check', 'roles', '--client', 'acme'),
    'review decide': by('1', '1', '--decision', 'keep'),
    'review sign': by('1', '--as', 'Mara'),
    'review acknowledge': by('1', '--as', 'Mara'),
    'review pack': by('1', '--out', folder),
    'review summary': by('1', '--out', `${folder}/review.html`),
    'remediation propose': by('--finding', '1'),
    'remediation add': by('--finding', '1', '--all'),
    'plan new': by('--template', 'adopt', '--client', 'acme'),
    'plan export': by('1', `${folder}/plan.yaml`),
    'plan check': by('--fail-on-drift'),
    'plan import': by(file, '--client', 'acme'),
    'plan apply': by('1', '--preview'),
    'plan person': by('ann@acme.example', '--job', 'developer'),
    'plan bind': by('1', 'Acme Corp', '--none'),
    'plan answer': by('1', '--part', 'project', '--planned', 'Research', '--subject', '1', '--same'),
    'event list': by('--since', '7d'),
    'usage import': by(file, '--client', 'acme'),
    'usage folder add': by(folder, '--client', 'acme'),
    'budget list': by('--fail-on', '1'),
    'budget set': by('10', '--client', 'acme'),
    'anomaly list': by('--fail-on-any'),
    'snippet show': by('--project', 'Chatbot', '--client', 'acme'),
    'report weekly': by('--client', 'acme'),
    'report monthly': by('--client', 'acme'),
    'report invoice': by('--client', 'acme'),
    'report settings': by('--client', 'acme'),
    'key decoy': by('1', '--reason', 'In the wiki'),
    'rotation set': by('1', '--contact', 'Platform'),
    'rotation snooze': by('1', '--until', '7d'),
    'recovery show': by('--confirm', 'SHOW'),
    'recovery unlock': { argv: [], stdin: 'C1000-00000' },
    restore: by(file),
    salvage: by('--into', `${folder}/salvaged`),
    'team init': by('--name', 'Northlight', '--email', 'mara@northlight.example', '--host', 'db.invalid'),
    'team invite': by('anna@northlight.example', '--name', 'Anna'),
    'team join': { argv: ['--no-wait'], stdin: 'castellan-2' },
    'team role': by('anna@northlight.example', 'reviewer', '--client', 'acme'),
    'team revoke': by('anna@northlight.example', '--yes'),
    'team approval': by('required', '--client', 'acme'),
    'team resolve': by('01890000-0000-7000-8000-000000000001', 'ab'.repeat(32), '--yes'),
    'team leave': by('--yes'),
    'team move': by('--host', 'db.invalid'),
    'update verify': by(file),
    verify: by('--register'),
    'evidence csv': by(file, '--out', 'tables'),
  }
  return (path: string): Given => own[path] ?? { argv: readNeeded(path) }
}

/** The words of an example that its command does not go without. */
function readNeeded(path: string): readonly string[] {
  const command = getCommand(path)
  const [example = ''] = listExamples(command, path)
  const words = [...example.slice(path.length).matchAll(/"([^"]*)"|[^\s"]+/gu)].map(([word, quoted]) => quoted ?? word)
  const needed: string[] = []
  let places = command.registeredArguments.filter(({ required }) => required).length
  for (let at = 0; at < words.length; at += 1) {
    const word = words[at] ?? ''
    const option = command.options.find(({ long }) => long === word)
    const value = option === undefined || option.isBoolean() ? [] : [words[(at += 1)] ?? '']
    if (option?.mandatory === true) needed.push(word, ...value.map(toFirst))
    if (!word.startsWith('--') && places > 0) {
      needed.push(toFirst(word))
      places -= 1
    }
  }
  return command.question === null ? needed : [...needed, '--yes']
}

/** Replaces a number in an example, or the name of a plan with its version, by the number of the first row. */
function toFirst(word: string): string {
  return word
    .replace(/^\d+$/u, '1')
    .replace(/^Exercise(?:(@)\d+)?$/u, (_, at?: string) => (at === undefined ? '1' : '1@1'))
}
