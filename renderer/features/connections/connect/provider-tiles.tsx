import { Radio } from '@mantine/core'
import type { ReactElement } from 'react'

import {
  isProviderId,
  PROVIDER_IDS,
  providerName,
  readsFile,
  type ProviderId,
} from '../../../../shared/domain/providers/providers.ts'
import classes from './connect.module.css'

interface ProviderTilesProps {
  readonly value: ProviderId
  readonly onChange: (provider: ProviderId) => void
}

export function ProviderTiles({ value, onChange }: ProviderTilesProps): ReactElement {
  return (
    <Radio.Group
      aria-label="Provider"
      value={value}
      onChange={(next) => {
        if (isProviderId(next)) onChange(next)
      }}
    >
      <div className={classes['tiles']}>
        {PROVIDER_IDS.map((id) => (
          <Radio.Card key={id} value={id} className={classes['tile']}>
            {`${providerName(id)}${readsFile(id) ? '…' : ''}`}
          </Radio.Card>
        ))}
      </div>
    </Radio.Group>
  )
}
