// For whom and for which day: the examples follow the audience.
import { find, findAll, today } from "./page.js";
import { recall, remember } from "./state.js";

export const audience = () => find("#audience input:checked")?.value ?? "public";
export const day = () => find("#as-of").value || today();

const showExamples = () => {
  for (const group of findAll(".examples")) group.hidden = group.dataset.audience !== audience();
};

export const setAudience = (value) => {
  const choice = find(`#audience input[value="${CSS.escape(value)}"]`);
  if (choice) choice.checked = true;
  showExamples();
};

// A day that is none is put right and told; one that is not today is told above the conversation.
export const setDay = (given) => {
  const field = find("#as-of");
  field.value = given || today(); // what is no day empties it
  const isWrong = Boolean(given) && field.value !== given;
  if (!field.value) field.value = today();
  const isToday = day() === today();
  find("#day-note").textContent = isWrong ? `“${given.slice(0, 20)}”不是日期，已改为今天` : "";
  find("#day-bar").hidden = isToday;
  find("#day-bar span").textContent = isToday ? "" : `按 ${day()} 那天有效的规定回答`;
  remember({ day: isToday ? "" : day() });
};

export const listenToChoices = () => {
  if (recall("audience")) setAudience(recall("audience"));
  setDay(recall("day"));
  find("#as-of").addEventListener("change", () => setDay(find("#as-of").value));
  find("#audience").addEventListener("change", () => {
    remember({ audience: audience() });
    showExamples();
  });
};
