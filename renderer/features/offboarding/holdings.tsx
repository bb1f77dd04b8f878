import type { ReactElement } from 'react'

import type { Offboarding, OffboardingItem } from '../../../shared/contract/offboarding.ts'
import { noHoldings } from '../../../shared/report/offboarding-words.ts'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Nothing } from '../../ui/panel/panel-section.tsx'
import { plural } from '../../ui/relative.ts'
import { visibleText } from '../../ui/text.ts'
import { ItemLine } from '../leavers/item-line.tsx'

const getKey = (item: OffboardingItem): string => `${item.person.id} ${item.rowKey}`

/** The access of the agency's people, and separately the keys that they can have seen. */
export function Holdings({ status }: { readonly status: Offboarding }): ReactElement {
  const held = status.items.filter(({ kind }) => kind !== 'shared-key')
  const seen = status.items.filter(({ kind }) => kind === 'shared-key')
  return (
    <>
      <Section title="Remaining access" items={held} more={status.more} nothing={noHoldings(status)} />
      <Section title="Keys for the client to rotate" items={seen} more={0} nothing="No shared keys to rotate" />
    </>
  )
}

interface SectionProps {
  readonly title: string
  readonly items: readonly OffboardingItem[]
  readonly more: number
  readonly nothing: string
}

function Section({ title, items, more, nothing }: SectionProps): ReactElement {
  return (
    <section className="c-card c-padded" aria-label={title}>
      <header className="c-card-head">
        <h2 className="c-card-title">{title}</h2>
        <span className="c-quiet">{items.length + more}</span>
      </header>
      {items.length === 0 ? <Nothing>{nothing}</Nothing> : null}
      <LongList items={items} getKey={getKey} step={50}>
        {(item) => (
          <div>
            <span className="c-sub">{visibleText(item.person.name)}</span>
            <ItemLine item={item} personId={item.person.id} />
          </div>
        )}
      </LongList>
      {more === 0 ? null : <p className="c-help">{`${plural(more, 'more item')} not listed here.`}</p>}
    </section>
  )
}
