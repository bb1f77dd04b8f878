import { createLink } from '@tanstack/react-router'
import type { AnchorHTMLAttributes, ReactElement, Ref } from 'react'

interface CurrentAnchorProps extends AnchorHTMLAttributes<HTMLAnchorElement> {
  readonly ref?: Ref<HTMLAnchorElement>
  /** True if it leads to what is on screen. */
  readonly current: boolean
}

function CurrentAnchor({ current, children, ...props }: CurrentAnchorProps): ReactElement {
  // The router would mark a link by its address alone, but a tab is also current while its page is filtered.
  return (
    <a {...props} aria-current={current ? 'page' : undefined}>
      {children}
    </a>
  )
}

/** A router link in a list of links with one current. */
export const CurrentLink = createLink(CurrentAnchor)
