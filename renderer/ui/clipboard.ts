/** Puts text on the clipboard; false when the desktop refuses, and the person has to copy it manually. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text)
    return true
  } catch {
    return false
  }
}

/**
 * Puts text on the clipboard; where the asynchronous clipboard is missing (no secure context), by the `copy` command,
 * which needs a recent key or click.
 *
 * @returns whether it succeeded
 */
export async function writeClipboard(text: string): Promise<boolean> {
  return (await copyText(text)) || copyByCommand('text/plain', text)
}

/** Puts something on the clipboard by the `copy` command, which needs a recent key or click. */
export function copyByCommand(type: 'text/plain' | 'text/html', text: string): boolean {
  let filled = false
  const fill = (event: ClipboardEvent): void => {
    event.clipboardData?.setData(type, text)
    event.preventDefault()
    // Runs before the list's own handler, which would copy again.
    event.stopImmediatePropagation()
    filled = event.clipboardData !== null
  }
  document.addEventListener('copy', fill, { capture: true, once: true })
  const done = document.execCommand('copy')
  document.removeEventListener('copy', fill, { capture: true })
  return done && filled
}

/** SHA-256 of a text, in hex. */
export async function computeDigest(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text))
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('')
}
