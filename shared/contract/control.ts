import type { SandboxState, Settings } from './app.ts'
import type { Inputs } from './contract.ts'
import type { UpdatePackage } from './updates.ts'

/**
 * The messages between the shell and the service, separate from the window's own port. They contain no row and no
 * secret: the shell receives a title, a count, the text of a notification and the target of a file. Only a report that
 * is to be printed as PDF is sent whole, because only the shell has a browser.
 */

/** How long a copied secret may stay on the clipboard, in seconds. */
export const SECRET_STAYS_SECONDS = 30

/** The question where to save, as `desktop.saveTarget` asks it. */
export type SaveQuestion = Inputs['desktop']['saveTarget']

/** The target that a person chose. The service receives the path; the window receives a handle for it. */
export type SaveAnswer = { readonly outcome: 'chosen'; readonly path: string } | { readonly outcome: 'cancelled' }

/** The question what to read, as `desktop.openTarget` asks it. */
export type OpenQuestion = Inputs['desktop']['openTarget']

/** The file or folder that a person chose to read. */
export type OpenAnswer = { readonly outcome: 'chosen'; readonly path: string } | { readonly outcome: 'cancelled' }

/** Settings of the application that the desktop applies. */
export type ShellPreferences = Pick<Settings, 'colourScheme' | 'keepRunning' | 'startAtLogin'>

/** A page as PDF, or the reason why it could not be printed. */
export type PrintedPdf =
  | { readonly outcome: 'printed'; readonly pdf: Uint8Array }
  | { readonly outcome: 'failed'; readonly reason: string }

/** A verified package that the shell installs. `folder` is of this user alone. */
export interface InstallQuestion {
  readonly path: string
  readonly folder: string
  /** The version that runs, and the one of the package. */
  readonly from: string
  readonly version: string
  readonly file: UpdatePackage
}

/** The answer of the application that is to be replaced. `kept` is the package that is replaced, where it was kept. */
export type InstallAnswer =
  | { readonly outcome: 'installing'; readonly kept: string | null }
  | { readonly outcome: 'failed'; readonly reason: string }

export interface NotificationWords {
  readonly title: string
  readonly body: string
  /** A path in the window that a click opens, such as `/keys?key=12`. */
  readonly to: string
}

/** The severity of a line of the log. */
export type LogLevel = 'info' | 'warn' | 'error'

/** From the shell to the service. `connect` carries one message port, the window's. */
export type ToService =
  | {
      readonly type: 'open'
      readonly profile: string
      readonly shell: 'electron' | 'chromium'
      /** True if threads are started for little work too, as the self-test needs it; false by default. */
      readonly usesAllThreads?: boolean
    }
  | { readonly type: 'connect' }
  | { readonly type: 'navigate'; readonly to: string }
  /** How long the person has not used the machine, or if that is not known, the window. */
  | { readonly type: 'idle'; readonly seconds: number }
  /** The machine slept, or its screen was locked. */
  | { readonly type: 'away' }
  /** The sources of a locked screen, sleep and time without use, as a sentence for people. */
  | { readonly type: 'lock-described'; readonly sentence: string }
  /** The sandbox of the window's page. */
  | { readonly type: 'sandbox-described'; readonly sandbox: SandboxState }
  /** Where the window was when it was locked: a path in it. */
  | { readonly type: 'place'; readonly to: string }
  | { readonly type: 'save-answer'; readonly ask: number; readonly answer: SaveAnswer }
  | { readonly type: 'open-answer'; readonly ask: number; readonly answer: OpenAnswer }
  | { readonly type: 'print-answer'; readonly ask: number; readonly answer: PrintedPdf }
  | { readonly type: 'install-answer'; readonly ask: number; readonly answer: InstallAnswer }
  | { readonly type: 'lock' }
  | { readonly type: 'ping' }
  /** The machine woke from sleep: the service checks what became due meanwhile. */
  | { readonly type: 'check-now' }
  | { readonly type: 'close' }

/** From the service to the shell. `failed` ends the service: the texts are for people and name what to do. */
export type ToShell =
  /** The profile is this service's alone; its register is not open yet. */
  | { readonly type: 'held' }
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string; readonly hint: string }
  | { readonly type: 'notify'; readonly notification: NotificationWords }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'due'; readonly count: number }
  /** The register is locked: none of its data may stay in the window, in notifications or on the clipboard. */
  | { readonly type: 'locked' }
  /** A secret was copied; the digest (SHA-256, in hex) shows later whether the clipboard still holds it. */
  | { readonly type: 'secret-copied'; readonly sha256: string }
  | ({ readonly type: 'ask-save'; readonly ask: number } & SaveQuestion)
  | ({ readonly type: 'ask-open'; readonly ask: number } & OpenQuestion)
  | { readonly type: 'ask-print'; readonly ask: number; readonly html: string }
  | { readonly type: 'ask-install'; readonly ask: number; readonly question: InstallQuestion }
  | { readonly type: 'pong' }
  /** Sent when the register was opened, and whenever one of them changes. */
  | ({ readonly type: 'preferences' } & ShellPreferences)
  | { readonly type: 'closed' }
