import type { ReactElement } from 'react'

import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { absoluteTime, plural } from '../../ui/relative.ts'
import { Status } from '../../ui/status.tsx'
import { When } from '../../ui/when.tsx'
import classes from './changes.module.css'
import { beginningWith, endingWith, onlySync, type SyncPoint } from './question.ts'
import type { ChangesSearch } from './search.ts'

interface TimelineProps {
  readonly points: readonly SyncPoint[]
  readonly search: ChangesSearch
  readonly set: (change: Partial<ChangesSearch>) => void
  /** Clients are named when there may be several. */
  readonly clients: boolean
}

/** The syncs, newest first. Two of them bound the comparison; the name of a sync shows its own changes. */
export function Timeline({ points, search, set, clients }: TimelineProps): ReactElement {
  const { from, to } = search
  const fromRadio = (value: number, label: string): ReactElement => (
    <Choice
      name="changes-from"
      label={`From ${label}`}
      checked={from === value}
      onChoose={() => set(beginningWith(search, value))}
    />
  )
  const toRadio = (value: number | undefined, label: string): ReactElement => (
    <Choice
      name="changes-to"
      label={`To ${label}`}
      checked={to === value}
      onChoose={() => set(endingWith(search, value))}
    />
  )
  return (
    <section className={classes['timeline']} aria-label="Syncs">
      <div className={classes['ends']} aria-hidden>
        <span>From</span>
        <span>To</span>
      </div>
      <ol className={`c-list ${classes['points'] ?? ''}`}>
        <li className={classes['point']}>
          <span />
          {toRadio(undefined, 'now')}
          <span className={classes['edge']}>Now</span>
        </li>
        {points.map((point) => (
          <li key={point.syncId} className={classes['point']} data-inside={isInside(point, search) ? '' : undefined}>
            {fromRadio(point.syncId, `the sync of ${absoluteTime(point.at)}, number ${point.syncId}`)}
            {toRadio(point.syncId, `the sync of ${absoluteTime(point.at)}, number ${point.syncId}`)}
            <button type="button" className={classes['sync']} onClick={() => set(onlySync(point))}>
              <When at={point.at} />
              <span className={classes['amount']}>
                {point.changes === 0 ? <span className="c-quiet">no change</span> : plural(point.changes, 'change')}
              </span>
              <span className={classes['whose']}>
                {clients ? <ClientMark client={point.client} /> : null}
                <Named text={point.connection.label} />
                {point.state === 'partial' ? (
                  <Status tone="warn" plain title="Some sources could not be read; nothing in them counts as removed">
                    Partial
                  </Status>
                ) : null}
              </span>
            </button>
          </li>
        ))}
        <li className={classes['point']}>
          {fromRadio(0, 'before the first sync')}
          <span />
          <span className={classes['edge']}>Before the first sync</span>
        </li>
      </ol>
    </section>
  )
}

/** True if the changes of a sync are in the period that two syncs bound. */
function isInside(point: SyncPoint, { from, to, connection }: ChangesSearch): boolean {
  if (from === undefined || (connection !== undefined && point.connection.id !== connection)) return false
  return point.syncId > from && (to === undefined || point.syncId <= to)
}

interface ChoiceProps {
  readonly name: string
  readonly label: string
  readonly checked: boolean
  readonly onChoose: () => void
}

function Choice({ name, label, checked, onChoose }: ChoiceProps): ReactElement {
  return <input type="radio" name={name} aria-label={label} checked={checked} onChange={onChoose} />
}
