import { ActionIcon, TextInput, Tooltip } from '@mantine/core'
import { IconArrowLeft, IconListDetails, IconSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState, type ReactElement } from 'react'

import { Answer } from '../../../ui/states.tsx'
import { useQuery } from '../../../ui/use-query.ts'
import { DocumentView, toElementId } from './document-view.tsx'
import { splitTopic, type GuidePage } from './document.ts'
import { Found } from './found.tsx'
import classes from './guide.module.css'
import { pageQuery } from './pages.ts'

/** The room above the paragraph that was asked for, in px. */
const GAP = 8

interface ReaderProps {
  /** The topic that it opens with. Another one needs another `key`. */
  readonly start: string
  /** The level of the titles of its pages. */
  readonly level: 2 | 3
  /** True if the paragraph takes the focus when the guide opens. */
  readonly takesFocus?: boolean
}

/** The guide: a page of it at a paragraph, links and a search inside it, and the way back. */
export function Reader({ start, level, takesFocus = false }: ReaderProps): ReactElement {
  const [visited, setVisited] = useState<readonly string[]>([start])
  const [typed, setTyped] = useState('')
  const topic = visited.at(-1) ?? start
  const { page: name, anchor } = splitTopic(topic)
  const page = useQuery(pageQuery(name))
  const go = (to: string): void => {
    setTyped('')
    setVisited([...visited, to])
  }
  return (
    <div className={classes['reader']}>
      <div className={classes['bar']}>
        <Tooltip label="Back">
          <ActionIcon
            aria-label="Back in the guide"
            disabled={visited.length === 1}
            onClick={() => setVisited(visited.slice(0, -1))}
          >
            <IconArrowLeft size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <Tooltip label="All tasks">
          <ActionIcon aria-label="All tasks of the guide" disabled={topic === 'guide'} onClick={() => go('guide')}>
            <IconListDetails size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
        <TextInput
          type="search"
          className={classes['search']}
          aria-label="Search the guide"
          placeholder="Search the guide"
          maxLength={200}
          leftSection={<IconSearch size={14} aria-hidden />}
          value={typed}
          // A sheet around the guide would close at the key that empties the search.
          data-mantine-stop-propagation={typed === '' ? undefined : true}
          onChange={(event) => setTyped(event.currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key !== 'Escape' || typed === '') return
            event.preventDefault()
            setTyped('')
          }}
        />
      </div>
      {typed.trim() === '' ? (
        <Answer of={page} what="the guide" rows={10}>
          {(data) => (
            <Page
              key={visited.length}
              page={data}
              anchor={anchor}
              level={level}
              go={go}
              takesFocus={takesFocus || visited.length > 1}
            />
          )}
        </Answer>
      ) : (
        <Found typed={typed.trim()} go={go} />
      )}
    </div>
  )
}

interface PageProps {
  readonly page: GuidePage
  readonly anchor: string
  readonly level: 2 | 3
  readonly go: (topic: string) => void
  readonly takesFocus: boolean
}

function Page({ page, anchor, level, go, takesFocus }: PageProps): ReactElement {
  const scroller = useRef<HTMLDivElement>(null)
  useEffect(() => {
    const box = scroller.current
    const target = box?.querySelector<HTMLElement>(`[id="${toElementId(anchor)}"]`)
    if (!box || !target) return
    if (takesFocus) target.focus({ preventScroll: true })
    // Only this box moves: `scrollIntoView` would also scroll what is around it.
    if (anchor !== '') box.scrollTop += target.getBoundingClientRect().top - box.getBoundingClientRect().top - GAP
  }, [anchor, takesFocus])
  return (
    <div ref={scroller} className={classes['scroll']}>
      <DocumentView page={page} here={anchor} level={level} go={go} />
    </div>
  )
}
