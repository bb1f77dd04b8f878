import { useEffect, useRef, useState, type RefObject } from 'react'

/** Begins a screen's half before it is seen. */
const AHEAD = '400px'

/** Whether an element is seen, or about to be, or was: once it is, it stays so. Goes with the ref for it. */
export function useSeen(): readonly [seen: boolean, of: RefObject<HTMLElement | null>] {
  const of = useRef<HTMLElement>(null)
  const [seen, setSeen] = useState(false)
  useEffect(() => {
    if (seen || of.current === null) return undefined
    const watch = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) setSeen(true)
      },
      { rootMargin: AHEAD },
    )
    watch.observe(of.current)
    return () => watch.disconnect()
  }, [seen])
  return [seen, of]
}
