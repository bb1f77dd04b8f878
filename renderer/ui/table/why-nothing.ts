/** How far the choices of a menu are read. */
export interface Reading {
  readonly isPending: boolean
  readonly isError: boolean
}

/** Why a menu has no choice: they could not be read, are being read, none contains what was typed, or there is none. */
export function whyNothing(reading: Reading | undefined, typed: string): string {
  if (reading?.isError === true) return 'The choices could not be read. Close this and open it again.'
  if (reading?.isPending === true) return 'Reading…'
  return typed.trim() === '' ? 'Nothing to choose' : 'No choice has this text'
}
