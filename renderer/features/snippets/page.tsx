import { SegmentedControl } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useQuery } from '@tanstack/react-query'
import { getRouteApi } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import { ATTRIBUTION_ADVICE } from '../../../shared/domain/snippets/attribution.ts'
import type { MapFormat } from '../../../shared/domain/snippets/organization-map.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { Empty, Failed, Loading } from '../../ui/states.tsx'
import { CodeBlock } from './code-block.tsx'
import { ProjectChoice } from './project-choice.tsx'
import type { SnippetsSearch } from './search.ts'
import classes from './snippets.module.css'

const route = getRouteApi('/snippets')

const LANGUAGES = [
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'curl', label: 'curl' },
  { value: 'env', label: '.env' },
] as const

const FORMATS = [
  { value: 'python', label: 'Python' },
  { value: 'typescript', label: 'TypeScript' },
  { value: 'json', label: 'JSON' },
] as const

/** For those who use the keys: how their programs select organization and project, and keep their use apart. */
export function Page(): ReactElement {
  const search = route.useSearch()
  const navigate = route.useNavigate()
  const set = (change: Partial<SnippetsSearch>): void =>
    void navigate({ search: (now) => ({ ...now, ...change }), replace: true })
  return (
    <PageFrame title="Snippets">
      <ProjectSnippet search={search} set={set} />
      <OrganizationMap format={search.map ?? 'python'} setFormat={(map) => set({ map })} />
      <Naming />
      <Attribution />
    </PageFrame>
  )
}

interface ProjectSnippetProps {
  readonly search: SnippetsSearch
  readonly set: (change: Partial<SnippetsSearch>) => void
}

function ProjectSnippet({ search: { project, language = 'python' }, set }: ProjectSnippetProps): ReactElement {
  const snippet = useQuery({
    ...query.snippets.project.queryOptions({ input: { projectId: project ?? 1 } }),
    enabled: project !== undefined,
  })
  return (
    <section className="c-card c-padded" aria-labelledby="of-project">
      <header className="c-card-head">
        <h2 className="c-card-title" id="of-project">
          A project in code
        </h2>
        <SegmentedControl
          aria-label="Language"
          data={[...LANGUAGES]}
          value={language}
          onChange={(value) => set({ language: LANGUAGES.find((each) => each.value === value)?.value })}
        />
      </header>
      <ProjectChoice
        chosen={project === undefined ? null : (snippet.data?.project ?? { id: project, name: `Project ${project}` })}
        choose={(chosen) => set({ project: chosen })}
      />
      {project === undefined ? (
        <Empty icon={IconCode} title="No project is chosen">
          Choose one to see how a program selects it. The key itself is never shown: Castellan does not hold it.
        </Empty>
      ) : snippet.isPending ? (
        <Loading what="the snippet" />
      ) : snippet.isError ? (
        <Failed error={snippet.error} retry={() => void snippet.refetch()} />
      ) : (
        <CodeBlock label="Snippet" text={snippet.data[language]} />
      )}
    </section>
  )
}

interface OrganizationMapProps {
  readonly format: MapFormat
  readonly setFormat: (format: MapFormat | undefined) => void
}

function OrganizationMap({ format, setFormat }: OrganizationMapProps): ReactElement {
  const { client } = useScope()
  const map = useQuery(query.snippets.map.queryOptions({ input: { client } }))
  return (
    <section className="c-card c-padded" aria-labelledby="organizations">
      <header className="c-card-head">
        <h2 className="c-card-title" id="organizations">
          Which organization belongs to which client
        </h2>
        <SegmentedControl
          aria-label="Form of the map"
          data={[...FORMATS]}
          value={format}
          onChange={(value) => setFormat(FORMATS.find((each) => each.value === value)?.value)}
        />
      </header>
      {map.isPending ? (
        <Loading what="the organizations" />
      ) : map.isError ? (
        <Failed error={map.error} retry={() => void map.refetch()} />
      ) : map.data.organizations === 0 ? (
        <p className="c-prose">No organization was read yet. Sync a connection first.</p>
      ) : (
        <CodeBlock label="Map of organizations" text={map.data[format]} />
      )}
    </section>
  )
}

function Naming(): ReactElement {
  const { client } = useScope()
  const naming = useQuery(query.snippets.naming.queryOptions({ input: { client } }))
  return (
    <section className="c-card c-padded" aria-labelledby="naming">
      <header className="c-card-head">
        <h2 className="c-card-title" id="naming">
          Names of keys, for linters
        </h2>
      </header>
      {naming.isPending ? (
        <Loading what="the naming convention" />
      ) : naming.isError ? (
        <Failed error={naming.error} retry={() => void naming.refetch()} />
      ) : (
        <>
          <p className="c-prose">
            A key is named <code>{naming.data.pattern}</code>. The same as a regular expression, for JavaScript and for
            Python:
          </p>
          <CodeBlock label="For JavaScript" text={naming.data.ecmascript} />
          <CodeBlock label="For Python" text={naming.data.python} />
        </>
      )}
    </section>
  )
}

function Attribution(): ReactElement {
  return (
    <section className="c-card c-padded" aria-labelledby="attribution">
      <header className="c-card-head">
        <h2 className="c-card-title" id="attribution">
          So that cost can be told apart
        </h2>
      </header>
      {ATTRIBUTION_ADVICE.map(({ title, says, code }) => (
        <div key={title} className={classes['advice']}>
          <h3>{title}</h3>
          <p className="c-prose">{says}</p>
          {code === null ? null : <CodeBlock label={title} text={code} />}
        </div>
      ))}
    </section>
  )
}
