import { useMantineColorScheme } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect } from 'react'

import type { Settings } from '../../shared/contract/app.ts'
import { notifyFailed } from '../ui/notify.tsx'
import { useQuery } from '../ui/use-query.ts'
import { query } from './api.ts'

type Scheme = Settings['colourScheme']

export interface SchemeChoice {
  readonly scheme: Scheme
  readonly choose: (scheme: Scheme) => void
}

/** The colour scheme: stored by the service, so that it is the same in every shell; applied immediately. */
export function useScheme(): SchemeChoice {
  const { colorScheme, setColorScheme } = useMantineColorScheme()
  const save = useMutation(query.settings.set.mutationOptions({ onError: notifyFailed }))
  const choose = (scheme: Scheme): void => {
    setColorScheme(scheme)
    save.mutate({ colourScheme: scheme })
  }
  return { scheme: colorScheme, choose }
}

export function useSchemeFromSettings(): void {
  const { setColorScheme } = useMantineColorScheme()
  const stored = useQuery(query.settings.get.queryOptions()).data?.colourScheme
  useEffect(() => {
    if (stored !== undefined) setColorScheme(stored)
  }, [stored, setColorScheme])
}
