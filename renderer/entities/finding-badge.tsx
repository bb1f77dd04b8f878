import { IconFlag } from '@tabler/icons-react'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'
import type { z } from 'zod'

import type { FindingMark } from '../../shared/contract/findings.ts'
import { plural } from '../ui/relative.ts'
import { Status } from '../ui/status.tsx'
import type { DataColumn } from '../ui/table/column.ts'
import type { searchSchema } from './findings-search.ts'
import { severityWord } from './finding-labels.ts'

interface FindingsRow {
  readonly findings?: FindingMark | undefined
}

function formatTitle({ count, worst }: FindingMark): string {
  return `${plural(count, 'open finding')}, highest severity ${severityWord(worst).word.toLowerCase()}`
}

/** The column of a list that shows the open findings of each row. */
export function findingsColumn<Row extends FindingsRow>(): DataColumn<Row> {
  return {
    id: 'findings',
    header: 'Findings',
    ch: 15,
    whole: true,
    cell: ({ findings }) =>
      findings === undefined ? null : (
        <Status tone={severityWord(findings.worst).tone} icon={IconFlag} plain title={formatTitle(findings)}>
          {`${severityWord(findings.worst).word} · ${findings.count}`}
        </Status>
      ),
    text: ({ findings }) => (findings === undefined ? '' : formatTitle(findings)),
  }
}

interface FindingsLinkProps extends FindingsRow {
  /** The search params that filter findings by the subject of a panel. */
  readonly search: Omit<z.input<typeof searchSchema>, 'view'>
}

/** The open findings of a person, project or key in its panel, with a link to the list; nothing without one. */
export function FindingsLink({ findings, search }: FindingsLinkProps): ReactElement | null {
  if (findings === undefined) return null
  return (
    <Link to="/findings" search={{ ...search, view: 'all' }} title={formatTitle(findings)}>
      <Status tone={severityWord(findings.worst).tone} icon={IconFlag}>
        {plural(findings.count, 'finding')}
      </Status>
    </Link>
  )
}
