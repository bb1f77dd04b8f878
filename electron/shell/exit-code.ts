/**
 * The exit code of Electron's main process when it has already shown the reason: the browser window would only show the
 * same again. No crash of Electron and no shell uses it.
 */
export const REASON_SHOWN = 70
