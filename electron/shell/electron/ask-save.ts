import { app, dialog, type BrowserWindow } from 'electron'

import type { SaveAnswer, SaveQuestion } from '../../../shared/contract/control.ts'
import { suggestedPath } from '../save-path.ts'

/** Asks for a file to write, or a folder to write into, over a window; the dialog begins in the folder of downloads. */
export async function askSave(window: BrowserWindow, question: SaveQuestion): Promise<SaveAnswer> {
  const { suggestedName, extension, folder = false } = question
  const downloads = app.getPath('downloads')
  if (folder) {
    const { filePaths } = await dialog.showOpenDialog(window, {
      defaultPath: suggestedPath('', downloads),
      properties: ['openDirectory', 'createDirectory'],
    })
    const [path] = filePaths
    return path === undefined ? { outcome: 'cancelled' } : { outcome: 'chosen', path }
  }
  const { canceled, filePath } = await dialog.showSaveDialog(window, {
    defaultPath: suggestedPath(suggestedName, downloads),
    filters: [{ name: extension.toUpperCase(), extensions: [extension] }],
    properties: ['createDirectory', 'showOverwriteConfirmation'],
  })
  return canceled ? { outcome: 'cancelled' } : { outcome: 'chosen', path: filePath }
}
