/** How a test starts the stand-in: what Electron would find out about the machine and its own package. */
export interface SetUp {
  /** Path of an installed Chromium. */
  readonly browser: string
  /** Windows cannot be emulated here: its paths are of another kind. */
  readonly platform: 'darwin' | 'linux'
  readonly isPackaged: boolean
  /** The arguments after the program, and after the folder of the application where it is not packaged. */
  readonly args: readonly string[]
  /** The folder of the application. */
  readonly root: string
  /** The home of the person, with its folder of downloads. */
  readonly home: string
  /** Whether the file of the preload script is to be missing. */
  readonly isPreloadMissing: boolean
  /** Whether the desktop shows the icons of applications. Elsewhere a `Tray` is made and not seen. */
  readonly hasTray: boolean
  /** Whether the desktop shows notifications. */
  readonly hasNotifications: boolean
}

/** Messages of the stand-in to the test. */
export type Reported =
  | { readonly type: 'browser'; readonly address: string }
  | { readonly type: 'error-box'; readonly text: string }
  | { readonly type: 'answer'; readonly id: number; readonly value?: unknown; readonly error?: string }

/** What the test asks of the stand-in: to run a function on Electron's module and a value. */
export interface Evaluation {
  readonly id: number
  readonly source: string
  readonly value: unknown
}

const NAME = 'STAND_IN_SET_UP'

export function environmentFor(setUp: SetUp): Record<string, string> {
  return { [NAME]: JSON.stringify(setUp) }
}

const read = JSON.parse(process.env[NAME] ?? '{}') as SetUp
// The processes that the application starts have no part in it.
Reflect.deleteProperty(process.env, NAME)

export const setUp = { ...read, tell: (reported: Reported): void => void process.send?.(reported) }
