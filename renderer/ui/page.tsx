import type { ReactElement, ReactNode } from 'react'

interface PageFrameProps {
  readonly title: string
  /** A count or a state beside the title. */
  readonly aside?: ReactNode
  /** The page's actions, the primary one last. */
  readonly actions?: ReactNode
  /** The row of tabs under the title (`ui/tabs.tsx`; `entities/area-tabs.tsx` makes it from the area). */
  readonly tabs?: ReactNode
  /** The body fills the remaining height and scrolls inside itself (lists). */
  readonly fill?: boolean
  readonly children: ReactNode
}

/** A page: its title, its actions, its tabs, its body. */
export function PageFrame({ title, aside, actions, tabs, fill = false, children }: PageFrameProps): ReactElement {
  return (
    <div className={fill ? 'c-page c-page-fill' : 'c-page'}>
      <header className="c-page-head">
        <h1 className="c-page-title">{title}</h1>
        {aside === undefined ? null : <div className="c-page-aside">{aside}</div>}
        <div className="c-page-actions">{actions}</div>
      </header>
      {tabs}
      <div className="c-page-body">{children}</div>
    </div>
  )
}
