// On a phone with large type audience and day are one line, which opens them.
import { find } from "./page.js";

const button = () => find("#unfold");
const composer = () => find("#composer");

const tell = () => {
  const audience = find("#audience input:checked + span")?.textContent ?? "";
  const parts = [find("#audience").hidden ? "" : audience, find("#as-of").value];
  find(".told", button()).textContent = parts.filter(Boolean).join(" · ");
};

export const listenToFolding = () => {
  tell();
  // The day is also changed by the page itself, which tells it in the bar above.
  const watch = new MutationObserver(tell);
  for (const id of ["day-bar", "day-note"])
    watch.observe(document.getElementById(id), { attributes: true, childList: true, subtree: true });
  find("#choices").addEventListener("change", tell);
  button().addEventListener("click", () => {
    const isOpen = composer().classList.toggle("unfolded");
    button().setAttribute("aria-expanded", String(isOpen));
  });
};
