import { Button, Group, Textarea } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { useState, type ReactElement } from 'react'

import type { Plan } from '../../../shared/domain/plans/plan.ts'
import { api, query } from '../../data/api.ts'
import { CopyButton } from '../../ui/copy-button.tsx'
import { notifyFailed } from '../../ui/notify.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'
import classes from './plans.module.css'

interface YamlTabProps {
  readonly plan: Plan
  readonly edit: (change: (plan: Plan) => Plan) => void
}

export function YamlTab({ edit, plan }: YamlTabProps): ReactElement {
  const written = useQuery(query.plan.toYaml.queryOptions({ input: { plan } }))
  if (written.isPending) return <Loading what="the YAML" rows={12} />
  if (written.isError) return <Failed error={written.error} retry={() => void written.refetch()} />
  return <Editor key={written.data.text} text={written.data.text} edit={edit} />
}

function Editor({ edit, text }: { readonly text: string; readonly edit: YamlTabProps['edit'] }): ReactElement {
  const [typed, setTyped] = useState(text)
  const read = useMutation({
    mutationFn: () => api.plan.fromYaml({ text: typed }),
    onError: notifyFailed,
    onSuccess: ({ plan }) => {
      if (plan !== null) edit(() => plan)
    },
  })
  const problems = read.data?.problems ?? []
  return (
    <section className="c-card c-padded c-form" aria-label="YAML">
      <Textarea
        label="The plan as YAML"
        className={classes['yaml']}
        value={typed}
        autosize
        minRows={16}
        maxRows={34}
        spellCheck={false}
        onChange={(event) => setTyped(event.currentTarget.value)}
      />
      <div aria-live="polite">
        {problems.length === 0 ? null : (
          <ul>
            {problems.map(({ column, hint, line, path, says }) => (
              <li key={`${line}:${column} ${path} ${says}`}>
                {`Line ${line}, column ${column}: ${visibleText(says)} `}
                <span className="c-quiet">{visibleText(hint)}</span>
              </li>
            ))}
          </ul>
        )}
        {read.data?.plan === null ? <p className="c-danger">The YAML is invalid; the plan is unchanged.</p> : null}
      </div>
      <Group justify="flex-end" gap="xs">
        <CopyButton text={typed} />
        <Button disabled={typed === text} loading={read.isPending} onClick={() => read.mutate()}>
          Apply YAML
        </Button>
      </Group>
    </section>
  )
}
