import { queryOptions } from '@tanstack/react-query'

import type { GuidePage } from './document.ts'

/** The pages, each in a file of its own that is loaded when it is first shown. `build/document-pages.mjs` has the same list. */
const LOADERS = import.meta.glob<GuidePage>(
  '../../../../docs/{guide,provider-roles,lists,policy,findings,quick-start-*,plan,usage-reports,usage-records,file-provider,recovery,data-retention,lock,network,troubleshooting,upgrade,uninstall,limits,verbs,terminal,mcp,glossary}.md',
  { query: '?document', import: 'default' },
)

/** Addresses of the pictures, by file. That of Today is in README alone. */
const PICTURES = import.meta.glob<string>(
  ['../../../../docs/pictures/*.png', '!../../../../docs/pictures/today-*.png'],
  {
    query: '?url',
    import: 'default',
    eager: true,
  },
)

const DOCS = '../../../../docs'

export const PAGE_NAMES: readonly string[] = Object.keys(LOADERS).map((path) =>
  path.slice(DOCS.length + 1, -'.md'.length),
)

/** The query of a page; it fails for a name that no page has. */
export function pageQuery(name: string) {
  return queryOptions({
    queryKey: ['guide', name],
    queryFn: async (): Promise<GuidePage> => {
      const load = LOADERS[`${DOCS}/${name}.md`]
      if (load === undefined) throw new Error(`The guide has no page ${name}.`)
      return load()
    },
  })
}

/** The address of a picture in a colour scheme; undefined where there is none. */
export function findPicture(file: string, scheme: 'light' | 'dark'): string | undefined {
  return PICTURES[`${DOCS}/pictures/${file}-${scheme}.png`]
}
