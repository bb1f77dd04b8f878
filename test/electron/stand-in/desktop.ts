import { existsSync } from 'node:fs'

import type {
  MessageBoxOptions,
  MessageBoxReturnValue,
  OpenDialogOptions,
  OpenDialogReturnValue,
  SaveDialogOptions,
  SaveDialogReturnValue,
} from 'electron'

import { app } from './app.ts'
import { emulated, Emulated, emulates } from './emulated.ts'
import { setUp } from './set-up.ts'
import type { BrowserWindow } from './browser-window.ts'

/** What was shown to the person, and what they answer; a test sets the answers. */
export const person: {
  readonly errors: { title: string; content: string }[]
  readonly asked: (MessageBoxOptions | SaveDialogOptions | OpenDialogOptions)[]
  /** The buttons pressed, in order; the one that cancels after. */
  readonly presses: number[]
  readonly opened: string[]
  clipboard: string
  /** A picture that was copied; its type. */
  clipboardPicture: string | null
  beeps: number
} = { errors: [], asked: [], presses: [], opened: [], clipboard: '', clipboardPicture: null, beeps: 0 }

/** Dialogs are over a window or alone. */
function toOptions<T extends object>(values: readonly (BrowserWindow | T)[]): T {
  const options = values.at(-1) as T
  person.asked.push(options)
  return options
}

function press({ buttons = ['OK'], cancelId = 0 }: MessageBoxOptions): number {
  const pressed = person.presses.shift() ?? cancelId
  if (pressed >= buttons.length) throw new Error(`The dialog has no button ${pressed}.`)
  return pressed
}

export const dialog = emulated('Dialog', {
  showErrorBox: (title: string, content: string): void => {
    // On Linux there is no box before the application is ready.
    if (!app.isReady() && process.platform === 'linux') {
      process.stderr.write(`${title}\n${content}\n`)
      return
    }
    person.errors.push({ title, content })
    setUp.tell({ type: 'error-box', text: `${title}\n${content}\n` })
  },
  showMessageBoxSync: (...values: (BrowserWindow | MessageBoxOptions)[]): number =>
    press(toOptions<MessageBoxOptions>(values)),
  showMessageBox: (...values: (BrowserWindow | MessageBoxOptions)[]): Promise<MessageBoxReturnValue> =>
    Promise.resolve({ response: press(toOptions<MessageBoxOptions>(values)), checkboxChecked: false }),
  showSaveDialog: (...values: (BrowserWindow | SaveDialogOptions)[]): Promise<SaveDialogReturnValue> => {
    toOptions<SaveDialogOptions>(values)
    return Promise.resolve({ canceled: true, filePath: '' })
  },
  showOpenDialog: (...values: (BrowserWindow | OpenDialogOptions)[]): Promise<OpenDialogReturnValue> => {
    toOptions<OpenDialogOptions>(values)
    return Promise.resolve({ canceled: true, filePaths: [] })
  },
})

export class Notification extends Emulated {
  /** Electron lets go of a notification that its application does not hold, and its click with it. */
  static readonly $shown: WeakRef<Notification>[] = []
  readonly title: string
  readonly body: string

  constructor({ title = '', body = '' }: { title?: string; body?: string } = {}) {
    super()
    this.title = title
    this.body = body
  }

  static isSupported(): boolean {
    return setUp.hasNotifications
  }

  show(): void {
    if (!setUp.hasNotifications) return
    Notification.$shown.push(new WeakRef(this))
    setImmediate(() => this.emit('show', {}))
  }

  close(): void {
    this.emit('close', {})
  }
}
emulates('Notification', Notification)

export class NativeTheme extends Emulated {
  #source: 'system' | 'light' | 'dark' = 'system'

  get themeSource(): 'system' | 'light' | 'dark' {
    return this.#source
  }

  set themeSource(source) {
    this.#source = source
    this.emit('updated')
  }

  get shouldUseDarkColors(): boolean {
    return this.#source === 'dark'
  }
}
emulates('NativeTheme', NativeTheme)
export const nativeTheme = new NativeTheme()

export class PowerMonitor extends Emulated {
  /** Seconds since the person did something; a test sets it. */
  $idle = 0

  getSystemIdleTime(): number {
    if (!app.isReady()) throw new Error('The powerMonitor module can only be used after app is ready.')
    return this.$idle
  }
}
emulates('PowerMonitor', PowerMonitor)
export const powerMonitor = new PowerMonitor()

export class Screen extends Emulated {
  getAllDisplays(): { id: number; workArea: { x: number; y: number; width: number; height: number } }[] {
    if (!app.isReady()) throw new Error("The 'screen' module can't be used before the app 'ready' event")
    return [{ id: 1, workArea: { x: 0, y: 0, width: 1920, height: 1080 } }]
  }
}
emulates('Screen', Screen)
export const screen = new Screen()

/** The clipboard of the desktop: what pages copy arrives here. */
export const clipboard = emulated('Clipboard', {
  has: (type: string): Promise<boolean> =>
    Promise.resolve(type === 'text/plain' ? person.clipboard !== '' : type === person.clipboardPicture),
  readText: (): Promise<string> => Promise.resolve(person.clipboard),
  writeText: (text: string): Promise<void> => {
    person.clipboard = text
    return Promise.resolve()
  },
  clear: (): void => {
    person.clipboard = ''
  },
})

export const shell = emulated('Shell', {
  openPath: (path: string): Promise<string> => {
    person.opened.push(path)
    return Promise.resolve(existsSync(path) ? '' : 'Failed to open path')
  },
  showItemInFolder: (path: string): void => {
    person.opened.push(path)
  },
  beep: (): void => {
    person.beeps += 1
  },
})

export class NativeImage {
  readonly $path: string
  readonly #png: Buffer | null
  #isTemplate = false

  constructor(path: string, png: Buffer | null = null) {
    this.$path = path
    this.#png = png
  }

  isEmpty(): boolean {
    return this.#png === null && !existsSync(this.$path)
  }

  toPNG(): Buffer {
    if (this.#png === null) throw new Error('The stand-in for Electron encodes no picture.')
    return this.#png
  }

  setTemplateImage(isTemplate: boolean): void {
    this.#isTemplate = isTemplate
  }

  isTemplateImage(): boolean {
    return this.#isTemplate
  }
}
emulates('NativeImage', NativeImage)

export const nativeImage = emulated('NativeImage', {
  createFromPath: (path: string): NativeImage => new NativeImage(path),
})
