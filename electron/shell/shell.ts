import type {
  NotificationWords,
  OpenAnswer,
  OpenQuestion,
  PrintedPdf,
  SaveAnswer,
  SaveQuestion,
  ShellPreferences,
  LogLevel,
} from '../../shared/contract/control.ts'

/** What a desktop gives to the service. `electron/` is the product; `chromium/` opens the same window in a browser. */
export interface Desktop {
  /** Shows a notification; a click on it brings the window forward and opens its `to`. */
  notify(notification: NotificationWords): void
  saveTarget(request: SaveQuestion): Promise<SaveAnswer>
  /** Asks for a file or folder to read. */
  openTarget(request: OpenQuestion): Promise<OpenAnswer>
  setTitle(title: string): void
  /**
   * Takes from the desktop what the register held: the window's page is loaded from its start, notifications are closed, a
   * copied secret is cleared. Returns the place that the window showed; null without a window.
   */
  closeView(): string | null
  /** Empties the clipboard after 30 seconds if it still holds the text with this digest (SHA-256, in hex). */
  secretCopied(sha256: string): void
  /** Prints a page that needs nothing but itself. */
  printPdf(html: string): Promise<PrintedPdf>
  /** How many keys are due or overdue, for a badge. */
  setDue(count: number): void
  /** Carries out what the person set about the application; called at the start, and whenever one of them changes. */
  applyPreferences(preferences: ShellPreferences): void
}

/** Where the shell writes down what went wrong: the log of the profile. */
export interface ShellLog {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, string | number>>): void
}

/** Where the built product lies: `renderer` is a folder of pages, the others are files. */
export interface Parts {
  readonly renderer: string
  readonly service: string
}
