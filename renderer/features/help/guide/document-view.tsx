import { Table, useComputedColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { createElement, Fragment, memo, type ElementType, type ReactElement, type ReactNode } from 'react'

import { useAreaLinks } from '../../../data/areas.ts'
import { listPagesOf } from '../../../data/help-topics.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import type { Branch, GuidePage, Part } from './document.ts'
import classes from './guide.module.css'
import { findPicture } from './pages.ts'

interface ViewProps {
  readonly page: GuidePage
  /** The anchor that was asked for; empty for the whole page. */
  readonly here: string
  /** The level of its title, below the headings around it. */
  readonly level: 2 | 3
  readonly go: (topic: string) => void
}

const CELLS: Readonly<Record<string, ElementType>> = {
  thead: Table.Thead,
  tbody: Table.Tbody,
  tr: Table.Tr,
  th: Table.Th,
  td: Table.Td,
}

/** The id of an element for an anchor of the guide. */
export function toElementId(anchor: string): string {
  return `guide-${anchor}`
}

/** A page of the guide as elements. */
export const DocumentView = memo(function DocumentView({ page, here, level, go }: ViewProps): ReactElement {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const chapters = page.tree.filter((part): part is Branch => part[0] === 'h2')
  return (
    <article className={classes['document']}>
      {createElement(`h${level}`, { tabIndex: -1, id: toElementId(''), className: classes['title'] }, page.title)}
      {chapters.length < 3 ? null : (
        <nav aria-label="On this page" className={classes['contents']}>
          <ul>
            {chapters.map(([, { id = '' }, inside]) => (
              <li key={id}>{draw(['a', { topic: `${page.name}#${id}` }, inside])}</li>
            ))}
          </ul>
        </nav>
      )}
      {createElement(Fragment, null, ...page.tree.map(draw))}
    </article>
  )

  function draw(part: Part): ReactNode {
    if (typeof part === 'string') return part
    const [tag, { id, topic, lang, file = '', alt }, inside] = part
    const children = inside.map(draw)
    // The target of a topic takes the focus, and is marked while it is what was asked for.
    const target =
      id === undefined ? {} : { id: toElementId(id), tabIndex: -1, ...(id === here ? { 'data-here': '' } : {}) }
    switch (tag) {
      case 'a':
        // It has no address: the guide is beside the page, and is not a page itself.
        return createElement(
          'button',
          { type: 'button', className: classes['link'], 'data-topic': topic, onClick: () => go(topic ?? '') },
          ...children,
        )
      case 'img':
        return <img src={findPicture(file, scheme)} alt={alt} className={classes['picture']} />
      case 'pre': {
        const text = inside.filter((each) => typeof each === 'string').join('')
        return (
          <div className={`c-source ${classes['code']}`}>
            <pre>{text}</pre>
            {lang === 'sh' ? <CopyButton text={text} label="Copy" size="compact-xs" /> : null}
          </div>
        )
      }
      case 'table':
        return (
          // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
          <div className={`c-wide ${classes['table']}`} tabIndex={0}>
            {createElement(Table, { className: 'c-table', miw: 420 }, ...children)}
          </div>
        )
      default: {
        const [, depth] = /^h(\d)$/u.exec(tag) ?? []
        if (depth === undefined) return createElement(CELLS[tag] ?? tag, target, ...children)
        const heading = `h${Math.min(6, Number(depth) + level - 1)}`
        return createElement(
          Fragment,
          null,
          createElement(heading, { ...target, 'data-level': depth }, ...children),
          <PageLinks topic={`${page.name}#${id ?? ''}`} />,
        )
      }
    }
  }
})

/** Links to the pages of the window that a section is about. */
function PageLinks({ topic }: { readonly topic: string }): ReactElement | null {
  const paths = listPagesOf(topic)
  const links = useAreaLinks().filter(({ path }) => paths.includes(path))
  if (links.length === 0) return null
  return (
    <p className={classes['pages']}>
      {links.map(({ path, label, icon: Icon }) => (
        <Link key={path} to={path} search={{}}>
          <Icon size={14} aria-hidden />
          {`Open ${label}`}
        </Link>
      ))}
    </p>
  )
}
