import { ActionIcon } from '@mantine/core'
import { IconMenu2, IconSearch } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { useInfo } from '../data/use-info.ts'
import { useClientInScope } from '../data/use-clients.ts'
import { ClientDot } from '../ui/client-badge.tsx'
import { Named } from '../ui/named.tsx'
import { palette } from './palette-store.ts'
import { SampleMark } from './sample-mark.tsx'

interface TopBarProps {
  /** Opens the rail; null while the rail is on screen. */
  readonly openRail: (() => void) | null
}

/** Above the page of a narrow window: the client in scope by its whole name, and the buttons that the rail has no room for. */
export function TopBar({ openRail }: TopBarProps): ReactElement | null {
  const { client } = useClientInScope()
  const isSample = useInfo()?.sample === true
  if (openRail === null && client === null && !isSample) return null
  return (
    <section className="c-top" aria-label="Scope">
      {openRail === null ? null : (
        <ActionIcon size={30} aria-label="Open the menu" aria-haspopup="dialog" onClick={openRail}>
          <IconMenu2 size={18} aria-hidden />
        </ActionIcon>
      )}
      <span className="c-top-scope">
        {client === null ? (
          'All clients'
        ) : (
          <>
            <ClientDot colour={client.colour} />
            <Named text={client.name} />
          </>
        )}
      </span>
      <SampleMark />
      {openRail === null ? null : (
        <ActionIcon size={30} aria-label="Search or act" onClick={palette.open}>
          <IconSearch size={18} aria-hidden />
        </ActionIcon>
      )}
    </section>
  )
}
