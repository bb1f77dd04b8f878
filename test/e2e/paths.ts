import type { AREAS } from '../../renderer/app/areas.ts'

/** An address for every area, also for those whose path needs parameters, and for each of its tabs. */
export function listPaths(areas: typeof AREAS): readonly string[] {
  return areas.flatMap((area) => {
    const { path, staticData } = area.options as typeof area.options & { readonly path: string }
    const address = path.replace('$kind', 'person').replace('$id', '1')
    const tabs = (staticData.tabs ?? []).slice(1)
    const queries = tabs.map(({ search = {} }) => new URLSearchParams(search as Record<string, string>).toString())
    return [address, ...queries.map((query) => `${address}?${query}`)]
  })
}
