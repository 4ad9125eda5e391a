// For whom and for which day: the examples follow the audience.
import { askAfresh } from "./conversation.js";
import { ask, audience, find, findAll, isPhone, today } from "./page.js";
import { close } from "./panel.js";

export const listenToChoices = () => {
  find("#as-of").value = today();
  find("#audience").addEventListener("change", () => {
    for (const group of findAll(".examples")) group.hidden = group.dataset.audience !== audience();
  });
  document.addEventListener("click", (event) => {
    const afresh = event.target.closest("[data-afresh]");
    if (afresh) askAfresh(afresh.dataset.afresh);
    const asking = event.target.closest("[data-ask]");
    if (!asking || event.metaKey || event.ctrlKey || event.shiftKey) return;
    event.preventDefault(); // a link asks here and keeps the conversation
    if (isPhone()) close(); // it would cover the answer
    ask(asking.dataset.ask);
  });
};
