// The board: filters by hiding rows, figures lead to them.
import { find, findAll } from "./page.js";

const element = find("#board");
const form = () => element.querySelector("form.filters");
const rows = () => [...element.querySelectorAll("ol.measures > li")];

const filter = () => {
  if (!form()) return;
  const chosen = new FormData(form());
  const words = chosen.get("words").trim().toLowerCase();
  const text = chosen.get("text");
  const theme = chosen.get("theme");
  const verb = chosen.get("verb");
  const figure = chosen.has("figure");
  let shown = 0;
  for (const row of rows()) {
    const fits =
      (!text || row.dataset.text === text) &&
      (!theme || row.dataset.theme === theme) &&
      (!verb || row.dataset.verb === verb) &&
      (!figure || row.dataset.figure) &&
      (!words || row.dataset.words.toLowerCase().includes(words));
    row.hidden = !fits;
    shown += fits ? 1 : 0;
  }
  const all = rows().length;
  const status = element.querySelector(".tally [role=status]");
  status.textContent = shown === all ? `共 ${all} 项` : `符合条件 ${shown} 项，共 ${all} 项`;
  element.querySelector(".none").hidden = shown > 0;
  element.querySelector(".columns").hidden = shown === 0;
  element.querySelector(".reset").hidden = shown === all;
};

export const listenToBoard = () => {
  element.addEventListener("input", filter);
  element.addEventListener("submit", (event) => event.preventDefault());
  element.addEventListener("click", (event) => {
    if (event.target.closest(".reset")) {
      form().reset();
      filter();
      form().querySelector("input").focus();
      return;
    }
    const tile = event.target.closest("a[data-row]");
    if (!tile) return;
    event.preventDefault();
    form().reset();
    filter();
    const row = element.querySelector(`#${tile.dataset.row}`);
    row.querySelector("details").open = true;
    row.querySelector("summary").focus({ preventScroll: true });
    row.scrollIntoView({ block: "center" });
  });
};

// How long the bars are.
export const drawBars = () => {
  for (const bar of findAll("i[data-share]", element)) bar.style.width = `${bar.dataset.share}%`;
};
