/** How programs separate their usage, so that cost can be attributed to features and users. */
export interface AttributionRecommendation {
  readonly title: string
  readonly says: string
  /** Python, where an example helps. */
  readonly code: string | null
}

export const ATTRIBUTION_ADVICE: readonly AttributionRecommendation[] = [
  {
    title: 'One key for each purpose',
    says: 'The provider reports usage by key. A key for each feature and environment attributes cost to features without any code.',
    code: null,
  },
  {
    title: 'Keep each response id',
    says: 'Every response has an id in its body, and the header x-request-id (OpenAI) or request-id (Anthropic). Write it to your own log: the provider’s support asks for it, and it prevents a record from being counted twice.',
    code: `response = client.chat.completions.create(model="gpt-5.4", messages=messages)
response.id           # chatcmpl-…
response._request_id  # the header x-request-id`,
  },
  {
    title: 'Pass the end user’s id',
    says: 'OpenAI takes metadata (with store=True) and safety_identifier; Anthropic takes metadata.user_id. Pass an id that is yours, never a name or an address.',
    code: `client.chat.completions.create(
    model="gpt-5.4",
    messages=messages,
    store=True,
    metadata={"feature": "summarization"},
    safety_identifier="user-123",
)`,
  },
  {
    title: 'Write one record for each request',
    says: 'One line of JSON for each request, in the shape below, is what "usage import" and a watched folder import, and what reconciliation compares with the bill.',
    code: `import json
from datetime import datetime, timezone

def record(feature: str, user_id: str | None, response) -> str:
    return json.dumps({
        "timestamp": datetime.now(timezone.utc).isoformat(),
        "feature": feature,
        "user_id": user_id,
        "model": response.model,
        "input_tokens": response.usage.prompt_tokens,
        "output_tokens": response.usage.completion_tokens,
        "request_id": response.id,
    })`,
  },
]
