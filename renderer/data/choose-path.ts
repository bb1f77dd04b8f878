import { FILE_INPUT_ID, type ProfileInfo } from '../../shared/contract/app.ts'
import type { Inputs, Outputs } from '../../shared/contract/contract.ts'
import { api } from './api.ts'

/** The target of a reading: a file or a folder, and the extensions that the dialog offers first. */
export type Readable = Inputs['desktop']['openTarget']

/** True if this shell has a dialog of the system for it; a browser has none that gives a folder's path. */
export function hasDialog(shell: ProfileInfo['shell'] | undefined, { kind }: Readable): boolean {
  return shell === 'electron' || (shell === 'chromium' && kind === 'file')
}

/** Asks for a path in the system's dialog: the desktop's own, or the one that the browser shows for an input. */
export async function choosePath(
  shell: ProfileInfo['shell'] | undefined,
  readable: Readable,
): Promise<Outputs['desktop']['openTarget']> {
  if (shell !== 'chromium') return api.desktop.openTarget(readable)
  const input = document.createElement('input')
  input.type = 'file'
  input.id = FILE_INPUT_ID
  input.hidden = true
  input.accept = readable.extensions.map((extension) => `.${extension}`).join(',')
  document.body.append(input)
  try {
    const isChosen = await new Promise<boolean>((resolve) => {
      input.addEventListener('change', () => resolve(true))
      input.addEventListener('cancel', () => resolve(false))
      input.click()
    })
    return isChosen ? await api.desktop.openTarget(readable) : { outcome: 'cancelled' }
  } finally {
    input.remove()
  }
}
