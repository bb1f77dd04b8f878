import { ActionIcon, Drawer, SegmentedControl, Tooltip } from '@mantine/core'
import { useMediaQuery } from '@mantine/hooks'
import { IconX } from '@tabler/icons-react'
import { useMatches } from '@tanstack/react-router'
import { useEffect, useEffectEvent, useRef, useState, type ReactElement } from 'react'

import { findPageTopic } from '../../data/help-topics.ts'
import { ShortcutList } from '../../entities/shortcut-list.tsx'
import { closeHelp, HELP_PARTS, type HelpAsked, type HelpPart } from '../../ui/help/asked.ts'
import classes from './guide/guide.module.css'
import { Reader } from './guide/reader.tsx'

const LABELS: Readonly<Record<HelpPart, string>> = { guide: 'Guide', shortcuts: 'Shortcuts' }

/** Narrower than this, the help is a sheet over the page, in px; `app/frame.css` has the same. */
const SHEET_BELOW = 1100

/** The help beside the page, or as a sheet in a narrow window. */
export function HelpPanel({ asked }: { readonly asked: HelpAsked }): ReactElement {
  const isSheet = useMediaQuery(`(max-width: ${SHEET_BELOW}px)`, false, { getInitialValueInEffect: false })
  if (isSheet) {
    return (
      <Drawer opened onClose={closeHelp} position="right" size={430} title="Help" returnFocus={false}>
        <div className={classes['sheet']}>
          <Parts asked={asked} />
        </div>
      </Drawer>
    )
  }
  return (
    // oxlint-disable-next-line jsx-a11y/no-noninteractive-element-interactions -- Escape works everywhere in the panel
    <aside
      className={classes['beside']}
      aria-labelledby="help-title"
      data-help-panel=""
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || event.defaultPrevented) return
        event.preventDefault()
        closeHelp()
      }}
    >
      <header className={classes['head']}>
        <h2 id="help-title">Help</h2>
        <Tooltip label="Close (Escape)">
          <ActionIcon aria-label="Close the help" onClick={closeHelp}>
            <IconX size={16} aria-hidden />
          </ActionIcon>
        </Tooltip>
      </header>
      <Parts asked={asked} />
    </aside>
  )
}

/** The guide and the shortcuts. Another question shows another part of them. */
function Parts({ asked: { part: first, topic, turn } }: { readonly asked: HelpAsked }): ReactElement {
  const [shown, setShown] = useState({ part: first, turn })
  if (shown.turn !== turn) setShown({ part: first, turn })
  const pageTopic = usePageTopic()
  const [start, setStart] = useState({ topic: topic ?? pageTopic, turn })
  if (start.turn !== turn) setStart({ topic: topic ?? pageTopic, turn })
  return (
    <>
      <SegmentedControl
        aria-label="Part of the help"
        className={classes['parts']}
        data={HELP_PARTS.map((value) => ({ value, label: LABELS[value] }))}
        value={shown.part}
        onChange={(part) => setShown({ part, turn })}
      />
      {shown.part === 'guide' ? (
        <Reader key={start.turn} start={start.topic} level={3} takesFocus />
      ) : (
        <Shortcuts key={turn} />
      )}
    </>
  )
}

function Shortcuts(): ReactElement {
  const heading = useRef<HTMLHeadingElement>(null)
  const takeFocus = useEffectEvent(() => heading.current?.focus({ preventScroll: true }))
  useEffect(() => takeFocus(), [])
  return (
    <div className={classes['scroll']}>
      <h3 ref={heading} tabIndex={-1} className={classes['title']}>
        Shortcuts
      </h3>
      <ShortcutList />
    </div>
  )
}

function usePageTopic(): string {
  return useMatches({
    select: (matches) => {
      const shown = matches.at(-1)
      return findPageTopic(shown?.fullPath ?? '/', shown?.search ?? {})
    },
  })
}
