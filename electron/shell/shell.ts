import type {
  InstallAnswer,
  InstallQuestion,
  NotificationWords,
  OpenAnswer,
  OpenQuestion,
  PrintedPdf,
  SaveAnswer,
  SaveQuestion,
  ShellPreferences,
  LogLevel,
} from '../../shared/contract/control.ts'

/**
 * The functions of a desktop for the service. `electron/` is the product; `chromium/` opens the same window in a
 * browser.
 */
export interface Desktop {
  /** Shows a notification; a click on it brings the window forward and opens its `to`. */
  notify(notification: NotificationWords): void
  saveTarget(request: SaveQuestion): Promise<SaveAnswer>
  /** Asks for a file or folder to read. */
  openTarget(request: OpenQuestion): Promise<OpenAnswer>
  setTitle(title: string): void
  /**
   * Removes the register's data from the desktop: the window's page is loaded from its start, notifications are closed,
   * a copied secret is cleared. Returns the place that the window showed; null without a window.
   */
  closeView(): string | null
  /** Empties the clipboard after 30 seconds if it still holds the text with this digest (SHA-256, in hex). */
  secretCopied(sha256: string): void
  /** Prints a self-contained page. */
  printPdf(html: string): Promise<PrintedPdf>
  /** Prepares the installation of a verified package and closes the application; absent where it cannot be replaced. */
  installUpdate?(question: InstallQuestion): Promise<InstallAnswer>
  /** How many keys are due or overdue, for a badge. */
  setDue(count: number): void
  /** Applies the person's settings of the application; called at the start, and whenever one of them changes. */
  applyPreferences(preferences: ShellPreferences): void
}

/** The log of the profile, for errors of the shell. */
export interface ShellLog {
  write(level: LogLevel, event: string, fields?: Readonly<Record<string, string | number>>): void
}

/** Paths of the built product: `renderer` is a folder of pages, the others are files. */
export interface Parts {
  readonly renderer: string
  readonly service: string
}
