import { Button, Checkbox, Group, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import { MAX_AT_ONCE, type RemediationValues } from '../../../../shared/contract/remediation.ts'
import { api, query } from '../../../data/api.ts'
import { toOffers, toChangeRequest, type Offer } from '../../../entities/offers.ts'
import { type FlowOrigin } from '../../../entities/remediation-flow.ts'
import { useDueToday } from '../../../entities/use-due-today.ts'
import { ValuesForm } from '../../../entities/values-form.tsx'
import { Problem } from '../../../ui/failure.ts'
import { Named } from '../../../ui/named.tsx'
import { notifyFailed } from '../../../ui/notify.tsx'
import { LongList } from '../../../ui/panel/long-list.tsx'
import { plural } from '../../../ui/relative.ts'
import { Failed, Loading } from '../../../ui/states.tsx'
import { visibleText } from '../../../ui/text.ts'
import { useQuery } from '../../../ui/use-query.ts'
import { chosenAtFirst, groupOffers, isAlternative, type OfferGroup } from './choice.ts'
import classes from './flow.module.css'

interface SelectProps {
  readonly begin: FlowOrigin
  readonly ids: readonly number[]
  readonly leave: () => void
  /** Goes on with changes of the list; `fresh` are those that were just added. */
  readonly next: (ids: readonly number[], fresh: readonly number[]) => void
}

/** The first step: everything that can be changed, by connection, with what ends the access selected. */
export function Select({ begin, ids, leave, next }: SelectProps): ReactElement {
  const { isError, error, refetch, data } = useQuery(
    query.remediation.proposals.queryOptions({ input: { origins: ids.map((id) => ({ kind: begin, id })) } }),
  )
  if (isError) return <Failed error={error} retry={() => void refetch()} />
  if (data === undefined) return <Loading what="the possible changes" />
  const offers = toOffers(data)
  if (offers.length === 0) {
    return (
      <>
        <p className="c-prose">
          {begin === 'person'
            ? 'No access remains: there is nothing to remove.'
            : 'No change at a provider is possible. Nothing is left, or the provider has no such action.'}
        </p>
        <Group justify="flex-end">
          <Button onClick={leave}>Close</Button>
        </Group>
      </>
    )
  }
  return <Offers begin={begin} offers={offers} leave={leave} next={next} />
}

interface OffersProps extends Pick<SelectProps, 'begin' | 'leave' | 'next'> {
  readonly offers: readonly Offer[]
}

function Offers({ begin, offers, leave, next }: OffersProps): ReactElement {
  const [chosen, setChosen] = useState(() => chosenAtFirst(offers, begin))
  const [given, setGiven] = useState<ReadonlyMap<string, RemediationValues>>(new Map())
  const one = isAlternative(offers)
  const preview = useRef<HTMLButtonElement>(null)
  // The drawer moves the focus when it opens, before the changes are known.
  useEffect(() => preview.current?.focus({ preventScroll: true }), [])
  const picked = offers.filter(({ key }) => chosen.has(key)).slice(0, MAX_AT_ONCE)
  const adding = useMutation({
    mutationFn: async () => {
      const fresh = picked.filter(({ remediationId }) => remediationId === null)
      const items = fresh.map((offer) => toChangeRequest(offer, given.get(offer.key)))
      return items.length === 0 ? { added: [], refused: [] } : api.remediation.addMany({ items })
    },
    onSuccess: ({ added, refused: [refused] }) => {
      if (refused !== undefined) notifyFailed(new Problem(refused.message, refused.hint))
      const fresh = added.map(({ remediationId }) => remediationId)
      const listed = picked.flatMap(({ remediationId }) => remediationId ?? [])
      if (fresh.length + listed.length > 0) next([...fresh, ...listed], fresh)
    },
    onError: notifyFailed,
  })
  const toggle = (key: string, on: boolean): void =>
    setChosen(
      one ? new Set(on ? [key] : []) : new Set(on ? [...chosen, key] : [...chosen].filter((each) => each !== key)),
    )
  return (
    <section aria-label="Select changes" className="c-form">
      <p className="c-help">
        {one
          ? 'Choose one. Nothing is sent before you have seen the preview and typed the word for it.'
          : 'Nothing is sent before you have seen the preview and typed the word for it.'}
      </p>
      {groupOffers(offers, begin).map((group) => (
        <OffersOfConnection
          key={group.connection.id}
          group={group}
          one={one}
          chosen={chosen}
          given={given}
          toggle={toggle}
          give={(key, values) => {
            setGiven(new Map([...given, [key, values]]))
            toggle(key, true)
          }}
        />
      ))}
      <div className={classes['foot']}>
        <span className="c-quiet">
          {picked.length === MAX_AT_ONCE ? `The first ${MAX_AT_ONCE} in this run; the others in the next` : ''}
        </span>
        <Group gap="xs">
          <Button variant="default" onClick={leave}>
            Cancel
          </Button>
          <Button
            disabled={picked.length === 0}
            loading={adding.isPending}
            onClick={() => adding.mutate()}
            ref={preview}
          >
            {picked.length === 0 ? 'Preview' : `Preview ${plural(picked.length, 'change')}`}
          </Button>
        </Group>
      </div>
    </section>
  )
}

interface GroupProps {
  readonly group: OfferGroup
  readonly chosen: ReadonlySet<string>
  readonly given: ReadonlyMap<string, RemediationValues>
  /** Only one of them can be chosen. */
  readonly one: boolean
  readonly toggle: (key: string, on: boolean) => void
  readonly give: (key: string, values: RemediationValues) => void
}

function OffersOfConnection(props: GroupProps): ReactElement {
  const { connection, own, shared } = props.group
  return (
    <fieldset className={`c-fieldset ${classes['group']}`}>
      <legend>
        <Named text={connection.label} />
      </legend>
      {own.map((offer) => (
        <Line key={offer.key} offer={offer} {...props} />
      ))}
      {shared.length === 0 ? null : <Shared offers={shared} {...props} />}
    </fieldset>
  )
}

function Line({ offer, one, chosen, given, toggle, give }: GroupProps & { readonly offer: Offer }): ReactElement {
  const [asking, setAsking] = useState(false)
  const values = given.get(offer.key)
  const isOpen = offer.needs.length > 0 && offer.remediationId === null && values === undefined
  const Choice = one ? Radio : Checkbox
  return (
    <div>
      <Choice
        name="change"
        label={visibleText(offer.says)}
        description={
          offer.remediationId === null
            ? values === undefined
              ? undefined
              : Object.values(values).map(String).map(visibleText).join(', ')
            : 'Already in remediation'
        }
        checked={chosen.has(offer.key)}
        onChange={(event) => {
          if (isOpen) setAsking(event.currentTarget.checked)
          else toggle(offer.key, event.currentTarget.checked)
        }}
      />
      {asking && isOpen ? (
        <ValuesForm
          offer={offer}
          verb="Use"
          busy={false}
          close={() => setAsking(false)}
          put={(entered) => {
            setAsking(false)
            give(offer.key, entered)
          }}
        />
      ) : null}
    </div>
  )
}

/** Keys that are not the person's own: their secrets were in reach, so they are rotated, now or by their due date. */
function Shared({ offers, ...props }: GroupProps & { readonly offers: readonly Offer[] }): ReactElement {
  const { mark, busy } = useDueToday()
  return (
    <div className={classes['shared']}>
      <Group gap="xs" justify="space-between">
        <span>{`${plural(offers.length, 'shared key')} that they could see ${offers.length === 1 ? 'goes' : 'go'} on working.`}</span>
        <Button
          size="compact-xs"
          variant="default"
          loading={busy}
          onClick={() => mark(offers.map(({ subject }) => subject.id))}
        >
          {`Mark ${plural(offers.length, 'shared key')} for rotation`}
        </Button>
      </Group>
      <details>
        <summary>Rotate some of them now</summary>
        <LongList items={offers} getKey={(offer) => offer.key} step={10}>
          {(offer) => <Line offer={offer} {...props} />}
        </LongList>
      </details>
    </div>
  )
}
