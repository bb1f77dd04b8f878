import type { ProfileInfo, SandboxState } from '../../../shared/contract/app.ts'
import type {
  InstallAnswer,
  InstallQuestion,
  OpenAnswer,
  OpenQuestion,
  PrintedPdf,
  SaveAnswer,
  SaveQuestion,
} from '../../../shared/contract/control.ts'

export type NoteKind = 'done' | 'problem'

/** The host of the service: a desktop shell, or almost nothing in a terminal. */
export interface ServiceHost {
  readonly shell: ProfileInfo['shell']
  /**
   * Shows a person what came up: on a desktop, where a click navigates the window to `to`, a path such as `/keys?key=12`, or as a
   * line of a runner. Absent where no one is shown anything: nothing is then recorded as shown.
   */
  notify?(notification: { readonly title: string; readonly body: string; readonly to: string }): void
  /** Asks for a file to write, or with `folder` for a folder to write into. */
  saveTarget(request: SaveQuestion): Promise<SaveAnswer>
  /** Asks for a file or folder to read; absent where the host has no such dialog. */
  openTarget?(request: OpenQuestion): Promise<OpenAnswer>
  setTitle(title: string): void
  /** The profile is this process's alone, though its register is not open yet; absent where nothing waits for that. */
  held?(): void
  /** Removes register data from the screen; absent without a window. */
  locked?(): void
  /** Returns what reports a locked screen, sleep and time without use; null until that is known, absent without a window. */
  lockSentence?(): string | null
  /** Returns whether the page of the window is in a sandbox; absent without a window. */
  sandbox?(): SandboxState
  /** Empties the clipboard after a while if it still holds the text with this digest; absent without a window. */
  secretCopied?(sha256: string): void
  /** Receives the stage that a long operation has reached, such as `Writing 20 rows`; absent where no one watches. */
  progress?(stage: string): void
  /** Receives in one sentence what a service without a window did, or could not do; absent elsewhere. */
  note?(line: string, kind: NoteKind): void
  /** Installs a verified package and starts the application again; absent where the host cannot. */
  installUpdate?(request: InstallQuestion): Promise<InstallAnswer>
  /** Prints a self-contained page; absent where there is nothing to print with. */
  printPdf?(html: string): Promise<PrintedPdf>
}
