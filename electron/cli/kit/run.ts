import type { BackupMade } from '../../../shared/contract/backup.ts'
import type { Api, Inputs } from '../../../shared/contract/contract.ts'
import type { FindingFilter, FindingLine } from '../../../shared/contract/findings.ts'
import type { DueRow } from '../../../shared/contract/rotation.ts'
import type { ServiceHost } from '../../service/kit/host.ts'
import type { OpenService } from '../../service/process/open.ts'
import type { QuestionJournal } from '../../service/core/question-journal.ts'
import type { TextInputs, TextOperation } from '../../service/process/text-streams.ts'
import type { CommandModel } from './command-model.ts'
import type { Command } from './command.ts'
import type { ExitCode } from './exit-code.ts'
import type { Layout } from './layout.ts'
import type { Terminal } from './terminal.ts'

/** `read` works beside an open window; `write` needs to be the profile's only writer. */
export type Mode = 'read' | 'write'

/** The service, open on one profile for the length of one verb. */
export interface Session {
  readonly api: Api
  /** Problems of this register, for standard error: a title and what to do. */
  readonly warnings: readonly string[]
  /** The operations, limited to one client. */
  getApi(client: string): Api
  /**
   * The text that an operation answers, piece by piece; the session is closed only after the last one. Throws as the
   * operation does.
   */
  streamText<O extends TextOperation>(operation: O, input: TextInputs[O]): Promise<Iterable<string>>
  /** The rows of `rotation.due`, one by one, each only with what a table shows. Throws as the operation does. */
  streamDue(input: Omit<Inputs['rotation']['due'], 'offset' | 'limit'>): Promise<Iterable<DueRow>>
  /** The rows of `findings.list`, the most severe first, in the same way. */
  streamFindings(input: FindingFilter): Promise<Iterable<FindingLine>>
  /** Fills the register with the sample agency. The window never calls it: its sample has a separate profile. */
  fillWithSample(): Promise<void>
  /**
   * The journal of questions of a session that only reads; it works while a window is open. Throws without a register.
   */
  openJournal(): Promise<QuestionJournal>
  /**
   * Copies the register, also while a window is open; into the backups folder unless a path is given. Null: it exists.
   */
  backUp(path: string | null, daily: boolean): Promise<BackupMade | null>
  close(): Promise<void>
}

export type OpenSession = Opening & {
  /** The secret store, for commands on a profile that cannot be opened; undefined: the operating system's keychain. */
  readonly secrets?: OpenService['secrets'] | undefined
}

type Opening = (options: {
  readonly profile: string
  readonly mode: Mode
  /** True if a profile without a register gets one. */
  readonly create: boolean
  /** Slug of the one client that the session is limited to; undefined: all. */
  readonly client: string | undefined
  /** Called at the stages of long operations; undefined without a terminal. */
  readonly progress: ServiceHost['progress']
  /** Called with each step of a runner, which works until it is closed; left out for all other verbs. */
  readonly note?: ServiceHost['note'] | undefined
  /** Where systemd passes credentials to this process. */
  readonly credentials?: string | undefined
}) => Promise<Session>

/** One call of one verb, with the options of the program. */
export interface Run {
  readonly terminal: Terminal
  readonly json: boolean
  /** The text that --quiet kept back, for an end that is an error. */
  explain(): readonly string[]
  readonly layout: Layout
  /** Slug of the client in scope; undefined: all clients. */
  readonly client: string | undefined
  /** The filter options, as the command line wrote them. */
  readonly narrowedBy: readonly string[]
  /** The profile's folder, absolute. */
  readonly profile: string
  /** The profile as the command line names it; undefined where it names none. */
  readonly profileNamed: string | undefined
  readonly secrets: OpenService['secrets'] | undefined
  /** Every command of the program, for completions and the manual. */
  commands(): Promise<CommandModel>
  /**
   * Opens the service, does the work, and always closes it. Throws where the profile has no register and the verb
   * creates none. A verb may name another profile, whose register is created when needed.
   */
  withApi<T>(mode: Mode, work: (api: Api, session: Session) => Promise<T>, profile?: string): Promise<T>
  /** Runs a service without a window until the work ends; `note` receives each of its steps. */
  withRunner(note: NonNullable<ServiceHost['note']>, work: () => Promise<void>): Promise<void>
}

/** The work of a verb, given its command line. Undefined is exit code 0. */
export type Work<Options, Args extends readonly unknown[]> = (
  run: Run,
  options: Options,
  ...args: Args
) => Promise<ExitCode | void>

/** Runs the work when the command is called. */
export type Act = <Options, Args extends readonly unknown[]>(command: Command, work: Work<Options, Args>) => void

/** The export of a verb's module: it adds arguments, options and subcommands to the command of its name. */
export type DefineVerb = (command: Command, act: Act) => void

/** The scope as input of operations. */
export function readScope(run: Run): { readonly client?: string } {
  return run.client === undefined ? {} : { client: run.client }
}
