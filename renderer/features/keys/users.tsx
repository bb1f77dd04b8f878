import type { ReactElement } from 'react'

import type { KeyUser } from '../../../shared/contract/keys.ts'
import { query } from '../../data/api.ts'
import { levelWord, pathWords } from '../../entities/access-labels.ts'
import { Account } from '../../entities/access-list.tsx'
import { LevelMark } from '../../entities/level.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Nothing, PanelSection } from '../../ui/panel/panel-section.tsx'
import { Failed, Loading } from '../../ui/states.tsx'
import { Status } from '../../ui/status.tsx'
import { visibleText } from '../../ui/text.ts'
import { useQuery } from '../../ui/use-query.ts'

/** Who can use a key, each account once, with every path by which it does. */
export function KeyUsers({ keyId }: { readonly keyId: number }): ReactElement {
  const users = useQuery(query.keys.users.queryOptions({ input: { keyId } }))
  return (
    <PanelSection title="Who can use it" {...(users.data === undefined ? {} : { count: users.data.length })}>
      {users.data === undefined ? (
        users.error === null ? (
          <Loading what="who can use the key" rows={3} />
        ) : (
          <Failed error={users.error} retry={() => void users.refetch()} />
        )
      ) : users.data.length === 0 ? (
        <Nothing>No account is known to reach this key.</Nothing>
      ) : (
        <LongList items={users.data} getKey={(user) => user.principal.id}>
          {(user) => <User user={user} />}
        </LongList>
      )}
    </PanelSection>
  )
}

function User({ user }: { readonly user: KeyUser }): ReactElement {
  const { principal, owner, roles } = user
  const [strongest] = roles
  return (
    <div className="c-line">
      <span>
        <Account principal={principal} />
      </span>
      <span>
        {owner ? (
          <Status tone="info" plain>
            Key owner
          </Status>
        ) : strongest === undefined ? null : (
          <LevelMark level={strongest.level} />
        )}
      </span>
      {roles.map((role) => (
        <span key={role.rowKey} className="c-whole c-break">
          {visibleText(
            `${levelWord(role.level)} of ${role.project === null ? 'the organization' : role.project.name} · ${pathWords(role)}`,
          )}
        </span>
      ))}
    </div>
  )
}
