// For whom and for which day: the examples follow the audience.
import { askAfresh } from "./conversation.js";
import { ask, audience, day, find, findAll, isPhone, today } from "./page.js";
import { close } from "./panel.js";

// What is said beside the day: a day that is none, or one that is not today.
const tellDay = (wrong = "") => {
  const past = day() === today() ? "" : `按 ${day()} 那天有效的规定回答`;
  find("#day-note").textContent = wrong || past;
};

export const setDay = (given) => {
  const field = find("#as-of");
  if (given) field.value = given; // what is no day empties it
  const isWrong = Boolean(given) && field.value !== given;
  if (!field.value) field.value = today();
  tellDay(isWrong ? `“${given.slice(0, 20)}”不是日期，已改为今天` : "");
};

export const listenToChoices = () => {
  find("#as-of").value = today();
  find("#as-of").addEventListener("change", () => setDay(find("#as-of").value));
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
