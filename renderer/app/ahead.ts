import { query } from '../data/api.ts'
import { AREAS } from './areas.ts'
import { queryClient } from './query-client.ts'

/**
 * Asks for what the first page shows, before anything is drawn: the profile, and Today where the window opens with it. A
 * refusal (a locked register) is asked again by the page itself.
 */
export function askFirst(): void {
  void queryClient.prefetchQuery(query.app.info.queryOptions())
  if (location.pathname !== '/' || location.search !== '') return
  void queryClient.prefetchQuery(query.today.list.queryOptions({ input: { client: undefined, hidden: false } }))
}

/** Loads the code of every page, one after another, while nothing else is to be done: a page then opens without a wait. */
export function loadPagesWhenIdle(): void {
  const pages = AREAS.map(({ options }) => options.component)
  const loadNext = (): void => {
    const page = pages.shift()
    if (page === undefined) return
    // A page that cannot be loaded shows that when it is opened.
    requestIdleCallback(
      () =>
        void Promise.resolve(page.preload?.())
          .catch(() => undefined)
          .then(loadNext),
    )
  }
  loadNext()
}
