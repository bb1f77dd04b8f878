import { Button, Drawer } from '@mantine/core'
import { IconBuildingOff } from '@tabler/icons-react'
import { Outlet, useLocation, useSearch } from '@tanstack/react-router'
import { useCallback, useContext, type ReactElement, useEffect, useState, lazy, Suspense } from 'react'

import { useHelpAsked, closeHelp, findTopic, openHelp } from '../ui/help/asked.ts'
import { ListTopicsContext } from '../ui/help/topics.ts'
import { Empty } from '../ui/states.tsx'
import { ExportTableContext } from '../ui/table/export.ts'
import { AREA_LINKS } from './areas.ts'
import { FindInPage } from './find-bar.tsx'
import './frame.css'
import './rail.css'
import { Notices } from './notices.tsx'
import { Palette } from './palette.tsx'
import { useRecording } from './palette-found.tsx'
import { Rail } from './rail.tsx'
import { TopBar } from './top-bar.tsx'
import { useRail, useRailShortcut } from './use-rail.ts'
import { LIST_TOPICS } from '../data/help-topics.ts'
import { useScope } from '../data/scope.ts'
import { useGoShortcuts, useLockShortcut, useScopeShortcuts } from '../data/shortcuts.ts'
import { usePlace } from '../data/use-place.ts'
import { useClientInScope } from '../data/use-clients.ts'
import { ConnectedContext } from './refetch.ts'
import { useSyncEnds } from './use-sync-ends.ts'
import { useExportTable } from '../entities/export-table.ts'
import { api } from '../data/api.ts'

/** The frame around every page: the rail, the client's colour, the notices, the palette. */
export function Frame(): ReactElement {
  const { client: slug } = useScope()
  const { client, unknown } = useClientInScope()
  const isHelpOpen = useHelpAsked() !== null
  const { form, more, setMore, toggleCollapsed } = useRail()
  const connected = useContext(ConnectedContext)
  const sheet = useSheet()
  const exportTable = useExportTable()
  useTitle(slug)
  useSyncEnds()
  useRecording()
  useScopeShortcuts()
  useLockShortcut()
  useRailShortcut(toggleCollapsed)
  useGoShortcuts(toggleHelp)
  return (
    <div
      className="c-frame"
      data-scope={client ? 'one' : 'all'}
      data-rail={form}
      data-beside={isHelpOpen || undefined}
      style={client ? { ['--client' as string]: client.colour } : undefined}
    >
      <button type="button" className="c-skip" onClick={() => document.querySelector<HTMLElement>('#content')?.focus()}>
        Skip to the content
      </button>
      <div className="c-band" aria-hidden />
      {form === 'sheet' ? null : <Rail form={form} more={more} setMore={setMore} toggleCollapsed={toggleCollapsed} />}
      <div className="c-main">
        {form === 'wide' ? null : <TopBar openRail={form === 'sheet' ? sheet.open : null} />}
        <Notices connected={connected} />
        <FindInPage />
        <main id="content" className="c-content" tabIndex={-1}>
          <ExportTableContext value={exportTable}>
            <ListTopicsContext value={LIST_TOPICS}>
              {unknown ? <UnknownClient slug={slug ?? ''} /> : <Outlet />}
            </ListTopicsContext>
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
          <Rail form="wide" more={more} setMore={setMore} toggleCollapsed={null} />
        </Drawer>
      ) : null}
      <RemediationDrawer />
      <Palette toggleRail={() => toggleCollapsed?.()} />
      <Help />
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

/**
 * Reports the client in scope to the desktop, which makes the window title from it; the title of the page also names the
 * area that is shown.
 */
function useTitle(client: string | undefined): void {
  const [title, setTitle] = useState<string | null>(null)
  const place = usePlace()
  const area = AREA_LINKS.find(({ path }) => path === place)?.label
  useEffect(() => {
    let stale = false
    const report = async (): Promise<void> => {
      const answer = await api.desktop.scope({ client: client ?? null })
      if (!stale) setTitle(answer.title)
    }
    // Without a desktop, the page keeps its own title.
    report().catch(() => undefined)
    return () => {
      stale = true
    }
  }, [client])
  useEffect(() => {
    if (title !== null) document.title = area === undefined ? title : `${area} — ${title}`
  }, [title, area])
}

/** Loaded when it is first opened. */
const HelpPanel = lazy(async () => {
  const { HelpPanel: panel } = await import('../features/help/panel.tsx')
  return { default: panel }
})

/** The help beside any page, while it is open. */
function Help(): ReactElement | null {
  const asked = useHelpAsked()
  if (asked === null) return null
  return (
    <Suspense fallback={null}>
      <HelpPanel asked={asked} />
    </Suspense>
  )
}

/** Opens the help at the paragraph about what has the focus, else about the page; closes it when it has the focus itself. */
function toggleHelp(): void {
  const focused = document.activeElement
  if (focused?.closest('[data-help-panel]')) closeHelp()
  else openHelp(findTopic(focused))
}

/** Loaded when it is first opened. */
const RemediationFlow = lazy(async () => {
  const { RemediationFlow: flow } = await import('../features/remediation/flow/flow.tsx')
  return { default: flow }
})

/** The remediation drawer over any page, while its address names a flow. */
function RemediationDrawer(): ReactElement | null {
  const isAsked: boolean = useSearch({ strict: false, select: (search) => search.remediate !== undefined })
  // It stays once it was opened, so that it closes with its transition and returns the focus.
  const [wasAsked, setWasAsked] = useState(isAsked)
  if (isAsked && !wasAsked) setWasAsked(true)
  if (!isAsked && !wasAsked) return null
  return (
    <Suspense fallback={null}>
      <RemediationFlow />
    </Suspense>
  )
}
