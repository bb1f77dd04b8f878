import { IconDoorExit } from '@tabler/icons-react'
import type { ReactElement } from 'react'

import { query } from '../../data/api.ts'
import { ButtonLink } from '../../ui/button-link.tsx'
import { Answer, Empty } from '../../ui/states.tsx'
import { useQuery } from '../../ui/use-query.ts'

/** The list without leavers: that there are none, or that it is not known who has left. */
export function NoLeavers({ client }: { readonly client: string | undefined }): ReactElement {
  const counted = useQuery(query.leavers.list.queryOptions({ input: { client, offset: 0, limit: 0 } }))
  return (
    <Answer of={counted} what="leavers">
      {({ reported }) => (
        <Empty
          icon={IconDoorExit}
          title={reported ? 'No leavers' : 'Not evaluated'}
          action={
            <ButtonLink to="/files" search={{ view: 'personnel' }}>
              Import HR file
            </ButtonLink>
          }
        >
          {reported ? NONE : NOT_EVALUATED}
        </Empty>
      )}
    </Answer>
  )
}

const NONE =
  'Import a file of your HR system, or open a person and mark them as leaving. People who left and are known in a connection are listed here, with their remaining access.'
const NOT_EVALUATED =
  'No HR file that names a person in scope was imported: it is not known who has left. Import one, or open a person and mark them as leaving.'
