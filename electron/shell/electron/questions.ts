import { dialog, type BrowserWindow } from 'electron'

/** Asks whether a window with something unsaved is to be left. */
export function isToBeLeft(window: BrowserWindow): boolean {
  const answer = dialog.showMessageBoxSync(window, {
    type: 'question',
    buttons: ['Stay', 'Leave'],
    defaultId: 0,
    cancelId: 0,
    message: 'Leave without saving?',
    detail: 'What was changed and not saved on this page would be lost.',
  })
  return answer === 1
}

/** Asks whether a service that ended by itself is started again. `said` is the end of what it wrote. */
export function isToBeStartedAgain(said: string, logFile: string): boolean {
  const lastLine = said.split('\n').findLast((line) => line.trim() !== '')
  const answer = dialog.showMessageBoxSync({
    type: 'error',
    buttons: ['Start it again', 'Quit'],
    defaultId: 0,
    cancelId: 1,
    message: 'The part of Castellan that holds the register ended',
    detail: [
      'What was saved is intact. Work that was under way has stopped.',
      ...(lastLine === undefined ? [] : [`It wrote: ${lastLine.slice(0, 300)}`]),
      `The log: ${logFile}`,
    ].join('\n\n'),
  })
  return answer === 0
}

/** Asks whether to wait for what does not answer; resolves to true where it is to be ended. */
export async function isToBeEnded(what: 'service' | 'window'): Promise<boolean> {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    buttons: ['Wait', what === 'service' ? 'End it and start it again' : 'Load it again'],
    defaultId: 0,
    cancelId: 0,
    message:
      what === 'service'
        ? 'The part of Castellan that holds the register does not answer'
        : 'The window of Castellan does not answer',
    detail: 'It may be busy. What was saved is intact in any case; work that is under way would stop.',
  })
  return response === 1
}
