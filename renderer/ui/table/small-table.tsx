import { Table } from '@mantine/core'
import type { ReactElement, ReactNode } from 'react'

/** A heading. Headings of numbers are right-aligned; hidden ones are for assistive technology alone. */
export interface Heading {
  readonly text: string
  readonly of: 'number' | 'actions'
}

interface SmallTableProps {
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

/** A table of few rows, all of which are drawn. Use `DataTable` for lists of any length. */
export function SmallTable({ children, headings, minWidth }: SmallTableProps): ReactElement {
  return (
    <Table.ScrollContainer minWidth={minWidth} type="native">
      <Table className="c-table" highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            {headings.map((heading) => (
              <Head key={typeof heading === 'string' ? heading : heading.text} heading={heading} />
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>{children}</Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  )
}

function Head({ heading }: { readonly heading: string | Heading }): ReactElement {
  if (typeof heading === 'string') return <Table.Th>{heading}</Table.Th>
  if (heading.of === 'number') return <Table.Th className="c-number">{heading.text}</Table.Th>
  return (
    <Table.Th>
      <span className="c-visually-hidden">{heading.text}</span>
    </Table.Th>
  )
}
