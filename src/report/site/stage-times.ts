import { duration } from "../../core/markdown.ts";
import { stages, type RepoResult } from "../../core/stage.ts";
import { html, nothing, type Html } from "./html.ts";
import { renderShares } from "./plot.ts";

/** How long each stage took, as a bar and in words. */
export function renderStageTimes(ms: RepoResult["ms"]): Html {
  const times = stages.flatMap((stage) => (ms[stage] === undefined ? [] : [{ stage, value: ms[stage] }]));
  if (times.length === 0) return nothing;
  const words = times.map(({ stage, value }) => `${stage} ${duration(value)}`).join(", ");
  const shares = times.map(({ stage, value }) => ({ name: `${stage} ${duration(value)}`, value }));
  return html`${renderShares(shares, `Stages: ${words}`)}
    <p class="soft">${words}</p>`;
}
