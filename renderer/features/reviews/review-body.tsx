import { useHotkeys } from '@mantine/hooks'
import { useQueryClient } from '@tanstack/react-query'
import { useMemo, useRef, useState, type KeyboardEvent, type ReactElement } from 'react'
import { Kbd } from '@mantine/core'

import classes from './reviews.module.css'
import type { Outputs } from '../../../shared/contract/contract.ts'
import type { ReviewItem } from '../../../shared/contract/reviews.ts'
import { query } from '../../data/api.ts'
import { useAreaLinks } from '../../data/areas.ts'
import { notifyFailed } from '../../ui/notify.tsx'
import { ListAndPanel } from '../../ui/panel/list-and-panel.tsx'
import type { TableHandle } from '../../ui/table/table-props.ts'
import { areSingleKeysOff } from '../../ui/single-keys.ts'
import { AboutPanel } from './about-panel.tsx'
import { actOfKey, afterG, NEXT_KEY, EXCEPTION_KEY, PREVIOUS_KEY } from './item-keys.ts'
import { ItemFilters } from './item-filters.tsx'
import { ItemList } from './item-list.tsx'
import { ItemPanel } from './item-panel.tsx'
import { itemSource } from './item-source.ts'
import { ReviewDialogs } from './review-dialogs.tsx'
import type { ReviewsSearch, SetSearch } from './search.ts'
import { Tally } from './tally.tsx'
import { useDeciding, useItemActs } from './use-deciding.ts'
import type { ReviewKind } from '../../../shared/domain/reviews/review.ts'
import { MOD } from '../../data/keys.ts'
import { listDecisions, decisionWord } from '../../entities/review-labels.ts'

type Line = readonly [keys: readonly string[], what: string]

const OTHERS: readonly Line[] = [
  [[EXCEPTION_KEY], 'Exception'],
  [[NEXT_KEY], 'Next'],
  [[PREVIOUS_KEY], 'Previous'],
  [['Enter'], 'Open'],
  [[MOD, 'Z'], 'Undo'],
]

/** The shortcuts that decide, in the list and in the panel. */
function KeyLine({ kind }: { readonly kind: ReviewKind }): ReactElement {
  const deciding = listDecisions(kind).map((decision): Line => [
    [decisionWord(decision).key],
    decisionWord(decision).word,
  ])
  return (
    <dl className={classes['keys']} aria-label="Keys">
      {[...deciding, ...OTHERS].map(([keys, what]) => (
        <div key={what}>
          <dt>
            {keys.map((key) => (
              <Kbd key={key} size="xs">
                {key.length === 1 ? key.toUpperCase() : key}
              </Kbd>
            ))}
          </dt>
          <dd>{what}</dd>
        </div>
      ))}
    </dl>
  )
}

interface ReviewBodyProps {
  readonly review: Outputs['reviews']['get']
  readonly search: ReviewsSearch
  readonly set: SetSearch
}

/** The items of a review: progress, filters, list, and the panel of one item. */
export function ReviewBody({ review, search, set }: ReviewBodyProps): ReactElement {
  const { row } = review
  const { reviewId } = row
  const canDecide = row.state === 'open'
  const ofSeveral = new Set(review.sources.map(({ connection }) => connection.id)).size > 1
  const client = useQueryClient()
  const table = useRef<TableHandle>(null)
  const source = useMemo(() => itemSource(reviewId, search), [reviewId, search])

  const show = (item: ReviewItem, replace: boolean): void => {
    // The row of the list has everything that the panel shows: no need to wait for the same row again.
    client.setQueryData(query.reviews.item.queryKey({ input: { itemId: item.itemId } }), item)
    set({ item: item.itemId, step: undefined }, replace)
  }
  const deciding = useDeciding({
    reviewId,
    ofSeveral,
    source,
    show: ({ row: item, index }) => {
      show(item, true)
      table.current?.stand(index)
    },
    stand: (index) => table.current?.stand(index),
  })
  const { form, closeForm, act } = useItemActs({
    deciding,
    canDecide,
    open: (item) => show(item, search.item !== undefined),
  })
  useHotkeys([
    ['mod+Z', deciding.undo],
    [
      NEXT_KEY,
      ({ target }) => {
        if (!areSingleKeysOff() && !hasKeysOfItsOwn(target)) deciding.start().catch(notifyFailed)
      },
    ],
  ])

  const close = (): void => {
    closeForm()
    set({ item: undefined, step: undefined })
  }
  const areas = useAreaLinks()
  const [isGoing] = useState(() => afterG(areas))
  const onKey = (event: KeyboardEvent, item: ReviewItem | undefined, opens: boolean): boolean => {
    if (event.ctrlKey || event.metaKey || event.altKey || isGoing(event.key, event.timeStamp)) return false
    const what = actOfKey(event.key)
    if (what === null || item === undefined) return false
    // Letters typed while a form is still opening must not decide about another item.
    if (form !== null) return false
    act(item, what, opens)
    return true
  }
  const onPanelKey = (event: KeyboardEvent): void => {
    if (event.defaultPrevented || isTypedInto(event) || search.item === undefined) return
    const item = client.getQueryData(query.reviews.item.queryKey({ input: { itemId: search.item } }))
    if (onKey(event, item, true)) event.preventDefault()
  }

  return (
    <>
      <Tally review={review} search={search} set={set} />
      <ListAndPanel
        filters={row.items === 0 ? null : <ItemFilters row={row} search={search} set={set} />}
        focusList={() => table.current?.focus()}
        list={
          <ItemList
            row={row}
            ofSeveral={ofSeveral}
            source={source}
            search={search}
            set={set}
            handle={table}
            onOpen={(item) => {
              closeForm()
              show(item, search.item !== undefined)
            }}
            onEscape={close}
            onKey={(event, item) => onKey(event, item, search.item !== undefined)}
          />
        }
        panel={
          search.item !== undefined ? (
            // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- shortcuts work everywhere in the panel
            <div className={classes['contents']} onKeyDown={onPanelKey}>
              <ItemPanel
                key={search.item}
                itemId={search.item}
                clocks={review.team?.clocks ?? []}
                canDecide={canDecide}
                form={form?.itemId === search.item ? form : null}
                closeForm={closeForm}
                act={(item, what) => act(item, what, true)}
                decide={(item, decision) => deciding.decide(item, decision, true)}
                onClose={close}
              />
            </div>
          ) : search.step === 'about' ? (
            <AboutPanel review={review} onClose={close} />
          ) : null
        }
      />
      {canDecide ? <KeyLine kind={row.kind} /> : null}
      <ReviewDialogs review={review} search={search} set={set} decideAll={deciding.decideAll} />
    </>
  )
}

/** In the list and in the panel a shortcut applies to the current item; a dialog and a menu keep the keyboard. */
function hasKeysOfItsOwn(target: EventTarget | null): boolean {
  if (document.querySelector('[aria-modal="true"]') !== null) return true
  return target instanceof Element && target.closest('aside, [role="grid"], [role="menu"]') !== null
}

function isTypedInto(event: KeyboardEvent): boolean {
  return event.target instanceof HTMLElement && /^(?:INPUT|TEXTAREA|SELECT)$/u.test(event.target.tagName)
}
