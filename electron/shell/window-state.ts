/** Where the window was, in device-independent pixels. */
export interface WindowState {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly maximized: boolean
}

export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

const FIRST = { width: 1360, height: 860 }
const LEAST = { width: 900, height: 600 }

/** How much of a title bar has to be on a screen for a person to drag it. */
const GRIP = 80

/**
 * The bounds to open with: the stored ones, when they are valid and partly on a screen; otherwise the default size,
 * placed by the system. The stored value is not trusted.
 */
export function boundsFrom(
  stored: unknown,
  screens: readonly Area[],
): { readonly bounds: Partial<Area> & typeof FIRST; readonly maximized: boolean } {
  const kept = stateIn(stored)
  if (kept === null) return { bounds: FIRST, maximized: false }
  const width = Math.max(LEAST.width, kept.width)
  const height = Math.max(LEAST.height, kept.height)
  const onScreen = screens.some(
    (screen) =>
      kept.x + width >= screen.x + GRIP &&
      kept.x <= screen.x + screen.width - GRIP &&
      kept.y >= screen.y &&
      kept.y <= screen.y + screen.height - GRIP,
  )
  return {
    bounds: onScreen ? { x: kept.x, y: kept.y, width, height } : { width, height },
    maximized: kept.maximized,
  }
}

function stateIn(stored: unknown): WindowState | null {
  if (typeof stored !== 'object' || stored === null) return null
  const value = stored as Record<string, unknown>
  const numbers = ['x', 'y', 'width', 'height'].map((name) => value[name])
  if (!numbers.every((number) => typeof number === 'number' && Number.isSafeInteger(number))) return null
  const [x, y, width, height] = numbers as [number, number, number, number]
  return { x, y, width, height, maximized: value['maximized'] === true }
}
