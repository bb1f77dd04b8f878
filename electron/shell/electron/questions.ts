import { dialog, type BrowserWindow } from 'electron'

/** Asks whether to leave a window with unsaved changes. */
export function isToBeLeft(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    buttons: ['Stay', 'Leave'],
    defaultId: 0,
    cancelId: 0,
    message: 'Leave without saving?',
    detail: 'Unsaved changes on this page would be lost.',
  })
  return answer === 1
}

/** Asks whether a service that ended by itself is started again. `said` is the end of what it wrote. */
export function isToBeStartedAgain(said: string, logFile: string): boolean {
  const lastLine = said.split('\n').findLast((line) => line.trim() !== '')
  const answer = dialog.showMessageBoxSync({
    type: 'error',
    buttons: ['Restart', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    message: 'The service process of Castellan ended',
    detail: [
      'Saved data is intact. Work in progress has stopped.',
      ...(lastLine === undefined ? [] : [`It wrote: ${lastLine.slice(0, 300)}`]),
      `The log: ${logFile}`,
    ].join('\n\n'),
  })
  return answer === 0
}

/** Asks whether to wait for a process that does not answer; resolves to true where it is to be ended. */
export async function isToBeEnded(what: 'service' | 'window'): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    buttons: ['Wait', what === 'service' ? 'End and restart' : 'Reload'],
    defaultId: 0,
    cancelId: 0,
    message:
      what === 'service'
        ? 'The service process of Castellan does not respond'
        : 'The window of Castellan does not respond',
    detail: 'It may be busy. Saved data is intact in any case; work in progress would stop.',
  })
  return response === 1
}
