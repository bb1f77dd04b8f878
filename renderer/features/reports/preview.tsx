import type { ReactElement } from 'react'

import type { Inputs } from '../../../shared/contract/contract.ts'
import { query } from '../../data/api.ts'
import { keepAnswer } from '../../data/keep-answer.ts'
import { plural } from '../../ui/relative.ts'
import { Failed, Loading } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { Blocks } from './blocks.tsx'
import styles from './reports.module.css'
import layout from '../../entities/form-and-preview.module.css'

type What = Omit<Inputs['reports']['export'], 'path'>

/** Lines of a data file that are shown. */
const FIRST = 200

/** The content of the file: the document, or the first rows of a data file. */
export function Preview({ what }: { readonly what: What }): ReactElement {
  const { format, ...asked } = what
  return format === 'csv' || format === 'focus' ? (
    <RowsPreview what={asked} format={format} />
  ) : (
    <DocumentPreview what={asked} />
  )
}

type PreviewQuestion = Omit<What, 'format'>

function DocumentPreview({ what }: { readonly what: PreviewQuestion }): ReactElement {
  const preview = useQuery({
    ...query.reports.preview.queryOptions({ input: what }),
    placeholderData: keepAnswer({ client: what.client }),
  })
  if (preview.isPending) return <Loading what="the preview" rows={12} />
  if (preview.isError) return <Failed error={preview.error} retry={() => void preview.refetch()} />
  return (
    <article className={`c-card ${styles['document'] ?? ''}`} aria-labelledby="preview">
      <h2 id="preview" dir="auto">
        {preview.data.title}
      </h2>
      <Blocks blocks={preview.data.blocks} />
    </article>
  )
}

function RowsPreview({
  what,
  format,
}: {
  readonly what: PreviewQuestion
  readonly format: 'csv' | 'focus'
}): ReactElement {
  const rendered = useQuery(query.reports.render.queryOptions({ input: { ...what, format, first: FIRST } }))
  if (rendered.isPending) return <Loading what="the preview" rows={12} />
  if (rendered.isError) return <Failed error={rendered.error} retry={() => void rendered.refetch()} />
  return (
    <section className={`c-card ${layout['preview']}`} aria-labelledby="preview">
      <header className="c-card-head">
        <h2 className="c-card-title" id="preview">
          Preview
        </h2>
        <span className="c-quiet">
          {rendered.data.rows >= FIRST ? 'The first rows' : plural(rendered.data.rows, 'row')}
        </span>
      </header>
      {rendered.data.rows === 0 ? (
        <p className="c-empty-text">
          {what.source === 'billed' ? 'No billed usage for this period.' : 'No internal records for this period.'}
        </p>
      ) : (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
        <pre className={layout['text']} tabIndex={0} dir="ltr">
          {rendered.data.text
            .split('\n')
            .slice(0, FIRST + 1)
            .join('\n')}
        </pre>
      )}
    </section>
  )
}
