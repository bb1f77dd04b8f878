import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider, QueryObserver, type QueryKey } from '@tanstack/react-query'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

import { Notices } from '../../../renderer/app/notices.tsx'
import { query } from '../../../renderer/data/api.ts'
import { FeedForm } from '../../../renderer/features/settings/updates/feed-form.tsx'
import { Answer } from '../../../renderer/ui/states.tsx'
import { refetchOutdated, useFreshQuery, useQueries, useQuery } from '../../../renderer/ui/use-query.ts'

const RENDERER = resolve(import.meta.dirname, '../../../renderer')
const KEY = ['the list']
const OPTIONS = { queryKey: KEY, queryFn: () => Promise.resolve('the rows') }
const UNREAD = new Error('The register is busy.')

/** What is shown where this was read before (undefined: never), and the last reading failed. */
function showAfterFailure(element: ReactElement, key: QueryKey, known: unknown): string {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false, retryOnMount: false } } })
  client.setQueryData(key, known)
  client
    .getQueryCache()
    .build(client, { queryKey: key })
    .setState({ status: 'error', error: UNREAD, fetchStatus: 'idle' })
  return render(client, element)
}

function render(client: QueryClient, element: ReactElement): string {
  return renderToStaticMarkup(
    <MantineProvider>
      <QueryClientProvider client={client}>{element}</QueryClientProvider>
    </MantineProvider>,
  )
}

function One(): ReactElement {
  return (
    <Answer of={useQuery(OPTIONS)} what="the list">
      {(rows) => <p>{rows}</p>}
    </Answer>
  )
}

function Several(): ReactElement {
  const [one] = useQueries({ queries: [OPTIONS] })
  return one.error === null ? <p>{one.data}</p> : <p>{one.error.message}</p>
}

function Combined(): ReactElement {
  const text = useQueries({
    queries: [OPTIONS],
    combine: ([one]) => (one.isError ? one.error.message : (one.data ?? 'unread')),
  })
  return <p>{text}</p>
}

function Fresh(): ReactElement {
  return (
    <Answer of={useFreshQuery(OPTIONS)} what="the list">
      {(rows) => <p>{rows}</p>}
    </Answer>
  )
}

describe('what is known after a failed refetch', () => {
  it.each([
    ['of one query', One],
    ['of several', Several],
    ['of several combined', Combined],
  ])('stays on screen: %s', (_, Shown) => {
    const shown = showAfterFailure(<Shown />, KEY, 'the rows')
    expect(shown).toContain('the rows')
    expect(shown).not.toContain(UNREAD.message)
    expect(showAfterFailure(<Shown />, KEY, undefined)).toContain(UNREAD.message)
  })

  it('is not shown where a person decides by it', () => {
    const shown = showAfterFailure(<Fresh />, KEY, 'the rows')
    expect(shown).toContain(UNREAD.message)
    expect(shown).not.toContain('the rows')
  })

  it('is marked once, above the page', async () => {
    const client = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } })
    client.setQueryData(query.app.info.queryKey(), { notices: [] } as never)
    let fails = false
    const read = () => (fails ? Promise.reject(UNREAD) : Promise.resolve('the rows'))
    const observer = new QueryObserver(client, { queryKey: KEY, queryFn: read })
    const end = observer.subscribe(() => undefined)
    const bar = () => render(client, <Notices connected />).match(/<output.*?Try again/u)?.[0]
    await observer.refetch()
    expect(bar()).toBeUndefined()
    fails = true
    await observer.refetch()
    expect(bar()).toContain(UNREAD.message)
    fails = false
    await refetchOutdated(client)
    expect(bar()).toBeUndefined()
    end()
  })

  it('keeps a form, with what was typed in it', () => {
    const client = new QueryClient()
    render(client, <FeedForm />)
    const key = client.getQueryCache().getAll()[0]?.queryKey ?? []
    expect(showAfterFailure(<FeedForm />, key, { feed: 'https://ann.example' })).toContain(
      'value="https://ann.example"',
    )
    expect(showAfterFailure(<FeedForm />, key, undefined)).toContain(UNREAD.message)
  })
})

/** Where a person decides by what is shown, and why an earlier answer may not be. */
const FRESH: Readonly<Record<string, string>> = {
  'features/offboarding/page.tsx': 'it states that nothing prevents the certificate',
  'features/plans/apply-dialog.tsx': 'what is selected in an earlier comparison may be done already',
  'features/remediation/flow/preview.tsx': 'what was previewed is what is sent',
}

describe('every screen', () => {
  const sources = readdirSync(RENDERER, { recursive: true, encoding: 'utf8' })
    .filter((name) => /\.tsx?$/u.test(name))
    .map((name) => ({ name: name.replaceAll('\\', '/'), text: readFileSync(join(RENDERER, name), 'utf8') }))

  it('reads by the hooks that keep what is known', () => {
    const others = sources
      .filter(({ name }) => name !== 'ui/use-query.ts')
      .filter(({ text }) =>
        [...text.matchAll(/import\s+(?:type\s+)?\{([^}]*)\}\s+from '@tanstack\/react-query'/gu)].some(
          ([, names = '']) =>
            /\buse(?:\w*Quer(?:y|ies))\b|Observer\b/u.test(names.replaceAll(/\busePrefetch\w+/gu, '')),
        ),
      )
    expect(sources.filter(({ text }) => /\buseQuery\(/u.test(text)).length).toBeGreaterThan(80)
    expect(others.map(({ name }) => name)).toEqual([])
  })

  it('shows earlier answers, but for those where a person decides by them', () => {
    const fresh = sources.filter(({ name, text }) => name !== 'ui/use-query.ts' && text.includes('useFreshQuery('))
    expect(fresh.map(({ name }) => name).toSorted()).toEqual(Object.keys(FRESH))
  })
})
