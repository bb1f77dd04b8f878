import { Button, Group, Kbd } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ReviewClock, ReviewItem } from '../../../shared/contract/reviews.ts'
import { ITEM_DECISIONS } from '../../../shared/domain/reviews/review.ts'
import { PanelSection } from '../../ui/panel/panel-section.tsx'
import { DecideForm } from './decide-form.tsx'
import { EXCEPTION_KEY, type ItemAct } from './item-keys.ts'
import { RecordFacts } from './record-facts.tsx'
import type { ItemForm } from './use-item-acts.ts'
import type { Decision } from './use-deciding.ts'
import { canChange, decisionWord } from '../../entities/review-labels.ts'

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
export function DecideSection({ item, clocks, act, form, closeForm, decide }: DecideSectionProps): ReactElement {
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
