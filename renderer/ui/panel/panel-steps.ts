import { createContext, use } from 'react'

/** A button of the panel that steps through the list. */
export type Step = 'previous' | 'next'

/** The list beside a panel, as the panel knows it. */
export interface PanelSteps {
  /** The place of its row in the list, from 1, and the number of rows; null while it is not known. */
  readonly place: { readonly row: number; readonly total: number } | null
  readonly step: (by: Step) => void
  /**
   * Where the focus goes in the panel of another row: on the button that was pressed, nowhere while the list is moved
   * by keys, else (undefined) on its heading. Read once.
   */
  readonly takeFocus: () => Step | 'none' | undefined
}

export const PanelStepsContext = createContext<PanelSteps | null>(null)

/** The list beside a panel; null for a panel without one. */
export function usePanelSteps(): PanelSteps | null {
  return use(PanelStepsContext)
}
