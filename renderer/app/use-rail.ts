import { useHotkeys, useMediaQuery } from '@mantine/hooks'
import { z } from 'zod'

import { useStored, type StoredValue } from '../data/stored.ts'

/** How the rail is shown: with words, as icons, or as a sheet that a button opens. */
export type RailForm = 'wide' | 'icons' | 'sheet'

const RAIL: StoredValue<{ readonly collapsed: boolean; readonly more: boolean }> = {
  name: 'rail',
  schema: z.object({ collapsed: z.boolean(), more: z.boolean() }),
  initial: { collapsed: false, more: false },
}

interface RailState {
  readonly form: RailForm
  /** Null where the window is too narrow for the words. */
  readonly toggleCollapsed: (() => void) | null
  /** True if the group `more` is open. */
  readonly more: boolean
  readonly setMore: (more: boolean) => void
}

/** The form of the rail by the width of the window and by what the person chose, which is remembered. */
export function useRail(): RailState {
  const [rail, setRail] = useStored(RAIL)
  const isNarrow = useMediaQuery('(max-width: 900px)', false, { getInitialValueInEffect: false })
  const isTiny = useMediaQuery('(max-width: 600px)', false, { getInitialValueInEffect: false })
  return {
    form: isTiny ? 'sheet' : isNarrow || rail.collapsed ? 'icons' : 'wide',
    toggleCollapsed: isNarrow ? null : () => setRail({ ...rail, collapsed: !rail.collapsed }),
    more: rail.more,
    setMore: (more) => setRail({ ...rail, more }),
  }
}

/** Ctrl/Cmd+\ collapses the rail to icons and expands it, also in text fields. */
export function useRailShortcut(toggle: (() => void) | null): void {
  useHotkeys([['mod+\\', () => toggle?.()]], [], true)
}
