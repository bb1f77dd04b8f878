import { createContext } from 'react'

/** True if it is drawn in a dialog or a drawer, under which the help beside the page could not be used. */
export const InDialog = createContext(false)
