import { Button, Group, Select, Table, TextInput } from '@mantine/core'
import { IconPlus } from '@tabler/icons-react'
import { useMutation } from '@tanstack/react-query'
import { useState, type FormEvent, type ReactElement } from 'react'

import type { PricePinRow } from '../../../shared/contract/prices.ts'
import type { Day } from '../../../shared/domain/day.ts'
import { dollarText, toMicroUsd } from '../../../shared/domain/text/money.ts'
import { api, query } from '../../data/api.ts'
import { useScope } from '../../data/scope.ts'
import { useClients } from '../../data/use-clients.ts'
import { DateField } from '../../ui/date-field.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { ClientMark } from '../../ui/client-badge.tsx'
import { Named } from '../../ui/named.tsx'
import { notifyDone, notifyFailed } from '../../ui/notify.tsx'
import { formatDay, plural } from '../../ui/relative.ts'
import { WhenDay } from '../../ui/when.tsx'
import { Answer } from '../../ui/states.tsx'
import { ACTIONS, numbers, SmallTable } from '../../ui/table/small-table.tsx'
import { visibleText } from '../../ui/text.ts'
import { FormEnd } from '../../ui/dialog-form.tsx'
import { useQuery } from '../../ui/use-query.ts'

interface PricesProps {
  readonly adding: boolean
  readonly setAdding: (adding: boolean) => void
}

/** Prices that override the bundled table, for estimates. */
export function Prices({ adding, setAdding }: PricesProps): ReactElement {
  const { client } = useScope()
  const prices = useQuery(query.prices.list.queryOptions({ input: { client } }))
  const clear = useMutation({
    mutationFn: (priceId: number) => api.prices.clear({ priceId }),
    onError: notifyFailed,
    onSuccess: ({ changed }) => notifyDone({ message: `Price removed; ${plural(changed, 'estimate')} recalculated` }),
  })
  return (
    <section className="c-card" aria-labelledby="prices">
      <header className="c-card-head">
        <h2 className="c-card-title" id="prices">
          Pinned prices
        </h2>
        <Button variant="default" leftSection={<IconPlus size={14} aria-hidden />} onClick={() => setAdding(true)}>
          Pin price
        </Button>
      </header>
      <Answer of={prices} what="prices" rows={2}>
        {(data) =>
          data.length === 0 ? (
            <p className="c-card-note">No pinned prices: estimates use the bundled table of list prices.</p>
          ) : (
            <PriceTable prices={data} clear={(priceId) => clear.mutate(priceId)} />
          )
        }
      </Answer>
      <Dialog opened={adding} onClose={() => setAdding(false)} title="Pin price" size={520}>
        <PinForm close={() => setAdding(false)} />
      </Dialog>
    </section>
  )
}

interface PriceTableProps {
  readonly prices: readonly PricePinRow[]
  readonly clear: (priceId: number) => void
}

function PriceTable({ prices, clear }: PriceTableProps): ReactElement {
  return (
    <SmallTable
      id="prices"
      minWidth={700}
      headings={[
        'Model',
        'For',
        'From',
        numbers('Input, USD/M'),
        numbers('Cached'),
        numbers('Cache write'),
        numbers('Output'),
        ACTIONS,
      ]}
    >
      {prices.map((price) => (
        <Table.Tr key={price.priceId}>
          <Table.Th scope="row">
            <Named text={price.model} />
          </Table.Th>
          <Table.Td>{price.client === null ? 'All clients' : <ClientMark client={price.client} />}</Table.Td>
          <Table.Td>
            <WhenDay day={price.from} show="day" />
          </Table.Td>
          <Table.Td className="c-number">{dollarText(price.input)}</Table.Td>
          <Table.Td className="c-number">{dollarText(price.cached)}</Table.Td>
          <Table.Td className="c-number">{dollarText(price.cacheWrite)}</Table.Td>
          <Table.Td className="c-number">{dollarText(price.output)}</Table.Td>
          <Table.Td>
            <Button
              variant="default"
              size="compact-xs"
              aria-label={`Remove the price of ${visibleText(price.model)} from ${formatDay(price.from)}`}
              onClick={() => clear(price.priceId)}
            >
              Remove
            </Button>
          </Table.Td>
        </Table.Tr>
      ))}
    </SmallTable>
  )
}

const RATES = [
  { rate: 'input', label: 'Input', required: true },
  { rate: 'cached', label: 'Read from a cache', required: false },
  { rate: 'cacheWrite', label: 'Written to a cache', required: false },
  { rate: 'output', label: 'Output', required: true },
] as const

type Texts = Readonly<Record<(typeof RATES)[number]['rate'], string>>

const NOTHING: Texts = { input: '', cached: '', cacheWrite: '', output: '' }

function PinForm({ close }: { readonly close: () => void }): ReactElement {
  const { client: scope } = useScope()
  const clients = useClients()
  const [client, setClient] = useState(scope ?? '')
  const [model, setModel] = useState('')
  const [from, setFrom] = useState<Day>('')
  const [texts, setTexts] = useState<Texts>(NOTHING)
  const wrong = (text: string): boolean => text !== '' && toMicroUsd(text) === null
  const ready = RATES.every(({ rate }) => !wrong(texts[rate]))
  const pin = useMutation({
    mutationFn: () => {
      const micro = (text: string): number => toMicroUsd(text) ?? 0
      return api.prices.set({
        ...(client === '' ? {} : { client }),
        model,
        from,
        input: micro(texts.input),
        output: micro(texts.output),
        ...(texts.cached === '' ? {} : { cached: micro(texts.cached) }),
        ...(texts.cacheWrite === '' ? {} : { cacheWrite: micro(texts.cacheWrite) }),
      })
    },
    onSuccess: ({ changed }) => {
      notifyDone({ message: `Price pinned; ${plural(changed, 'estimate')} recalculated` })
      close()
    },
  })
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (ready) pin.mutate()
  }
  return (
    <form className="c-form" onSubmit={submit}>
      <Select
        label="For"
        data={[
          { value: '', label: 'All clients' },
          ...clients.map((each) => ({ value: each.slug, label: visibleText(each.name) })),
        ]}
        value={client}
        allowDeselect={false}
        onChange={(value) => setClient(value ?? '')}
      />
      <TextInput
        label="Model"
        name="model"
        maxLength={200}
        description="Without a date, the price also applies to dated versions"
        value={model}
        onChange={(event) => setModel(event.currentTarget.value)}
        data-autofocus
        required
      />
      <DateField
        label="From"
        name="from"
        description="Later estimates are recalculated"
        value={from}
        onChange={setFrom}
        required
      />
      <Group gap="xs" grow align="flex-end">
        {RATES.map(({ rate, label, required }) => (
          <TextInput
            key={rate}
            name={rate}
            label={label}
            placeholder={required ? '2.50' : 'As the input'}
            value={texts[rate]}
            error={wrong(texts[rate]) ? 'Invalid amount' : undefined}
            onChange={(event) => {
              const { value } = event.currentTarget
              setTexts((now) => ({ ...now, [rate]: value.trim() }))
            }}
            required={required}
          />
        ))}
      </Group>
      <p className="c-prose">USD per million tokens. Billed costs and costs in internal records are unchanged.</p>
      <FormEnd verb="Pin price" error={pin.error} busy={pin.isPending} close={close} />
    </form>
  )
}
