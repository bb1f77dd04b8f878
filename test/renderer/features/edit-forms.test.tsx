import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'

import { MantineProvider } from '@mantine/core'
import { QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { createMemoryHistory, createRootRoute, createRouter, RouterProvider } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import { renderToStaticMarkup } from 'react-dom/server'
import { describe, expect, it } from 'vitest'

import { query } from '../../../renderer/data/api.ts'
import { frame } from '../../../renderer/data/areas.ts'
import { RenameView } from '../../../renderer/entities/views/view-actions.tsx'
import { BudgetDialog } from '../../../renderer/features/budgets/budget-dialog.tsx'
import { ClientDialog } from '../../../renderer/features/clients/client-dialog.tsx'
import { DetailsSection } from '../../../renderer/features/connections/details-section.tsx'
import { DecoyForm } from '../../../renderer/features/keys/decoy-form.tsx'
import { EditForm } from '../../../renderer/features/keys/edit-form.tsx'
import { SnoozeForm } from '../../../renderer/features/keys/snooze-form.tsx'
import { MarkLeaving } from '../../../renderer/features/people/leaving.tsx'
import { SettingsView } from '../../../renderer/features/reports/settings-view.tsx'
import { DecideForm } from '../../../renderer/features/reviews/decide-form.tsx'
import { GeneralSection } from '../../../renderer/features/settings/general-section.tsx'
import { PolicySection } from '../../../renderer/features/settings/policy-section.tsx'
import { FeedForm } from '../../../renderer/features/settings/updates/feed-form.tsx'
import { DecideDialog } from '../../../renderer/features/today/decide-dialog.tsx'
import { Editing, type FormStart } from '../../../renderer/ui/editing.tsx'
import { toFailure } from '../../../renderer/ui/failure.ts'

const SLUG = 'acme'
const client = { slug: SLUG, name: 'Acme', colour: '#336699', kind: 'client', domains: [] }
const nothing = (): undefined => undefined

interface EditForm {
  /** The query of the list or panel that leads to the form, and its answer with a text in the record. */
  readonly key: readonly unknown[]
  readonly answer: (text: string) => unknown
  /** The form as that answer opens it. */
  readonly open: (answer: never) => ReactElement
}

/** Every form that changes a record, by its file. */
const EDITS: Readonly<Record<string, EditForm>> = {
  'entities/views/view-actions.tsx': {
    key: query.views.list.queryKey({ input: { list: 'keys' } }),
    answer: (name) => [{ viewId: 1, list: 'keys', name, client: null }],
    open: ([view]: [never]) => <RenameView view={view} onRenamed={nothing} close={nothing} />,
  },
  'features/budgets/budget-dialog.tsx': {
    key: query.budgets.list.queryKey({ input: {} }),
    answer: (text) => [
      {
        budgetId: 1,
        client,
        connection: null,
        project: null,
        amount: 1_000_000,
        enforcement: 'alert',
        thresholds: [text],
      },
    ],
    open: () => <BudgetDialog opened close={nothing} client={undefined} budgetId={1} saved={nothing} />,
  },
  'features/clients/client-form.tsx': {
    key: query.client.list.queryKey({ input: { archived: false } }),
    answer: (notes) => [{ ...client, notes }],
    open: ([editing]: [never]) => <ClientDialog opened editing={editing} close={nothing} />,
  },
  'features/connections/details-section.tsx': {
    key: query.connection.list.queryKey({ input: {} }),
    answer: (label) => [
      { id: 1, provider: 'openai', label, baseUrl: null, access: 'read-only', path: null, credential: {} },
    ],
    open: ([connection]: [never]) => <DetailsSection connection={connection} editing edited={nothing} />,
  },
  'features/keys/decoy-form.tsx': {
    key: query.keys.get.queryKey({ input: { keyId: 1 } }),
    answer: (decoyReason) => ({ row: { keyId: 1, decoyReason, decoySince: 1, lastUse: { state: 'never' } } }),
    open: ({ row }: { readonly row: never }) => <DecoyForm row={row} close={nothing} />,
  },
  'features/keys/edit-form.tsx': {
    key: query.keys.get.queryKey({ input: { keyId: 1 } }),
    answer: (notes) => ({ row: { keyId: 1 }, logicalKey: { notes, intervalDays: null } }),
    open: (detail: never) => <EditForm detail={detail} close={nothing} />,
  },
  'features/keys/snooze-form.tsx': {
    key: query.keys.get.queryKey({ input: { keyId: 1 } }),
    answer: (text) => ({ row: { keyId: 1, rotation: { snoozedUntil: text } } }),
    open: ({ row }: { readonly row: never }) => <SnoozeForm row={row} close={nothing} />,
  },
  'features/people/leaving.tsx': {
    key: query.people.get.queryKey({ input: { personId: 1 } }),
    answer: (reason) => ({ employment: { mark: { on: '2026-12-01', reason } } }),
    open: () => <MarkLeaving personId={1} name="Ada" close={nothing} />,
  },
  'features/reports/settings-view.tsx': {
    key: query.reports.settings.queryKey({ input: { client: SLUG } }),
    answer: (text) => ({ markupBasisPoints: 0, rateMillionths: 1_000_000, weeklyTo: [text], monthlyTo: [] }),
    open: () => <SettingsView />,
  },
  'features/reviews/decide-form.tsx': {
    key: query.reviews.item.queryKey({ input: { itemId: 1 } }),
    answer: (why) => ({ itemId: 1, facts: { roleNow: null }, flagged: true, record: { decision: 'keep', why } }),
    open: (item: never) => (
      <DecideForm item={item} decision="keep" exception={false} decide={() => Promise.resolve()} close={nothing} />
    ),
  },
  'features/settings/general-section.tsx': {
    key: query.settings.get.queryKey(),
    answer: (operator) => ({ operator, lockAfterMinutes: null }),
    open: () => <GeneralSection />,
  },
  'features/settings/policy-form.tsx': {
    key: query.policy.get.queryKey({ input: { client: SLUG } }),
    answer: (keyNamePattern) => ({ policy: { keyNamePattern: '' }, override: { keyNamePattern } }),
    open: () => <PolicySection />,
  },
  'features/settings/updates/feed-form.tsx': {
    key: query.updates.status.queryKey(),
    answer: (feed) => ({ feed }),
    open: () => <FeedForm />,
  },
  'features/today/decide-dialog.tsx': {
    key: query.today.list.queryKey({ input: { client: SLUG, hidden: false } }),
    answer: (note) => ({ entries: [{ entryId: 'a', note, contact: '' }] }),
    open: ({ entries: [entry] }: { readonly entries: [never] }) => (
      <DecideDialog entry={entry} form="note" close={nothing} />
    ),
  },
}

/** Forms of what does not exist yet, or is not stored; and the parts that forms are made of. */
const BEGIN_EMPTY = [
  'entities/panel-form.tsx',
  'entities/values-form.tsx',
  'features/clients/archive-dialog.tsx',
  'features/connections/connect/connect-form.tsx',
  'features/findings/accept-dialog.tsx',
  'features/findings/accept-form.tsx',
  'features/first-run/code-form.tsx',
  'features/first-run/locked.tsx',
  'features/keys/bulk-actions.tsx',
  'features/keys/mark-dialog.tsx',
  'features/keys/mark-form.tsx',
  'features/plans/apply-dialog.tsx',
  'features/plans/new-plan.tsx',
  'features/reconciliation/folders.tsx',
  'features/reconciliation/prices.tsx',
  'features/remediation/flow/approve.tsx',
  'features/remediation/flow/confirm.tsx',
  'features/reviews/acknowledge-form.tsx',
  'features/reviews/bulk-form.tsx',
  'features/reviews/open-dialog.tsx',
  'features/reviews/sign-form.tsx',
  'features/reviews/summary-form.tsx',
  'features/reviews/withdraw-form.tsx',
  'features/reviews/write-pack.tsx',
  'features/settings/evidence-section.tsx',
  'features/settings/recovery-code.tsx',
  'features/settings/updates/update-file-dialog.tsx',
  'features/team/found-dialog.tsx',
  'features/team/invite-dialog.tsx',
  'features/team/join-form.tsx',
  'features/usage/take-records.tsx',
  'ui/confirm.tsx',
  'ui/dialog-form.tsx',
  'ui/table/go-to-row.tsx',
]

async function makeRender(element: () => ReactElement) {
  const queries = new QueryClient({ defaultOptions: { queries: { staleTime: Infinity } } })
  const router = createRouter({
    routeTree: createRootRoute({ component: element, staticData: frame.options.staticData }),
    history: createMemoryHistory({ initialEntries: [`/?client=${SLUG}`] }),
  })
  await router.load()
  const render = (): string =>
    renderToStaticMarkup(
      <MantineProvider env="test">
        <QueryClientProvider client={queries}>
          <RouterProvider router={router as never} />
        </QueryClientProvider>
      </MantineProvider>,
    )
  return { queries, render }
}

describe('an edit form reads its record when it opens', () => {
  it.each(Object.entries(EDITS))('%s', async (_, { key, answer, open }) => {
    const { queries, render } = await makeRender(() => open(answer('Earlier value') as never))
    queries.setQueryData(key, answer('Earlier value'))
    const unread = render()
    expect(unread).toMatch(/aria-label="Loading [a-z ]+"/u)
    expect(unread).not.toMatch(/(?:value="|>)Earlier value/u)
    const own = queries
      .getQueryCache()
      .getAll()
      .find(({ queryKey }) => queryKey.includes('edited'))
    queries.setQueryData(own?.queryKey ?? [], answer('Later value'))
    const read = render()
    expect(read).toMatch(/(?:value="|>)Later value/u)
  })

  it('every form of the window is one of these, or begins empty', () => {
    const renderer = resolve(import.meta.dirname, '../../../renderer')
    const files = readdirSync(renderer, { recursive: true, encoding: 'utf8' })
      .map((name) => name.replaceAll('\\', '/'))
      .filter((name) => name.endsWith('.tsx'))
      .filter((name) => /<(?:form|PanelForm|DialogForm)\b/u.test(readFileSync(join(renderer, name), 'utf8')))
    expect(files.toSorted()).toEqual([...Object.keys(EDITS), ...BEGIN_EMPTY].toSorted())
  })
})

describe('before an edit form saves', () => {
  it('the record is read again: what was changed since the form showed it is named, and nothing is saved', async () => {
    let stored = 'Earlier'
    let edited: FormStart<{ readonly text: string }> | undefined
    const of = { queryKey: ['the record'], queryFn: () => Promise.resolve({ text: stored, other: Math.random() }) }
    const { queries, render } = await makeRender(() => (
      <Editing of={of} find={({ text }) => ({ text })} what="the record" saving="all fields">
        {(given) => {
          edited = given
          return <p>{given.began.text}</p>
        }}
      </Editing>
    ))
    render()
    const own = queries.getQueryCache().getAll()[0]?.queryKey ?? []
    queries.setQueryData(own, await of.queryFn())
    expect(render()).toContain('<p>Earlier</p>')
    // Another column of the list is not in the form.
    await expect(edited?.check()).resolves.toBeUndefined()
    stored = 'Changed by another member'
    const refusal = await edited?.check().catch(toFailure)
    expect(refusal).toMatchObject({ message: 'A change to the record was saved meanwhile.', typed: true })
    // What was read for the check is known from here on.
    expect(render()).toContain('<p>Changed by another member</p>')
    await expect(edited?.check()).resolves.toBeUndefined()
  })
})
