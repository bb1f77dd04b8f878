import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { Outputs } from '../../../shared/contract/contract.ts'
import { shortCount } from '../../../shared/domain/text/amounts.ts'
import { cellText, isNumeric, type DocumentCell } from '../../../shared/report/usage-document.ts'
import { wholeNumber } from '../../ui/relative.ts'
import { BlockChart } from './chart.tsx'

type Block = Outputs['reports']['preview']['blocks'][number]

/** Rows of a table that are shown; the file contains all. */
const MOST_ROWS = 100

/** Counts from here on are shown in short. */
const LONG_COUNT = 100_000

/** A document's blocks as elements: names are always inserted as text. */
export function Blocks({ blocks }: { readonly blocks: readonly Block[] }): ReactElement {
  return (
    <>
      {blocks.map((block, at) => {
        // A document is replaced as a whole, so a block is identified by its position.
        const key = `${at} ${block.type}`
        if (block.type === 'table')
          return <BlockTable key={key} table={block} label={labelAt(blocks, at, block.name)} />
        if (block.type === 'chart') return <BlockChart key={key} chart={block} />
        if (block.type === 'paragraph') {
          return (
            <p key={key} dir="auto">
              {block.text}
            </p>
          )
        }
        return block.depth === 2 ? (
          <h3 key={key} dir="auto">
            {block.text}
          </h3>
        ) : (
          <h4 key={key} dir="auto">
            {block.text}
          </h4>
        )
      })}
    </>
  )
}

/** A table's name with its client, since the names of a page's regions have to be unique. */
function labelAt(blocks: readonly Block[], at: number, name: string): string {
  const heading = blocks.slice(0, at).findLast((block) => block.type === 'heading' && block.depth === 2)
  return heading?.type === 'heading' ? `${name}, ${heading.text}` : name
}

interface BlockTableProps {
  readonly table: Extract<Block, { readonly type: 'table' }>
  readonly label: string
}

function BlockTable({ table, label }: BlockTableProps): ReactElement {
  const numeric = table.head.map((_, column) => isNumeric(table, column))
  const of = (column: number): string | undefined => (numeric[column] === true ? 'c-number' : undefined)
  const hidden = table.rows.length - MOST_ROWS
  return (
    <>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <section className="c-wide" tabIndex={0} aria-label={label}>
        <Table className="c-table">
          <Table.Thead>
            <Table.Tr>
              {table.head.map((heading, column) => (
                <Table.Th key={`${column} ${heading}`} className={of(column)}>
                  {heading}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {table.rows.slice(0, MOST_ROWS).map((row, at) => (
              <Table.Tr key={`row ${at}`}>
                {row.map((cell, column) => (
                  <Table.Td key={`${at} ${table.head[column] ?? ''} ${column}`} className={of(column)}>
                    <Cell cell={cell} />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
          {table.total === null ? null : (
            <Table.Tfoot>
              <Table.Tr>
                {table.total.map((cell, column) => (
                  <Table.Td key={`total ${table.head[column] ?? ''} ${column}`} className={of(column)}>
                    <strong>
                      <Cell cell={cell} />
                    </strong>
                  </Table.Td>
                ))}
              </Table.Tr>
            </Table.Tfoot>
          )}
        </Table>
      </section>
      {hidden > 0 ? <p className="c-help">{`${wholeNumber(hidden)} more in the file`}</p> : null}
    </>
  )
}

/** A cell; large counts in short, as everywhere in the window. The file has the whole number. */
function Cell({ cell }: { readonly cell: DocumentCell }): ReactElement {
  if (
    cell !== null &&
    typeof cell === 'object' &&
    'unit' in cell &&
    cell.unit === 'count' &&
    cell.value >= LONG_COUNT
  ) {
    return <span title={cellText(cell)}>{shortCount(cell.value)}</span>
  }
  return <bdi>{cellText(cell)}</bdi>
}
