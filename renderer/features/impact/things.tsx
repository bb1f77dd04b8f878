import { Button } from '@mantine/core'
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
import classes from './impact.module.css'

const FIRST = 50

/** Every affected thing in a table: the diagram as text. */
export function ImpactThings({ report }: { readonly report: ImpactReport }): ReactElement {
  const { subject, rows, more } = report
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? rows : rows.slice(0, FIRST)
  return (
    <>
      <div className={classes['scroll']}>
        <table className={classes['table']} aria-label="Impact details">
          <thead>
            <tr>
              <th scope="col">Effect</th>
              <th scope="col">Kind</th>
              <th scope="col">Name</th>
              <th scope="col">Where</th>
              <th scope="col">Why</th>
              <th scope="col">Last used</th>
              <th scope="col" className={classes['number']}>
                30 days
              </th>
              <th scope="col">Also held by</th>
            </tr>
          </thead>
          <tbody>
            {shown.map((row) => (
              <Thing key={`${row.kind} ${row.id} ${row.project?.id ?? ''} ${row.role ?? ''}`} row={row} of={subject} />
            ))}
          </tbody>
        </table>
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
    <tr>
      <td>
        <Status tone={tone} {...(icon === undefined ? {} : { icon })} plain>
          {word}
        </Status>
      </td>
      <td>{IMPACT_KIND_WORDS[row.kind]}</td>
      <th scope="row">
        <SubjectName row={row} of={of} />
        {row.service === null ? null : <span className="c-sub">{`For ${visibleText(row.service)}`}</span>}
      </th>
      <td>
        <ClientMark client={row.client} />
        <span className="c-sub">
          <Named text={row.project?.name ?? row.connection.label} />
        </span>
      </td>
      <td>{visibleText(row.because)}</td>
      <td>
        <When at={row.lastUsedAt} />
      </td>
      <td className={classes['number']}>{row.kind === 'key' ? costWord(row) : ''}</td>
      <td>{visibleText(alsoHeldWords(row))}</td>
    </tr>
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
