import { useMemo, type ReactElement } from 'react'

import { plural } from '../../../ui/relative.ts'
import { Loading } from '../../../ui/states.tsx'
import { useQueries } from '../../../ui/use-query.ts'
import type { GuidePage } from './document.ts'
import classes from './guide.module.css'
import { PAGE_NAMES, pageQuery } from './pages.ts'
import { findPlaces, listPlaces, makeExcerpt } from './search.ts'

/** The most results that are shown. */
const MOST = 30

/** The guide first: its tasks are what most searches are for. */
const NAMES = ['guide', ...PAGE_NAMES.filter((name) => name !== 'guide')]

const QUERIES = { queries: NAMES.map(pageQuery) }

interface FoundProps {
  readonly typed: string
  readonly go: (topic: string) => void
}

/** The paragraphs that contain the words of a search. */
export function Found({ typed, go }: FoundProps): ReactElement {
  const pages = useQueries(QUERIES)
  const isPending = pages.some((page) => page.isPending)
  const loaded = isPending ? null : pages.flatMap(({ data }) => data ?? [])
  const places = usePlaces(loaded)
  if (places === null) return <Loading what="the guide" rows={6} />
  const found = findPlaces(places, typed, MOST)
  return (
    <div className={classes['scroll']}>
      <output className="c-sub">
        {found.length === 0 ? 'No results' : plural(found.length, 'result')}
        {found.length === MOST ? ' or more' : ''}
      </output>
      <ul className={classes['found']}>
        {found.map(({ topic, title, page, text }) => (
          <li key={topic}>
            <button type="button" onClick={() => go(topic)}>
              <strong>{title}</strong>
              <span className="c-sub">{title === page ? 'Page' : page}</span>
              <span className="c-sub">{makeExcerpt(text, typed)}</span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}

function usePlaces(pages: readonly GuidePage[] | null): ReturnType<typeof listPlaces> | null {
  const count = pages?.length
  // The pages never change, so their number is what there is to compare.
  // oxlint-disable-next-line react/exhaustive-deps
  return useMemo(() => pages?.flatMap(listPlaces) ?? null, [count])
}
