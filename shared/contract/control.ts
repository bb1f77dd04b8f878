import type { Settings } from './app.ts'
import type { Inputs } from './contract.ts'

/**
 * What the shell and the service say to each other, beside the window's own port. No row and no secret passes here:
 * the shell learns a title, a count, the words of a notification and where a file shall go. Only a report that is to be
 * printed as PDF passes whole: a browser is the shell's to have.
 */

/** How long a copied secret may stay on the clipboard, in seconds. */
export const SECRET_STAYS_SECONDS = 30

/** What is to be saved, as `desktop.saveTarget` is asked. */
export type SaveQuestion = Inputs['desktop']['saveTarget']

/** Where a person chose to save. The path goes to the service; the window gets a handle for it. */
export type SaveAnswer = { readonly outcome: 'chosen'; readonly path: string } | { readonly outcome: 'cancelled' }

/** What is to be read, as `desktop.openTarget` is asked. */
export type OpenQuestion = Inputs['desktop']['openTarget']

/** The file or folder that a person chose to read. */
export type OpenAnswer = { readonly outcome: 'chosen'; readonly path: string } | { readonly outcome: 'cancelled' }

/** What a person set about the application itself, which the desktop carries out. */
export type ShellPreferences = Pick<Settings, 'colourScheme' | 'keepRunning' | 'startAtLogin'>

/** A page as PDF, or why it could not be printed. */
export type PrintedPdf =
  | { readonly outcome: 'printed'; readonly pdf: Uint8Array }
  | { readonly outcome: 'failed'; readonly reason: string }

export interface NotificationWords {
  readonly title: string
  readonly body: string
  /** A path in the window that a click opens, such as `/keys?key=12`. */
  readonly to: string
}

/** How grave a line of the log is. */
export type LogLevel = 'info' | 'warn' | 'error'

/** From the shell to the service. `connect` carries one message port, the window's. */
export type ToService =
  | { readonly type: 'open'; readonly profile: string; readonly shell: 'electron' | 'chromium' }
  | { readonly type: 'connect' }
  | { readonly type: 'navigate'; readonly to: string }
  /** How long the person has not used the machine, or where that is not known, the window. */
  | { readonly type: 'idle'; readonly seconds: number }
  /** The machine slept, or its screen was locked. */
  | { readonly type: 'away' }
  /** Where the window was when it was locked: a path in it. */
  | { readonly type: 'place'; readonly to: string }
  | { readonly type: 'save-answer'; readonly ask: number; readonly answer: SaveAnswer }
  | { readonly type: 'open-answer'; readonly ask: number; readonly answer: OpenAnswer }
  | { readonly type: 'print-answer'; readonly ask: number; readonly answer: PrintedPdf }
  | { readonly type: 'lock' }
  | { readonly type: 'ping' }
  /** The machine woke from sleep: what came up meanwhile is checked. */
  | { readonly type: 'check-now' }
  | { readonly type: 'close' }

/** From the service to the shell. `failed` ends the service: the texts are for people and name what to do. */
export type ToShell =
  | { readonly type: 'ready' }
  | { readonly type: 'failed'; readonly message: string; readonly hint: string }
  | { readonly type: 'notify'; readonly notification: NotificationWords }
  | { readonly type: 'title'; readonly title: string }
  | { readonly type: 'due'; readonly count: number }
  /** The register is locked: nothing of it may stay in the window, in notifications or on the clipboard. */
  | { readonly type: 'locked' }
  /** A secret was copied; the digest (SHA-256, in hex) tells later whether the clipboard still holds it. */
  | { readonly type: 'secret-copied'; readonly sha256: string }
  | ({ readonly type: 'ask-save'; readonly ask: number } & SaveQuestion)
  | ({ readonly type: 'ask-open'; readonly ask: number } & OpenQuestion)
  | { readonly type: 'ask-print'; readonly ask: number; readonly html: string }
  | { readonly type: 'pong' }
  /** Sent when the register was opened, and whenever one of them changes. */
  | ({ readonly type: 'preferences' } & ShellPreferences)
  | { readonly type: 'closed' }
