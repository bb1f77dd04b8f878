import { Stack } from '@mantine/core'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { ImpactReport, ImpactSubject } from '../../../shared/contract/impact.ts'
import { api, query } from '../../data/api.ts'
import { CopyMarkdown } from '../../entities/copy-markdown.tsx'
import { NoSuchPage } from '../../entities/page-states.tsx'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { Answer } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import { ImpactPicture } from './picture.tsx'
import { ImpactThings } from './things.tsx'

const route = getRouteApi('/impact/$kind/$id')

/** The impact of removing a person, account, key or project. */
export function Page(): ReactElement {
  const { kind, id } = route.useParams()
  const subject = subjectOfPath(kind, id)
  return subject === null ? <NoSuchPage /> : <Impact key={`${kind} ${id}`} subject={subject} />
}

function Impact({ subject }: { readonly subject: ImpactSubject }): ReactElement {
  const { client } = useScope()
  const input = { ...subject, client }
  const report = useQuery(query.impact.get.queryOptions({ input }))
  const name = report.data === undefined ? '' : ` ${visibleText(report.data.subject.name)}`
  return (
    <PageFrame
      title={`Impact of removing the ${subjectWord(subject.kind)}${name}`}
      actions={
        <CopyMarkdown what="the impact" read={() => api.impact.markdown(input)} disabled={report.data === undefined} />
      }
    >
      <Answer of={report} what="the impact" rows={8}>
        {(data) => <Consequences report={data} />}
      </Answer>
    </PageFrame>
  )
}

function Consequences({ report }: { readonly report: ImpactReport }): ReactElement {
  return (
    <Stack gap={18}>
      <section className="c-form" aria-labelledby="impact-summary">
        <h2 className="c-card-title" id="impact-summary">
          Impact
        </h2>
        <ul className="c-bullets">
          {report.says.map((sentence) => (
            <li key={sentence}>{visibleText(sentence)}</li>
          ))}
        </ul>
      </section>
      {report.rows.length === 0 ? null : (
        <>
          <section className="c-form" aria-labelledby="impact-picture">
            <h2 className="c-card-title" id="impact-picture">
              Diagram
            </h2>
            <ImpactPicture report={report} />
          </section>
          <section className="c-form" aria-labelledby="impact-things">
            <h2 className="c-card-title" id="impact-things">
              Details
            </h2>
            <ImpactThings report={report} />
          </section>
        </>
      )}
    </Stack>
  )
}

const KINDS: Readonly<Record<ImpactSubject['kind'], string>> = {
  person: 'person',
  principal: 'account',
  key: 'key',
  project: 'project',
}

function subjectWord(kind: ImpactSubject['kind']): string {
  return KINDS[kind]
}

/** The words of a path as a subject; null when they name none. */
function subjectOfPath(kind: string, id: string): ImpactSubject | null {
  const known = (Object.keys(KINDS) as ImpactSubject['kind'][]).find((each) => each === kind)
  return known === undefined || !/^[1-9]\d{0,14}$/u.test(id) ? null : { kind: known, id: Number(id) }
}
