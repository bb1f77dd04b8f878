import { IconFlag } from '@tabler/icons-react'
import type { ReactElement } from 'react'
import { Button, Group, Kbd } from '@mantine/core'

import type { ReviewClock, ReviewItem } from '../../../shared/contract/reviews.ts'
import { query } from '../../data/api.ts'
import { Named } from '../../ui/named.tsx'
import { Fact, Facts, PanelSection } from '../../ui/panel/panel-section.tsx'
import { SidePanel } from '../../ui/panel/side-panel.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { Status, STATUS_ICONS } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { When } from '../../ui/when.tsx'
import { ProviderRecord } from '../../entities/provider-record.tsx'
import { WhatCanBeDone } from '../../entities/what-can-be-done.tsx'
import { ItemFacts } from './item-facts.tsx'
import { type ItemAct, EXCEPTION_KEY } from './item-keys.ts'
import { ClosureMark, DecisionMark } from '../../entities/review-badges.tsx'
import { RecordFacts } from './record-facts.tsx'
import classes from './reviews.module.css'
import type { Decision, ItemForm } from './use-deciding.ts'
import { hoursWords, subjectWord, canChange, decisionWord } from '../../entities/review-labels.ts'
import { ITEM_DECISIONS } from '../../../shared/domain/reviews/review.ts'
import { DecideForm } from './decide-form.tsx'

interface ItemPanelProps {
  readonly itemId: number
  /** The decisions about the review by clocks that were wrong. */
  readonly clocks: readonly ReviewClock[]
  readonly canDecide: boolean
  readonly form: ItemForm | null
  readonly closeForm: () => void
  readonly act: (item: ReviewItem, act: ItemAct) => void
  readonly decide: (item: ReviewItem, decision: Decision) => Promise<void>
  readonly onClose: () => void
}

/** Everything needed to decide about one item, and the decision. */
export function ItemPanel(props: ItemPanelProps): ReactElement {
  const { itemId, onClose } = props
  const frozen = useQuery(query.reviews.item.queryOptions({ input: { itemId } }))
  const item = frozen.data
  return (
    <SidePanel
      kind={item === undefined ? 'Item' : `Item ${item.position} · ${subjectWord(item.facts)}`}
      title={item === undefined ? 'Item' : <Named text={item.name} otherwise="No name" />}
      subtitle={item === undefined ? undefined : <Subtitle item={item} />}
      marks={item === undefined ? undefined : <Marks item={item} />}
      onClose={onClose}
    >
      {item ? (
        <Details {...props} item={item} />
      ) : frozen.error ? (
        <Failed error={frozen.error} retry={() => void frozen.refetch()} />
      ) : (
        <Loading what="the item" rows={8} />
      )}
    </SidePanel>
  )
}

function Subtitle({ item: { facts } }: { readonly item: ReviewItem }): ReactElement {
  return facts.key === null ? (
    <Named text={facts.principal?.email} otherwise="No e-mail known" />
  ) : (
    <Named text={facts.key.hint} mono otherwise={facts.key.externalId} />
  )
}

function Marks({ item }: { readonly item: ReviewItem }): ReactElement {
  return (
    <>
      <DecisionMark record={item.record} plain={false} />
      {item.flagged ? (
        <Status tone="warn" icon={IconFlag} title="It has findings: keeping it requires a justification">
          Flagged
        </Status>
      ) : null}
      {item.facts.privileged ? (
        <Status tone="info" icon={STATUS_ICONS.privileged} title="Can grant and remove access">
          Privileged
        </Status>
      ) : null}
      <ClosureMark closure={item.closure} plain={false} />
    </>
  )
}

