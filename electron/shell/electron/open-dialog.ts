import { dialog, type BrowserWindow } from 'electron'

import type { OpenAnswer, OpenQuestion } from '../../../shared/contract/control.ts'

/** Asks over a window which file or folder to read; without a window nothing is asked. */
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
