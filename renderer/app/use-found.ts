import { useEffect, useRef, useState } from 'react'

import { findRanges } from './find-ranges.ts'

export interface TextSearch {
  readonly count: number
  /** The shown match, from 0; -1 without a match. */
  readonly at: number
  /** Moves on by a number of matches, and from the last one to the first. */
  readonly move: (by: 1 | -1) => void
  /** True if the page has a filter of its own for a list. */
  readonly hasFilter: boolean
}

interface State {
  readonly ranges: readonly Range[]
  readonly at: number
  readonly hasFilter: boolean
}

const NOTHING: State = { ranges: [], at: -1, hasFilter: false }

/** How long the page may change before it is searched again. */
const AFTER_CHANGE_MS = 120

/** The names of the highlights in the stylesheet: all matches, and the shown one. */
const ALL = 'castellan-found'
const SHOWN = 'castellan-found-here'

/** Searches the text of the page, again whenever it changes, and marks the matches without changing the page. */
export function useFound(wanted: string): TextSearch {
  const [{ ranges, at, hasFilter }, setState] = useState(NOTHING)
  /** These values for handlers between two renderings. */
  const latest = useRef(NOTHING)
  useEffect(() => {
    const root = getContent()
    if (root === null) return undefined
    let timer = 0
    const look = (): void => {
      const before = latest.current
      const found = findRanges(root, wanted)
      const shown = findSamePlace(before.ranges[before.at], found)
      latest.current = { ranges: found, at: shown, hasFilter: findFilter() !== null }
      setState(latest.current)
    }
    look()
    reveal(latest.current)
    const observer = new MutationObserver(() => {
      clearTimeout(timer)
      timer = window.setTimeout(look, AFTER_CHANGE_MS)
    })
    observer.observe(root, { subtree: true, childList: true, characterData: true })
    return () => {
      clearTimeout(timer)
      observer.disconnect()
    }
  }, [wanted])
  useEffect(() => {
    const shown = ranges[at]
    CSS.highlights.set(ALL, new Highlight(...ranges))
    CSS.highlights.set(SHOWN, new Highlight(...(shown === undefined ? [] : [shown])))
    return () => {
      CSS.highlights.delete(ALL)
      CSS.highlights.delete(SHOWN)
    }
  }, [ranges, at])
  const move = (by: 1 | -1): void => {
    const now = latest.current
    const { length } = now.ranges
    if (length === 0) return
    latest.current = { ...now, at: (now.at + by + length) % length }
    setState(latest.current)
    reveal(latest.current)
  }
  return { count: ranges.length, at, move, hasFilter }
}

/** The page without the frame around it. */
export function getContent(): HTMLElement | null {
  return document.querySelector<HTMLElement>('#content')
}

/** The field that filters the list of the page. */
export function findFilter(): HTMLInputElement | null {
  return document.querySelector<HTMLInputElement>('#content input[type="search"]')
}

/**
 * A range stays valid while its page changes, so the first match that does not begin before it is the same or the next.
 */
function findSamePlace(before: Range | undefined, ranges: readonly Range[]): number {
  if (before === undefined || !before.startContainer.isConnected) return ranges.length > 0 ? 0 : -1
  const at = ranges.findIndex((range) => range.compareBoundaryPoints(Range.START_TO_START, before) >= 0)
  return at === -1 ? ranges.length - 1 : at
}

function reveal({ ranges, at }: State): void {
  ranges[at]?.startContainer.parentElement?.scrollIntoView({ block: 'center', inline: 'nearest' })
}
