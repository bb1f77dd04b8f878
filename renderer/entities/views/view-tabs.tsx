import { Button } from '@mantine/core'
import { useEffect, type ReactElement } from 'react'

import { BUILT_IN_VIEWS } from '../../../shared/contract/view-search.ts'
import type { SavedView, ViewList, ViewSearch } from '../../../shared/contract/views.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { readLayout, writeLayout } from '../../ui/table/column-memory.ts'
import { PageTabs } from '../../ui/tabs.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { SaveView, ViewMenu } from './view-actions.tsx'
import { findArrived, isSameSearch, listOwnViews, pickSearch } from './view-state.ts'
import classes from './views.module.css'
import { describeMissing, MISSING_HINT } from '../../../shared/contract/view-subjects.ts'
import { Status } from '../../ui/status.tsx'

interface ViewTabsProps {
  readonly list: ViewList
  /** The name of the table, under which its columns are remembered. */
  readonly table: string
  /** The search params of the page. */
  readonly search: object & { readonly saved?: string | undefined }
  /** The params that a view keeps: filters and sort. */
  readonly params: readonly string[]
  /** Changes the address; `replace` adds no step to the history. */
  readonly set: (change: Record<string, unknown>, replace?: boolean) => void
}

interface View {
  readonly name: string
  readonly search: ViewSearch
  readonly saved: SavedView | null
}

/** The views of a list as tabs above it: those that every register has, the saved ones, and a button to save one. */
export function ViewTabs({ list, table, search, params, set }: ViewTabsProps): ReactElement {
  const { client } = useScope()
  const saved = useQuery(query.views.list.queryOptions({ input: { client, list } })).data ?? []
  const views: readonly View[] = [
    ...BUILT_IN_VIEWS[list].map((view) => ({ ...view, saved: null })),
    ...listOwnViews(saved, client).map((view) => ({ name: view.name, search: view.search, saved: view })),
  ]
  const now = pickSearch(search, params)
  const named = views.find((view) => view.saved !== null && view.name === search.saved)
  const current = named ?? views.find((view) => view.saved === null && isSameSearch(view.search, now))
  const changed = named !== undefined && !isSameSearch(named.search, now)
  useColumnsOf(table, named?.saved ?? null)
  useArrived(findArrived(list, now, named?.search), set)
  const nothing = Object.fromEntries(params.map((param) => [param, undefined]))
  const show = (view: View): void => set({ ...nothing, ...view.search, saved: view.saved?.name })
  const save = (name: string, over: SavedView | null): Promise<SavedView> =>
    api.views.save({
      ...(over === null ? { client } : { viewId: over.viewId }),
      list,
      name,
      search: now,
      // A subject that is not in this register has no number.
      subjects: (over ?? named?.saved)?.subjects,
      columns: readLayout(table),
    })
  return (
    <div className={classes['views']}>
      <PageTabs
        label="Views"
        tabs={views.map((view) => ({
          label: visibleText(view.name),
          current: view === current,
          to: '.',
          search: (before: Readonly<Record<string, unknown>>) => ({
            client: before['client'],
            ...view.search,
            saved: view.saved?.name,
          }),
        }))}
      />
      <div className={classes['actions']}>
        {changed && named.saved !== null ? (
          <>
            <span className="c-quiet">Changed</span>
            <Button
              variant="subtle"
              size="compact-xs"
              onClick={() => {
                const before = named.saved
                if (before === null) return
                save(before.name, before).then(
                  () =>
                    notifyDone({
                      message: `Saved the view ${visibleText(before.name)}`,
                      undo: () => api.views.save({ ...before, client: before.client?.slug }),
                    }),
                  notifyFailed,
                )
              }}
            >
              Save changes
            </Button>
            <Button variant="subtle" size="compact-xs" onClick={() => show(named)}>
              Reset view
            </Button>
          </>
        ) : null}
        {named?.saved ? (
          <ViewMenu
            view={named.saved}
            onRenamed={(name) => set({ saved: name })}
            onRemoved={() => set({ saved: undefined })}
          />
        ) : null}
        <SaveView
          save={async (name) => {
            const view = await save(name, null)
            set({ saved: view.name })
            notifyDone({
              message: `Saved the view ${visibleText(view.name)}`,
              undo: () => api.views.remove({ viewId: view.viewId }),
            })
          }}
        />
      </div>
      <MissingFilter list={list} search={now} />
    </div>
  )
}

/** Filters by what a view names as soon as this register has it. */
function useArrived(arrived: ViewSearch, set: ViewTabsProps['set']): void {
  const text = JSON.stringify(arrived)
  useEffect(() => {
    if (text !== '{}') set(JSON.parse(text) as ViewSearch, true)
  }, [text, set])
}

/** Shows the columns of a view when it is opened. */
function useColumnsOf(table: string, view: SavedView | null): void {
  const id = view?.viewId
  const columns = view === null ? null : JSON.stringify(view.columns)
  useEffect(() => {
    if (id === undefined || columns === null) return
    const layout = JSON.parse(columns) as SavedView['columns']
    if (layout !== null) writeLayout(table, layout)
  }, [table, id, columns])
}

interface MissingFilterProps {
  readonly list: ViewList
  /** The filters of the list as they are in the address. */
  readonly search: ViewSearch
}

/** Which filters of a list name nothing in this register, so that the list has no rows; nothing where all of them name something. */
export function MissingFilter({ list, search }: MissingFilterProps): ReactElement {
  const sentence = describeMissing(list, search)
  return (
    <output className={sentence === null ? undefined : classes['missing']}>
      {sentence === null ? null : (
        <Status tone="warn" plain>
          {`${sentence} ${MISSING_HINT}`}
        </Status>
      )}
    </output>
  )
}
