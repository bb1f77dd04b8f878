import { Table } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

import { openHelp } from '../help/asked.ts'
import { useListTopics } from '../help/topics.ts'

/** A heading. Headings of numbers are right-aligned; hidden ones are for assistive technology alone. */
export interface Heading {
  readonly text: string
  readonly of: 'number' | 'actions'
}

interface SmallTableProps {
  /** Its name among the lists of the help. */
  readonly id: string
  /** Minimum width in pixels; in a narrower window the table scrolls sideways. */
  readonly minWidth: number
  readonly headings: readonly (string | Heading)[]
  /** Its rows. */
  readonly children: ReactNode
}

/** A heading over numbers. */
export function numbers(text: string): Heading {
  return { text, of: 'number' }
}

/** The heading of the actions of a row. */
export const ACTIONS: Heading = { text: 'Actions', of: 'actions' }

/**
 * A table of few rows, all drawn; a heading opens its paragraph of the help. Use `DataTable` for lists of any length.
 */
export function SmallTable({ id, children, headings, minWidth }: SmallTableProps): ReactElement {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native">
      <Table className="c-table" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading) => (
              <Head key={typeof heading === 'string' ? heading : heading.text} id={id} heading={heading} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

interface HeadProps extends Pick<SmallTableProps, 'id'> {
  readonly heading: string | Heading
}

function Head({ id, heading }: HeadProps): ReactElement {
  const { text, of } = typeof heading === 'string' ? { text: heading, of: 'text' } : heading
  const topic = useListTopics().column(id, text)
  if (of === 'actions') {
    return (
      <Table.Th>
        <span className="c-visually-hidden">{text}</span>
      </Table.Th>
    )
  }
  return (
    <Table.Th className={of === 'number' ? 'c-number' : undefined}>
      {topic === null ? (
        text
      ) : (
        <button
          type="button"
          className="c-heading"
          title="Show in the guide"
          data-help={topic}
          onClick={() => openHelp(topic)}
        >
          {text}
        </button>
      )}
    </Table.Th>
  )
}