function Details(props: ItemPanelProps & { readonly item: ReviewItem }): ReactElement {
  const { item, clocks, canDecide, form, closeForm, act, decide } = props
  return (
    <>
      {canDecide ? (
        <DecideSection
          item={item}
          clocks={clocks}
          act={(what) => act(item, what)}
          form={form}
          closeForm={closeForm}
          decide={(decision) => decide(item, decision)}
        />
      ) : item.record === null ? null : (
        <PanelSection title="Decision">
          <RecordFacts record={item.record} clocks={clocks} />
        </PanelSection>
      )}
      {item.closure === null ? null : (
        <PanelSection title="Applied">
          <Closure closure={item.closure} />
        </PanelSection>
      )}
      {item.closure?.state === 'pending' ? (
        <WhatCanBeDone origins={[{ kind: 'review-item', id: item.itemId }]} />
      ) : null}
      <ItemFacts facts={item.facts} />
      <ItemRecord facts={item.facts} />
    </>
  )
}

/** By whom and when the provider recorded that the key was made or the role was given. */
function ItemRecord({ facts }: Pick<ReviewItem, 'facts'>): ReactElement | null {
  const { key, personId, connection } = facts
  if (key !== null) return <ProviderRecord about={{ key: key.id }} connection={connection.id} />
  return personId === null ? null : <ProviderRecord about={{ person: personId }} connection={connection.id} />
}

function Closure({ closure }: { readonly closure: NonNullable<ReviewItem['closure']> }): ReactElement {
  if (closure.state === 'pending') {
    return (
      <>
        <p className="c-prose">Not verified by a sync yet.</p>
        {closure.residual.length === 0 ? null : (
          <ul className={`c-bullets ${classes['residual']}`}>
            {closure.residual.map((each) => (
              <li key={each}>{visibleText(each)}</li>
            ))}
          </ul>
        )}
      </>
    )
  }
  return (
    <Facts>
      <Fact name="Shown done">
        <When at={closure.at} />
        {closure.syncId === null ? null : <span className="c-quiet">{` · sync ${closure.syncId}`}</span>}
      </Fact>
      <Fact name="Took">
        {closure.hours === null ? <span className="c-quiet">Not known</span> : hoursWords(closure.hours)}
      </Fact>
    </Facts>
  )
}

interface DecideSectionProps {
  readonly item: ReviewItem
  /** The decisions about the review by clocks that were wrong. */
  readonly clocks: readonly ReviewClock[]
  readonly act: (act: ItemAct) => void
  /** The form that is open for this item. */
  readonly form: ItemForm | null
  readonly closeForm: () => void
  readonly decide: (decision: Decision) => Promise<void>
}

/** The possible decisions about an item, each with its shortcut, and the one that was made. */
function DecideSection({ item, clocks, act, form, closeForm, decide }: DecideSectionProps): ReactElement {
  const { record, facts } = item
  return (
    <PanelSection title="Decision">
      <Group gap={6} mt={4} mb={8}>
        {ITEM_DECISIONS.filter((decision) => decision !== 'change' || canChange(facts)).map((decision) => {
          const { word, key, icon: Icon } = decisionWord(decision)
          return (
            <Button
              key={decision}
              variant={record?.decision === decision ? 'filled' : 'default'}
              aria-pressed={record?.decision === decision}
              aria-keyshortcuts={key}
              leftSection={<Icon size={14} aria-hidden />}
              rightSection={<KeyHint letter={key} />}
              onClick={() => act({ kind: 'decide', decision })}
            >
              {word}
            </Button>
          )
        })}
        <Button
          variant="subtle"
          aria-keyshortcuts={EXCEPTION_KEY}
          rightSection={<KeyHint letter={EXCEPTION_KEY} />}
          onClick={() => act({ kind: 'exception' })}
        >
          Exception…
        </Button>
      </Group>
      {form === null ? null : (
        <DecideForm
          key={`${form.decision} ${String(form.exception)}`}
          item={item}
          decision={form.decision}
          exception={form.exception}
          decide={decide}
          close={closeForm}
        />
      )}
      {record === null ? null : <RecordFacts record={record} clocks={clocks} />}
    </PanelSection>
  )
}

function KeyHint({ letter }: { readonly letter: string }): ReactElement {
  return (
    <Kbd size="xs" aria-hidden>
      {letter.toUpperCase()}
    </Kbd>
  )
}
