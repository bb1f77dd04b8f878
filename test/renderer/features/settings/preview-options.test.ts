import { QueryClient, QueryObserver } from '@tanstack/react-query'
import { expect, it, vi } from 'vitest'

import { cancelPreview, previewOptions } from '../../../../renderer/features/settings/policy-preview.tsx'

const INPUT = { client: 'acme', values: { adminKeyDays: 10 } }

it('cancelling a preview aborts the request to the service, and not the preview of another client', async () => {
  const queryClient = new QueryClient()
  const ask = (client: string) => {
    const signals: AbortSignal[] = []
    const { queryKey, staleTime, gcTime } = previewOptions({ ...INPUT, client })
    const observer = new QueryObserver(queryClient, {
      queryKey,
      staleTime,
      gcTime,
      queryFn: ({ signal }) => {
        signals.push(signal)
        return new Promise((_, reject) => signal.addEventListener('abort', reject))
      },
    })
    return { signals, leave: observer.subscribe(() => undefined), observer }
  }
  const [own, other] = [ask('acme'), ask('globex')]
  await vi.waitFor(() => expect([own.signals.length, other.signals.length]).toEqual([1, 1]))
  own.observer.setOptions({ ...own.observer.options, enabled: false })
  expect(own.signals[0]?.aborted).toBe(false)
  await cancelPreview(queryClient, INPUT)
  expect([own.signals[0]?.aborted, other.signals[0]?.aborted]).toEqual([true, false])
  expect(own.observer.getCurrentResult()).toMatchObject({ fetchStatus: 'idle', isError: false })
  own.leave()
  other.leave()
})
