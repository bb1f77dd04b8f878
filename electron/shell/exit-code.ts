/**
 * The code with which Electron's main process ends when it has shown the person why: the browser window would only show
 * the same again. No crash of Electron and no shell uses it.
 */
export const REASON_SHOWN = 70
