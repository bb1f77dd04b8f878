import { Button, Table } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'

import type { ImpactReport, ImpactRow, ImpactSubject } from '../../../shared/contract/impact.ts'
import { alsoHeldWords, IMPACT_KIND_WORDS, costWord } from '../../../shared/report/impact-markdown.ts'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { wholeNumber } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { When } from '../../ui/when.tsx'
import { effectWord } from '../../entities/remediation-labels.ts'

const FIRST = 50

/** Every affected thing in a table: the diagram as text. */
export function ImpactThings({ report }: { readonly report: ImpactReport }): ReactElement {
  const { subject, rows, more } = report
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, FIRST)
  return (
    <>
      <div className="c-wide">
        <Table className="c-table" aria-label="Impact details">
          <Table.Thead>
            <Table.Tr>
              <Table.Th>Effect</Table.Th>
              <Table.Th>Kind</Table.Th>
              <Table.Th>Name</Table.Th>
              <Table.Th>Where</Table.Th>
              <Table.Th>Why</Table.Th>
              <Table.Th>Last used</Table.Th>
              <Table.Th className="c-number">30 days</Table.Th>
              <Table.Th>Also held by</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {shown.map((row) => (
              <Thing key={`${row.kind} ${row.id} ${row.project?.id ?? ''} ${row.role ?? ''}`} row={row} of={subject} />
            ))}
          </Table.Tbody>
        </Table>
      </div>
      {shown.length < rows.length ? (
        <Button variant="subtle" size="compact-xs" onClick={() => setWhole(true)}>
          {`Show all ${wholeNumber(rows.length)}`}
        </Button>
      ) : null}
      {more === 0 ? null : (
        <p className="c-help">{`${wholeNumber(more)} more are not listed; the summary counts them.`}</p>
      )}
    </>
  )
}

function Thing({ row, of }: { readonly row: ImpactRow; readonly of: ImpactSubject }): ReactElement {
  const { tone, word, icon } = effectWord(row, of.kind)
  return (
    <Table.Tr>
      <Table.Td>
        <Status tone={tone} {...(icon === undefined ? {} : { icon })} plain>
          {word}
        </Status>
      </Table.Td>
      <Table.Td>{IMPACT_KIND_WORDS[row.kind]}</Table.Td>
      <Table.Th scope="row">
        <SubjectName row={row} of={of} />
        {row.service === null ? null : <span className="c-sub">{`For ${visibleText(row.service)}`}</span>}
      </Table.Th>
      <Table.Td>
        <ClientMark client={row.client} />
        <span className="c-sub">
          <Named text={row.project?.name ?? row.connection.label} />
        </span>
      </Table.Td>
      <Table.Td>{visibleText(row.because)}</Table.Td>
      <Table.Td>
        <When at={row.lastUsedAt} />
      </Table.Td>
      <Table.Td className="c-number">{row.kind === 'key' ? costWord(row) : ''}</Table.Td>
      <Table.Td>{visibleText(alsoHeldWords(row))}</Table.Td>
    </Table.Tr>
  )
}

/** The kinds of key that have a panel of their own. */
const IS_KEY: ReadonlySet<ImpactRow['kind']> = new Set(['key', 'deposit', 'caller'])

/** A key and a project are links to their panels, unless the page is about them. */
function SubjectName({ row, of }: { readonly row: ImpactRow; readonly of: ImpactSubject }): ReactElement {
  const name = <Named text={row.name} otherwise="No name" />
  if (IS_KEY.has(row.kind) && !(of.kind === 'key' && of.id === row.id)) {
    return (
      <Link to="/keys" search={{ key: row.id }} className="c-link">
        {name}
      </Link>
    )
  }
  if (row.kind === 'access') {
    const role = <span className="c-quiet">{` · ${visibleText(row.role ?? '')}`}</span>
    if (row.project === null)
      return (
        <>
          {name}
          {role}
        </>
      )
    return (
      <>
        <Link to="/projects" search={{ project: row.project.id }} className="c-link">
          {name}
        </Link>
        {role}
      </>
    )
  }
  return name
}
