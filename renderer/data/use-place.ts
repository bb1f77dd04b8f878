import { useMatches } from '@tanstack/react-router'

/** The path of the area whose place of the rail the shown page belongs to. */
export function usePlace(): string {
  return useMatches({
    select: (matches) => {
      const shown = matches.at(-1)
      const parent = shown?.staticData.parent
      if (parent === undefined) return shown?.fullPath ?? '/'
      return typeof parent === 'string' ? parent : parent(shown?.params ?? {})
    },
  })
}
