import type { ProfileInfo } from '../../../shared/contract/app.ts'
import type {
  OpenAnswer,
  OpenQuestion,
  PrintedPdf,
  SaveAnswer,
  SaveQuestion,
} from '../../../shared/contract/control.ts'

/** What the service asks of whoever runs it: a desktop shell, or nothing much in a terminal. */
export interface ServiceHost {
  readonly shell: ProfileInfo['shell']
  /** Shows a desktop notification; a click on it navigates the window to `to`, a path such as `/keys?key=12`. */
  notify(notification: { readonly title: string; readonly body: string; readonly to: string }): void
  /** Asks for a file to write, or with `folder` for a folder to write into. */
  saveTarget(request: SaveQuestion): Promise<SaveAnswer>
  /** Asks for a file or folder to read; absent where there is no dialog for it. */
  openTarget?(request: OpenQuestion): Promise<OpenAnswer>
  setTitle(title: string): void
  /** Takes from the screen what the register held; absent where there is no window. */
  locked?(): void
  /** Empties the clipboard after a while if it still holds the text with this digest; absent where there is no window. */
  secretCopied?(sha256: string): void
  /** Hears the stage that a long operation has reached, such as `Writing 20 rows`; absent where nobody watches. */
  progress?(stage: string): void
  /** Prints a page that needs nothing but itself; absent where there is nothing to print with. */
  printPdf?(html: string): Promise<PrintedPdf>
}
