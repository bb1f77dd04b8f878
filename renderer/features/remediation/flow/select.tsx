import { Button, Checkbox, Group, Radio } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import { MAX_AT_ONCE, type RemediationValues } from '../../../../shared/contract/remediation.ts'
import { api, query } from '../../../data/api.ts'
import { toOffers, toChangeRequest, type Offer } from '../../../entities/offers.ts'
import type { FlowOrigin } from '../../../entities/remediation-flow.tsx'
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

type Action = Offer['action']

/** Actions that remove an account or invite itself. */
const ENDS_ACCOUNT: ReadonlySet<Action> = new Set(['member-remove', 'invite-delete', 'service-account-delete'])

const REMOVES: ReadonlySet<Action> = new Set([
  ...ENDS_ACCOUNT,
  'member-sign-out',
  'project-member-remove',
  'key-delete',
])

/** The changes of one connection; `shared` are rotations of keys that the person could have seen. */
interface OfferGroup {
  readonly connection: Offer['connection']
  readonly own: readonly Offer[]
  readonly shared: readonly Offer[]
}

/** Changes by connection, in their order; rotations of keys that a person could have seen are separate. */
export function groupOffers(offers: readonly Offer[], begin: FlowOrigin): readonly OfferGroup[] {
  const isOfKey = begin === 'key' || (begin !== 'person' && offers[0]?.action === 'key-rotate')
  const isShared = ({ action }: Offer): boolean => action === 'key-rotate' && !isOfKey
  return [...Map.groupBy(offers, ({ connection }) => connection.id).values()].flatMap((all) =>
    all.slice(0, 1).map(({ connection }) => ({
      connection,
      own: all.filter((offer) => !isShared(offer)),
      shared: all.filter(isShared),
    })),
  )
}

/**
 * The keys of the changes that are selected at first: the most fitting one, since the others are alternatives to it; of
 * several keys, that of each. For a person it is everything that ends their access: roles end with their account, and a key is deleted rather than
 * disabled. Where an account is removed, or a review decided to remove access, the keys in its name go too. A change that
 * needs a value is selected by giving it.
 */
export function chosenAtFirst(offers: readonly Offer[], begin: FlowOrigin): ReadonlySet<string> {
  const [first] = offers
  if (first === undefined) return new Set()
  const isFree = ({ needs, remediationId }: Offer): boolean => needs.length === 0 || remediationId !== null
  if (begin === 'key') {
    const fitting = [...Map.groupBy(offers, ({ subject }) => subject.id).values()].flatMap((own) => own.slice(0, 1))
    return new Set(fitting.filter(isFree).map(({ key }) => key))
  }
  const ended = new Set(offers.filter(({ action }) => ENDS_ACCOUNT.has(action)).map(({ subject }) => subject.id))
  const goesToo = ({ action, subject }: Offer): boolean => {
    if (isAlternative(offers)) return false
    if (begin === 'person') return REMOVES.has(action) && (action !== 'project-member-remove' || !ended.has(subject.id))
    return action === 'key-delete' && (begin === 'review-item' || ENDS_ACCOUNT.has(first.action))
  }
  const chosen = offers.filter((offer) => isFree(offer) && (offer === first || goesToo(offer)))
  const isRotation = begin === 'person' && first.action === 'key-rotate'
  return new Set(isRotation ? [] : chosen.map(({ key }) => key))
}

/** True if all changes are about one key: rotate, disable or delete it. */
export function isAlternative(offers: readonly Offer[]): boolean {
  return (
    offers.length > 1 &&
    new Set(offers.map(({ subject }) => `${subject.kind} ${subject.id}`)).size === 1 &&
    offers.every(({ subject, action }) => subject.kind === 'key' && action.startsWith('key-'))
  )
}
