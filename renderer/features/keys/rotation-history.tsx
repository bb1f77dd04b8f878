import { Button } from '@mantine/core'
import { useMutation } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import type { ReactElement } from 'react'

import type { KeyDetail } from '../../../shared/contract/keys.ts'
import { api } from '../../data/api.ts'
import { Named } from '../../ui/named.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { LongList } from '../../ui/panel/long-list.tsx'
import { Nothing, PanelSection } from '../../ui/panel/panel-section.tsx'
import { formatDay } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import classes from './keys.module.css'
import { triggerWord } from '../../entities/key-labels.ts'

/** The successive keys that served one purpose, and each recorded rotation. */
export function RotationHistory({ detail }: { readonly detail: KeyDetail }): ReactElement {
  const { versions, rotations, row } = detail
  return (
    <>
      <PanelSection title="Versions" count={versions.length}>
        <LongList items={versions} getKey={(version) => version.keyId} step={20}>
          {(version) => (
            <div className="c-line">
              <VersionName version={version} current={version.keyId === row.keyId} />
              {version.removed ? (
                <Status tone="quiet" plain>
                  Removed
                </Status>
              ) : (
                <Status tone="good" plain>
                  Current
                </Status>
              )}
              <span>
                {'Created '}
                <When at={version.createdAt} otherwise="at a time not known" />
              </span>
              <span className="c-tabular">
                <Named text={version.hint} mono otherwise="" />
              </span>
            </div>
          )}
        </LongList>
      </PanelSection>
      <PanelSection title="Rotations" count={rotations.length}>
        {rotations.length === 0 ? <Nothing>No rotation is recorded yet.</Nothing> : null}
        <LongList items={rotations} getKey={(rotation) => rotation.id} step={20}>
          {(rotation) => (
            <div className="c-line">
              <span className={rotation.undoneAt === null ? undefined : classes['undone']}>
                {`${formatDay(rotation.rotatedOn)} · ${triggerWord(rotation.trigger)}`}
              </span>
              <span className="c-quiet">
                {rotation.undoneAt === null ? (rotation.recognized ? 'Seen in a sync' : 'Marked') : 'Undone'}
              </span>
              <span>
                <Named text={rotation.keyName} />
                {rotation.note === '' ? null : (
                  <>
                    {' · '}
                    <Named text={rotation.note} />
                  </>
                )}
              </span>
              <span className="c-tabular">
                <Named text={rotation.operator} /> <When at={rotation.recordedAt} />
              </span>
              {rotation.undoneAt === null ? <UndoRotation rotation={rotation} /> : null}
            </div>
          )}
        </LongList>
      </PanelSection>
    </>
  )
}

/** Undoes a recorded rotation at any later time: the due day of the key moves back. */
function UndoRotation({ rotation }: { readonly rotation: KeyDetail['rotations'][number] }): ReactElement {
  const undo = useMutation({
    mutationFn: () => api.rotation.undo({ rotationId: rotation.id }),
    onError: notifyFailed,
    onSuccess: () => notifyDone({ message: `Undid the rotation of ${formatDay(rotation.rotatedOn)}` }),
  })
  return (
    <Button
      size="compact-xs"
      variant="subtle"
      loading={undo.isPending}
      aria-label={`Undo the rotation of ${formatDay(rotation.rotatedOn)}`}
      onClick={() => undo.mutate()}
    >
      Undo
    </Button>
  )
}

interface VersionNameProps {
  readonly version: KeyDetail['versions'][number]
  readonly current: boolean
}

/** A version as a link, except the panel's own key and removed ones. */
function VersionName({ version, current }: VersionNameProps): ReactElement {
  const name = <Named text={version.name} otherwise="No name" />
  if (current) return <strong>{name}</strong>
  if (version.removed) return name
  return (
    <Link to="/keys" search={{ key: version.keyId }} className="c-link">
      {name}
    </Link>
  )
}
