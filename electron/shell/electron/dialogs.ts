import { app, dialog, type BrowserWindow } from 'electron'
import type { SaveAnswer, SaveQuestion, OpenAnswer, OpenQuestion } from '../../../shared/contract/control.ts'
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

/** Asks over a window which file or folder to read; without a window it does nothing. */
export async function chooseToRead(window: BrowserWindow | null, question: OpenQuestion): Promise<OpenAnswer> {
  if (window === null) return { outcome: 'cancelled' }
  const { kind, title, extensions } = question
  const { filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: [kind === 'folder' ? 'openDirectory' : 'openFile'],
    filters: kind === 'folder' || extensions.length === 0 ? [] : [offered(extensions), ALL_FILES],
  })
  const [path] = filePaths
  return path === undefined ? { outcome: 'cancelled' } : { outcome: 'chosen', path }
}

const ALL_FILES = { name: 'All files', extensions: ['*'] }

function offered(extensions: readonly string[]): { readonly name: string; readonly extensions: string[] } {
  return { name: extensions.map((extension) => extension.toUpperCase()).join(', '), extensions: [...extensions] }
}
