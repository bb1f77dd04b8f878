import { useComputedColorScheme } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import { createElement, Fragment, memo, type ReactElement, type ReactNode } from 'react'

import { useAreaLinks } from '../../../data/areas.ts'
import { listPagesOf } from '../../../data/help-topics.ts'
import { CopyButton } from '../../../ui/copy-button.tsx'
import type { Block, GuidePage, Inline } from './document.ts'
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

interface Around {
  readonly name: string
  readonly level: 2 | 3
  readonly here: string
  readonly go: (topic: string) => void
  readonly scheme: 'light' | 'dark'
}

/** The id of an element for an anchor of the guide. */
export function toElementId(anchor: string): string {
  return `guide-${anchor}`
}

/** A page of the guide as elements: every kind of block is drawn here, so a page can contain nothing else. */
export const DocumentView = memo(function DocumentView({ page, here, level, go }: ViewProps): ReactElement {
  const scheme = useComputedColorScheme('light', { getInitialValueInEffect: false })
  const around: Around = { name: page.name, level, here, go, scheme }
  const headings = page.blocks.filter((block) => block.is === 'heading' && block.level === 2)
  return (
    <article className={classes['document']}>
      {createElement(`h${level}`, { tabIndex: -1, id: toElementId(''), className: classes['title'] }, page.title)}
      {headings.length < 3 ? null : (
        <nav aria-label="On this page" className={classes['contents']}>
          <ul>
            {headings.map((block) =>
              block.is === 'heading' ? (
                <li key={block.id}>
                  <TopicLink topic={`${page.name}#${block.id}`} go={go}>
                    {block.text}
                  </TopicLink>
                </li>
              ) : null,
            )}
          </ul>
        </nav>
      )}
      {drawBlocks(page.blocks, around)}
    </article>
  )
})

function drawBlocks(blocks: readonly Block[], around: Around): ReactNode {
  // Pages do not change while they are shown, so the place of a block is its key.
  // oxlint-disable-next-line react/no-array-index-key
  return blocks.map((block, at) => <Fragment key={at}>{drawBlock(block, around)}</Fragment>)
}

function drawBlock(block: Block, around: Around): ReactElement | null {
  switch (block.is) {
    case 'heading':
      return <Heading block={block} around={around} />
    case 'text':
      return <p>{drawInline(block.inline, around)}</p>
    case 'code':
      return (
        <div className={classes['code']}>
          <pre>{block.text}</pre>
          {block.lang === 'sh' ? <CopyButton text={block.text} label="Copy" size="compact-xs" /> : null}
        </div>
      )
    case 'quote':
      return <blockquote>{drawBlocks(block.blocks, around)}</blockquote>
    case 'picture': {
      const address = findPicture(block.file, around.scheme)
      return address === undefined ? null : <img src={address} alt={block.alt} className={classes['picture']} />
    }
    case 'list':
      return createElement(
        block.ordered ? 'ol' : 'ul',
        null,
        block.items.map(({ id, blocks }, at) => (
          // oxlint-disable-next-line react/no-array-index-key -- as above
          <li key={at} {...toTarget(id, around)}>
            {blocks.length === 1 && blocks[0]?.is === 'text'
              ? drawInline(blocks[0].inline, around)
              : drawBlocks(blocks, around)}
          </li>
        )),
      )
    case 'table':
    default:
      return (
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls has to be reachable by keyboard
        <div className={classes['table']} tabIndex={0}>
          <table>
            <thead>
              <tr>
                {block.head.map((cell, at) => (
                  // oxlint-disable-next-line react/no-array-index-key -- as above
                  <th key={at} scope="col">
                    {drawInline(cell, around)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {block.rows.map((row, at) => (
                // oxlint-disable-next-line react/no-array-index-key -- as above
                <tr key={at}>
                  {row.map((cell, column) => (
                    // oxlint-disable-next-line react/no-array-index-key -- as above
                    <td key={column}>{drawInline(cell, around)}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )
  }
}

interface HeadingProps {
  readonly block: Extract<Block, { readonly is: 'heading' }>
  readonly around: Around
}

/** A heading, with links to the pages of the window that its section is about. */
function Heading({ block: { id, level, text }, around }: HeadingProps): ReactElement {
  const areas = useAreaLinks()
  const paths = listPagesOf(`${around.name}#${id}`)
  const links = areas.filter(({ path }) => paths.includes(path))
  return (
    <>
      {createElement(
        `h${Math.min(6, level + around.level - 1)}`,
        { ...toTarget(id, around), 'data-level': level },
        text,
      )}
      {links.length === 0 ? null : (
        <p className={classes['pages']}>
          {links.map(({ path, label, icon: Icon }) => (
            <Link key={path} to={path} search={{}}>
              <Icon size={14} aria-hidden />
              {`Open ${label}`}
            </Link>
          ))}
        </p>
      )}
    </>
  )
}

/** An element that a topic can lead to: it takes the focus, and is marked while it is what was asked for. */
function toTarget(id: string | null, { here }: Around): object {
  if (id === null) return {}
  return { id: toElementId(id), tabIndex: -1, ...(id === here ? { 'data-here': '' } : {}) }
}

function drawInline(inline: readonly Inline[], around: Around): ReactNode {
  return inline.map((each, at) => {
    if (typeof each === 'string') return each
    // oxlint-disable-next-line react/no-array-index-key -- as above
    return <Fragment key={at}>{drawMark(each, around)}</Fragment>
  })
}

function drawMark(mark: Exclude<Inline, string>, around: Around): ReactElement {
  switch (mark.is) {
    case 'code':
      return <code>{mark.text}</code>
    case 'strong':
      return <strong>{drawInline(mark.inline, around)}</strong>
    case 'em':
      return <em>{drawInline(mark.inline, around)}</em>
    case 'link':
    default:
      if (mark.topic === null) {
        return (
          <>
            {drawInline(mark.inline, around)}
            {mark.address === null ? null : <> ({mark.address})</>}
          </>
        )
      }
      return (
        <TopicLink topic={mark.topic} go={around.go}>
          {drawInline(mark.inline, around)}
        </TopicLink>
      )
  }
}

interface TopicLinkProps {
  readonly topic: string
  readonly go: (topic: string) => void
  readonly children: ReactNode
}

/** A link within the guide. It has no address: the guide is beside the page, and is not a page itself. */
function TopicLink({ topic, go, children }: TopicLinkProps): ReactElement {
  return (
    <button type="button" className={classes['link']} data-topic={topic} onClick={() => go(topic)}>
      {children}
    </button>
  )
}
