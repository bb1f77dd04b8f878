import { SegmentedControl } from '@mantine/core'
import { useState, type ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { Answer } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import classes from './plans.module.css'

interface DocumentTabProps {
  readonly planId: number
  readonly version: number
}

/** The document of the saved plan, for a code host or a browser. */
export function DocumentTab({ planId, version }: DocumentTabProps): ReactElement {
  const [format, setFormat] = useState<'md' | 'html'>('md')
  const document = useQuery(query.plan.document.queryOptions({ input: { planId, version, format } }))
  return (
    <section className="c-card c-padded" aria-label="Document">
      <header className="c-card-head">
        <h2 className="c-card-title">{`Version ${version} as a document`}</h2>
        <SegmentedControl
          aria-label="Form of the document"
          data={[
            { value: 'md', label: 'Markdown' },
            { value: 'html', label: 'HTML' },
          ]}
          value={format}
          onChange={(value) => setFormat(value === 'html' ? 'html' : 'md')}
        />
        {document.data === undefined ? null : <CopyButton text={document.data.text} />}
      </header>
      <Answer of={document} what="the document" rows={12}>
        {(data) => (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard
          <pre className={`c-source ${classes['document']}`} tabIndex={0} dir="ltr">
            {data.text}
          </pre>
        )}
      </Answer>
    </section>
  )
}
