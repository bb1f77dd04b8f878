import { createContext } from 'react'

/** Goes back to the first run, which a person has left for a page that works without a client; null elsewhere. */
export const FirstStepsContext = createContext<(() => void) | null>(null)

/** The pages that the menu leads to and that need no client. */
const WITHOUT_CLIENT = ['/settings', '/help']

/** True if a place in the window can be shown before there is a client. */
export function worksWithoutClient(to: string): boolean {
  return WITHOUT_CLIENT.includes(new URL(to, 'https://window.invalid').pathname)
}
