import { html, nothing, type Html } from "./html.ts";

/** A table that scrolls by itself where the page is narrow. `header` is the cells of its head. */
export function table(label: string, header: Html, rows: readonly Html[], id?: string): Html {
  return html`<div class="scroll" tabindex="0" role="group" aria-label="${label}">
    <table${id === undefined ? nothing : html` id="${id}"`}>
      <thead>
        <tr>
          ${header}
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}
