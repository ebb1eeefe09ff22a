/** Texts come from outside: they are only ever set as text, never as HTML. */
function cell(text, className = "") {
  const td = document.createElement("td");
  td.textContent = text ?? "";
  td.className = className;
  return td;
}

function row(...cells) {
  const tr = document.createElement("tr");
  tr.append(...cells);
  return tr;
}

function shopCell(shop, choose) {
  const td = cell("");
  const button = document.createElement("button");
  button.type = "button";
  button.className = "shop";
  button.textContent = shop;
  button.addEventListener("click", () => choose(shop));
  td.append(button);
  return td;
}

const time = (iso) => cell(new Date(iso).toISOString().replace("T", " ").replace("Z", ""), "time");

/** Why and who, in a second line. */
function withLine(td, text) {
  const line = document.createElement("span");
  line.className = "advice";
  line.textContent = text;
  td.append(line);
  return td;
}

function duration(millis) {
  return millis < 1000 ? `${millis} ms` : `${(millis / 1000).toFixed(1)} s`;
}

/** A finding; the catalogue says what its kind means. */
export function findingRow(finding, catalogue, choose) {
  const kind = catalogue.get(finding.kind);
  const what = cell(`${finding.kind} ${kind?.meaning ?? ""}`);
  if (kind) {
    withLine(what, kind.advice);
  }
  const where = [finding.database, finding.documentId].filter(Boolean).join(" / ");
  return row(cell(finding.severity.toLowerCase(), `severity ${finding.severity}`), what, time(finding.time),
    shopCell(finding.shop, choose), cell(where), cell(finding.action));
}

/** An event of any shop. */
export function eventRow(event, choose) {
  const what = event.type.replace(/^shopsync\./, "").replace(/\.v\d+$/, "");
  return row(time(event.time), shopCell(event.shop, choose), cell(what), cell(event.actor ?? "the system", "who"));
}

/** A moment of one shop's story. */
export function storyRow(entry, shop, choose) {
  const what = cell(entry.what);
  const because = entry.because?.at(-1);
  if (because) {
    withLine(what, `${duration(entry.millisSinceStart)} after: ${because.what}`);
  }
  return row(time(entry.time), shopCell(shop, choose), what, cell(entry.actor ?? "the system", "who"));
}

/** A number and what it counts. */
export function figure(value, label, className = "") {
  const div = document.createElement("div");
  div.className = "figure";
  const strong = document.createElement("strong");
  strong.textContent = value;
  strong.className = className;
  const span = document.createElement("span");
  span.textContent = label;
  div.append(strong, span);
  return div;
}
