import { newRemembered } from '../remembered.ts'

/** How close the rows of all lists are. */
export type Density = 'normal' | 'compact'

/** The height of a row, in px. Both leave room for a target of 24 px. */
export const ROW_HEIGHTS: Readonly<Record<Density, number>> = { normal: 34, compact: 26 }

/** The density of all lists. */
export const { set: setDensity, use: useDensity } = newRemembered('density', (text): Density =>
  text === 'compact' ? 'compact' : 'normal',
)
