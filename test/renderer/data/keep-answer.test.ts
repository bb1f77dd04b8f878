import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { keepAnswer } from '../../../renderer/data/keep-answer.ts'

/** What is shown while the answer to another question is read. */
async function shownMeanwhile(first: object, second: object, of: Readonly<Record<string, unknown>>): Promise<unknown> {
  const client = new QueryClient()
  const options = (input: object) => ({
    queryKey: query.usage.by.queryOptions({ input: input as never }).queryKey,
    queryFn: async () => input,
    placeholderData: keepAnswer(of),
  })
  const observer = new QueryObserver(client, options(first))
  const end = observer.subscribe(() => undefined)
  await observer.refetch()
  observer.setOptions(options(second))
  const shown: unknown = observer.getCurrentResult().data
  end()
  return shown
}

it('an answer stays while another month is read, and never under the name of another client', async () => {
  const first = { client: 'acme', month: '2026-10' }
  expect(await shownMeanwhile(first, { ...first, month: '2026-11' }, { client: 'acme' })).toEqual(first)
  expect(await shownMeanwhile(first, { ...first, client: 'borealis' }, { client: 'borealis' })).toBeUndefined()
  expect(await shownMeanwhile(first, { month: '2026-10' }, { client: undefined })).toBeUndefined()
})

it('an answer about all clients stays for the next about all', async () => {
  const of = { client: undefined }
  expect(await shownMeanwhile({ month: '2026-10' }, { client: undefined, month: '2026-11' }, of)).toEqual({
    month: '2026-10',
  })
  expect(await shownMeanwhile({ by: 'key' }, { by: 'model' }, { ...of, by: 'model' })).toBeUndefined()
})
