import type { Command } from 'commander'

import type { BackupMade } from '../../../shared/contract/backup.ts'
import type { Api } from '../../../shared/contract/contract.ts'
import type { ServiceHost } from '../../service/kit/host.ts'
import type { OpenService } from '../../service/process/open.ts'
import type { QuestionJournal } from '../../service/core/question-journal.ts'
import type { CommandModel } from './command-model.ts'
import type { ExitCode } from './exit-code.ts'
import type { Terminal } from './terminal.ts'

/** `read` works beside an open window; `write` needs to be the profile's only writer. */
export type Mode = 'read' | 'write'

/** The service, open on one profile for the length of one verb. */
export interface Session {
  readonly api: Api
  /** What stands against this register, for standard error: a title and what to do. */
  readonly warnings: readonly string[]
  /** The operations, kept to one client. */
  getApi(client: string): Api
  /** Fills the register with the sample agency, which no window asks for: there it has a profile of its own. */
  fillWithSample(): Promise<void>
  /**
   * Where a session that only reads writes down what it was asked, also beside a window. Throws where there is no register.
   */
  openJournal(): Promise<QuestionJournal>
  /** Copies the register, beside a window too; into the backups folder unless a path is given. Null: it is there already. */
  backUp(path: string | null, daily: boolean): Promise<BackupMade | null>
  close(): Promise<void>
}

export type OpenSession = Opening & {
  /** Where secrets are, for what works on a profile that cannot be opened; undefined: the operating system's keychain. */
  readonly secrets?: OpenService['secrets'] | undefined
}

type Opening = (options: {
  readonly profile: string
  readonly mode: Mode
  /** Whether a profile without a register gets one. */
  readonly create: boolean
  /** Slug of the one client that the session keeps to; undefined: all. */
  readonly client: string | undefined
  /** Hears the stages of long operations; undefined where nobody watches. */
  readonly progress: ServiceHost['progress']
}) => Promise<Session>

/** One call of one verb: what stands before, between and behind its own options. */
export interface Run {
  readonly terminal: Terminal
  readonly json: boolean
  /** Slug of the client in scope; undefined: all clients. */
  readonly client: string | undefined
  /** The options that leave rows of a list out, as the command line wrote them. */
  readonly narrowedBy: readonly string[]
  /** The profile's folder, absolute. */
  readonly profile: string
  readonly secrets: OpenService['secrets'] | undefined
  /** Every command of the program, for what describes the program itself. */
  commands(): Promise<CommandModel>
  /**
   * Opens the service, does the work, and closes it again whatever happens. Throws where the profile has no register and the
   * verb creates none. Another profile, whose register is created when needed, only where a verb says so.
   */
  withApi<T>(mode: Mode, work: (api: Api, session: Session) => Promise<T>, profile?: string): Promise<T>
}

/** The work of a verb, given what its command line said; without an exit code it is done. */
export type Work<Options, Args extends readonly unknown[]> = (
  run: Run,
  options: Options,
  ...args: Args
) => Promise<ExitCode | void>

/** Ties the work to a command, so that it runs when the command is called. */
export type Act = <Options, Args extends readonly unknown[]>(command: Command, work: Work<Options, Args>) => void

/** What a verb's module exports: it adds its arguments, options and subcommands to the command of its name. */
export type DefineVerb = (command: Command, act: Act) => void

/** The scope as operations take it. */
export function readScope(run: Run): { readonly client?: string } {
  return run.client === undefined ? {} : { client: run.client }
}
