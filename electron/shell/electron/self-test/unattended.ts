import { join } from 'node:path'

import type { Person } from '../person.ts'

/**
 * Takes the place of a person in the self-test, which asks and shows nothing and changes no login item: files go into a
 * folder, and `exit` is called where the application would end.
 */
export function newUnattended(files: string, exit: (code: number) => void): Person {
  return {
    askSave: async (_window, { suggestedName, folder = false }) => ({
      outcome: 'chosen',
      path: folder ? files : join(files, suggestedName),
    }),
    chooseToRead: async () => ({ outcome: 'cancelled' }),
    isToBeLeft: () => true,
    isToBeStartedAgain: () => false,
    isToBeEnded: async () => false,
    showError: () => undefined,
    setStartAtLogin: () => undefined,
    exit,
  }
}
