import { Button, Drawer } from '@mantine/core'
import { useDisclosure } from '@mantine/hooks'
import { IconBuildingOff } from '@tabler/icons-react'
import { Outlet, useLocation, useRouter } from '@tanstack/react-router'
import { useCallback, type ReactElement, useEffect, useState } from 'react'

import { Dialog } from '../ui/dialog.tsx'
import { Empty } from '../ui/states.tsx'
import { ExportTableContext } from '../ui/table/export.ts'
import { FindInPage } from './find-bar.tsx'
import './frame.css'
import './rail.css'
import { Notices } from './notices.tsx'
import { Palette } from './palette.tsx'
import { useRecording } from './palette-found.tsx'
import { Rail } from './rail.tsx'
import { RemediationDrawer } from './remediation-drawer.tsx'
import { TopBar } from './top-bar.tsx'
import { useRail, useRailShortcut } from './use-rail.ts'
import { useScope } from '../data/scope.ts'
import { useGoShortcuts, useLockShortcut, useScopeShortcuts } from '../data/shortcuts.ts'
import { useClientInScope } from '../data/use-clients.ts'
import { useEvents } from './use-events.ts'
import { useSyncEnds } from './use-sync-ends.ts'
import { useExportTable } from '../entities/export-table.ts'
import { ShortcutList } from '../entities/shortcut-list.tsx'
import { api } from '../data/api.ts'

/** The frame around every page: the rail, the client's colour, the notices, the palette. */
export function Frame(): ReactElement {
  const router = useRouter()
  const { client: slug } = useScope()
  const { client, unknown } = useClientInScope()
  const [helpOpened, help] = useDisclosure(false)
  const { form, more, setMore, toggleCollapsed } = useRail()
  const { connected } = useEvents(useCallback((to: string) => router.history.push(to), [router]))
  const sheet = useSheet()
  const exportTable = useExportTable()
  useScopeTitle(slug)
  useSyncEnds()
  useRecording()
  useScopeShortcuts()
  useLockShortcut()
  useRailShortcut(toggleCollapsed)
  useGoShortcuts(help.open)
  return (
    <div
      className="c-frame"
      data-scope={client ? 'one' : 'all'}
      data-rail={form}
      style={client ? { ['--client' as string]: client.colour } : undefined}
    >
      <button type="button" className="c-skip" onClick={() => document.querySelector<HTMLElement>('#content')?.focus()}>
        Skip to the content
      </button>
      <div className="c-band" aria-hidden />
      {form === 'sheet' ? null : (
        <Rail form={form} more={more} setMore={setMore} toggleCollapsed={toggleCollapsed} openHelp={help.open} />
      )}
      <div className="c-main">
        {form === 'wide' ? null : <TopBar openRail={form === 'sheet' ? sheet.open : null} />}
        <Notices connected={connected} />
        <FindInPage />
        <main id="content" className="c-content" tabIndex={-1}>
          <ExportTableContext value={exportTable}>
            {unknown ? <UnknownClient slug={slug ?? ''} /> : <Outlet />}
          </ExportTableContext>
        </main>
      </div>
      {form === 'sheet' ? (
        <Drawer
          opened={sheet.opened}
          onClose={sheet.close}
          title="Castellan"
          size={280}
          classNames={{ content: 'c-sheet', body: 'c-sheet-body', header: 'c-sheet-head' }}
        >
          <Rail form="wide" more={more} setMore={setMore} toggleCollapsed={null} openHelp={help.open} />
        </Drawer>
      ) : null}
      <RemediationDrawer />
      <Palette openHelp={help.open} toggleRail={() => toggleCollapsed?.()} />
      <ShortcutHelp opened={helpOpened} close={help.close} />
    </div>
  )
}

interface Sheet {
  readonly opened: boolean
  readonly open: () => void
  readonly close: () => void
}

/** The sheet with the rail, which closes when it has led to another page or client. */
function useSheet(): Sheet {
  const place = useLocation({ select: ({ pathname, search }) => `${pathname} ${search.client ?? ''}` })
  const [openedAt, setOpenedAt] = useState<string | null>(null)
  return {
    opened: openedAt === place,
    open: useCallback(() => setOpenedAt(place), [place]),
    close: useCallback(() => setOpenedAt(null), []),
  }
}

function UnknownClient({ slug }: { readonly slug: string }): ReactElement {
  const { setClient } = useScope()
  return (
    <div className="c-page">
      <Empty
        wholePage
        icon={IconBuildingOff}
        title={`Client “${slug}” not found`}
        action={<Button onClick={() => setClient(undefined)}>Show all clients</Button>}
      >
        It may have been archived, or belong to another profile.
      </Empty>
    </div>
  )
}

interface ShortcutHelpProps {
  readonly opened: boolean
  readonly close: () => void
}

/** The shortcuts of the window, on any page. */
function ShortcutHelp({ opened, close }: ShortcutHelpProps): ReactElement {
  return (
    <Dialog opened={opened} onClose={close} title="Shortcuts" size={620}>
      <ShortcutList />
    </Dialog>
  )
}

/** Reports the client in scope to the desktop, which makes the window title from it. */
function useScopeTitle(client: string | undefined): void {
  useEffect(() => {
    let stale = false
    const tell = async (): Promise<void> => {
      const { title } = await api.desktop.scope({ client: client ?? null })
      if (!stale) document.title = title
    }
    // Without a desktop, the page keeps its own title.
    tell().catch(() => undefined)
    return () => {
      stale = true
    }
  }, [client])
}
