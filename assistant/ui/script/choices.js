// For whom and for which day: the examples follow the audience.
import { ask, audience, find, findAll, isPhone, today } from "./page.js";
import { close } from "./panel.js";

export const listenToChoices = () => {
  find("#as-of").value = today();
  find("#audience").addEventListener("change", () => {
    for (const group of findAll(".examples")) group.hidden = group.dataset.audience !== audience();
  });
  document.addEventListener("click", ({ target }) => {
    const asking = target.closest("[data-ask]");
    if (!asking) return;
    if (isPhone()) close(); // it would cover the answer
    ask(asking.dataset.ask);
  });
};
