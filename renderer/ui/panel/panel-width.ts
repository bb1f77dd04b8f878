import { newRemembered } from '../remembered.ts'

export const DEFAULT_WIDTH = 400
export const NARROWEST = 320
export const WIDEST = 900

/** A width of the panel within its limits, in px. */
export function limitWidth(width: number): number {
  return Math.round(Math.min(WIDEST, Math.max(NARROWEST, width)))
}

/** The width of all panels, in px. */
export const { set: setPanelWidth, use: usePanelWidth } = newRemembered('panel-width', (text) => {
  const width = Number(text ?? Number.NaN)
  return Number.isFinite(width) && width > 0 ? limitWidth(width) : DEFAULT_WIDTH
})
