import { Table } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ReviewSource } from '../../../shared/contract/reviews.ts'
import { Named } from '../../ui/named.tsx'
import { plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import { describeCompleteness, notReadFirst } from '../../entities/completeness.ts'
import { fetchedText } from '../../entities/connection-summary.ts'
import classes from './reviews.module.css'
import { reviewSourceWord, sourceName } from '../../entities/review-labels.ts'

/** The sources of a review: how many were read completely, and each of them on demand. */
export function Sources({ sources }: { readonly sources: readonly ReviewSource[] }): ReactElement {
  const { tone, text } = describeCompleteness(sources)
  return (
    <details className={classes['sources']} open={tone !== 'good'}>
      <summary>
        <Status tone={tone}>{text}</Status>
      </summary>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard */}
      <section className={classes['sources-list']} tabIndex={0} aria-label="Each source">
        <Table className="c-table c-table-tight">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Source</Table.Th>
              <Table.Th>State</Table.Th>
              <Table.Th className="c-number">Rows</Table.Th>
              <Table.Th>Read</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {notReadFirst(sources)
              .slice(0, SHOWN)
              .map((each) => (
                <SourceRow key={`${each.connection.id} ${each.source} ${each.project ?? ''}`} source={each} />
              ))}
          </Table.Tbody>
        </Table>
      </section>
      {sources.length > SHOWN ? (
        <p className="c-help">{`${plural(sources.length - SHOWN, 'more source')} in the evidence pack.`}</p>
      ) : null}
    </details>
  )
}

/** There is a source for each project, so there may be thousands; those that were not read come first. */
const SHOWN = 200

function SourceRow({ source }: { readonly source: ReviewSource }): ReactElement {
  const { tone, word } = reviewSourceWord(source.state)
  return (
    <Table.Tr>
      <Table.Th scope="row">
        {sourceName(source.source)}
        {source.project === null ? null : (
          <>
            {' '}
            <Named text={source.project} mono />
          </>
        )}
        <span className="c-sub">
          <Named text={source.connection.label} />
        </span>
        {source.excluded.map((reason) => (
          <span key={reason} className="c-sub">
            Skipped: <Named text={reason} />
          </span>
        ))}
      </Table.Th>
      <Table.Td>
        <Status tone={tone} plain>
          {word}
        </Status>
      </Table.Td>
      <Table.Td className="c-number">{fetchedText(source)}</Table.Td>
      <Table.Td>
        <When at={source.readAt} otherwise="Never" />
      </Table.Td>
    </Table.Tr>
  )
}
