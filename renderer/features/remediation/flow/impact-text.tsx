import { Group } from '@mantine/core'
import type { ReactElement } from 'react'

import type { ImpactReport, ImpactRow } from '../../../../shared/contract/impact.ts'
import { alsoHeldWords, IMPACT_KIND_WORDS, costWord } from '../../../../shared/report/impact-markdown.ts'
import { Named } from '../../../ui/named.tsx'
import { LongList } from '../../../ui/panel/long-list.tsx'
import { plural, wholeNumber } from '../../../ui/relative.ts'
import { Status } from '../../../ui/status.tsx'
import { visibleText } from '../../../ui/text.ts'
import { When } from '../../../ui/when.tsx'
import { ImpactLink } from '../../../entities/impact-link.tsx'
import classes from '../remediation.module.css'
import { effectWord } from '../../../entities/remediation-labels.ts'

/** The impact of a removal in words: the summary first, each thing on demand. */
export function ImpactText({ report }: { readonly report: ImpactReport }): ReactElement {
  const { rows, more, says } = report
  return (
    <div>
      <Group gap={10} wrap="nowrap">
        <h4 className={classes['part']}>Impact</h4>
        <ImpactLink kind={report.subject.kind} id={report.subject.id} label="Open diagram" />
      </Group>
      <ul className="c-bullets">
        {says.map((sentence) => (
          <li key={sentence}>{visibleText(sentence)}</li>
        ))}
      </ul>
      {rows.length === 0 ? null : (
        <details className={classes['things']}>
          <summary>{`Show ${plural(rows.length + more, 'detail')}`}</summary>
          <LongList
            items={rows}
            getKey={(row) => `${row.kind} ${row.id} ${row.project?.id ?? ''} ${row.role ?? ''} ${row.because}`}
            step={20}
          >
            {(row) => <Thing row={row} of={report.subject} />}
          </LongList>
          {more === 0 ? null : <p className="c-help">{`${wholeNumber(more)} more are not listed here.`}</p>}
        </details>
      )}
    </div>
  )
}

function Thing({ row, of }: { readonly row: ImpactRow; readonly of: ImpactReport['subject'] }): ReactElement {
  const { tone, word, icon } = effectWord(row, of.kind)
  return (
    <div className={classes['thing']}>
      <Status tone={tone} {...(icon === undefined ? {} : { icon })} plain>
        {word}
      </Status>
      <div>
        <span className="c-quiet">{`${IMPACT_KIND_WORDS[row.kind]} `}</span>
        <Named text={row.name} otherwise="No name" />
        <span className="c-quiet">
          {row.project === null || row.project.name === row.name ? null : (
            <>
              {' · '}
              <Named text={row.project.name} />
            </>
          )}
          {row.role === null ? null : (
            <>
              {' · '}
              <Named text={row.role} />
            </>
          )}
        </span>
        <span className="c-sub">
          {visibleText(row.because)}
          {row.lastUsedAt === null ? null : (
            <>
              {' Last used '}
              <When at={row.lastUsedAt} />.
            </>
          )}
          {row.service === null ? null : ` For ${visibleText(row.service)}.`}
          {row.cost30Micros === null ? null : ` ${costWord(row)} in 30 days.`}
          {row.alsoHeldByCount === 0 ? null : ` Also held by ${visibleText(alsoHeldWords(row))}.`}
        </span>
      </div>
    </div>
  )
}
