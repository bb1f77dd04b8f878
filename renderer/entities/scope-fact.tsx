import type { ReactElement } from 'react'

import { useScope } from '../data/scope.ts'
import { useScopeName } from '../data/use-clients.ts'
import { visibleText } from '../ui/text.ts'

/** The subject of a file: the client in scope, by its slug until the clients are read, or all of them. */
export function ScopeFact(): ReactElement {
  const { client } = useScope()
  const name = useScopeName()
  return (
    <dl className="c-facts">
      <dt>Scope</dt>
      <dd>{client === undefined ? 'All clients' : visibleText(name)}</dd>
    </dl>
  )
}
