import { newRemembered } from './remembered.ts'

const keys = newRemembered('single-keys', (text) => (text === 'off' ? 'off' : 'on'))

/**
 * True if shortcuts of a single key are switched off: speech input and unsteady hands press keys that were not meant (WCAG
 * 2.1.4). Keys of what has the focus, such as the arrows of a list, stay.
 */
export function areSingleKeysOff(): boolean {
  return keys.read() === 'off'
}

export function setSingleKeysOff(off: boolean): void {
  keys.set(off ? 'off' : 'on')
}

export function useSingleKeysOff(): boolean {
  return keys.use() === 'off'
}
