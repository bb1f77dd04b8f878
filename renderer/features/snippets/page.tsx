import { SegmentedControl } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { ATTRIBUTION_ADVICE } from '../../../shared/domain/snippets/attribution.ts'
import type { MapFormat } from '../../../shared/domain/snippets/organization-map.ts'
import { query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { PageFrame } from '../../ui/page.tsx'
import { Answer, Empty, Failed, Loading } from '../../ui/states.tsx'
import { ProjectChoice } from './project-choice.tsx'
import type { SnippetsSearch } from './search.ts'
import classes from './snippets.module.css'
import { CopyButton } from '../../ui/copy-button.tsx'
import { useQuery } from '../../ui/use-query.ts'
import { useSearchState } from '../../data/use-search-state.ts'

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

/** For the users of keys: how their programs select organization and project, and attribute their usage. */
export function Page(): ReactElement {
  const [search, set] = useSearchState('/snippets', 'replace')
  return (
    <PageFrame title="Code snippets">
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
          Use this project
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
        <Empty icon={IconCode} title="No project selected">
          Choose a project to see how a program selects it. The key itself is never shown: Castellan does not store it.
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
          Organization map
        </h2>
        <SegmentedControl
          aria-label="Form of the map"
          data={[...FORMATS]}
          value={format}
          onChange={(value) => setFormat(FORMATS.find((each) => each.value === value)?.value)}
        />
      </header>
      <Answer of={map} what="the organizations">
        {(data) =>
          data.organizations === 0 ? (
            <p className="c-prose">No organizations yet. Sync a connection first.</p>
          ) : (
            <CodeBlock label="Map of organizations" text={data[format]} />
          )
        }
      </Answer>
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
          Key names, for linters
        </h2>
      </header>
      <Answer of={naming} what="the naming convention">
        {(data) => (
          <>
            <p className="c-prose">
              A key is named <code>{data.pattern}</code>. The same as a regular expression, for JavaScript and for
              Python:
            </p>
            <CodeBlock label="For JavaScript" text={data.ecmascript} />
            <CodeBlock label="For Python" text={data.python} />
          </>
        )}
      </Answer>
    </section>
  )
}

function Attribution(): ReactElement {
  return (
    <section className="c-card c-padded" aria-labelledby="attribution">
      <header className="c-card-head">
        <h2 className="c-card-title" id="attribution">
          Cost attribution
        </h2>
      </header>
      {ATTRIBUTION_ADVICE.map(({ title, says, code }) => (
        <div key={title} className={classes['recommendations']}>
          <h3>{title}</h3>
          <p className="c-prose">{says}</p>
          {code === null ? null : <CodeBlock label={title} text={code} />}
        </div>
      ))}
    </section>
  )
}

interface CodeBlockProps {
  /** Its name, for assistive technology. */
  readonly label: string
  readonly text: string
}

function CodeBlock({ label, text }: CodeBlockProps): ReactElement {
  return (
    <figure className={classes['block']} aria-label={label}>
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reached by keyboard */}
      <pre className={`c-source ${classes['code']}`} tabIndex={0} dir="ltr">
        {text}
      </pre>
      <CopyButton text={text} />
    </figure>
  )
}
