import { app, dialog, type BrowserWindow } from 'electron'

import type { OpenAnswer, OpenQuestion, SaveAnswer, SaveQuestion } from '../../../shared/contract/control.ts'
import type { ShellLog } from '../shell.ts'
import { askSave, chooseToRead } from './dialogs.ts'
import { isToBeEnded, isToBeLeft, isToBeStartedAgain } from './questions.ts'
import { setStartAtLogin } from './start-at-login.ts'

/** The person at the desktop: what the shell asks and shows them, and what it changes outside its profile. */
export interface Person {
  askSave(window: BrowserWindow, question: SaveQuestion): Promise<SaveAnswer>
  chooseToRead(window: BrowserWindow | null, question: OpenQuestion): Promise<OpenAnswer>
  isToBeLeft(window: BrowserWindow): boolean
  /** `said` is the end of what the service wrote. */
  isToBeStartedAgain(said: string, logFile: string): boolean
  isToBeEnded(what: 'service' | 'window'): Promise<boolean>
  showError(title: string, detail: string): void
  setStartAtLogin(isOn: boolean, profile: string, log: ShellLog): void
  /** Ends the application. */
  exit(code: number): void
}

export const PERSON: Person = {
  askSave,
  chooseToRead,
  isToBeLeft,
  isToBeStartedAgain,
  isToBeEnded,
  showError: (title, detail) => dialog.showErrorBox(title, detail),
  setStartAtLogin,
  exit: (code) => app.exit(code),
}
