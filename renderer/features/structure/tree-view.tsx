import { IconChevronRight } from '@tabler/icons-react'
import { useVirtualizer } from '@tanstack/react-virtual'
import { useId, useImperativeHandle, useRef, useState, type KeyboardEvent, type ReactElement, type Ref } from 'react'

import { NodeLabel } from './node-label.tsx'
import classes from './structure.module.css'
import { treeMove, type TreeLine } from './tree.ts'

const LINE_HEIGHT = 30
const OVERSCAN = 12

export interface TreeHandle {
  readonly focus: () => void
}

interface TreeViewProps {
  readonly label: string
  readonly lines: readonly TreeLine[]
  readonly setOpen: (ids: readonly string[], open: boolean) => void
  /** Shows a node beside the tree; false when it has no panel. */
  readonly show: (line: TreeLine) => boolean
  /** Id of the node that is shown. */
  readonly shownId: string | null
  readonly onEscape: () => void
  readonly handle: Ref<TreeHandle>
}

/** A tree of any size with one tab stop. Only the lines in view exist. */
export function TreeView(props: TreeViewProps): ReactElement {
  const { label, lines, setOpen, show, shownId, onEscape, handle } = props
  const treeId = useId()
  const scroller = useRef<HTMLDivElement>(null)
  const [activeId, setActiveId] = useState<string | null>(null)
  const found = lines.findIndex((line) => line.node.id === activeId)
  const active = found === -1 ? 0 : found
  // oxlint-disable-next-line react/incompatible-library -- nothing here is memoized by a compiler
  const virtual = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => LINE_HEIGHT,
    overscan: OVERSCAN,
    getItemKey: (index) => lines[index]?.node.id ?? index,
  })
  useImperativeHandle(handle, () => ({ focus: () => scroller.current?.focus({ preventScroll: true }) }), [])

  const stand = (line: number): void => {
    setActiveId(lines[line]?.node.id ?? null)
    virtual.scrollToIndex(line, { align: 'auto' })
  }
  const toggle = (line: TreeLine): void => {
    if (line.open !== null) setOpen([line.node.id], !line.open)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return
    const line = lines[active]
    if (line === undefined) return
    const page = Math.max(1, Math.floor((scroller.current?.clientHeight ?? 0) / LINE_HEIGHT) - 1)
    const move = treeMove(event.key, active, lines, page)
    if (move?.type === 'stand') stand(move.line)
    else if (move?.type === 'set') setOpen(move.ids, move.open)
    else if (event.key === 'Escape') onEscape()
    else if (event.key === ' ') toggle(line)
    else if (event.key === 'Enter') {
      if (!show(line)) toggle(line)
    } else return
    event.preventDefault()
  }

  const items = virtual.getVirtualItems()
  const drawn = items.some((item) => item.index === active)
  return (
    <div
      ref={scroller}
      role="tree"
      tabIndex={0}
      aria-label={label}
      aria-activedescendant={drawn ? `${treeId}-${active}` : undefined}
      className={classes['tree']}
      onKeyDown={onKeyDown}
    >
      <div role="presentation" className={classes['lines']} style={{ height: virtual.getTotalSize() }}>
        {items.map((item) => {
          const line = lines[item.index]
          return line === undefined ? null : (
            // oxlint-disable-next-line jsx-a11y/click-events-have-key-events -- the tree hears the keys for its lines
            <div
              key={item.key}
              role="treeitem"
              // The tree itself has the focus and names the active line; lines are not focusable.
              tabIndex={-1}
              id={`${treeId}-${item.index}`}
              aria-level={line.level}
              aria-posinset={line.position}
              aria-setsize={line.siblings}
              aria-expanded={line.open ?? undefined}
              aria-selected={line.node.id === shownId}
              className={classes['line']}
              data-active={item.index === active ? '' : undefined}
              style={{ top: item.start, ['--level' as string]: line.level - 1 }}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => {
                scroller.current?.focus({ preventScroll: true })
                stand(item.index)
                if (!show(line)) toggle(line)
              }}
            >
              <Chevron line={line} onToggle={() => toggle(line)} />
              <NodeLabel thing={line.node.thing} />
            </div>
          )
        })}
      </div>
    </div>
  )
}

/** Opens and closes a node by the mouse; the keyboard uses the arrows. */
function Chevron({ line, onToggle }: { readonly line: TreeLine; readonly onToggle: () => void }): ReactElement {
  if (line.open === null) return <span className={classes['chevron']} />
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-static-element-interactions -- as above
    <span
      className={classes['chevron']}
      data-open={line.open ? '' : undefined}
      onClick={(event) => {
        event.stopPropagation()
        onToggle()
      }}
    >
      <IconChevronRight size={14} stroke={2} aria-hidden />
    </span>
  )
}
