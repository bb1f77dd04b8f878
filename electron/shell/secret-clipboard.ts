import { createHash } from 'node:crypto'

import { SECRET_STAYS_SECONDS } from '../../shared/contract/control.ts'

/** The clipboard of the desktop, as a shell accesses it. */
export interface Clipboard {
  /** Its text; null when the desktop does not return it. */
  read(): Promise<string | null>
  clear(): Promise<void>
}

/** Empties the clipboard of secrets that were copied from the window. */
export interface SecretClipboard {
  /** A text with this digest (SHA-256, in hex) was copied: in 30 seconds the clipboard is emptied if it still holds it. */
  copied(sha256: string): void
  /** Empties it immediately. */
  clearNow(): Promise<void>
}

const CLEAR_AFTER_MS = SECRET_STAYS_SECONDS * 1000

export function newSecretClipboard(clipboard: Clipboard): SecretClipboard {
  let secret: string | null = null
  let timer: NodeJS.Timeout | undefined
  const clearNow = async (): Promise<void> => {
    clearTimeout(timer)
    const digest = secret
    secret = null
    if (digest === null) return
    const text = await clipboard.read()
    // A clipboard that cannot be read may belong to another program by now, so it is not emptied.
    if (text === null || createHash('sha256').update(text).digest('hex') !== digest) return
    await clipboard.clear()
  }
  return {
    copied: (sha256) => {
      clearTimeout(timer)
      secret = sha256
      timer = setTimeout(() => void clearNow().catch(() => undefined), CLEAR_AFTER_MS)
    },
    clearNow,
  }
}
